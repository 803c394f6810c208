"""A date that is not certain says why.

“2026-02-11?”, “early in January” or “one of two days” leave a reader asking what is known. A sentence in “date_note”,
or an account of the date, answers it. A range of days that is itself known needs no note.

How to fix it: add “date_note: …”, or the dates that single sources give under “accounts”.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.dates import Date, Form
from generator.diagnostics import Finding, Position, Severity, quoted
from generator.model import AccountField, Corpus

CODE = "R411"
NAME = "uncertain date without a note"
SEVERITY = Severity.WARNING
WAIVABLE = True


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each uncertain date that nothing explains."""
    for event in corpus.events.values():
        listed = any(account.field is AccountField.DATE for account in event.accounts)
        if event.date_note is None and not listed and _is_uncertain(event.date.value):
            text = event.date.text
            yield Finding(
                message=f"A date that is not certain says why; {quoted(text)} has no note.",
                remedy="Add “date_note: …”, or an account of the date.",
                position=Position(event.position.path, text.line, text.column),
                length=len(text),
            )


def _is_uncertain(date: Date) -> bool:
    parts = (date, *(part for part in (date.start, date.end) if part is not None))
    return (
        any(part.uncertain or part.approximate or any(part.unspecified) for part in parts) or date.form is Form.ONE_OF
    )
