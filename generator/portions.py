"""Long lists in portions: by year, a long year by months, a long month by number; no page grows without bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from generator.chronology import shelf
from generator.dates import Date
from generator.paths import year_name

T = TypeVar("T")

MOST = 200
"""How many entries a page lists at most."""

NEWEST = 20
"""How many of the newest a page shows whose list is in portions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion(Generic[T]):
    """Some entries of a list. `name` is their place in a path; `month` is None for a whole year, 0 for no single month.

    `last` is the last of several months; `number` counts the portions of a single month from 1.
    """

    name: str
    year: int
    month: int | None
    last: int | None
    number: int
    items: tuple[T, ...]


def portions(items: Sequence[T], date: Callable[[T], Date]) -> tuple[Portion[T], ...]:
    """Divide a list that is in order; there are no portions of one that fits a page."""
    return tuple(_divided(items, date)) if len(items) > MOST else ()


def numbered(items: Sequence[T]) -> tuple[tuple[T, ...], ...]:
    """Divide a list into pieces that fit a page; at least one."""
    return tuple(tuple(items[start : start + MOST]) for start in range(0, max(1, len(items)), MOST))


def _divided(items: Sequence[T], date: Callable[[T], Date]) -> Iterator[Portion[T]]:
    shelves = sorted(((shelf(date(item)), number, item) for number, item in enumerate(items)), key=lambda row: row[:2])
    for year, of_year in groupby(shelves, key=lambda row: row[0][0]):
        rows = list(of_year)
        if len(rows) <= MOST:
            kept = tuple(row[2] for row in rows)
            yield Portion(name=year_name(year), year=year, month=None, last=None, number=1, items=kept)
            continue
        months = {month: [row[2] for row in own] for month, own in groupby(rows, key=lambda row: row[0][1])}
        for first, last in _together({month: len(own) for month, own in months.items()}):
            own = [item for month in months if first <= month <= last for item in months[month]]
            for number, piece in enumerate(numbered(own), 1):
                name = f"{year_name(year)}-{first:02}" + (f"-{number}" if number > 1 else "")
                yield Portion(name=name, year=year, month=first, last=last, number=number, items=piece)


def _together(lengths: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of the months that fit a page together; month 0 stands for itself."""
    run: list[int] = []
    for month in sorted(lengths):
        if run and (not run[0] or sum(lengths[one] for one in run) + lengths[month] > MOST):
            yield run[0], run[-1]
            run = []
        run.append(month)
    if run:
        yield run[0], run[-1]
