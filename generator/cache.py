"""Findings kept from the last check of a folder, for as long as nothing that they depend on has changed.

The key is made from the bytes of all files, of the program itself and of the day. What is kept lies in the user’s cache
folder, never in the project: a pull request could otherwise bring its own “no problem found”.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import sqlite3
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import platformdirs

from generator import media
from generator.diagnostics import Diagnostic, Position, Related, Severity
from generator.links import record as links
from generator.source import MAX_BYTES
from generator.today import today

PROGRAM = (".py", ".yml", ".jinja", ".html", ".po", ".txt", ".svg")
"""The kinds of files that say what the program does."""

MOST = 20_000
"""More findings than these are not kept: whoever has that many is about to change something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The outcome of a check, without the corpus."""

    findings: tuple[Diagnostic, ...]
    files: int
    events: int
    waived: int


Stamp = tuple[int, int, int, int]
"""A file's size, times of its last change and of that of its entry, and the entry's number, as the system has them."""

Seen = dict[str, tuple[Stamp, str]]
"""What files were when they were read, by path below the folder: their stamps and digests."""

SETTLED = 2_000_000_000
"""How many nanoseconds a file must have rested when it is read, or a later change could leave its stamp as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A folder as it stands: the bytes and the digests of its regular files, by path below the folder.

    Of pictures there are digests alone. `seen` is for the next look at the folder; `fresh` tells whether a file was not
    what it had been seen to be.
    """

    key: str
    contents: Mapping[str, bytes]
    digests: dict[str, str]
    seen: Seen
    fresh: bool


def state(root: Path, name: str, seen: Seen | None = None) -> State:
    """Read a folder’s state; its key changes with every byte and name below the folder, and with the program.

    With `seen`, a file whose stamp is as it was is read when its bytes are asked for, and not before.
    """
    digest = hashlib.blake2b(digest_size=32)
    digest.update(json.dumps([str(root.resolve()), name, today(), program()]).encode())
    base = os.fspath(root)
    digests: dict[str, str] = {}
    contents = _Contents(base, digests)
    now: Seen = {}
    fresh = False
    rested = time.time_ns() - SETTLED
    for folder, folders, names in os.walk(base):
        folders.sort()
        below = folder[len(base) :].replace(os.sep, "/").strip("/")
        pictures = below == media.FOLDER
        for file in sorted(names):
            relative = f"{below}/{file}" if below else file
            most = media.MAX_BYTES if pictures else links.MAX_BYTES if relative == links.FILE else MAX_BYTES
            stamp = _stamp(f"{folder}/{file}") if seen is not None and below else None
            known = seen.get(relative) if seen and stamp else None
            if known is not None and known[0] == stamp:
                regular, size, own = True, stamp[0], known[1]
            else:
                fresh = fresh or stamp is not None
                regular, content = _bytes(f"{folder}/{file}", most)
                size, own = len(content), _digest(content)
                if regular and not pictures and size <= MAX_BYTES:
                    contents.read[relative] = content
            digest.update(f"\0{relative}\0{regular}\0{size}\0{own}".encode(errors="surrogateescape"))
            if regular:
                digests[relative] = own
                if not pictures and size <= MAX_BYTES:
                    contents.names.add(relative)
                if stamp and size == stamp[0] and max(stamp[1:3]) < rested:
                    now[relative] = (stamp, own)
        digest.update(f"\0\0{'/'.join(folders)}\0".encode(errors="surrogateescape"))
    return State(key=digest.hexdigest(), contents=contents, digests=digests, seen=now, fresh=fresh)


class _Contents(Mapping[str, bytes]):
    """The bytes of files, read when they are asked for; what is then found is what their digest is of."""

    def __init__(self, base: str, digests: dict[str, str]) -> None:
        self.base, self.digests = base, digests
        self.names: set[str] = set()
        self.read: dict[str, bytes] = {}

    def __getitem__(self, path: str) -> bytes:
        if path not in self.read:
            if path not in self.names:
                raise KeyError(path)
            regular, content = _bytes(f"{self.base}/{path}", MAX_BYTES)
            if not regular or len(content) > MAX_BYTES:
                self.names.discard(path)
                raise KeyError(path)
            self.read[path] = content
            self.digests[path] = _digest(content)
        return self.read[path]

    def __contains__(self, path: object) -> bool:
        return path in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _bytes(path: str, most: int) -> tuple[bool, bytes]:
    """Give whether a file is regular, and its bytes; a link, device or pipe is never followed or waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        return False, f"{error.errno}".encode()
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return False, b""
        return True, os.read(handle, min(status.st_size, most) + 1)  # no file that the check reads is larger
    except OSError as error:
        return False, f"{error.errno}".encode()
    finally:
        os.close(handle)


@lru_cache(maxsize=1)
def program() -> str:
    """Give a digest of the program and of the versions of what it needs: others may find or render something else."""
    digest = hashlib.blake2b(f"{sys.version} {sqlite3.sqlite_version}".encode(), digest_size=32)
    for needed in metadata.requires("chronology-site") or ():
        name = re.split(r"[^\w.-]", needed, maxsplit=1)[0]
        with contextlib.suppress(metadata.PackageNotFoundError):  # not every extra is installed
            digest.update(f"{name} {metadata.version(name)}\0".encode())
    here = Path(__file__).parent
    for file in sorted(file for file in here.rglob("*") if file.suffix in PROGRAM):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def load(root: Path, wanted: str) -> Kept | None:
    """Give what was kept under the key; None when there is none, or it cannot be read."""
    try:
        kept = json.loads(_file(root).read_bytes())
        if kept["key"] != wanted:
            return None
        return Kept(
            findings=tuple(_finding(values) for values in kept["findings"]),
            files=int(kept["files"]),
            events=int(kept["events"]),
            waived=int(kept["waived"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def store(root: Path, wanted: str, kept: Kept) -> None:
    """Keep the outcome of a check in place of the last one; a folder that cannot be written is no problem."""
    if len(kept.findings) > MOST:
        return
    content = {
        "key": wanted,
        "findings": [_values(finding) for finding in kept.findings],
        "files": kept.files,
        "events": kept.events,
        "waived": kept.waived,
    }
    file = _file(root)
    beside = file.with_suffix(f".{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(content), encoding="utf-8")
        os.replace(beside, file)
    except OSError:
        return


def _file(root: Path) -> Path:
    return folder() / f"check-{name_of(root)}.json"


def folder() -> Path:
    """Give the folder of all that is kept."""
    return Path(platformdirs.user_cache_dir("chronology-site"))


OLD = 60 * 24 * 3600
"""After how many seconds without use something kept is deleted."""


def tidy() -> None:
    """Delete what was kept of folders that nobody has built or checked for a long time."""
    now = time.time()
    with contextlib.suppress(OSError):
        for entry in folder().iterdir():
            if now - entry.stat().st_mtime > OLD:
                if entry.is_dir():
                    shutil.rmtree(entry, ignore_errors=True)
                else:
                    entry.unlink(missing_ok=True)


def name_of(root: Path) -> str:
    """Give the name under which things are kept of a folder."""
    return hashlib.blake2b(str(root.resolve()).encode(errors="surrogateescape"), digest_size=12).hexdigest()


def _values(finding: Diagnostic) -> list[Any]:
    return [
        finding.code,
        finding.message,
        list(finding.position),
        finding.remedy,
        finding.severity.value,
        finding.length,
        [[list(related.position), related.message] for related in finding.related],
        finding.fix,
    ]


def _finding(values: list[Any]) -> Diagnostic:
    code, message, position, remedy, severity, length, related, fix = values
    return Diagnostic(
        code=code,
        message=message,
        position=Position(*position),
        remedy=remedy,
        severity=Severity(severity),
        length=length,
        related=tuple(Related(Position(*place), words) for place, words in related),
        fix=fix,
    )
