"""A source has an archived copy.

Pages move and vanish; a copy in a web archive keeps a citation checkable. This is a hint: it is counted, and shown with
“chronology check --hints”.

How to fix it: save the page in a web archive, and give the address of the copy as “archived”.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Finding, Position, Severity
from generator.model import Corpus, Source

CODE = "R408"
NAME = "no archived copy"
SEVERITY = Severity.HINT
WAIVABLE = True


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each page that is cited without an archived copy."""
    listed = (source for event in corpus.events.values() for source in event.sources if isinstance(source, Source))
    for source in (*corpus.sources.values(), *listed):
        if source.url is not None and source.archived is None:
            yield Finding(
                message="A source has an archived copy; this page has none.",
                remedy="Save the page in a web archive, and give the copy’s address as “archived”.",
                position=Position(source.position.path, source.url.line, source.url.column),
                length=len(source.url),
            )
