"""What is known of the files of a site, and a look at them that another process can take."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from generator.tree import digest_of, drop_if_empty, files_below, link, make_folder

Stamp = tuple[int, int]
"""The size of a file in bytes, and when it was written, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file of the site: what it was made of ("" where that is not kept), and its bytes’ digest."""

    key: str
    digest: str
    stamp: Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How a site differs from what is noted of it: noted files that are `lost`, gone or changed, and all `others`.

    `record` is the digest of the bytes that note it.
    """

    record: str
    lost: frozenset[str]
    others: dict[str, Stamp]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookJob:
    """Look at the folder `site`, and make `twin` hold just those of its files that are as `record` notes them.

    With "" for `record` nothing is noted. Can be done by another process, and again where that has died.
    """

    site: str
    twin: str
    record: str

    def run(self) -> Looked:
        """Do it, and tell what was found."""
        said = said_by(self.record)
        noted = noted_by(said)
        inodes: dict[str, int] = {}
        others: dict[str, Stamp] = {}
        for path, entry in files_below(self.site):
            status = entry.stat(follow_symlinks=False)
            stamp = status.st_size, status.st_mtime_ns
            known = noted.get(path)
            if known is not None and known.stamp == stamp:
                inodes[path] = status.st_ino
            else:
                others[path] = stamp
        left: set[str] = set()
        there: set[str] = set()
        for path, entry in files_below(self.twin, empty=left):
            if entry.inode() == inodes.get(path):
                there.add(path)
            else:
                os.unlink(entry.path)
                left.add(path.rpartition("/")[0])
        for path in inodes.keys() - there:
            make_folder(Path(self.twin), path.rpartition("/")[0])
            link(f"{self.site}/{path}", f"{self.twin}/{path}")
        for folder in left:
            drop_if_empty(self.twin, folder)
        return Looked(record=digest_of(said), lost=frozenset(noted.keys() - inodes.keys()), others=others)


def said_by(record: str) -> bytes:
    """Give the bytes that note files; none where they cannot be read, or where no file is named."""
    try:
        return Path(record).read_bytes() if record else b""
    except OSError:
        return b""


def noted_by(said: bytes) -> dict[str, Known]:
    """Give what bytes note of files, by their paths; nothing where that cannot be read."""
    try:
        noted = json.loads(said) if said else {}
        return {path: Known(key, digest, (size, time)) for path, (key, digest, size, time) in noted.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
