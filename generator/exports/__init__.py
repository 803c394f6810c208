"""The formats in which the chronology can be taken away: one module each, in the order of the page on data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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


HEAD = 900
"""How much of a file is shown as an example, in characters."""


def write(chronology: Chronology, site: Site, folder: Path) -> Iterator[Written]:
    """Write every export below a folder, one file after the other, and tell what came of each."""
    for export in EXPORTS:
        first: Asset | None = None
        files = total = 0
        for asset in export.render(chronology, site):
            target = folder / asset.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(asset.content)
            first = first or asset
            files, total = files + 1, total + len(asset.content)
        if first is not None:
            yield Written(
                export=export,
                path=first.path,
                size=len(first.content),
                head=_head(first.content),
                files=files,
                total=total,
            )


def _head(content: bytes) -> str:
    """Give the beginning of a text, to its last whole line; nothing of what is no text."""
    try:
        text = content[: HEAD * 4].decode("utf-8-sig", errors="strict" if len(content) <= HEAD * 4 else "ignore")
    except UnicodeDecodeError:
        return ""
    if "\0" in text:
        return ""
    return text if len(text) <= HEAD else text[:HEAD].rpartition("\n")[0] + "\n…"


__all__ = ["EXPORTS", "Asset", "Export", "Site", "Written", "write"]
