"""Runs Pagefind over the entries of a search: the one place that knows the program."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import cbor2

from generator.search import Entry, document

FOLDER = "pagefind"
"""Where the index stands below the site’s root."""

_NEEDED = re.compile(
    r"pagefind\.js|pagefind-worker\.js|pagefind-entry\.json|wasm\..*|.*\.pf_(?:meta|fragment|index|filter)"
)


class IndexFailed(Exception):
    """Raised with what Pagefind said when it made no index."""


class Index:
    """An index being made by another process, in the new folder `root`; `files` gives it.

    A `patient` one lets others go first. Raises OSError where the disk refuses.
    """

    def __init__(self, root: Path, entries: Iterable[Entry], language: str, *, patient: bool = False) -> None:
        self._root = root
        pages, self._made = f"{root}/pages", root / "index"
        for entry in entries:
            folder = f"{pages}/{entry.path}"
            os.makedirs(folder, exist_ok=True)
            with open(f"{folder}/index.html", "w", encoding="utf-8") as file:
                file.write(document(entry, language))
        command = [sys.executable, "-m", "pagefind", "--site", pages, "--output-path", str(self._made), "--quiet"]
        if patient and (nice := shutil.which("nice")):
            command = [nice, "-n", "15", *command]
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yield each file’s path below the site’s root, and where it stands until `stop`.

        Raises IndexFailed with what Pagefind said when it made no index.
        """
        said, _ = self._process.communicate()
        if self._process.returncode or not (self._made / "pagefind.js").is_file():
            raise IndexFailed(f"Pagefind made no search index: {said.strip()[-300:]}")
        _settle(self._made)
        for file in sorted(self._made.rglob("*")):
            if _NEEDED.fullmatch(file.name):
                yield f"{FOLDER}/{file.relative_to(self._made).as_posix()}", file

    def cancel(self) -> None:
        """End the process, while another thread may be waiting for it in `files`."""
        if self._process.poll() is None:
            self._process.kill()

    def stop(self) -> None:
        """End the process, and delete what it made."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        shutil.rmtree(self._root, ignore_errors=True)


_MARK = b"pagefind_dcd"
"""What every file of an index starts with, once unpacked; CBOR (RFC 8949) follows."""


def _settle(folder: Path) -> None:
    """Put the facets of an index in one order: Pagefind writes them in the order of a hash, new at every run."""
    entry = json.loads((folder / "pagefind-entry.json").read_bytes())
    for known in entry["languages"].values():
        path = folder / f"pagefind.{known['hash']}.pf_meta"
        meta = _unpacked(path)
        prefix = known["hash"].rpartition("_")[0]
        facets = []
        for name, hashed in sorted(meta[3]):
            file = folder / f"filter/{hashed}.pf_filter"
            content = _packed([name, sorted(_unpacked(file)[1])])
            file.unlink()
            hashed = f"{prefix}_{_hash(content)[:7]}"  # noqa: PLW2901 - the name goes with the content
            (folder / f"filter/{hashed}.pf_filter").write_bytes(content)
            facets.append([name, hashed])
        meta[3] = facets
        path.unlink()
        content = _packed(meta)
        known["hash"] = f"{prefix}_{_hash(content)[:10]}"
        (folder / f"pagefind.{known['hash']}.pf_meta").write_bytes(content)
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")


def _unpacked(file: Path) -> list[Any]:
    content = gzip.decompress(file.read_bytes()).removeprefix(_MARK)
    return list(cbor2.loads(content))


def _packed(value: list[Any]) -> bytes:
    return gzip.compress(_MARK + cbor2.dumps(value), compresslevel=9, mtime=0)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
