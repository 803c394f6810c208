"""The formats in which the chronology can be taken away: one module each, in the order of the page on data."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Self

from generator.chronology import Chronology
from generator.exports import api, calendars, citations, csvs, database, discovery, feeds, interchange, linked, parquet
from generator.exports.asset import Asset, Export, Site

EXPORTS: tuple[Export, ...] = (
    api.EXPORT,
    csvs.EXPORT,
    parquet.EXPORT,
    database.EXPORT,
    feeds.EXPORT,
    calendars.EXPORT,
    citations.EXPORT,
    linked.EXPORT,
    interchange.EXPORT,
    discovery.EXPORT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of an export: its first file's path, size and beginning, how many files, and all their bytes."""

    export: Export
    path: str
    size: int
    head: str
    files: int
    total: int


WRITERS, AHEAD = 4, 400
"""How many threads write, and how many files may wait for them."""

HEAD = 900
"""How much of a file is shown as an example, in characters."""


def write(chronology: Chronology, site: Site, folder: Path) -> Iterator[Written]:
    """Write every export below a folder, and tell what came of each. Raises OSError where the disk refuses."""
    known: set[str] = set()
    with _Files() as waiting:
        for export in EXPORTS:
            first: Asset | None = None
            files = total = 0
            for asset in export.render(chronology, site):
                target = f"{folder}/{asset.path}"
                place = target.rpartition("/")[0]
                if place not in known:
                    Path(place).mkdir(parents=True, exist_ok=True)
                    known.add(place)
                waiting.put(target, asset.content)
                first = first or asset
                files, total = files + 1, total + len(asset.content)
            if first is not None:
                size, head = len(first.content), _head(first.content)
                yield Written(export=export, path=first.path, size=size, head=head, files=files, total=total)


class _Files:
    """Writes files in threads, while the next ones are made: some hundred thousand small ones keep a disk waiting."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(WRITERS)
        self.slots = BoundedSemaphore(AHEAD)
        self.problem: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown()
        if self.problem is not None:
            raise self.problem

    def put(self, path: str, content: bytes) -> None:
        """Write a file soon; raises what an earlier one has come to."""
        if self.problem is not None:
            raise self.problem
        self.slots.acquire()
        self.pool.submit(_put, path, content).add_done_callback(self._done)

    def _done(self, written: Future[None]) -> None:
        self.slots.release()
        self.problem = self.problem or written.exception()


def _put(path: str, content: bytes) -> None:
    """Write a file; with hundreds of thousands of small ones, a file object each would take longer than their bytes."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
    finally:
        os.close(handle)


def _head(content: bytes) -> str:
    """Give the beginning of a text, to its last whole line; nothing of what is no text."""
    if content.startswith((b"[{", b"{")):
        # JSON stands on long lines; its beginning is shown as people read it.
        first = content[: content.index(b"\n")].removeprefix(b"[").removesuffix(b",").removesuffix(b"]")
        with contextlib.suppress(ValueError):
            content = json.dumps(json.loads(first), ensure_ascii=False, indent=1).encode()
    try:
        text = content[: HEAD * 4].decode("utf-8-sig", errors="strict" if len(content) <= HEAD * 4 else "ignore")
    except UnicodeDecodeError:
        return ""
    if "\0" in text:
        return ""
    return text if len(text) <= HEAD else text[:HEAD].rpartition("\n")[0] + "\n…"


__all__ = ["EXPORTS", "Asset", "Export", "Site", "Written", "write"]
