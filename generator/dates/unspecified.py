"""Dates with unspecified digits: which real years, months and days an X can stand for.

What the standard leaves open and this module decides:

- The bounds are the first and last real day that fits: `190X-02-29` is 1904 to 1908, `XXXX` is 0000 to 9999.
  A text that fits no day is refused.
- An X may stand for any digit of a four-digit year, of a month or of a day, but not in a season, nor in a
  year with the prefix Y, for which significant digits say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from generator.dates.calendar import Day, days_in_month
from generator.dates.value import DateError


def fitting_bounds(year: str, month: str, day: str, month_at: int, day_at: int) -> tuple[Day, Day]:
    """The first and last day that the components fit; an empty component fits anything."""
    months = fitting_numbers(month or "XX", range(1, 13))
    if not months:
        remedy = "write a month as 0X, 1X or XX; a season is written in full, 21 to 24"
        raise DateError(f"No month from 01 to 12 is written {month}", month_at, remedy)
    days = fitting_numbers(day or "XX", range(1, 32))
    if not days:
        remedy = f"write a day as 0X, 1X, 2X, 3X or XX, or {year}-{month} for the whole month"
        raise DateError(f"No day from 01 to 31 is written {day}", day_at, remedy)
    earliest = _first_existing(fitting_years(year, ascending=True), months, days)
    latest = _first_existing(fitting_years(year, ascending=False), months[::-1], days[::-1])
    if earliest and latest:
        return earliest, latest
    remedy = f"write a day that {year}-{month} can have, or XX for one unknown day in it"
    raise DateError(f"{year}-{month} has no day {day}", day_at, remedy)


def fitting_numbers(mask: str, numbers: Iterable[int]) -> list[int]:
    """Those of the numbers that a component with X digits, such as "1X", can stand for."""
    width = len(mask)
    return [
        number
        for number in numbers
        if all(digit in ("X", real) for digit, real in zip(mask, f"{number:0{width}d}", strict=True))
    ]


def fitting_years(mask: str, *, ascending: bool) -> Iterator[int]:
    """The years that a four-digit year with X digits can stand for, in order."""
    negative = mask.startswith("-")
    digits = "0123456789" if ascending != negative else "9876543210"
    for choice in product(*(digits if digit == "X" else digit for digit in mask.removeprefix("-"))):
        year = int("".join(choice))
        if not negative:
            yield year
        elif year:
            yield -year


def _first_existing(years: Iterable[int], months: list[int], days: list[int]) -> Day | None:
    for year in years:
        for month in months:
            length = days_in_month(year, month)
            for day in days:
                if day <= length:
                    return Day(year, month, day)
    return None
