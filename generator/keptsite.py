"""A server's site folder, kept from build to build: only files that have changed are written, only stale ones deleted.

MkDocs empties the folder and writes every page anew at each edit, which on a slow disk takes longer than all the rest.
It has no way to be told otherwise, so two of its functions are replaced for as long as the server runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

Write = Callable[[bytes, str], None]
Clean = Callable[[str], None]


class KeptSite:
    """Stands between MkDocs and the folder of its server."""

    def __init__(self, write: Write, clean: Clean) -> None:
        self._write = write
        self._clean = clean
        self._known: dict[str, bytes] = {}
        self._written: set[str] = set()

    @property
    def originals(self) -> tuple[Write, Clean]:
        """The functions that this stands in for."""
        return self._write, self._clean

    def clean_directory(self, directory: str) -> None:
        """Empty a folder, unless it is the one that this server has filled."""
        if not any(path.startswith(directory) for path in self._known):
            self._known.clear()
            self._clean(directory)
        self._written.clear()

    def write_file(self, content: bytes, output_path: str) -> None:
        """Write a file that has changed since the last build."""
        digest = hashlib.blake2b(content, digest_size=16).digest()
        self._written.add(output_path)
        if self._known.get(output_path) != digest:
            self._write(content, output_path)
            self._known[output_path] = digest

    def finish(self) -> None:
        """Delete what the last build wrote and this one did not."""
        for path in self._known.keys() - self._written:
            Path(path).unlink(missing_ok=True)
            del self._known[path]
