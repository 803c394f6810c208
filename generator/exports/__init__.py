"""The formats in which the chronology can be taken away: one module each, in the order of the page on data."""

from __future__ import annotations

import contextlib
import gzip
import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.chronology import Chronology
from generator.exports import (
    api,
    calendars,
    citations,
    csvs,
    database,
    discovery,
    eventdata,
    feeds,
    interchange,
    linked,
    parquet,
)
from generator.exports.asset import Asset, Export, Site, packed, packs

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
    eventdata.EXPORT,
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


HEAD = 900
"""How much of a file is shown as an example, in characters."""


Put = Callable[[str, bytes], object]
"""Takes the path of a file below the site’s root, and its content."""


def write(chronology: Chronology, site: Site, put: Put, names: Collection[str] = ()) -> Iterator[Written]:
    """Put every file of every export, or of those that are named, and tell what came of each export."""
    for export in EXPORTS:
        if names and export.name not in names:
            continue
        first: tuple[str, int] | None = None
        files = total = 0
        head = ""
        renamed: dict[str, str] = {}
        for asset in export.render(chronology, site):
            path, content = asset.path, asset.content
            if packs(chronology, path, len(content)):
                path, content = f"{path}.gz", packed(content)
                renamed[asset.path] = path
            elif path.endswith(".gz"):
                renamed[path.removesuffix(".gz")] = path
            put(path, content)
            if first is None:
                first, head = (path, len(content)), _head(asset.content)
            files, total = files + 1, total + len(content)
        if first is not None:
            more = tuple(renamed.get(path, path) for path in export.more)
            named = replace(export, use=_renamed(export.use, renamed), more=more)
            yield Written(export=named, path=first[0], size=first[1], head=head, files=files, total=total)


def to_folder(folder: Path) -> Put:
    """Give a function that writes files below a folder."""

    def put(path: str, content: bytes) -> None:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    return put


def _renamed(use: str, renamed: dict[str, str]) -> str:
    for path, name in renamed.items():
        use = use.replace(f"{{base}}{path}", f"{{base}}{name}")
    return use


def _head(content: bytes) -> str:
    """Give the beginning of a text, to its last whole line; nothing of what is no text."""
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
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


__all__ = ["EXPORTS", "Asset", "Export", "Put", "Site", "Written", "to_folder", "write"]
