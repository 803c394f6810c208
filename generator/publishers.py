"""Who is cited: each publisher with the pages cited of it and the events they are cited for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.chronology import Chronology, Citation
from generator.model import Event
from generator.schema.shapes import ascii_words

LONGEST = 60
"""How long the name of a publisher's page is at most, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A publisher; `name` is empty for sources whose publisher is not known, `pages` are in the order of the events."""

    name: str
    slug: str
    pages: tuple[tuple[Citation, tuple[Event, ...]], ...]
    events: int


def publishers(chronology: Chronology) -> tuple[Publisher, ...]:
    """Give all publishers in alphabetical order."""
    names = list(chronology.by_publisher)
    taken = Counter(_plain(name) for name in names)
    return tuple(
        Publisher(
            name=name,
            slug=_plain(name) if _plain(name) and taken[_plain(name)] == 1 else _told_apart(name),
            pages=_pages(cited),
            events=len({event.id for _, event in cited}),
        )
        for name, cited in chronology.by_publisher.items()
    )


def _plain(name: str) -> str:
    return "unknown" if not name else ascii_words(name)[:LONGEST].strip("-")


def _told_apart(name: str) -> str:
    """Give the name of a page where the plain one would be another publisher's too, or nothing."""
    digest = hashlib.blake2b(name.encode(), digest_size=3).hexdigest()
    return f"{_plain(name) or 'publisher'}-{digest}"


def _pages(cited: Sequence[tuple[Citation, Event]]) -> tuple[tuple[Citation, tuple[Event, ...]], ...]:
    found: dict[object, tuple[Citation, list[Event]]] = {}
    for citation, event in cited:
        key = citation.source.url or (citation.source.title, citation.key)
        found.setdefault(key, (citation, []))[1].append(event)
    return tuple((citation, tuple(events)) for citation, events in found.values())
