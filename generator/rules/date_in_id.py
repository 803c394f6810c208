"""The date at the start of an event’s id must be one that the event’s date allows.

The id is permanent and is read as a date by people and by sorting; an id that says another day than the
event would mislead both.

How to fix it: before the event is published, rename the file; afterwards, rename it and add the old id to
events/redirects.yml. For an uncertain date use the month or the year alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.dates import DateError, Day, parse
from generator.diagnostics import Finding, Position, Severity, quoted
from generator.model import Corpus

CODE = "R302"
NAME = "date in the id"
SEVERITY = Severity.ERROR
WAIVABLE = False


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each event whose id names a time that its date rules out."""
    for event in corpus.events.values():
        date = event.date.value
        if date.is_exact_day and event.id.startswith(f"{event.date.text}-"):
            continue  # as nearly all do
        span = _span(event.id)
        if span is not None and date.overlaps(*span):
            continue
        written = event.date.text
        said = _said(event.id)
        problem = f"no date: {quoted(said)}" if span is None else f"{said}, which {quoted(written)} rules out"
        yield Finding(
            message=f"An id starts with a time that the event’s date allows; this one says {problem}.",
            remedy="Correct the date, or rename the file (a month or a year alone will do).",
            position=Position(event.position.path, written.line, written.column),
            length=len(written),
        )


def _said(identifier: str) -> str:
    match = re.match(r"bce\d+|\d{4,}(?:-\d{2}(?:-\d{2})?(?=-))?", identifier)
    return match[0] if match else identifier


def _span(identifier: str) -> tuple[Day, Day] | None:
    said = _said(identifier)
    if said.startswith("bce"):
        year = 1 - int(said.removeprefix("bce"))
        return Day(year, 1, 1), Day(year, 12, 31)
    try:
        date = parse(f"Y{said}" if re.fullmatch(r"\d{5,}", said) else said)
    except DateError:
        return None
    return None if date.earliest is None or date.latest is None else (date.earliest, date.latest)
