"""The jobs of a build that other processes can do: each carries all that it needs, and says what came of it."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator import timeline
from generator.chronology import Chronology
from generator.corpus import File, read_part
from generator.exports import Outline, Written, assemble
from generator.leaves import Binder
from generator.model import Event
from generator.pages import event_page
from generator.pieces import packed
from generator.press import Leaf, Press
from generator.rendering import address
from generator.tree import digest_of, write_below
from generator.writer import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished page: written below the folder that the job names, or with its `content`.

    A page that no frame of the job fits comes back as the `leaf` it was.
    """

    path: str
    key: str
    digest: str = ""
    content: bytes | None = None
    leaf: Leaf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sliced:
    """Some events, pickled with all that their pages say; nothing else of the chronology."""

    data: bytes
    ids: tuple[str, ...]

    @classmethod
    def of(cls, chronology: Chronology, events: Iterable[Event]) -> Sliced:
        """Cut events out of a chronology."""
        some = tuple(events)
        return cls(data=pickle.dumps(chronology.slice(some), 5), ids=tuple(event.id for event in some))

    def events(self) -> tuple[Chronology, tuple[Event, ...]]:
        """Give the chronology of these events alone."""
        chronology: Chronology = pickle.loads(self.data)  # noqa: S301 - made by `of`, in this build
        return chronology, chronology.events


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsJob:
    """Make the pages of events that have a key, and what all of them add to the data if that is `wanted`.

    `number` is that of the job; `into` is the folder that pages are written to, "" where they are to come back.
    """

    number: int
    sliced: Sliced
    keys: tuple[str, ...]
    wanted: bool
    binder: Binder
    press: Press
    into: str

    def run(self) -> tuple[int, list[Made], dict[str, bytes]]:
        """Give the job’s number, the pages, and what the events add to the data."""
        chronology, events = self.sliced.events()
        writer = Writer(chronology)
        leaves = (
            (self.binder.leaf(chronology, event_page(writer, event)), key)
            for event, key in zip(events, self.keys, strict=True)
            if key
        )
        made = [_made(self.press, leaf, key, self.into) for leaf, key in leaves]
        return self.number, made, packed(chronology, self.binder.site, events) if self.wanted else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavesJob:
    """Make finished pages of leaves with their keys."""

    leaves: tuple[tuple[Leaf, str], ...]
    press: Press
    into: str

    def run(self) -> list[Made]:
        """Do the job."""
        return [_made(self.press, leaf, key, self.into) for leaf, key in self.leaves]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadJob:
    """Read some event files: `root` is their folder, `name` how findings call it, `contents` are their bytes."""

    number: int
    root: Path
    name: str
    files: tuple[File, ...]
    terms: bytes
    contents: dict[str, bytes]

    def run(self) -> tuple[int, bytes]:
        """Give the job’s number and what came of it, pickled."""
        terms = pickle.loads(self.terms)  # noqa: S301 - made by this build
        return self.number, pickle.dumps(read_part(self.root, self.name, self.files, terms, self.contents), 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportsJob:
    """Write some exports, or what the timeline is drawn from.

    `known` are the digests of files that need not be written, `into` is where others are.
    """

    outline: Outline
    names: tuple[str, ...]
    known: dict[str, str]
    into: str

    def run(self) -> tuple[list[Written], list[tuple[str, str, bool]]]:
        """Give what came of each, and for each file its path, its digest, and whether it was written."""
        done: list[tuple[str, str, bool]] = []

        def put(path: str, content: bytes) -> None:
            digest = digest_of(content)
            fresh = self.known.get(path) != digest
            if fresh:
                write_below(self.into, path, content)
            done.append((path, digest, fresh))

        if timeline.NAME in self.names:
            put(timeline.PATH, timeline.assembled(self.outline))
        return list(assemble(self.outline, put, self.names)), done


def _made(press: Press, leaf: Leaf, key: str, into: str) -> Made:
    path = f"{address(leaf.page.path)}index.html"
    text = press.print(leaf)
    if text is None:
        return Made(path=path, key=key, leaf=leaf)
    content = text.encode()
    if not into:
        return Made(path=path, key=key, content=content)
    write_below(into, path, content)
    return Made(path=path, key=key, digest=digest_of(content))
