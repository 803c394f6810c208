"""Every id that a file names must be the id of a file.

An actor, place, topic, source or event is named by the stem of its file. A name that leads nowhere would
leave the reader with a dead link and the event without its actor. One that many files name is reported at the
first three places.

How to fix it: correct the spelling (the nearest known id is named), or add the missing file. Where the id has been
renamed, “chronology check --fix” writes the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.diagnostics import Finding, Position, Severity, did_you_mean, quoted
from generator.model import Corpus, Text

CODE = "R301"
NAME = "unknown reference"
SEVERITY = Severity.ERROR
WAIVABLE = False

SHOWN = 3
"""At how many places one missing id is reported: a file that is not there must not drown all else."""

SUGGESTED = 20
"""For how many ids the nearest known one is looked for: the search is slow in a large chronology."""

FOLDERS = {"actors": "actor", "places": "place", "topics": "topic", "sources": "source", "media": "media"}

NOUNS = {"actor": "the id of an actor", "event": "the id of an event", "media": "a file in media/"}

YEAR = re.compile(r"(?:bce\d+|\d{4,})\Z")


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield findings for each id that no file has, at the first places that name it."""
    known: dict[str, Mapping[str, object]] = {
        "actor": corpus.actors,
        "place": corpus.places,
        "topic": corpus.topics,
        "source": corpus.sources,
        "event": corpus.events,
        "media": corpus.pictures,
    }
    places: dict[tuple[str, str], list[tuple[str, Text]]] = {}
    for path, named, name in corpus.references:
        kind = FOLDERS.get(named, "event")
        if name not in known[kind] and name not in corpus.broken.get(kind, ()):
            places.setdefault((kind, str(name)), []).append((path, name))
    folder = corpus.settings.position.path.removesuffix("chronology.yml")
    for number, ((kind, identifier), where) in enumerate(places.items()):
        renamed = corpus.redirects.get(kind, {}).get(identifier)
        near = did_you_mean(identifier, known[kind]) if number < SUGGESTED else ""
        file = _file(kind, identifier)
        missing = f"If it is missing, add {folder}{file}." if file else "The id of an event starts with its date."
        remedy = f"It is now called {renamed}; write that." if renamed else f"{near} {missing}".strip()
        where.sort(key=lambda place: (place[0], place[1].line, place[1].column))
        told = len(where) if renamed else SHOWN  # a rename is mended everywhere at once
        rest = len(where) - told
        for count, (path, name) in enumerate(where[:told], start=1):
            more = f", here and in {rest:,} more place{'s' * (rest > 1)}" if count == told and rest > 0 else ""
            yield Finding(
                message=f"{quoted(name)} is not {NOUNS.get(kind, f'the id of a {kind}')}{more}.",
                remedy=remedy,
                position=Position(path, name.line, name.column),
                length=len(name),
                fix=str(renamed) if renamed else None,
            )


def _file(kind: str, identifier: str) -> str:
    """Give the path, below the folder of event files, of the file that an id needs; none for what can be no id."""
    if kind == "media":
        return f"media/{identifier}"
    folder = identifier.split("-", 1)[0] if kind == "event" else f"{kind}s"
    return f"{folder}/{identifier}.yml" if kind != "event" or YEAR.match(folder) else ""
