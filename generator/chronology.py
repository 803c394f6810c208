"""The index that every page and export reads: events in order, and by actor, office, place, topic and source.

Everything here is sorted and grouped once; templates only decide wording and order of sections.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from generator.dates import Date
from generator.history import History, Record
from generator.labels import translated
from generator.links.record import Record as LinkRecord
from generator.links.record import State, Stretch
from generator.model import (
    Account,
    Actor,
    ActorKind,
    Corpus,
    Event,
    Located,
    Office,
    Participation,
    Place,
    Source,
    SourceKind,
    Statement,
    Text,
    Topic,
)
from generator.packing import packs_quickly
from generator.translations import words


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source as an event cites it: its number on the event's page, and the id statements refer to."""

    number: int
    key: str
    source: Source
    shared: bool


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An actor's part in an event, with the offices the actor held on that day."""

    event: Event
    actor: Actor
    participation: Participation
    offices: tuple[Office, ...]


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation as one end of it reads it."""

    label: str
    event: Event
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A statement, with the event in which it was quoted."""

    event: Event
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year of the list: its events by month (0 for those that belong to no single month)."""

    year: int
    months: Mapping[int, tuple[Event, ...]]

    @property
    def events(self) -> tuple[Event, ...]:
        """All events of the year, in order."""
        return tuple(event for events in self.months.values() for event in events)


LARGE = 5_000
"""From how many events on a chronology leaves out what would double its bytes, and packs its largest files."""


_UNMENTIONED: dict[str, Any] = {
    "summary": Text(""),
    **dict.fromkeys(
        ("sources", "participants", "places", "topics", "statements", "accounts", "relations", "media"), ()
    ),
}
"""What the page of an event does not say of others that it names."""


class Chronology:
    """A corpus in order. Every sequence is sorted by the events' dates, then ids; nothing changes after the start."""

    def __init__(self, corpus: Corpus, history: History | None = None) -> None:
        self.corpus = corpus
        self.history = history or History(whole=False)
        self.settings = corpus.settings
        self.words = words(str(corpus.settings.language))
        self.vocabulary = translated(corpus.vocabulary, self.words)
        self.large = len(corpus.events) >= LARGE
        self.actors = corpus.actors
        self.places = corpus.places
        self.topics = corpus.topics
        self.events: tuple[Event, ...] = tuple(sorted(corpus.events.values(), key=order))

    @cached_property
    def parts(self) -> dict[str, tuple[Part, ...]]:
        """Who took part in each event, in the order of its file."""
        return {event.id: self._parts(event) for event in self.events}

    def _parts(self, event: Event) -> tuple[Part, ...]:
        return tuple(
            Part(
                event=event,
                actor=self.actors[entry.actor],
                participation=entry,
                offices=offices_on(self.actors[entry.actor], event.date.value),
            )
            for entry in event.participants
        )

    def slice(self, events: Iterable[Event]) -> Chronology:
        """Give a chronology of some events: all that their own pages say, and nothing that only lists say.

        What it holds is little, so that it can be sent to another process.
        """
        own = tuple(events)
        part = object.__new__(Chronology)
        shared = {str(entry) for event in own for entry in event.sources if isinstance(entry, Text)}
        topics = {str(topic) for event in own for topic in event.topics}
        actors = {str(entry.actor) for event in own for entry in event.participants}
        actors |= {str(entry.on_behalf_of) for event in own for entry in event.participants if entry.on_behalf_of}
        actors |= {str(item.speaker) for event in own for item in event.statements}
        actors |= {str(office.of) for name in actors for office in self.actors[name].offices if office.of is not None}
        pictures = {str(item.file) for event in own for item in event.media}
        here = {event.id: event for event in own}

        def mentioned(event: Event) -> Event:
            if event.id not in here:
                here[event.id] = replace(event, **_UNMENTIONED)
            return here[event.id]

        vars(part).update(
            corpus=replace(
                self.corpus,
                events={event.id: event for event in own},
                actors={},
                places={},
                topics={},
                sources={name: self.corpus.sources[name] for name in sorted(shared)},
                redirects={},
                broken={},
                references=(),
                pictures={name: self.corpus.pictures[name] for name in pictures},
                links=self._links_of(self.citations[event.id] for event in own),
            ),
            **self._shared(own),
            actors={name: self.actors[name] for name in sorted(actors) if name in self.actors},
            places={str(name): self.places[name] for event in own for name in event.places},
            topics={name: self.topics[name] for name in sorted(topics)},
            events=own,
            links={
                event.id: tuple(replace(link, event=mentioned(link.event)) for link in self.links[event.id])
                for event in own
            },
            neighbours={
                (str(topic), event.id): (before and mentioned(before), after and mentioned(after))
                for event in own
                for topic in event.topics
                for before, after in (self.neighbours[topic, event.id],)
            },
        )
        return part

    def without_events(self) -> Chronology:
        """Give all that is no event, with nothing of what the events say; it can be sent to another process."""
        part = object.__new__(Chronology)
        entities = (*self.actors.values(), *self.places.values(), *self.topics.values())
        vars(part).update(
            corpus=replace(self.corpus, events={}, broken={}, references=(), pictures={}, links={}),
            **self._shared(entities),
            actors=self.actors,
            places=self.places,
            topics=self.topics,
            events=(),
        )
        return part

    def _shared(self, kept: Iterable[Located]) -> dict[str, Any]:
        """Give what a part of a chronology shares with the whole; of the history, the records of what is kept."""
        records = {path: found for path in map(self.file, kept) if (found := self.history.records.get(path))}
        return {
            "history": History(records=records, whole=self.history.whole),
            "settings": self.settings,
            "words": self.words,
            "large": self.large,
            "vocabulary": self.vocabulary,
        }

    def _links_of(self, cited: Iterable[tuple[Citation, ...]]) -> LinkRecord:
        urls = {str(citation.source.url) for citations in cited for citation in citations}
        return {url: self.corpus.links[url] for url in sorted(urls & self.corpus.links.keys())}

    def prepare(self) -> None:
        """Work out what slices need, before several threads ask for it."""
        _ = self.parts, self.citations, self.links, self.neighbours

    @cached_property
    def by_actor(self) -> dict[str, tuple[Part, ...]]:
        """Each actor's parts, in the order of the events; an actor with none is there with none."""
        found: dict[str, list[Part]] = {actor: [] for actor in self.actors}
        for event in self.events:
            for part in self.parts[event.id]:
                found[part.actor.id].append(part)
        return {actor: tuple(parts) for actor, parts in found.items()}

    @cached_property
    def by_body(self) -> dict[str, tuple[Part, ...]]:
        """For each state or body, what others did for it: its office-holders, parts and envoys on that day."""
        found: dict[str, list[Part]] = defaultdict(list)
        for event in self.events:
            for part in self.parts[event.id]:
                for body in self.bodies_of(part):
                    found[body].append(part)
        return {body: tuple(parts) for body, parts in found.items()}

    def bodies_of(self, part: Part) -> tuple[str, ...]:
        """Give the ids of the states and bodies that an actor acted for, each once, nearest first."""
        return self.with_above(self.nearest_of(part), part.actor.id)

    def nearest_of(self, part: Part) -> tuple[str, ...]:
        """Give the ids of those that an actor acted for as its file and that of the event name them."""
        nearest = [str(office.of) for office in part.offices if office.of is not None]
        if part.participation.on_behalf_of is not None:
            nearest.insert(0, str(part.participation.on_behalf_of))
        if part.actor.part_of is not None:
            nearest.append(str(part.actor.part_of))
        return tuple(nearest)

    def with_above(self, bodies: Iterable[str], but: str = "") -> tuple[str, ...]:
        """Give the ids of bodies that are known, with all that they are part of, each once; one may be left out."""
        nearest = list(bodies)
        found: dict[str, None] = {}
        while nearest:
            body = nearest.pop(0)
            if body in found or body == but or body not in self.actors:
                continue
            found[body] = None
            above = self.actors[body].part_of
            if above is not None:
                nearest.append(str(above))
        return tuple(found)

    @cached_property
    def by_place(self) -> dict[str, tuple[Event, ...]]:
        """The events of each place."""
        return self._grouped(self.places, lambda event: event.places)

    @cached_property
    def by_topic(self) -> dict[str, tuple[Event, ...]]:
        """The events of each topic."""
        return self._grouped(self.topics, lambda event: event.topics)

    @cached_property
    def by_type(self) -> dict[str, tuple[Event, ...]]:
        """The events of each kind."""
        return self._grouped(self.vocabulary.event_types, lambda event: (event.type,))

    def _grouped(self, known: Iterable[str], names: Callable[[Event], Iterable[str]]) -> dict[str, tuple[Event, ...]]:
        found: dict[str, list[Event]] = {name: [] for name in known}
        for event in self.events:
            for name in dict.fromkeys(names(event)):
                found[str(name)].append(event)
        return {name: tuple(events) for name, events in found.items()}

    @cached_property
    def citations(self) -> dict[str, tuple[Citation, ...]]:
        """Each event's sources, numbered in the order in which the file lists them."""
        return {
            event.id: tuple(self._citation(number, entry) for number, entry in enumerate(event.sources, 1))
            for event in self.events
        }

    def _citation(self, number: int, entry: Source | Text) -> Citation:
        if isinstance(entry, Text):
            return Citation(number=number, key=str(entry), source=self.corpus.sources[entry], shared=True)
        return Citation(number=number, key=str(entry.id or ""), source=entry, shared=False)

    def cited(self, event: Event, item: Statement | Account) -> Citation:
        """Give the citation that a statement or an account rests on."""
        return next(citation for citation in self.citations[event.id] if citation.key == item.source)

    @cached_property
    def links(self) -> dict[str, tuple[Link, ...]]:
        """Each event's relations, its own first, then those that other events have to it."""
        own: dict[str, list[Link]] = {event.id: [] for event in self.events}
        inverse: dict[str, list[Link]] = {event.id: [] for event in self.events}
        for event in self.events:
            for relation in event.relations:
                kind = self.vocabulary.relation_types[relation.type]
                other = self.corpus.events[relation.event]
                own[event.id].append(Link(label=kind.label, event=other, note=relation.note or ""))
                inverse[other.id].append(Link(label=kind.inverse, event=event, note=relation.note or ""))
        return {name: (*own[name], *inverse[name]) for name in own}

    @cached_property
    def neighbours(self) -> dict[tuple[str, str], tuple[Event | None, Event | None]]:
        """By (topic, event): the event before and the event after it in the topic."""
        found: dict[tuple[str, str], tuple[Event | None, Event | None]] = {}
        for topic, events in self.by_topic.items():
            before: tuple[Event | None, ...] = (None, *events)
            after: tuple[Event | None, ...] = (*events[1:], None)
            for previous, event, following in zip(before, events, after, strict=False):
                found[topic, event.id] = (previous, following)
        return found

    def record(self, entity: Located) -> Record | None:
        """Give when an entity's file was added and changed, as far as git knows."""
        return self.history.records.get(self.file(entity))

    def file(self, entity: Located) -> str:
        """Give the path of an entity’s file below the folder of event files."""
        return entity.position.path.removeprefix(self._folder)

    @cached_property
    def _folder(self) -> str:
        root = self.settings.position.path.rpartition("/")[0]
        return f"{root}/" if root else ""

    def office_source(self, office: Office) -> Source | None:
        """Give the source of an office, wherever it is described."""
        source = office.source
        return source if isinstance(source, Source | None) else self.corpus.sources[str(source)]

    def gone(self, source: Source) -> Stretch | None:
        """Give since when a cited page does not answer any more, where that is known."""
        known = self.corpus.links.get(source.url) if source.url is not None else None
        return known[-1] if known and known[-1].state is State.DEAD else None

    @cached_property
    def pages_cited(self) -> dict[str, tuple[Source, ...]]:
        """The addresses that events and offices cite, in the order of the events, with the sources that name them."""
        cited = [citation.source for event in self.events for citation in self.citations[event.id]]
        offices = (office for actor in self.actors.values() for office in actor.offices)
        cited += [source for office in offices if (source := self.office_source(office)) is not None]
        found: dict[str, dict[int, Source]] = {}
        for source in cited:
            if source.url is not None:
                found.setdefault(str(source.url), {}).setdefault(id(source), source)
        return {url: tuple(sources.values()) for url, sources in found.items()}

    def has_neighbours(self, event: Event) -> bool:
        """Tell whether any topic of an event holds another."""
        return any(self.neighbours[topic, event.id] != (None, None) for topic in event.topics)

    @cached_property
    def quotes(self) -> dict[str, tuple[Quote, ...]]:
        """Each speaker's statements."""
        found: dict[str, list[Quote]] = {actor: [] for actor in self.actors}
        for event in self.events:
            for statement in event.statements:
                found[statement.speaker].append(Quote(event=event, statement=statement))
        return {actor: tuple(quotes) for actor, quotes in found.items()}

    def counterparts(self, actor: Actor) -> tuple[tuple[Actor, int], ...]:
        """Give whom an actor shares events with and how often: most often first, then by name."""
        counts: Counter[str] = Counter()
        for event in {part.event.id: part.event for part in self.by_actor[actor.id]}.values():
            counts.update({part.actor.id for part in self.parts[event.id]} - {actor.id})
        in_order = sorted(counts.items(), key=lambda pair: (-pair[1], self.actors[pair[0]].name, pair[0]))
        return tuple((self.actors[other], number) for other, number in in_order)

    @cached_property
    def years(self) -> tuple[Year, ...]:
        """The years of the list, oldest first; an event stands where its earliest possible day lies."""
        found: dict[int, dict[int, list[Event]]] = defaultdict(lambda: defaultdict(list))
        for event in self.events:
            year, month = shelf(event.date.value)
            found[year][month].append(event)
        return tuple(
            Year(year=year, months={month: tuple(found[year][month]) for month in sorted(found[year])})
            for year in sorted(found)
        )

    @cached_property
    def by_publisher(self) -> dict[str, tuple[tuple[Citation, Event], ...]]:
        """What each publisher is cited for, by publisher in alphabetical order."""
        found: dict[str, list[tuple[Citation, Event]]] = defaultdict(list)
        for event in self.events:
            for citation in self.citations[event.id]:
                found[citation.source.publisher or ""].append((citation, event))
        return {name: tuple(found[name]) for name in sorted(found, key=lambda name: (name.casefold(), name))}

    def origins(self, event: Event) -> frozenset[str]:
        """Give who first published the event's sources: reposts of one agency text count as one."""
        return frozenset(citation.source.origin for citation in self.citations[event.id])

    def is_weak(self, event: Event) -> bool:
        """Tell whether an event rests on second-hand or automated summaries alone."""
        return all(citation.source.kind is SourceKind.DIGEST for citation in self.citations[event.id])

    @cached_property
    def single_origin(self) -> tuple[Event, ...]:
        """Events that rest on one publisher alone."""
        return tuple(event for event in self.events if len(self.origins(event)) == 1)

    @cached_property
    def weak(self) -> tuple[Event, ...]:
        """Events that rest on digests alone."""
        return tuple(event for event in self.events if self.is_weak(event))

    @cached_property
    def differing(self) -> tuple[Event, ...]:
        """Events on which sources differ."""
        return tuple(event for event in self.events if event.accounts)

    def actors_of(self, *kinds: ActorKind) -> tuple[Actor, ...]:
        """Give the actors of some kinds: those with most events first, then by name."""
        return by_weight((actor for actor in self.actors.values() if actor.kind in kinds), self.weight)

    def weight(self, actor: Actor) -> int:
        """Count the events an actor took part in, or others did for it."""
        own = {part.event.id for part in self.by_actor[actor.id]}
        return len(own | {part.event.id for part in self.by_body.get(actor.id, ())})

    def events_of(self, actor: Actor) -> tuple[Event, ...]:
        """Give the events an actor took part in or others did for it, each once, in order."""
        parts = (*self.by_actor[actor.id], *self.by_body.get(actor.id, ()))
        own = {part.event.id: part.event for part in parts}
        return tuple(own[name] for name in sorted(own, key=self._rank.__getitem__))

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {event.id: number for number, event in enumerate(self.events)}

    def topics_in_order(self) -> tuple[Topic, ...]:
        """Give the topics in the order of their first events."""

        def first(topic: Topic) -> tuple[bool, object, str]:
            events = self.by_topic[topic.id]
            return (not events, order(events[0]) if events else (), topic.id)

        return tuple(sorted(self.topics.values(), key=first))

    def places_in_order(self) -> tuple[Place, ...]:
        """Give the places that events name: most events first, then by name."""
        used = (place for place in self.places.values() if self.by_place[place.id])
        return tuple(sorted(used, key=lambda place: (-len(self.by_place[place.id]), place.name.casefold())))

    def places_by_country(self) -> tuple[tuple[str, tuple[Place, ...]], ...]:
        """Give the places that events name by country code, the most frequent country first, "" last."""
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self.places_in_order():
            found[place.country or ""].append(place)

        def weight(code: str) -> int:
            return sum(len(self.by_place[place.id]) for place in found[code])

        codes = sorted(found, key=lambda code: (not code, -weight(code), code))
        return tuple((code, tuple(found[code])) for code in codes)


def by_weight(actors: Iterable[Actor], weight: Callable[[Actor], int]) -> tuple[Actor, ...]:
    """Give actors in order: those with most events first, then by name."""
    return tuple(sorted(actors, key=lambda actor: (-weight(actor), actor.name.casefold(), actor.id)))


def by_year(parts: Iterable[Part]) -> tuple[tuple[int, tuple[Part, ...]], ...]:
    """Give an actor's parts by the year under which the list shows their events."""
    found: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        found[shelf(part.event.date.value)[0]].append(part)
    return tuple((year, tuple(found[year])) for year in sorted(found))


def events_with_actors(parts: Iterable[Part]) -> tuple[tuple[Event, tuple[Actor, ...]], ...]:
    """Give each event of some parts once, with the actors that took them."""
    found: dict[str, tuple[Event, dict[str, Actor]]] = {}
    for part in parts:
        found.setdefault(part.event.id, (part.event, {}))[1][part.actor.id] = part.actor
    return tuple((event, tuple(actors.values())) for event, actors in found.values())


def order(event: Event) -> tuple[object, ...]:
    """Give the key by which events are sorted: earliest day, latest day, id."""
    return (*event.date.value.sort_key, event.id)


def shelf(date: Date) -> tuple[int, int]:
    """Give the year and month under which a date is listed; month 0 when it belongs to no single month."""
    first = date.earliest or date.latest
    if first is None:
        return (0, 0)
    # An interval is listed where it begins; a date that could lie in several months in none of them.
    last = (date.start.latest if date.start is not None else date.latest) or first
    in_one_month = first[:2] == last[:2]
    return (first.year, first.month if in_one_month else 0)


def offices_on(actor: Actor, date: Date) -> tuple[Office, ...]:
    """Give the offices an actor held at some time within a date's bounds.

    An office with no stated end is taken to last; one with no stated beginning to have been held before. Where
    the date's own bound is open, the office's other end decides.
    """
    return tuple(office for office in actor.offices if _held(office, date))


def _held(office: Office, date: Date) -> bool:
    since = office.since.value.earliest if office.since is not None else None
    until = office.until.value.latest if office.until is not None else None
    too_early = since is not None and date.latest is not None and date.latest < since
    too_late = until is not None and date.earliest is not None and date.earliest > until
    return not too_early and not too_late
