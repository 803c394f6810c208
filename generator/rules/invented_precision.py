"""A day is given only where a source gives it.

Spreadsheets turn “January 2026” into 1 January 2026, and the false day then travels. Two signs are looked for: the
first of a month (or of January) far more often among the days of all events than chance explains; and an event whose
sources, as its own accounts say, all give another day. Events with a “date_note” are taken to have been looked at
for the first sign.

How to fix it: write the date as far as it is known (2026-01, or 2026 alone), or say in “date_note” how the day is
known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from generator.diagnostics import Finding, Position, Severity
from generator.model import AccountField, Corpus, Event, Source

CODE = "R401"
NAME = "invented precision"
SEVERITY = Severity.WARNING
WAIVABLE = True

CHANCE = 0.001
"""How unlikely a number of firsts must be before it is called one that chance does not explain."""

AT_LEAST = 5
"""Fewer firsts than these say nothing."""


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each first of a month where these are too many, and for each day that no source gives."""
    days = [event for event in corpus.events.values() if event.date.value.is_exact_day]
    told: set[str] = set()
    for what, share, is_one in _SUSPECTS:
        found = [event for event in days if is_one(event)]
        if len(found) < AT_LEAST or _tail(len(days), len(found), share) >= CHANCE:
            continue
        words = (
            f"{len(found):,} of {len(days):,} days are {what}, where chance would give about {len(days) * share:.1f}"
        )
        for event in found:
            if event.date_note is None and event.id not in told:
                told.add(event.id)
                yield _finding(event, f"A day is given only where a source gives it; {words}.")
    for event in days:
        others = {str(account.source) for account in event.accounts if account.field is AccountField.DATE}
        if others and others >= {str(_id(source)) for source in event.sources}:
            yield _finding(
                event, "A day is given only where a source gives it; by its accounts, all give another date."
            )


def _finding(event: Event, message: str) -> Finding:
    text = event.date.text
    return Finding(
        message=message,
        remedy="Write the date as far as it is known, or say in “date_note” how the day is known.",
        position=Position(event.position.path, text.line, text.column),
        length=len(text),
    )


def _id(source: Source | str) -> str | None:
    return source.id if isinstance(source, Source) else source


def _first_of_january(event: Event) -> bool:
    day = event.date.value.earliest
    return day is not None and (day.month, day.day) == (1, 1)


def _first_of_month(event: Event) -> bool:
    day = event.date.value.earliest
    return day is not None and day.day == 1


_SUSPECTS = (
    ("1 January", 1 / 365.25, _first_of_january),
    ("the first of a month", 12 / 365.25, _first_of_month),
)


def _tail(trials: int, hits: int, share: float) -> float:
    """Give the chance of at least so many hits (binomial distribution)."""
    return 1 - sum(math.exp(_log_term(trials, k, share)) for k in range(hits))


def _log_term(trials: int, hits: int, share: float) -> float:
    ways = math.lgamma(trials + 1) - math.lgamma(hits + 1) - math.lgamma(trials - hits + 1)
    return ways + hits * math.log(share) + (trials - hits) * math.log1p(-share)
