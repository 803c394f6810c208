"""An office ends on or after the day on which it was taken up.

Dates that are exchanged or mistyped would make every event of that time look as if it happened out of office.

How to fix it: correct “from” or “to”.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Finding, Position, Severity, quoted
from generator.model import Corpus

CODE = "R308"
NAME = "tenure reversed"
SEVERITY = Severity.ERROR
WAIVABLE = False


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each office whose end lies before its start."""
    for actor in corpus.actors.values():
        for office in actor.offices:
            if office.since is None or office.until is None:
                continue
            first, last = office.since.value.earliest, office.until.value.latest
            if first is not None and last is not None and last < first:
                text = office.until.text
                yield Finding(
                    message=f"An office ends after it begins; {quoted(text)} is before {office.since.text}.",
                    remedy="Correct “from” or “to”.",
                    position=Position(actor.position.path, text.line, text.column),
                    length=len(text),
                )
