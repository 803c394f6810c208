"""What an export yields, and what each of its modules says of itself."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.chronology import Chronology
from generator.exports.outline import Outline
from generator.exports.site import Site
from generator.model import Event

PACKED_FROM = 1_000_000
"""How many bytes a file of a large chronology may have before it is packed (gzip, RFC 1952)."""

UNPACKED = (".parquet", ".ics", ".gz")
"""What is packed already, or must be read as it stands."""


def packs(chronology: Chronology, path: str, size: int) -> bool:
    """Tell whether a file of this size is packed, and has “.gz” behind its name."""
    return chronology.large and size > PACKED_FROM and not path.endswith(UNPACKED)


def packed(content: bytes) -> bytes:
    """Pack a file, each time into the same bytes; the next level takes half as long again for a hundredth less."""
    return gzip.compress(content, compresslevel=5, mtime=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file: `path` is relative to the site’s root."""

    path: str
    content: bytes
    media_type: str


Render = Callable[[Outline], Iterator[Asset]]

Piece = Callable[[Chronology, Site, Event], Sequence[Any]]
"""Makes what an event adds to the files of a format: a value for each field, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A format: what readers are told of it, and the function that makes its files, the most telling one first.

    `use` is how it is used, as commands; `more` are files that describe the others. `piece` makes what an event adds to
    `fields`, which this and later formats read.
    """

    name: str
    title: str
    text: str
    render: Render
    use: str = ""
    more: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    piece: Piece | None = None
