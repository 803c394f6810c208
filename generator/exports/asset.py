"""What an export yields, and what each of its modules says of itself."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.chronology import Chronology

PACKED_FROM = 1_000_000
"""How many bytes a file of a large chronology may have before it is packed (gzip, RFC 1952)."""

UNPACKED = (".parquet", ".ics", ".gz")
"""What is packed already, or must be read as it stands."""


def packs(chronology: Chronology, path: str, size: int) -> bool:
    """Tell whether a file of this size is packed, and has “.gz” behind its name."""
    return chronology.large and size > PACKED_FROM and not path.endswith(UNPACKED)


def packed(content: bytes) -> bytes:
    """Pack a file, each time into the same bytes."""
    return gzip.compress(content, compresslevel=6, mtime=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file: `path` is relative to the site’s root."""

    path: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the site will stand: `base` ends in a slash, or is empty where that is not known."""

    base: str = ""

    def address(self, path: str) -> str:
        """Give the address of a path below the site’s root: absolute where the site’s own is known."""
        return f"{self.base}{path}"

    @property
    def authority(self) -> str:
        """The host, and what stands before the path, for identifiers that outlive addresses (RFC 4151)."""
        host = self.base.partition("://")[2].partition("/")[0].partition(":")[0]
        return host or "chronology.invalid"


Render = Callable[[Chronology, Site], Iterator[Asset]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A format: what readers are told of it, and the function that makes its files, the most telling one first.

    `use` is how it is used, as commands; `more` are files that describe the others.
    """

    name: str
    title: str
    text: str
    render: Render
    use: str = ""
    more: tuple[str, ...] = ()
