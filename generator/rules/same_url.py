"""A page that several files cite must be described once, or at least alike.

Two descriptions of one address that differ cannot both be right, and a reader who meets them cannot tell
which is. A source cited by several events belongs in a file of its own.

How to fix it: move the source to events/sources/<id>.yml and cite that id, or make the descriptions alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Finding, Position, Related, Severity
from generator.model import Corpus, Source

CODE = "R304"
NAME = "one page described twice"
SEVERITY = Severity.ERROR
WAIVABLE = False

_COMPARED = ("title", "publisher", "original_publisher", "author", "published", "language", "kind")


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each description that differs from the first one of the same address."""
    first: dict[str, Source] = {}
    for source in _sources(corpus):
        if source.url is None:
            continue
        known = first.setdefault(str(source.url), source)
        if known is source:
            continue
        differing = [name for name in _COMPARED if _plain(source, name) != _plain(known, name)]
        if not differing:
            continue
        yield Finding(
            message=f"A page is described alike wherever it is cited; this differs in {', '.join(differing)}.",
            remedy="Describe it once in events/sources/ and cite it by that file’s id.",
            position=Position(source.position.path, source.url.line, source.url.column),
            length=len(source.url),
            related=(Related(known.position, "first described here"),),
        )


def _plain(source: Source, name: str) -> str:
    value = getattr(source, name)
    return str(getattr(value, "text", value))


def _sources(corpus: Corpus) -> Iterator[Source]:
    yield from corpus.sources.values()
    for event in corpus.events.values():
        yield from (source for source in event.sources if isinstance(source, Source))
    for actor in corpus.actors.values():
        yield from (office.source for office in actor.offices if isinstance(office.source, Source))
