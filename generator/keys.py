"""What each page is made of, as a key: a page whose key is that of the standing site's is not made again.

The key of a page covers the bytes of the files it is made of and of all that these refer to, the dates of their
records, and what every page depends on: the program, the settings, the theme. It may change where the page does not,
never the other way; the tests compare builds after random edits.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from generator.chronology import Chronology, shelf
from generator.model import Actor, Event, Located, Source
from generator.pages import Plan

T = TypeVar("T")


class Keys:
    """The keys of one build; `digests` are of the files’ bytes, by path below the folder."""

    def __init__(self, chronology: Chronology, digests: Mapping[str, str]) -> None:
        self.chronology = chronology
        self.digests = digests
        self.base = ""
        self.everything = everything(chronology, digests)
        # By what `id` gives: the chronology holds every entity for as long as the keys are asked for.
        self._entities: dict[int, str] = {}
        self._said: dict[int, str] = {}
        self._owned: dict[int, str] = {}

    def rest_on(self, base: str) -> None:
        """Take into the keys of pages what all pages rest on."""
        dated = sorted(key for key in {shelf(event.date.value) for event in self.chronology.events} if key[1])
        self.base = joined((base, self.digests.get("chronology.yml", ""), str(dated[:1]), str(dated[-1:])))

    def page(self, plan: Plan) -> str:
        """Give the key of a page; one that is made of everything changes with any file."""
        if plan.of is None:
            return joined((self.base, plan.path, self.everything))
        return joined((self.base, plan.path, *map(self.entity, plan.of)))

    def entity(self, entity: Located) -> str:
        """Give the key of an event, actor, place or topic, with all that its page shows."""
        known = self._entities.get(id(entity))
        if known is None:
            if isinstance(entity, Event):
                parts = [self.said(entity), *self._near(entity)]
            elif isinstance(entity, Actor):
                parts = [self._own(entity), *self._actor(entity)]
            else:
                parts = [self._own(entity)]
            known = self._entities[id(entity)] = joined(parts)
        return known

    def said(self, event: Event) -> str:
        """Give the key of what an event says, with all that its file refers to; other events are left out."""
        known = self._said.get(id(event))
        if known is None:
            known = self._said[id(event)] = joined([self._own(event), *self._event(event)])
        return known

    def _own(self, entity: Located) -> str:
        known = self._owned.get(id(entity))
        if known is None:
            file = self.chronology.file(entity)
            known = self._owned[id(entity)] = f"{file} {self.digests[file]} {self.chronology.record(entity)}"
        return known

    def _event(self, event: Event) -> list[str]:
        # Lists, not generators: this is asked of every event in every build.
        chronology = self.chronology
        named = {entry.actor for entry in event.participants}
        named.update([item.speaker for item in event.statements])
        named.update([entry.on_behalf_of for entry in event.participants if entry.on_behalf_of is not None])
        parts = [self.entity(chronology.actors[actor]) for actor in sorted(named)]
        parts += [self._own(chronology.places[place]) for place in event.places]
        parts += [self._own(chronology.topics[topic]) for topic in event.topics]
        for citation in chronology.citations[event.id]:
            if citation.shared:
                parts.append(self._own(citation.source))
            if gone := chronology.gone(citation.source):
                parts.append(f"gone {gone.first} {gone.archived}")
        parts += [self.digests[f"media/{item.file}"] for item in event.media]
        return parts

    def _near(self, event: Event) -> list[str]:
        """Give what the page of an event says of others."""
        parts: list[str] = []
        for topic in event.topics:
            parts += [self._own(near) if near else "-" for near in self.chronology.neighbours[topic, event.id]]
        parts += [f"{link.label} {self._own(link.event)}" for link in self.chronology.links[event.id]]
        return parts

    def _actor(self, actor: Actor) -> Iterator[str]:
        bodies = [str(office.of) for office in actor.offices if office.of is not None]
        if actor.part_of is not None:
            bodies.append(str(actor.part_of))
        for body in bodies:
            yield self._own(self.chronology.actors[body]) if body in self.chronology.actors else "-"
        for office in actor.offices:
            source = self.chronology.office_source(office)
            if isinstance(source, Source):
                yield self._own(source)
                if gone := self.chronology.gone(source):
                    yield f"gone {gone.first} {gone.archived}"


def everything(chronology: Chronology, digests: Mapping[str, str]) -> str:
    """Give a key of all files and all their records: of what is made of the whole chronology."""
    records = map(str, chronology.history.entries)
    files = (f"{path} {digest}" for path, digest in sorted(digests.items()))
    return joined((*files, *records, str(chronology.history.whole)))


def shared_out(things: Sequence[T], name: Callable[[T], str], about: int) -> Iterator[tuple[int, tuple[T, ...]]]:
    """Share things out by their names into parts of `about` so many to twice as many: a new one changes one part alone.

    Yields the number of each part, and its things in their order.
    """
    number = 1 << (max(1, len(things) // about).bit_length() - 1)
    found: dict[int, list[T]] = {}
    for thing in things:
        found.setdefault(zlib.crc32(name(thing).encode(errors="surrogateescape")) % number, []).append(thing)
    yield from ((place, tuple(found[place])) for place in sorted(found))


def joined(parts: Iterable[str]) -> str:
    """Give one digest of several texts."""
    return hashlib.blake2b("\0".join(parts).encode(errors="surrogateescape"), digest_size=16).hexdigest()
