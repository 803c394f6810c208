"""What a search finds: one small HTML document for each entry, which Pagefind reads in place of the whole pages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import escape
from itertools import chain
from operator import attrgetter

from generator.chronology import Chronology
from generator.dates import Date, describe
from generator.labels import label
from generator.model import Actor, Event, Place, Topic
from generator.publishers import Publisher, publishers
from generator.translations import Words

WEIGHT = 10
"""How much more a word counts that says what an entry is."""

DECADE = 10
"""Up to this many years, a date is found under every year it may lie in. A longer one brings no years of its own
between its first and its last, or the one date “about the fifth century” would fill the list of years by itself."""

DIGITS = 18
"""How many digits a year may have."""

MONTH = len("n1") + DIGITS + 1 + len("12")
"""How much of what an event is sorted by tells its first month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be found. `path` is its page’s folder below the site’s root; `facets` are what can be chosen.

    `label` and `date` are shown beside the title; `order` is text that sorts by date and differs for each entry, empty
    where there is no date. `weighty` are texts that say what an entry is: words found in them count for more.
    """

    path: str
    title: str
    texts: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    label: str = ""
    date: str = ""
    order: str = ""
    weighty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry that can be made. `order` is that of the entry, and `key` changes with all that the entry says."""

    order: str
    key: str
    make: Callable[[], Entry]


def items(
    chronology: Chronology, said: Callable[[Event], str] = lambda _: "", texts: Iterable[Entry] = ()
) -> Iterator[Item]:
    """Yield an item for each event, in order, and for each actor, place, publisher and topic, then for texts by path.

    A text that stands in the place of another entry is there alone.
    `said` gives a key of what an event says, with all that its file refers to; without it the keys tell nothing.
    """
    locale = str(chronology.settings.language).replace("-", "_")
    dated = sorted({year for event in chronology.events for year in _own_years(event.date.value)})
    written = {entry.path: entry for entry in sorted(texts, key=attrgetter("path"))}
    for event in chronology.events:
        if f"events/{event.id}/" not in written:
            key = f"{said(event)} {list(years(event.date.value, dated))}"
            make = partial(_event, chronology, event, locale, dated)
            yield Item(order=sortable(event), key=key, make=make)
    others = (entry for entry in _others(chronology) if entry.path not in written)
    for entry in chain(others, written.values()):
        yield Item(order="", key=repr(entry), make=partial(_itself, entry))


def _itself(entry: Entry) -> Entry:
    return entry


def count(chronology: Chronology) -> int:
    """Tell how many entries there are."""
    dated, others = len(chronology.events), len(chronology.by_publisher)
    return dated + others + len(chronology.actors) + len(chronology.places) + len(chronology.topics)


def _others(chronology: Chronology) -> Iterator[Entry]:
    for actor in chronology.actors.values():
        yield _actor(chronology, actor)
    for place in chronology.places_in_order():
        yield _place(place, chronology.words)
    for publisher in publishers(chronology):
        yield _publisher(publisher, chronology.words)
    for topic in chronology.topics.values():
        yield _topic(topic, chronology.words)


def _event(chronology: Chronology, event: Event, locale: str, dated: Sequence[int]) -> Entry:
    words = chronology.words
    parts = chronology.parts[event.id]
    places = [str(chronology.places[name].name) for name in event.places]
    topics = [str(chronology.topics[name].title) for name in event.topics]
    kind = str(chronology.vocabulary.event_types[event.type].label)
    date = describe(event.date.value, locale)
    origins = len(chronology.origins(event))
    second_hand = (words.say("Second-hand alone"),) if chronology.is_weak(event) else ()
    sources = [citation.source for citation in chronology.citations[event.id]]
    texts: list[str | None] = [date, event.summary, kind, event.date_note, *places, *topics]
    texts += [part.actor.name for part in parts]
    texts += [f"{statement.text} {chronology.actors[statement.speaker].name}" for statement in event.statements]
    values = (describe(account.date, locale) if account.date else account.value for account in event.accounts)
    texts += [f"{value} {account.note or ''}" for value, account in zip(values, event.accounts, strict=True)]
    texts += [f"{source.title or ''} {source.publisher or ''}" for source in sources]
    facets = {
        "what": (words.say("Events"),),
        "kind": (kind,),
        "who": tuple(dict.fromkeys(str(part.actor.name) for part in parts)),
        "where": tuple(places),
        "topic": tuple(topics),
        "year": tuple(map(str, years(event.date.value, dated))),
        "status": (_capital(label(words, event.status)),),
        "standing": (_capital(label(words, event.standing)),) if event.standing else (),
        "accounts": (words.say("Accounts differ"),) if event.accounts else (),
        "sources": (_publishers(origins, words), *second_hand),
    }
    return Entry(
        path=f"events/{event.id}/",
        title=str(event.title),
        texts=tuple(str(text) for text in texts if text),
        facets=facets,
        label=kind,
        date=date,
        order=sortable(event),
    )


def sortable(event: Event) -> str:
    """Give text that sorts as events do, and that no other event changes."""
    first, *rest = event.date.value.sort_key
    day = [f"{year + 10**DIGITS:0{DIGITS + 1}}{month:02}{day:02}" for year, month, day in (rest[:3], rest[4:])]
    return f"n{first}{day[0]}-{rest[3]}{day[1]}-{event.id}"


def _publishers(number: int, words: Words) -> str:
    """Say how many publishers an event rests on, as far as it matters."""
    if number == 1:
        return words.say("One publisher")
    return words.say("Two publishers") if number == 2 else words.say("Three or more publishers")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bounds(date: Date) -> tuple[int, int] | None:
    first, last = date.earliest or date.latest, date.latest or date.earliest
    return (first.year, last.year) if first and last else None


def _own_years(date: Date) -> Iterable[int]:
    """Give the years that a date brings into the list of years."""
    bounds = _bounds(date)
    if bounds is None:
        return ()
    first, last = bounds
    return range(first, last + 1) if last - first < DECADE else bounds


def years(date: Date, dated: Sequence[int]) -> Sequence[int]:
    """Give every year among `dated`, the sorted years of all dates, in which this date may lie."""
    bounds = _bounds(date)
    return dated[bisect_left(dated, bounds[0]) : bisect_right(dated, bounds[1])] if bounds else ()


def _actor(chronology: Chronology, actor: Actor) -> Entry:
    words = chronology.words
    offices = (f"{office.title} {chronology.actors[office.of].name if office.of else ''}" for office in actor.offices)
    names = (name.name for name in actor.names)
    return Entry(
        path=f"actors/{actor.id}/",
        title=str(actor.name),
        texts=(str(actor.description),) if actor.description else (),
        weighty=tuple(map(str, (*names, *offices))),
        facets={"what": (words.say("Actors"),)},
        label=_capital(label(words, actor.kind)),
    )


def _place(place: Place, words: Words) -> Entry:
    texts = tuple(str(text) for text in (place.note or "", *(name.name for name in place.names)))
    return Entry(
        path=f"places/{place.id}/",
        title=str(place.name),
        texts=texts,
        facets={"what": (words.say("Places"),)},
        label=words.say("Place"),
    )


def _topic(topic: Topic, words: Words) -> Entry:
    return Entry(
        path=f"topics/{topic.id}/",
        title=str(topic.title),
        texts=(str(topic.introduction),),
        facets={"what": (words.say("Topics"),)},
        label=words.say("Topic"),
    )


def _publisher(publisher: Publisher, words: Words) -> Entry:
    titles = dict.fromkeys(str(citation.source.title or "") for citation, _ in publisher.pages)
    return Entry(
        path=f"sources/{publisher.slug}/",
        title=publisher.name or words.say("Publisher not known"),
        texts=tuple(titles),
        facets={"what": (words.say("Sources"),)},
        label=words.say("Publisher"),
    )


def document(entry: Entry, language: str) -> str:
    """Give an entry as the HTML that Pagefind reads: text as text, everything else in attributes."""
    marks = [
        f'data-pagefind-filter="{escape(name)}:{escape(value)}"' for name, own in entry.facets.items() for value in own
    ]
    if entry.order:
        marks.append(f'data-pagefind-sort="date:{escape(entry.order)}"')
    marks += [
        f'data-pagefind-meta="{name}:{escape(value)}"'
        for name, value in (("label", entry.label), ("date", entry.date))
        if value
    ]
    lines = [
        f'<!doctype html><html lang="{escape(language)}"><head><title>{escape(entry.title)}</title></head>',
        "<body data-pagefind-body>",
        f"<h1>{escape(entry.title)}</h1>",
        *(f'<p data-pagefind-weight="{WEIGHT}">{escape(text)}</p>' for text in entry.weighty if text.strip()),
        *(f"<p>{escape(text)}</p>" for text in entry.texts if text.strip()),
        *(f"<i {mark}></i>" for mark in marks),
        "</body></html>",
    ]
    return "\n".join(lines)
