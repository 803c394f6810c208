"""The chronology as columns of numbers and words, for the timeline that a browser draws."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from generator.chronology import Chronology, by_weight
from generator.dates import Date, Day, Form, describe
from generator.exports import Outline
from generator.labels import label
from generator.model import ActorKind, Event, Status

PATH = "timeline/events.json"
"""Where the data stand below the site’s root."""

VERSION = 1

SOFT_START, SOFT_END = 1, 2

COLUMNS = (
    "id",
    "title",
    "date",
    "from",
    "to",
    "soft",
    "type",
    "status",
    "actors",
    "states",
    "places",
    "topics",
)


NAME = "timeline"
"""How `row` is called among what events add."""

Row = tuple[Any, ...]
"""What one event adds; what it names stands there by its id."""


def row(chronology: Chronology, event: Event) -> Row:
    """Give what an event adds: made of the event alone, as it can be kept and made anywhere."""
    date = event.date.value
    parts = chronology.parts[event.id]
    return (
        str(event.title),
        describe(date, str(chronology.settings.language).replace("-", "_")),
        _number(date.earliest),
        _number(date.latest),
        softness(date),
        str(event.type),
        event.status.value,
        tuple(part.actor.id for part in parts),
        tuple({body: None for part in parts for body in chronology.nearest_of(part)}),
        tuple(map(str, event.places)),
        tuple(map(str, event.topics)),
        _parts(date),
    )


def data(chronology: Chronology) -> bytes:
    """Give the data of a chronology that is at hand; see `render`."""
    weights = {name: chronology.weight(actor) for name, actor in chronology.actors.items()}
    return render(chronology, weights, {event.id: row(chronology, event) for event in chronology.events})


def assembled(outline: Outline) -> bytes:
    """Give the data of a chronology by its parts; see `render`."""
    weights = {name: len(events) for name, events in outline.own["actors"].items()}
    return render(outline.chronology, weights, dict(zip(outline.events, outline.in_order(NAME), strict=True)))


def render(chronology: Chronology, weights: Mapping[str, int], rows: Mapping[str, Row]) -> bytes:
    """Give the data as JSON: one list a column, all as long as there are events, in their order.

    Days count from 1970-01-01; `from` and `to` are the earliest and the latest possible day, null where that end is
    open or unknown. `soft` has bit 1 where the start and bit 2 where the end is not certain. `parts` gives the spans of
    the members of a set, by the event’s place in the columns. Words stand in tables, and columns name their places.

    `weights` tells of each actor how many events it has, `rows` what each event adds, by its id and in their order.
    """
    of_state = (actor for actor in chronology.actors.values() if actor.kind is ActorKind.STATE)
    states = _places(actor.id for actor in by_weight(of_state, lambda actor: weights[actor.id]))
    actors = _places(chronology.actors)
    places = _places(chronology.places)
    topics = _places(chronology.topics)
    types = _places(chronology.vocabulary.event_types)
    groups = _places(chronology.vocabulary.groups)
    statuses = _places(status.value for status in Status)
    whole = {name: chronology.with_above((name,)) for name in chronology.actors}
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    add = [columns[name].append for name in COLUMNS]
    spans: dict[int, list[list[int | None]]] = {}
    for number, (name, row) in enumerate(rows.items()):
        title, words, first, last, soft, kind, status, own, acted_for, where, about, parts = row
        values = (
            name,
            title,
            words,
            first,
            last,
            soft,
            types[kind],
            statuses[status],
            _numbers(own, actors),
            _numbers((*own, *chain.from_iterable(whole.get(body, ()) for body in acted_for)), states),
            _numbers(where, places),
            _numbers(about, topics),
        )
        for put, value in zip(add, values, strict=True):
            put(value)
        if parts:
            spans[number] = parts
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
        "parts": spans,
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


def _number(day: Day | None) -> int | None:
    return None if day is None else day.ordinal - _EPOCH


_EPOCH = Day(1970, 1, 1).ordinal


def _places(names: Iterable[str]) -> dict[str, int]:
    return {str(name): number for number, name in enumerate(names)}


def _numbers(names: Iterable[str], table: Mapping[str, int]) -> list[int]:
    return sorted({table[name] for name in names if name in table})
