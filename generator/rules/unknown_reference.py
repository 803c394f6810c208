"""Every id that a file names must be the id of a file.

An actor, place, topic, source or event is named by the stem of its file. A name that leads nowhere would
leave the reader with a dead link and the event without its actor.

How to fix it: correct the spelling (the nearest known id is named), or add the missing file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.diagnostics import Finding, Position, Severity, did_you_mean, quoted
from generator.model import Actor, Corpus, Event, Located, Source, Text

CODE = "R301"
NAME = "unknown reference"
SEVERITY = Severity.ERROR

_FOLDERS = {"actor": "actors", "place": "places", "topic": "topics", "source": "sources", "event": "<year>"}


def check(corpus: Corpus, broken: Mapping[str, set[str]]) -> Iterator[Finding]:
    """Yield a finding for each id that no file has."""
    known: dict[str, Mapping[str, Located]] = {
        "actor": corpus.actors,
        "place": corpus.places,
        "topic": corpus.topics,
        "source": corpus.sources,
        "event": corpus.events,
    }
    for path, kind, name in _references(corpus):
        if name in known[kind] or name in broken.get(kind, ()):
            continue
        article = "an" if kind in ("actor", "event") else "a"
        remedy = did_you_mean(name, known[kind])
        remedy = f"{remedy} " if remedy else ""
        yield Finding(
            message=f"{quoted(name)} is not the id of {article} {kind}.",
            remedy=f"{remedy}If it is missing, add events/{_FOLDERS[kind]}/{name}.yml.",
            position=Position(path, name.line, name.column),
            length=len(name),
        )


def _references(corpus: Corpus) -> Iterator[tuple[str, str, Text]]:
    for event in corpus.events.values():
        for kind, name in _of_event(event):
            yield event.position.path, kind, name
    for actor in corpus.actors.values():
        for kind, name in _of_actor(actor):
            yield actor.position.path, kind, name


def _of_event(event: Event) -> Iterator[tuple[str, Text]]:
    for participation in event.participants:
        yield "actor", participation.actor
        if participation.on_behalf_of is not None:
            yield "actor", participation.on_behalf_of
    for statement in event.statements:
        yield "actor", statement.speaker
    yield from (("place", place) for place in event.places)
    yield from (("topic", topic) for topic in event.topics)
    yield from (("event", relation.event) for relation in event.relations)
    yield from (("source", source) for source in _ids(event.sources))


def _of_actor(actor: Actor) -> Iterator[tuple[str, Text]]:
    if actor.part_of is not None:
        yield "actor", actor.part_of
    for office in actor.offices:
        if office.of is not None:
            yield "actor", office.of
        yield from (("source", source) for source in _ids([office.source]))


def _ids(sources: Iterable[Source | Text | None]) -> Iterator[Text]:
    return (source for source in sources if isinstance(source, Text))
