"""What the files of data are made of: a chronology without its events, and what each event adds to each format.

What an event adds is made of that event alone, so it can be kept from one build to the next, and made anywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from generator.chronology import Chronology
from generator.exports.site import Site
from generator.history import Record


class Pieces(Protocol):
    """What single events add to the files."""

    def of(self, field: str) -> Mapping[str, Any]:
        """Give what each event adds to a field of the exports, by the event’s id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A chronology by its parts. `chronology` holds actors, places, topics and sources, and no event.

    `events` are the ids of the events in order; `own` are those of each actor, place, topic and shared source, by kind
    and id. `records` are those of events, `publishers` is how many of them are cited.
    """

    chronology: Chronology
    site: Site
    events: tuple[str, ...]
    own: Mapping[str, Mapping[str, tuple[str, ...]]]
    records: Mapping[str, Record]
    publishers: int
    pieces: Pieces

    def in_order(self, field: str) -> list[Any]:
        """Give what the events add to a field, in their order."""
        found = self.pieces.of(field)
        return [found[name] for name in self.events]


def outline(chronology: Chronology, site: Site, pieces: Pieces) -> Outline:
    """Outline a chronology."""
    citing: dict[str, list[str]] = defaultdict(list)
    for event in chronology.events:
        for citation in chronology.citations[event.id]:
            if citation.shared:
                citing[citation.key].append(event.id)
    known = ((event.id, chronology.record(event)) for event in chronology.events)
    return Outline(
        chronology=chronology.without_events(),
        site=site,
        events=tuple(event.id for event in chronology.events),
        own={
            "actors": {name: _ids(chronology.events_of(actor)) for name, actor in chronology.actors.items()},
            "places": {name: _ids(events) for name, events in chronology.by_place.items()},
            "topics": {name: _ids(events) for name, events in chronology.by_topic.items()},
            "sources": {name: tuple(citing[name]) for name in chronology.corpus.sources},
        },
        records={name: record for name, record in known if record is not None},
        publishers=len(chronology.by_publisher),
        pieces=pieces,
    )


def _ids(events: Any) -> tuple[str, ...]:
    return tuple(event.id for event in events)
