"""The chronology as tables: one row an event, and beside it who took part, what was said, how it is known.

The columns are defined once, for CSV, SQLite and Parquet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from generator import model
from generator.chronology import Chronology, shelf
from generator.dates import Date, describe, iso_bounds
from generator.exports.outline import Outline
from generator.exports.site import Site
from generator.model import Event

Value = str | int | float | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: `kind` is str, int or float; `references` names the table whose key its values are."""

    name: str
    text: str
    kind: type = str
    references: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What a table holds: `key` are the columns that tell its rows apart."""

    name: str
    text: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTable(_Shape):
    """A table of events: `rows` yields those of an event in a fixed order."""

    rows: Callable[[Chronology, Site, Event], Iterator[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Shape):
    """A table of something else: `rows` yields all in a fixed order."""

    rows: Callable[[Chronology, Site], Iterator[Row]]


AnyTable = EventTable | Table


def column(name: str, text: str, kind: type = str, references: str = "", *, required: bool = False) -> Column:
    """Give a column."""
    return Column(name=name, text=text, kind=kind, references=references, required=required)


EVENT = column("event", "The event’s id.", references="events", required=True)
NUMBER = column("number", "Its place in the event’s file, from 1.", int, required=True)
ID = column("id", "The permanent id.", required=True)


def _said(value: object) -> str | None:
    return None if value is None else str(value)


def _typed(dated: model.Dated | None) -> str | None:
    return None if dated is None else str(dated.text)


_COUNTED = 10**15
"""Beyond these years the numbers of days are larger than databases hold."""


def day_numbers(date: Date) -> tuple[int | None, ...]:
    """Give the days that bound a date as numbers: texts of years before the common era do not sort."""
    first, last = date.earliest, date.latest
    return tuple(day.julian_day_number if day and abs(day.year) < _COUNTED else None for day in (first, last))


def _events(chronology: Chronology, site: Site, event: Event) -> Iterator[Row]:
    locale = str(chronology.settings.language).replace("-", "_")
    kind = chronology.vocabulary.event_types[event.type]
    record = chronology.record(event)
    yield (
        event.id,
        str(event.title),
        str(event.date.text),
        *iso_bounds(event.date.value),
        *day_numbers(event.date.value),
        describe(event.date.value, locale),
        _said(event.date_note),
        str(event.type),
        str(kind.group),
        _said(kind.plover),
        _said(kind.plover_mode),
        " ".join(map(str, kind.cameo)) or None,
        event.status.value,
        event.standing.value if event.standing else None,
        str(event.summary),
        len(chronology.origins(event)),
        site.address(f"events/{event.id}/"),
        record.added.isoformat() if record else None,
        record.changed.isoformat() if record else None,
        record.corrections if record else None,
    )


def _participants(chronology: Chronology, site: Site, event: Event) -> Iterator[Row]:
    for number, part in enumerate(event.participants, 1):
        yield event.id, number, str(part.actor), str(part.role), _said(part.on_behalf_of), _said(part.note)


def _event_places(chronology: Chronology, site: Site, event: Event) -> Iterator[Row]:
    yield from ((event.id, number, str(place)) for number, place in enumerate(event.places, 1))


def _event_topics(chronology: Chronology, site: Site, event: Event) -> Iterator[Row]:
    yield from ((event.id, number, str(topic)) for number, topic in enumerate(event.topics, 1))


def _statements(chronology: Chronology, site: Site, event: Event) -> Iterator[Row]:
    for number, item in enumerate(event.statements, 1):
        cited = chronology.cited(event, item).number
        yield event.id, number, str(item.speaker), str(item.text), _said(item.language), cited


def _accounts(chronology: Chronology, site: Site, event: Event) -> Iterator[Row]:
    for number, item in enumerate(event.accounts, 1):
        cited = chronology.cited(event, item).number
        yield event.id, number, item.field.value, str(item.value), cited, _said(item.note)


def _relations(chronology: Chronology, site: Site, event: Event) -> Iterator[Row]:
    for number, item in enumerate(event.relations, 1):
        yield event.id, number, str(item.type), str(item.event), _said(item.note)


def _sources(chronology: Chronology, site: Site, event: Event) -> Iterator[Row]:
    for citation in chronology.citations[event.id]:
        source = citation.source
        yield (
            event.id,
            citation.number,
            citation.key or None,
            _said(source.title),
            _said(source.publisher),
            _said(source.original_publisher),
            _said(source.author),
            _said(source.url),
            _typed(source.published),
            _typed(source.accessed),
            _said(source.language),
            source.kind.value,
            _said(source.archived),
            _said(source.note),
        )


def _media(chronology: Chronology, site: Site, event: Event) -> Iterator[Row]:
    for number, item in enumerate(event.media, 1):
        words = (item.file, item.alt, item.credit, item.licence, item.caption, item.url)
        yield event.id, number, *map(_said, words)


def _actors(chronology: Chronology, site: Site) -> Iterator[Row]:
    for actor in chronology.actors.values():
        words = (actor.description, actor.country, actor.part_of, actor.wikidata)
        yield actor.id, str(actor.name), actor.kind.value, *map(_said, words), site.address(f"actors/{actor.id}/")


def _offices(chronology: Chronology, site: Site) -> Iterator[Row]:
    for actor in chronology.actors.values():
        for number, office in enumerate(actor.offices, 1):
            source = chronology.office_source(office)
            yield (
                actor.id,
                number,
                str(office.title),
                _said(office.of),
                _typed(office.since),
                _typed(office.until),
                int(office.acting),
                _said(source.title if source else None),
                _said(source.publisher if source else None),
                _said(source.url if source else None),
                _said(office.note),
            )


def _names(chronology: Chronology, site: Site) -> Iterator[Row]:
    entities: tuple[tuple[str, model.Actor | model.Place], ...] = (
        *(("actor", actor) for actor in chronology.actors.values()),
        *(("place", place) for place in chronology.places.values()),
    )
    for kind, entity in entities:
        for number, name in enumerate(entity.names, 1):
            yield kind, entity.id, number, str(name.name), _said(name.language)


def _places(chronology: Chronology, site: Site) -> Iterator[Row]:
    for place in chronology.places.values():
        words = (place.country, place.note)
        page = site.address(f"places/{place.id}/")
        yield place.id, str(place.name), place.lat, place.lon, place.kind.value, *map(_said, words), page


def _topics(chronology: Chronology, site: Site) -> Iterator[Row]:
    for topic in chronology.topics.values():
        yield topic.id, str(topic.title), str(topic.introduction), site.address(f"topics/{topic.id}/")


PAGE = column("page", "The address of its page.")
NOTE = column("note", "A note on it.")

TABLES: tuple[AnyTable, ...] = (
    EventTable(
        name="events",
        text="One row an event.",
        key=("id",),
        columns=(
            ID,
            column("title", "One line that says who did what.", required=True),
            column("date", "When it happened, in EDTF (ISO 8601-2).", required=True),
            column("earliest", "The earliest possible day; empty where that is open."),
            column("latest", "The latest possible day; empty where that is open."),
            column("earliest_jdn", "The earliest possible day as a Julian day number, which sorts.", int),
            column("latest_jdn", "The latest possible day as a Julian day number.", int),
            column("date_words", "The date in words.", required=True),
            column("date_note", "How the date is known."),
            column("type", "The kind of event.", required=True),
            column("type_group", "The group of its kind.", required=True),
            column("plover", "The PLOVER event type."),
            column("plover_mode", "The PLOVER mode."),
            column("cameo", "CAMEO codes, separated by blanks."),
            column("status", "Whether it took place.", required=True),
            column("standing", "How a claim stands."),
            column("summary", "One to four sentences.", required=True),
            column("publishers", "How many publishers it rests on.", int, required=True),
            PAGE,
            column("added", "When the record was added."),
            column("changed", "When the record was last changed."),
            column("corrections", "How often the record was changed.", int),
        ),
        rows=_events,
    ),
    EventTable(
        name="participants",
        text="Who took part in an event.",
        key=("event", "number"),
        columns=(
            EVENT,
            NUMBER,
            column("actor", "The actor’s id.", references="actors", required=True),
            column("role", "The part played.", required=True),
            column("on_behalf_of", "Whom it represents.", references="actors"),
            NOTE,
        ),
        rows=_participants,
    ),
    EventTable(
        name="event_places",
        text="Where an event happened.",
        key=("event", "number"),
        columns=(EVENT, NUMBER, column("place", "The place’s id.", references="places", required=True)),
        rows=_event_places,
    ),
    EventTable(
        name="event_topics",
        text="The topics of an event.",
        key=("event", "number"),
        columns=(EVENT, NUMBER, column("topic", "The topic’s id.", references="topics", required=True)),
        rows=_event_topics,
    ),
    EventTable(
        name="sources",
        text="How an event is known.",
        key=("event", "number"),
        columns=(
            EVENT,
            NUMBER,
            column("id", "What the event’s file calls it."),
            column("title", "Its headline as printed."),
            column("publisher", "Who published the page."),
            column("original_publisher", "Whose text the page reposts."),
            column("author", "Who wrote it."),
            column("url", "The address of the page."),
            column("published", "When it was published, in EDTF."),
            column("accessed", "When it was read, in EDTF."),
            column("language", "Its language (BCP 47)."),
            column("kind", "What it is.", required=True),
            column("archived", "The address of an archived copy."),
            NOTE,
        ),
        rows=_sources,
    ),
    EventTable(
        name="statements",
        text="What was said, word for word; the source is its number among the event’s.",
        key=("event", "number"),
        columns=(
            EVENT,
            NUMBER,
            column("speaker", "The id of who said it.", references="actors", required=True),
            column("text", "The quotation.", required=True),
            column("language", "Its language (BCP 47)."),
            column("source", "The number of its source.", int, required=True),
        ),
        rows=_statements,
    ),
    EventTable(
        name="accounts",
        text="What single sources say differently; the source is its number among the event’s.",
        key=("event", "number"),
        columns=(
            EVENT,
            NUMBER,
            column("field", "What they disagree about.", required=True),
            column("value", "What the source says.", required=True),
            column("source", "The number of its source.", int, required=True),
            NOTE,
        ),
        rows=_accounts,
    ),
    EventTable(
        name="relations",
        text="How an event relates to another.",
        key=("event", "number"),
        columns=(
            EVENT,
            NUMBER,
            column("type", "The relation.", required=True),
            column("other", "The other event’s id.", references="events", required=True),
            NOTE,
        ),
        rows=_relations,
    ),
    EventTable(
        name="media",
        text="Pictures shown with an event.",
        key=("event", "number"),
        columns=(
            EVENT,
            NUMBER,
            column("file", "The file’s name.", required=True),
            column("alt", "What is to be seen.", required=True),
            column("credit", "Who made it.", required=True),
            column("licence", "What allows it to be shown.", required=True),
            column("caption", "What a reader should know."),
            column("url", "The page it was taken from."),
        ),
        rows=_media,
    ),
    Table(
        name="actors",
        text="People, states, organisations, forces and groups.",
        key=("id",),
        columns=(
            ID,
            column("name", "The name.", required=True),
            column("kind", "What it is.", required=True),
            column("description", "A sentence on it."),
            column("country", "Its country (ISO 3166-1)."),
            column("part_of", "What it is a part of.", references="actors"),
            column("wikidata", "Its Wikidata id."),
            PAGE,
        ),
        rows=_actors,
    ),
    Table(
        name="offices",
        text="Who held which office, and when.",
        key=("actor", "number"),
        columns=(
            column("actor", "The holder’s id.", references="actors", required=True),
            NUMBER,
            column("title", "The office.", required=True),
            column("of", "Whose office it is.", references="actors"),
            column("since", "From when, in EDTF."),
            column("until", "Until when, in EDTF."),
            column("acting", "1 if it was held for somebody else.", int, required=True),
            column("source_title", "The source’s headline."),
            column("source_publisher", "The source’s publisher."),
            column("source_url", "The source’s address."),
            NOTE,
        ),
        rows=_offices,
    ),
    Table(
        name="names",
        text="Other spellings of names.",
        key=("kind", "id", "number"),
        columns=(
            column("kind", "actor or place.", required=True),
            column("id", "Its id.", required=True),
            NUMBER,
            column("name", "The spelling.", required=True),
            column("language", "Its language (BCP 47)."),
        ),
        rows=_names,
    ),
    Table(
        name="places",
        text="Places that events name.",
        key=("id",),
        columns=(
            ID,
            column("name", "The name.", required=True),
            column("lat", "Degrees north (WGS 84).", float, required=True),
            column("lon", "Degrees east (WGS 84).", float, required=True),
            column("kind", "What it is.", required=True),
            column("country", "Its country (ISO 3166-1)."),
            NOTE,
            PAGE,
        ),
        rows=_places,
    ),
    Table(
        name="topics",
        text="Threads through the events.",
        key=("id",),
        columns=(
            ID,
            column("title", "The title.", required=True),
            column("introduction", "What it is about.", required=True),
            PAGE,
        ),
        rows=_topics,
    ),
)

EVENT_TABLES = tuple(table for table in TABLES if isinstance(table, EventTable))

FIELDS = (*(table.name for table in EVENT_TABLES), "year")


def piece(chronology: Chronology, site: Site, event: Event) -> Sequence[Any]:
    """Give the rows of an event in each table of events, and the year in which it stands."""
    return *(tuple(table.rows(chronology, site, event)) for table in EVENT_TABLES), shelf(event.date.value)[0]


def rows_of(table: AnyTable, outline: Outline) -> Iterable[Row]:
    """Give the rows of a table."""
    if isinstance(table, EventTable):
        return chain.from_iterable(outline.in_order(table.name))
    return table.rows(outline.chronology, outline.site)
