"""The chronology as columns of numbers and words, for the timeline that a browser draws."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from generator.chronology import Chronology
from generator.dates import Date, Day, Form, describe
from generator.labels import label
from generator.model import ActorKind, Event, Status

PATH = "timeline/events.json"
"""Where the data stand below the site’s root."""

VERSION = 1

SOFT_START, SOFT_END = 1, 2


def data(chronology: Chronology) -> bytes:
    """Give the data as JSON: one list a column, all as long as there are events, in their order.

    Days count from 1970-01-01; `from` and `to` are the earliest and the latest possible day, null where that end is
    open or unknown. `soft` has bit 1 where the start and bit 2 where the end is not certain. `parts` gives the spans of
    the members of a set, by the event’s place in the columns. Words stand in tables, and columns name their places.
    """
    events = chronology.events
    states = {actor.id: number for number, actor in enumerate(chronology.actors_of(ActorKind.STATE))}
    actors = _places(chronology.actors)
    places = _places(chronology.places)
    topics = _places(chronology.topics)
    types = _places(chronology.vocabulary.event_types)
    groups = _places(chronology.vocabulary.groups)
    locale = str(chronology.settings.language).replace("-", "_")
    statuses = _places(status.value for status in Status)
    columns = {
        "id": [event.id for event in events],
        "title": [str(event.title) for event in events],
        "date": [describe(event.date.value, locale) for event in events],
        "from": [_number(event.date.value.earliest) for event in events],
        "to": [_number(event.date.value.latest) for event in events],
        "soft": [softness(event.date.value) for event in events],
        "type": [types[event.type] for event in events],
        "status": [statuses[event.status.value] for event in events],
        "actors": [_numbers((part.actor.id for part in chronology.parts[event.id]), actors) for event in events],
        "states": [_numbers(_states(chronology, event), states) for event in events],
        "places": [_numbers(map(str, event.places), places) for event in events],
        "topics": [_numbers(map(str, event.topics), topics) for event in events],
    }
    document = {
        "version": VERSION,
        "groups": [
            {"label": str(group.label), "colour": str(group.colour)} for group in chronology.vocabulary.groups.values()
        ],
        "types": [
            {"id": name, "label": str(kind.label), "group": groups[kind.group]}
            for name, kind in chronology.vocabulary.event_types.items()
        ],
        "statuses": [{"id": status.value, "name": label(chronology.words, status)} for status in Status],
        "actors": [{"id": actor.id, "name": str(actor.name)} for actor in chronology.actors.values()],
        "states": [actors[name] for name in states],
        "places": [{"id": place.id, "name": str(place.name)} for place in chronology.places.values()],
        "topics": [{"id": topic.id, "name": str(topic.title)} for topic in chronology.topics.values()],
        "events": columns,
        "parts": {number: parts for number, event in enumerate(events) if (parts := _parts(event.date.value))},
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def softness(date: Date) -> int:
    """Give which ends of a date are not certain: 0, SOFT_START, SOFT_END or both."""
    if date.is_exact_day:
        return 0
    if date.form is Form.INTERVAL and date.start is not None and date.end is not None:
        start = 0 if date.start.is_exact_day else SOFT_START
        return start | (0 if date.end.is_exact_day else SOFT_END)
    if date.form is Form.INTERVAL:
        known = date.start or date.end
        exact = known is not None and known.is_exact_day
        return (0 if exact and date.start else SOFT_START) | (0 if exact and date.end else SOFT_END)
    return SOFT_START | SOFT_END


def _parts(date: Date) -> list[list[int | None]]:
    """Give the span of each member of a set."""
    return [[_number(member.earliest), _number(member.latest)] for member in date.members]


def _states(chronology: Chronology, event: Event) -> Iterable[str]:
    """Yield the states that took part, themselves or by those who acted for them."""
    for part in chronology.parts[event.id]:
        yield part.actor.id
        yield from chronology.bodies_of(part)


def _number(day: Day | None) -> int | None:
    return None if day is None else day.ordinal - _EPOCH


_EPOCH = Day(1970, 1, 1).ordinal


def _places(names: Iterable[str]) -> dict[str, int]:
    return {str(name): number for number, name in enumerate(names)}


def _numbers(names: Iterable[str], table: Mapping[str, int]) -> list[int]:
    return sorted({table[name] for name in names if name in table})
