"""Every actor, place, topic and shared source is named by some other file.

One that nothing refers to is a page without events: a leftover, or a sign that an event names another id by mistake.

How to fix it: name it where it belongs, or delete the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diagnostics import Finding, Position, Severity, quoted
from generator.model import Actor, Corpus, Place, Source, Topic

CODE = "R406"
NAME = "nothing refers to it"
SEVERITY = Severity.WARNING
WAIVABLE = True


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each entity that no file names; none while a file that may name it cannot be read."""
    if corpus.broken:
        return
    folder_of_all = corpus.settings.position.path.removesuffix("chronology.yml")
    named = {(folder, str(name)) for _, folder, name in corpus.references}
    tables: tuple[tuple[str, str, Mapping[str, Actor | Place | Topic | Source]], ...] = (
        ("actors", "actor", corpus.actors),
        ("places", "place", corpus.places),
        ("topics", "topic", corpus.topics),
        ("sources", "shared source", corpus.sources),
    )
    for name in corpus.pictures:
        if ("media", name) not in named:
            yield Finding(
                message=f"Every picture is shown by some event; none shows {quoted(name)}.",
                remedy="Name it where it belongs, or delete this file.",
                position=Position(f"{folder_of_all}media/{name}", 1, 1),
                length=0,
            )
    for folder, noun, entities in tables:
        for name, entity in entities.items():
            if (folder, name) not in named:
                yield Finding(
                    message=f"Every {noun} is named by some file; none names {quoted(name)}.",
                    remedy="Name it where it belongs, or delete this file.",
                    position=Position(entity.position.path, entity.position.line, entity.position.column),
                )
