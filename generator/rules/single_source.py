"""An event that rests on one publisher alone says how it stands.

Two reports from one agency are one report. Readers should see when nobody else is known to confirm an event. Official
texts, documents and data sets may stand alone: they are what they report.

How to fix it: add a source of another publisher, or write “standing: reported” (claimed, disputed, denied …).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Finding, Position, Severity, quoted
from generator.model import Corpus, Source, SourceKind

CODE = "R404"
NAME = "single source"
SEVERITY = Severity.WARNING
WAIVABLE = True

_ALONE = (SourceKind.OFFICIAL, SourceKind.DOCUMENT, SourceKind.DATASET)


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each event of one origin that does not say how it stands."""
    for event in corpus.events.values():
        if event.standing is not None:
            continue
        sources = [
            source if isinstance(source, Source) else corpus.sources.get(str(source)) for source in event.sources
        ]
        known = [source for source in sources if source is not None]
        if len(known) < len(sources) or len({source.origin for source in known}) > 1:
            continue
        if all(source.kind in _ALONE for source in known):
            continue
        first = event.sources[0]
        place = first.position if isinstance(first, Source) else Position(event.position.path, first.line, first.column)
        digests = " All are digests." if all(source.kind is SourceKind.DIGEST for source in known) else ""
        yield Finding(
            message=f"An event that rests on one publisher says how it stands; this rests on "
            f"{quoted(known[0].origin)} alone.{digests}",
            remedy="Add a source of another publisher, or write “standing: reported”.",
            position=Position(event.position.path, place.line, place.column),
        )
