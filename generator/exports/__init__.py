"""The formats in which the chronology can be taken away: one module each, in the order of the page on data."""

from __future__ import annotations

import contextlib
import gzip
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

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
from generator.exports.asset import Asset, Export, packed, packs
from generator.exports.outline import Outline, Pieces, outline
from generator.exports.site import Site
from generator.model import Event

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


def write(chronology: Chronology, site: Site, put: Put) -> Iterator[Written]:
    """Put every file of every export, and tell what came of each export."""
    return assemble(outlined(chronology, site), put)


def outlined(chronology: Chronology, site: Site, pieces: Pieces | None = None) -> Outline:
    """Outline a chronology; what single events add is made when it is asked for, unless it is given."""
    return outline(chronology, site, pieces or _Making(chronology, site))


def pieces_of(chronology: Chronology, site: Site, events: Iterable[Event]) -> dict[str, list[Any]]:
    """Make what some events add to each field, in their order."""
    found: dict[str, list[Any]] = {field: [] for export in EXPORTS for field in export.fields}
    for event in events:
        for export in EXPORTS:
            if export.piece is not None:
                for field, value in zip(export.fields, export.piece(chronology, site, event), strict=True):
                    found[field].append(value)
    return found


class _Making:
    """Makes what single events add when it is asked for; that of one format is held until the next."""

    def __init__(self, chronology: Chronology, site: Site) -> None:
        self._chronology, self._site = chronology, site
        self._made: dict[str, dict[str, Any]] = {}

    def of(self, field: str) -> Mapping[str, Any]:
        if field not in self._made:
            export = next(export for export in EXPORTS if field in export.fields)
            assert export.piece is not None
            self._made = {name: {} for name in export.fields}
            for event in self._chronology.events:
                added = export.piece(self._chronology, self._site, event)
                for name, value in zip(export.fields, added, strict=True):
                    self._made[name][event.id] = value
        return self._made[field]


def assemble(outline: Outline, put: Put, names: Collection[str] = ()) -> Iterator[Written]:
    """Put every file of every export, or of those that are named, and tell what came of each export."""
    chronology = outline.chronology
    for export in EXPORTS:
        if names and export.name not in names:
            continue
        first: tuple[str, int] | None = None
        files = total = 0
        head = ""
        renamed: dict[str, str] = {}
        for asset in export.render(outline):
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


__all__ = [
    "EXPORTS",
    "Asset",
    "Export",
    "Outline",
    "Put",
    "Site",
    "Written",
    "assemble",
    "outlined",
    "pieces_of",
    "to_folder",
    "write",
]
