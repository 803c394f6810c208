"""What single events add to the data and the timeline, kept from one build to the next.

It is made again only where something has changed. Events are shared out by their ids into portions; a portion is made
whole, and its key covers all that its events say. What is kept lies in the user’s cache folder in one SQLite file, as
pickles, as trusted as the program’s own files.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import exports, timeline
from generator.chronology import Chronology
from generator.exports import Site
from generator.keys import Keys, joined, shared_out
from generator.model import Event

PORTION = 100
"""About how many events are made and kept together, to twice as many."""

Packed = Mapping[str, bytes]
"""By field of the exports: what the events of a portion add, in their order, pickled behind a checksum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Some events that are made together; `key` changes with all that they say."""

    number: int
    key: str
    events: tuple[Event, ...]


def portions(chronology: Chronology, keys: Keys, base: str) -> Iterator[Portion]:
    """Share the events of a chronology out, so that a new one changes one portion alone; `base` is of what all need."""
    for number, events in shared_out(chronology.events, lambda event: event.id, PORTION):
        parts = (f"{event.id} {keys.said(event)}" for event in events)
        yield Portion(number=number, key=joined((base, str(chronology.large), *parts)), events=events)


def packed(chronology: Chronology, site: Site, events: Iterable[Event]) -> dict[str, bytes]:
    """Make what some events add, for `Store.put`."""
    own = tuple(events)
    made = exports.pieces_of(chronology, site, own)
    made[timeline.NAME] = [timeline.row(chronology, event) for event in own]
    return {field: _sealed(pickle.dumps(values, 5)) for field, values in made.items()}


def _sealed(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "big") + content


def _unsealed(content: bytes) -> Any:
    """Give what was pickled, by this build or an earlier one, in the user’s own cache folder."""
    if len(content) < 4 or zlib.crc32(content[4:]) != int.from_bytes(content[:4], "big"):
        raise Damaged("A checksum is wrong.")
    return pickle.loads(content[4:])  # noqa: S301 - see above


SHAPE = 1
"""The number of what the tables look like; a file of another is emptied."""

TABLES = (
    "DROP TABLE IF EXISTS portion",
    "DROP TABLE IF EXISTS piece",
    "CREATE TABLE portion (number INTEGER PRIMARY KEY, key TEXT, ids BLOB)",
    "CREATE TABLE piece (field TEXT, number INTEGER, key TEXT, content BLOB, PRIMARY KEY (field, number))",
    f"PRAGMA user_version = {SHAPE}",
)


class Damaged(Exception):
    """Raised where what is kept cannot be read: it is to be made anew."""


class Store:
    """What is kept, in one file; one that cannot be read is begun anew.

    Raises OSError where the disk refuses or another build has the file, and Damaged where it turns out to be broken.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._kept: dict[int, str] = {}
        self._wanted: dict[int, str] = {}
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._open()
        except sqlite3.OperationalError as problem:
            self._close()
            raise OSError(str(problem)) from None
        except sqlite3.Error:
            self._close()
            with contextlib.suppress(FileNotFoundError):
                file.unlink()
            with refusals():
                self._open()

    def _open(self) -> None:
        # Jobs come to their ends in another thread; none asks while another does.
        self._base = sqlite3.connect(self.file, isolation_level=None, check_same_thread=False)
        # A process that dies leaves a journal, from which the next one restores what was there.
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.execute("BEGIN IMMEDIATE")
        if self._base.execute("PRAGMA user_version").fetchone() != (SHAPE,):
            for statement in TABLES:
                self._base.execute(statement)
        self._kept = dict(self._base.execute("SELECT number, key FROM portion"))

    def missing(self, all_portions: Iterable[Portion]) -> list[Portion]:
        """Give the portions that have to be made; others than these and those that are kept are forgotten."""
        found = []
        for portion in all_portions:
            self._wanted[portion.number] = portion.key
            if self._kept.get(portion.number) != portion.key:
                found.append(portion)
        return found

    def put(self, portion: Portion, made: Packed) -> None:
        """Keep what the events of a portion add."""
        ids = _sealed(pickle.dumps([event.id for event in portion.events], 5))
        with refusals():
            self._base.execute("INSERT OR REPLACE INTO portion VALUES (?, ?, ?)", (portion.number, portion.key, ids))
            self._base.executemany(
                "INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?)",
                ((field, portion.number, portion.key, content) for field, content in made.items()),
            )

    def finish(self) -> Kept:
        """Close the file; what it holds is the whole of what is asked for."""
        gone = [(number,) for number in self._kept.keys() - self._wanted.keys()]
        with refusals():
            self._base.executemany("DELETE FROM portion WHERE number = ?", gone)
            self._base.executemany("DELETE FROM piece WHERE number = ?", gone)
            self._base.execute("COMMIT")
        self._close()
        with contextlib.suppress(OSError):
            os.utime(self.file)  # what nobody uses is deleted some day
        return Kept(file=str(self.file), keys=self._wanted)

    def abandon(self) -> None:
        """Leave the file as it was."""
        self._close()

    def _close(self) -> None:
        with contextlib.suppress(AttributeError, sqlite3.Error):
            self._base.close()


@contextlib.contextmanager
def refusals() -> Iterator[None]:
    """Raise what SQLite says of a disk as OSError, and of its file as Damaged."""
    try:
        yield
    except sqlite3.OperationalError as problem:
        raise OSError(f"What is kept for the next build cannot be written: {problem}.") from None
    except sqlite3.Error as problem:
        raise Damaged(str(problem)) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a store holds, for whoever can read its file; `keys` are those of the portions, by number."""

    file: str
    keys: Mapping[int, str]

    def of(self, field: str) -> Mapping[str, Any]:
        """Give what each event adds to a field of the exports, by the event’s id. Raises Damaged."""
        found: dict[str, Any] = {}
        query = (
            "SELECT number, portion.key, piece.key, ids, content FROM piece JOIN portion USING (number) WHERE field = ?"
        )
        seen: dict[int, set[str]] = {}
        try:
            with contextlib.closing(sqlite3.connect(self.file)) as base:
                for number, key, own, ids, content in base.execute(query, (field,)):
                    seen[number] = {key, own}
                    found.update(zip(_unsealed(ids), _unsealed(content), strict=True))
        except Exception as problem:  # a pickle that is cut short may raise anything
            raise Damaged(str(problem)) from None
        if seen != {number: {key} for number, key in self.keys.items()}:
            raise Damaged("It is not what this build has put in.")
        return found
