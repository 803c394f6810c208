"""Two corpora → what differs between them, in the words that a reader would see."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from generator.model import (
    Account,
    Corpus,
    Dated,
    Event,
    Located,
    Media,
    Name,
    Office,
    Participation,
    Relation,
    Source,
    Statement,
)
from generator.review.words import UNSAID, Words, title_of

KINDS = ("event", "actor", "place", "topic", "source")
"""What has a file of its own, in the order of a review."""


class Way(enum.StrEnum):
    """What happened to a record."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field, or one entry of a list: what it said and what it says; None where there was or is nothing."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of one record. `was` is its former id where it was renamed; of one removed, `title` is the last."""

    kind: str
    id: str
    title: str
    way: Way
    changes: tuple[Change, ...] = ()
    was: str = ""


def differences(before: Corpus, after: Corpus) -> Iterator[Difference]:
    """Yield what differs, by kind, then by way, then by id; nothing for records that say the same in another layout."""
    yield from _settings(before, after)
    for kind in KINDS:
        unread = before.broken.get(kind, set()) | after.broken.get(kind, set())
        old, new = (_without(getattr(corpus, f"{kind}s"), unread) for corpus in (before, after))
        led = after.redirects.get(kind, {})
        renamed = {id_: str(led[id_]) for id_ in sorted(old.keys() - new.keys()) if str(led.get(id_)) in new}
        former = {now: was for was, now in renamed.items() if now not in old}
        say_before, say_after = Words(before), Words(after)
        for id_ in sorted(new.keys() - old.keys()):
            if id_ not in former:
                said = tuple(_listed(new[id_], say_after))
                yield Difference(kind=kind, id=id_, title=title_of(new[id_]), way=Way.ADDED, changes=said)
        for id_ in sorted(old.keys() - new.keys()):
            if renamed.get(id_) not in former:
                moved = f"its id leads to {renamed[id_]}" if id_ in renamed else None
                left = (Change(field="redirect", before=None, after=moved),) if moved else ()
                yield Difference(kind=kind, id=id_, title=title_of(old[id_]), way=Way.REMOVED, changes=left)
        for now, was in sorted(former.items()):
            changes = tuple(_changes(old[was], new[now], say_before, say_after))
            yield Difference(kind=kind, id=now, title=title_of(new[now]), way=Way.RENAMED, changes=changes, was=was)
        for id_ in sorted(old.keys() & new.keys()):
            if changes := tuple(_changes(old[id_], new[id_], say_before, say_after)):
                yield Difference(kind=kind, id=id_, title=title_of(new[id_]), way=Way.CHANGED, changes=changes)


def _without(records: Mapping[str, Any], ids: set[str]) -> dict[str, Any]:
    """Give the records whose files could be read in both states: of the others nothing is known to have changed."""
    return {id_: record for id_, record in records.items() if id_ not in ids}


def actors_of(event: Event) -> set[str]:
    """Give the ids of all actors that an event names."""
    named = {str(part.actor) for part in event.participants} | {str(part.on_behalf_of) for part in event.participants}
    return (named | {str(statement.speaker) for statement in event.statements}) - {"None"}


def _settings(before: Corpus, after: Corpus) -> Iterator[Difference]:
    say_before, say_after = Words(before), Words(after)
    changes = [*_changes(before.settings, after.settings, say_before, say_after)]
    for kind in KINDS:
        old, new = before.redirects.get(kind, {}), after.redirects.get(kind, {})
        for id_ in sorted(old.keys() | new.keys()):
            if str(old.get(id_)) != str(new.get(id_)):
                first, second = (str(led[id_]) if id_ in led else None for led in (old, new))
                changes.append(Change(field=f"redirect of the {kind} {id_}", before=first, after=second))
    if changes:
        title = str(after.settings.title)
        yield Difference(kind="chronology", id="chronology", title=title, way=Way.CHANGED, changes=tuple(changes))


def _changes(old: Any, new: Any, say_old: Words, say_new: Words) -> Iterator[Change]:
    for field in fields(new):
        if field.name in UNSAID:
            continue
        one, two = getattr(old, field.name), getattr(new, field.name)
        if isinstance(one or two, (tuple, Mapping)):
            yield from _entries(field.name, one or (), two or (), say_old, say_new)
            continue
        before, after = say_old.value(field.name, one), say_new.value(field.name, two)
        if _plain(one) != _plain(two):
            if before == after:  # the words are the same, what was typed is not
                before, after = _typed(one), _typed(two)
            yield Change(field=_named(field.name), before=before, after=after)


def _entries(name: str, old: Any, new: Any, say_old: Words, say_new: Words) -> Iterator[Change]:
    """Yield the entries of a list that were added, removed or changed; and a new order where that is all."""
    first, second = _by_identity(name, old), _by_identity(name, new)
    label = _named(name)
    found = False
    for key in (*first, *(key for key in second if key not in first)):
        one, two = first.get(key), second.get(key)
        if one is not None and two is not None and _plain(one) == _plain(two):
            continue
        found = True
        before = say_old.value(name, one) if one is not None else None
        after = say_new.value(name, two) if two is not None else None
        yield Change(field=label, before=before, after=after)
    if not found and [*first] != [*second]:
        order = (
            "; ".join(say.value(name, item) or "" for item in items)
            for say, items in ((say_old, first.values()), (say_new, second.values()))
        )
        before, after = order
        yield Change(field=f"order of {label}", before=before, after=after)


def _listed(record: Any, say: Words) -> Iterator[Change]:
    """Yield all that a new record says."""
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in UNSAID or value is None or field.name in ("title", "name"):
            continue
        if isinstance(value, tuple):
            yield from (
                Change(field=_named(field.name), before=None, after=say.value(field.name, item)) for item in value
            )
        elif not isinstance(value, Mapping):
            yield Change(field=_named(field.name), before=None, after=say.value(field.name, value))


def _by_identity(name: str, items: Any) -> dict[tuple[str, ...], Any]:
    """Give the entries of a list by what makes each the same entry as before; a repeated one gets a number."""
    pairs = items.items() if isinstance(items, Mapping) else ((None, item) for item in items)
    found: dict[tuple[str, ...], Any] = {}
    for key, item in pairs:
        identity = (str(key),) if key is not None else _identity(item)
        number = 1
        while (*identity, str(number)) in found:
            number += 1
        found[*identity, str(number)] = item
    return found


def _identity(item: Any) -> tuple[str, ...]:
    match item:
        case Participation():
            return (str(item.actor),)
        case Statement():
            return (str(item.speaker), str(item.source))
        case Account():
            return (item.field.value, str(item.source))
        case Relation():
            return (str(item.type), str(item.event))
        case Media():
            return (str(item.file),)
        case Office():
            return (str(item.title), str(item.of))
        case Name():
            return (str(item.name),)
        case Source():
            return (str(item.url or item.id or item.title),)
        case _:
            return (str(item),)


def _plain(value: Any) -> Any:
    """Give what a value says, without where it stands."""
    if isinstance(value, Dated):
        return str(value.text)
    if isinstance(value, Located):
        return tuple(_plain(getattr(value, field.name)) for field in fields(value) if field.name != "position")
    if isinstance(value, (tuple, list)):
        return tuple(map(_plain, value))
    if isinstance(value, str) and not isinstance(value, enum.Enum):
        return str(value)
    return value


def _typed(value: Any) -> str | None:
    return str(value.text) if isinstance(value, Dated) else None if value is None else str(value)


def _named(name: str) -> str:
    return name.replace("_", " ")


def touched(before: Corpus, after: Corpus, found: Iterable[Difference]) -> tuple[str, ...]:
    """Give the names of the actors that changed events name or named, and of those that changed themselves."""
    ids: set[str] = set()
    for difference in found:
        if difference.kind == "actor":
            ids.add(difference.id)
        if difference.kind == "event":
            for corpus, id_ in ((before, difference.was or difference.id), (after, difference.id)):
                if id_ in corpus.events:
                    ids |= actors_of(corpus.events[id_])
    names = {id_: title_of(after.actors.get(id_) or before.actors.get(id_)) or id_ for id_ in ids}
    return tuple(sorted(names.values(), key=str.casefold))
