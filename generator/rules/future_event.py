"""An event that is marked as having occurred does not lie in the future.

A report of what is planned must not be read as a report of what took place. “status” is “occurred” when it is left
out, so an event that lies ahead needs another one.

How to fix it: write “status: planned” (or postponed, relocated, cancelled), or correct the date.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.dates import Day
from generator.diagnostics import Finding, Position, Severity, quoted
from generator.model import Corpus, Status

CODE = "R306"
NAME = "occurred in the future"
SEVERITY = Severity.ERROR
WAIVABLE = False


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each event that is said to have occurred and starts after today.

    A day of grace is given: somewhere on Earth it is tomorrow already.
    """
    today = corpus.today.isoformat()
    tomorrow = Day.from_ordinal(corpus.today.ordinal + 1)
    for event in corpus.events.values():
        start = event.date.value.earliest
        if event.status in (Status.OCCURRED, Status.ONGOING) and start is not None and start > tomorrow:
            text = event.date.text
            yield Finding(
                message=f"An event that has occurred does not lie in the future; {quoted(text)} is after {today}.",
                remedy="Write “status: planned”, or correct the date.",
                position=Position(event.position.path, text.line, text.column),
                length=len(text),
            )
