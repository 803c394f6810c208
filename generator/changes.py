"""What was added to a chronology, corrected and removed, by day: the history of its records as readers see it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.chronology import Chronology
from generator.dates import DateError, Day, describe, describe_day, parse
from generator.history import Entry
from generator.translations import Words, mark

LISTED = 20
"""How many records of one kind are named for a day; the others are counted."""

WAYS = ("added", "corrected", "renamed", "removed")
"""What can happen to a record, in the order in which a day tells of it."""

HEADINGS = {
    "added": mark("Added"),
    "corrected": mark("Corrected"),
    "renamed": mark("Renamed"),
    "removed": mark("Removed"),
}
FIELDS = {
    "title": mark("title"),
    "name": mark("name"),
    "date": mark("date"),
    "date_note": mark("note on the date"),
    "type": mark("kind"),
    "kind": mark("kind"),
    "status": mark("status"),
    "standing": mark("standing"),
    "participants": mark("who took part"),
    "places": mark("places"),
    "topics": mark("topics"),
    "summary": mark("summary"),
    "statements": mark("quotations"),
    "accounts": mark("differing accounts"),
    "relations": mark("related events"),
    "media": mark("pictures"),
    "sources": mark("sources"),
    "names": mark("other names"),
    "offices": mark("offices"),
    "description": mark("description"),
    "country": mark("country"),
    "part_of": mark("what it is part of"),
    "introduction": mark("introduction"),
    "lat": mark("position"),
    "lon": mark("position"),
    "url": mark("address"),
    "publisher": mark("publisher"),
    "published": mark("date of publication"),
    "archived": mark("archived copy"),
    "note": mark("note"),
}
"""What readers call the fields; others are named as in the file."""

KINDS = {
    "event": mark("Events"),
    "actor": mark("Actors"),
    "place": mark("Places"),
    "topic": mark("Topics"),
    "source": mark("Shared sources"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record: `id` of the one that there is now, "" where there is none; `said` is what was corrected, in words."""

    title: str
    id: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The records of one kind to which the same happened on a day; `more` are not named."""

    kind: str
    way: str
    items: tuple[Item, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfChanges:
    """A day (UTC) with what happened on it."""

    date: datetime.date
    groups: tuple[Group, ...]


def days(chronology: Chronology) -> tuple[DayOfChanges, ...]:
    """Give the days on which something happened, newest first."""
    return tuple(
        DayOfChanges(date=date, groups=tuple(_groups(chronology, tuple(entries))))
        for date, entries in groupby(
            sorted(chronology.history.entries, key=lambda entry: entry.moment, reverse=True),
            key=lambda entry: entry.moment.date(),
        )
    )


def anchor(date: datetime.date) -> str:
    """Give the id by which a day is found on its page."""
    return f"d{date:%Y%m%d}"


def _groups(chronology: Chronology, entries: tuple[Entry, ...]) -> Iterable[Group]:
    """Give what happened on a day: each record once for each way, with all fields that were corrected."""
    found: dict[tuple[str, str], dict[str, list[Entry]]] = {}
    added = {(entry.kind, entry.id) for entry in entries if entry.way == "added"}
    removed = {(entry.kind, entry.id) for entry in entries if entry.way == "removed"}
    successors = {
        (kind, str(new)): old
        for kind, led in chronology.corpus.redirects.items()
        for old, new in led.items()
        if (kind, old) in removed and (kind, str(new)) in added
    }
    for entry in entries:
        key = (entry.kind, entry.id)
        if entry.way == "removed" and entry.id in {old for (kind, _), old in successors.items() if kind == entry.kind}:
            continue
        if entry.way == "removed" and key in added:
            continue  # it is there again
        if entry.way == "corrected" and key in removed:
            continue  # nobody can look at it any more
        way = "renamed" if entry.way == "added" and key in successors else entry.way
        if way in ("added", "renamed") and not _there(chronology, entry) and key in removed:
            continue  # it came and went
        found.setdefault((way, entry.kind), {}).setdefault(entry.id, []).append(entry)
    for way in WAYS:
        for kind in KINDS:
            own = found.get((way, kind), {})
            items = [_item(chronology, tuple(some), successors.get((kind, id_))) for id_, some in sorted(own.items())]
            if items:
                yield Group(kind=kind, way=way, items=tuple(items[:LISTED]), more=max(0, len(items) - LISTED))


def _there(chronology: Chronology, entry: Entry) -> bool:
    return entry.id in getattr(chronology.corpus, f"{entry.kind}s")


def _item(chronology: Chronology, entries: tuple[Entry, ...], was: str | None) -> Item:
    newest = entries[0]
    record = getattr(chronology.corpus, f"{newest.kind}s").get(newest.id)
    named = getattr(record, "title", None) or getattr(record, "name", None) or getattr(record, "publisher", None)
    title = str(named or newest.title or newest.id)
    id_ = newest.id if record is not None else ""
    if was is not None:
        return Item(title=title, id=id_, said=(was,))
    return Item(title=title, id=id_, said=tuple(corrected(chronology.words, entries)))


def corrected(words: Words, entries: Iterable[Entry]) -> Iterable[str]:
    """Give the fields that were corrected, short ones with what they were and are; `entries` come newest first."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    fields: dict[str, None] = {}
    for entry in reversed(tuple(entries)):
        for field in entry.fields:
            fields[field] = None
            old, new = entry.values.get(field, ("", ""))
            before.setdefault(field, old)
            after[field] = new
    for field in fields:
        label = words.say(FIELDS.get(field, field))
        if field == "date" and before[field] and after[field]:
            yield f"{label} ({_date(words, before[field])} → {_date(words, after[field])})"
        else:
            yield label


def named(words: Words, fields: Iterable[str]) -> str:
    """Name fields as readers call them."""
    return ", ".join(dict.fromkeys(words.say(FIELDS.get(field, field)) for field in fields))


def _date(words: Words, text: str) -> str:
    try:
        return describe(parse(text), str(words.locale))
    except DateError:
        return text


def day_words(words: Words, date: datetime.date) -> str:
    """Give a day in words."""
    return describe_day(Day(date.year, date.month, date.day), str(words.locale))


def by_year(all_days: Iterable[DayOfChanges]) -> Mapping[int, tuple[DayOfChanges, ...]]:
    """Give the days by year, newest first."""
    found: dict[int, list[DayOfChanges]] = {}
    for day in all_days:
        found.setdefault(day.date.year, []).append(day)
    return {year: tuple(own) for year, own in found.items()}
