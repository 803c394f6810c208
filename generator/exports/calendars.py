"""Calendars (iCalendar, RFC 5545): whole days with an exclusive end, and a date that is not certain said to be so.

An entry's UID is the event's for good; SEQUENCE counts the corrections of its record, so that a calendar that has been
subscribed to takes them over. What lies outside of the years 1 to 9999, or has an open end, no calendar can hold: it is
left out of the calendars, and nowhere else.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from generator.chronology import Chronology
from generator.dates import Date, describe
from generator.exports.asset import Asset, Export
from generator.exports.outline import Outline
from generator.exports.site import Site
from generator.model import Event, Status

ROOT = "data/calendars"
EPOCH = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
"""The time of entries whose record's own is not known."""

STATUS = {Status.CANCELLED: "CANCELLED", Status.PLANNED: "TENTATIVE", Status.POSTPONED: "TENTATIVE"}

MOST = 1_000
"""How many events a calendar holds at most, the newest: more than that no calendar program likes to read."""

TEXT = """The events as days in a calendar, to subscribe to: the whole chronology and each topic, and of up to
5,000 events each actor; of each the newest 1,000. An event whose day is not certain fills all days on which it
may have happened, and says so. What lies before the year 1, or has an open end, no calendar can hold."""

USE = """curl -s {base}data/calendars/all.ics"""


def render(outline: Outline) -> Iterator[Asset]:
    """Yield the calendar of everything, and those of actors and topics that have events."""
    chronology = outline.chronology
    title = str(chronology.settings.title)
    entries = outline.pieces.of("calendar")

    def calendar(name: str, words: str, events: Iterable[str]) -> Iterator[Asset]:
        own = [made for event in events if (made := entries[event])][-MOST:]
        if own:
            yield Asset(path=f"{ROOT}/{name}.ics", content=_file(words, own), media_type="text/calendar; charset=utf-8")

    yield from calendar("all", title, outline.events)
    for actor in chronology.actors.values() if not chronology.large else ():
        yield from calendar(f"actors/{actor.id}", f"{title}: {actor.name}", outline.own["actors"][actor.id])
    for topic in chronology.topics.values():
        yield from calendar(f"topics/{topic.id}", f"{title}: {topic.title}", outline.own["topics"][topic.id])


def _file(title: str, entries: Iterable[bytes]) -> bytes:
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Chronology//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{text(title)}",
    ]
    return b"".join(map(folded, head)) + b"".join(entries) + folded("END:VCALENDAR")


def days(date: Date) -> tuple[datetime.date, datetime.date] | None:
    """Give the first possible day and the day after the last; None for what no calendar can hold."""
    if date.earliest is None or date.latest is None:
        return None
    try:
        start = datetime.date(date.earliest.year, date.earliest.month, date.earliest.day)
        return start, datetime.date(date.latest.year, date.latest.month, date.latest.day) + datetime.timedelta(days=1)
    except (ValueError, OverflowError):
        return None


def any_days(events: Iterable[Event]) -> bool:
    """Tell whether a calendar of these events would hold any."""
    return any(days(event.date.value) for event in events)


def piece(chronology: Chronology, site: Site, event: Event) -> tuple[bytes]:
    """Give the entry of an event, nothing where no calendar can hold it."""
    span = days(event.date.value)
    if span is None:
        return (b"",)
    start, end = span
    date = event.date.value
    record = chronology.record(event)
    locale = str(chronology.settings.language).replace("-", "_")
    certain = date.is_exact_day or (date.start is not None and date.end is not None)
    words = str(event.summary)
    if not certain:
        words = f"{describe(date, locale)}. {words}"
    kind = chronology.vocabulary.event_types[event.type]
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.id}@{site.authority}",
        f"DTSTAMP:{(record.changed if record else EPOCH):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{start.year:04}{start:%m%d}",
        f"DTEND;VALUE=DATE:{end.year:04}{end:%m%d}",
        f"SUMMARY:{text(str(event.title) if certain else f'{event.title} ({describe(date, locale)})')}",
        f"DESCRIPTION:{text(words)}",
        f"CATEGORIES:{text(str(kind.label))}",
        f"SEQUENCE:{record.corrections if record else 0}",
        f"STATUS:{STATUS.get(event.status, 'CONFIRMED')}",
        "TRANSP:TRANSPARENT",
        f"X-EDTF:{text(str(event.date.text))}",
    ]
    if record:
        lines += [f"CREATED:{record.added:%Y%m%dT%H%M%SZ}", f"LAST-MODIFIED:{record.changed:%Y%m%dT%H%M%SZ}"]
    if event.places:
        lines.append(f"LOCATION:{text(', '.join(str(chronology.places[place].name) for place in event.places))}")
    if site.base:
        lines.append(f"URL:{site.address(f'events/{event.id}/')}")
    return (b"".join(map(folded, [*lines, "END:VEVENT"])),)


_TEXT = {
    **dict.fromkeys(range(32), " "),
    **{ord(char): f"\\{char}" for char in "\\;,"},
    ord("\n"): "\\n",
}


def text(value: str) -> str:
    """Give a TEXT value (RFC 5545, 3.3.11); control characters, which it cannot hold, become blanks."""
    return value.translate(_TEXT)


def folded(line: str) -> bytes:
    """Give a content line in pieces of at most 75 octets, no character cut (RFC 5545, 3.1)."""
    octets = line.encode()
    pieces: list[bytes] = []
    start, most = 0, 75
    while len(octets) - start > most:
        end = start + most
        while octets[end] & 0xC0 == 0x80:  # within a character (RFC 3629)
            end -= 1
        pieces.append(octets[start:end])
        start, most = end, 74
    return b"\r\n ".join([*pieces, octets[start:]]) + b"\r\n"


EXPORT = Export(
    name="calendars", title="iCalendar", text=TEXT, render=render, use=USE, fields=("calendar",), piece=piece
)
