"""The record of cited pages over time: `links.csv`, beside the event files, which `chronology links` writes.

A row is a stretch of like answers of one address: from its first to its last day, and on how many days it was asked.
CSV (RFC 4180) with a header; rows are in the order of addresses and days, so that two branches join line by line.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields, replace
from enum import StrEnum
from typing import TypeVar

from generator.addresses import url_problem

FILE = "links.csv"
"""The name of the record in the folder of event files."""

MAX_BYTES = 50_000_000
"""How large a record may be: a hundred thousand sources with a few changes each."""


class State(StrEnum):
    """What is known of a page."""

    OK = "ok"
    BLOCKED = "blocked"
    DEAD = "dead"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """What a page, its server or the way to it gave for an answer."""

    OK = "ok"
    MOVED = "moved"
    REFUSED = "refused"
    MANY = "too-many-requests"
    ROBOTS = "robots"
    NOT_FOUND = "not-found"
    GONE = "gone"
    NO_HOST = "no-such-host"
    ERROR = "server-error"
    NO_ANSWER = "no-answer"
    NO_CONNECTION = "no-connection"
    TLS = "tls-error"
    NO_HTTP = "no-http"
    LOOP = "redirect-loop"
    ALWAYS_YES = "always-yes"
    TO_FRONT = "to-front-page"
    PRIVATE = "private-address"
    BROKEN = "broken-answer"


ANSWERS = {
    Reason.OK: State.OK,
    Reason.MOVED: State.OK,
    Reason.REFUSED: State.BLOCKED,
    Reason.MANY: State.BLOCKED,
    Reason.ROBOTS: State.BLOCKED,
}
"""Answers that tell a state at once."""

GONE = {Reason.NOT_FOUND: (3, 7), Reason.GONE: (3, 7), Reason.NO_HOST: (3, 7)}
"""Answers that say that a page is gone, with on how many days, and over how many, they must have come."""

FAILED = (Reason.ERROR, Reason.NO_ANSWER, Reason.NO_CONNECTION, Reason.TLS, Reason.NO_HTTP)
"""Answers that may pass: servers are mended."""

LASTING = (5, 28)
"""On how many days, and over how many, a failure must have come to count as the end of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Like answers of an address: `days` is on how many days between `first` and `last` it was asked.

    `moved` is where it leads for good, `archived` a copy that a web archive has; "" where there is none.
    """

    url: str
    state: State
    reason: Reason
    first: datetime.date
    last: datetime.date
    days: int
    moved: str = ""
    archived: str = ""


Record = Mapping[str, tuple[Stretch, ...]]
"""The stretches of each address, oldest first."""

HEADER = tuple(field.name for field in fields(Stretch))


class Malformed(ValueError):
    """Raised with words for the user where a record is not in its form; `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


def read(text: str) -> Record:
    """Read a record. Raises Malformed."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: dict[str, list[Stretch]] = {}
    try:
        _headed(next(rows, []))
        for row in rows:
            stretch = _stretch(row)
            own = found.setdefault(stretch.url, [])
            _follows(own, stretch)
            own.append(stretch)
    except (ValueError, csv.Error) as problem:
        raise Malformed(max(rows.line_num, 1), str(problem)) from None
    return {url: tuple(own) for url, own in found.items()}


def _headed(row: list[str]) -> None:
    if tuple(row) != HEADER:
        raise ValueError(f"The first line must be “{','.join(HEADER)}”.")


def _follows(own: list[Stretch], stretch: Stretch) -> None:
    if own and own[-1].last >= stretch.first:
        raise ValueError(f"The days of “{stretch.url}” overlap, or are not in their order.")


def _stretch(row: list[str]) -> Stretch:
    if len(row) != len(HEADER):
        raise ValueError(f"A line has {len(HEADER)} values; this one has {len(row)}.")
    given = dict(zip(HEADER, row, strict=True))
    for name in ("url", "moved", "archived"):
        if (given[name] or name == "url") and (problem := url_problem(given[name])):
            raise ValueError(f"“{name}” takes an http(s) address; this one {problem}.")
    try:
        first, last = (datetime.date.fromisoformat(given[name]) for name in ("first", "last"))
    except ValueError:
        raise ValueError("“first” and “last” take days, such as 2026-06-01.") from None
    if not re.fullmatch("[0-9]{1,6}", given["days"]) or not 1 <= int(given["days"]) <= (last - first).days + 1:
        raise ValueError("“days” takes on how many days between “first” and “last” the page was asked.")
    return Stretch(
        url=given["url"],
        state=_word(State, "state", given["state"]),
        reason=_word(Reason, "reason", given["reason"]),
        first=first,
        last=last,
        days=int(given["days"]),
        moved=given["moved"],
        archived=given["archived"],
    )


Word = TypeVar("Word", bound=StrEnum)


def _word(words: type[Word], name: str, given: str) -> Word:
    try:
        return words(given)
    except ValueError:
        raise ValueError(f"“{name}” takes one of: {', '.join(words)}.") from None


def write(record: Record) -> str:
    """Give the text of a record."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEADER)
    for url in sorted(record):
        rows.writerows(astuple(stretch) for stretch in record[url])
    return text.getvalue()


def added(own: tuple[Stretch, ...], answer: Stretch) -> tuple[Stretch, ...]:
    """Add today's answer to the stretches of its address.

    A second one on a day takes the place of the first and proves nothing more. A page counts as dead only where like
    failures lie days apart.
    """
    last = own[-1] if own else None
    if last is not None and last.last > answer.last:
        return own  # a clock that went back proves nothing
    if last is None or _way(last.reason) != _way(answer.reason):
        if last is not None and last.last == answer.last:
            own = own[:-1] if last.days == 1 else (*own[:-1], _without_its_last_day(last))
        return (*own, _judged(answer))
    same_day = last.last == answer.last
    archived = answer.archived or last.archived
    longer = replace(answer, first=last.first, days=last.days + (not same_day), archived=archived)
    return (*own[:-1], _judged(longer))


def _without_its_last_day(stretch: Stretch) -> Stretch:
    # On which day it was asked before that is not known; the day before is the latest it can have been.
    return replace(stretch, last=stretch.last - datetime.timedelta(days=1), days=stretch.days - 1)


def _way(reason: Reason) -> str:
    """Give what answers have in common that make one stretch."""
    if reason in ANSWERS:
        return ANSWERS[reason]
    if reason in GONE:
        return "gone"
    return "failed" if reason in FAILED else "unclear"


def _judged(stretch: Stretch) -> Stretch:
    """Give a stretch with the state that its answers come to."""
    state = ANSWERS.get(stretch.reason, State.UNKNOWN)
    needed = GONE.get(stretch.reason, LASTING if stretch.reason in FAILED else None)
    if needed is not None:
        days, over = needed
        if stretch.days >= days and (stretch.last - stretch.first).days >= over:
            state = State.DEAD
    return replace(stretch, state=state)


def counted(record: Record, urls: Iterable[str]) -> dict[State, int]:
    """Give of how many of some addresses each state is the last that is known; those never asked are unknown."""
    found = dict.fromkeys(State, 0)
    for url in urls:
        found[record[url][-1].state if url in record else State.UNKNOWN] += 1
    return found
