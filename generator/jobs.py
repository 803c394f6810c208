"""The jobs of a build that other processes can do: each carries all that it needs, and says what came of it."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator import exports
from generator.chronology import Chronology
from generator.corpus import File, read_part
from generator.exports import Site, Written
from generator.leaves import Binder
from generator.model import Event
from generator.pages import event_page
from generator.press import Leaf, Press
from generator.rendering import address
from generator.staging import digest_of, write_below
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
    """Make the pages of events; `into` is the folder that they are written to, "" where they are to come back."""

    sliced: Sliced
    keys: tuple[str, ...]
    binder: Binder
    press: Press
    into: str

    def run(self) -> list[Made]:
        """Do the job."""
        chronology, events = self.sliced.events()
        writer = Writer(chronology)
        leaves = (self.binder.leaf(chronology, event_page(writer, event)) for event in events)
        return [_made(self.press, leaf, key, self.into) for leaf, key in zip(leaves, self.keys, strict=True)]


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
class Whole:
    """A whole chronology for another process: what was read of its files, in parts, and all else, pickled."""

    parts: tuple[bytes, ...]
    rest: bytes

    @classmethod
    def of(cls, chronology: Chronology, parts: tuple[bytes, ...]) -> Whole:
        """Pack a chronology; `parts` are those that it was read in."""
        kinds = {kind: getattr(chronology.corpus, f"{kind}s") for kind in KINDS}
        rest = replace(chronology.corpus, events={}, actors={}, places={}, topics={}, sources={}, references=())
        names = {kind: tuple(own) for kind, own in kinds.items()}
        return cls(parts=parts, rest=pickle.dumps((rest, names, chronology.history), 5))

    def chronology(self) -> Chronology:
        """Give the chronology."""
        rest, names, history = pickle.loads(self.rest)  # noqa: S301 - made by `of`, in this build
        found: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        for part in self.parts:
            read = pickle.loads(part).entities  # noqa: S301 - made by a worker of this build
            for kind in KINDS:
                found[kind] |= read[kind]
        entities = {f"{kind}s": {name: found[kind][name] for name in names[kind]} for kind in KINDS}
        return Chronology(replace(rest, **entities), history)


KINDS = ("event", "actor", "place", "topic", "source")
"""The kinds of entities, as parts name them; a corpus has them below their plurals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportsJob:
    """Write some exports; `known` are the digests of files that need not be written, `into` where others are."""

    whole: Whole
    names: tuple[str, ...]
    site: Site
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

        written = list(exports.write(self.whole.chronology(), self.site, put, self.names))
        return written, done


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
