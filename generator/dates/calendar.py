"""Days of the proleptic Gregorian calendar, for any year.

Years are numbered astronomically, as ISO 8601 numbers them: year 0 is 1 BCE, year -43 is 44 BCE. The rules
of 1582 are applied to every year before it, so whoever types a Julian date from a source converts it first.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import NamedTuple

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097
_JULIAN_START = 308
"""Days from 1 March of the Julian year 0 to the first of the common era, 3 January of the Julian year 1."""

_JULIAN_DAY_NUMBER = 1_721_425


def is_leap(year: int) -> bool:
    """Whether 29 February exists in the year."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """The number of days in a month; `month` is 1 to 12."""
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


class Day(NamedTuple):
    """One day. Compares by date; nothing checks that it exists, since `parse` only makes days that do."""

    year: int
    month: int
    day: int

    @classmethod
    def from_ordinal(cls, ordinal: int) -> Day:
        """The day with that number, where 1 is 0001-01-01; the inverse of `ordinal`."""
        cycles, rest = divmod(ordinal - 1, _CYCLE_DAYS)
        day = datetime.date.fromordinal(rest + 1)
        return cls(day.year + cycles * _CYCLE_YEARS, day.month, day.day)

    @property
    def ordinal(self) -> int:
        """The day's number: 0001-01-01 is 1, the day before it 0, as `date.toordinal()` has it."""
        cycles, year = divmod(self.year - 1, _CYCLE_YEARS)
        return cycles * _CYCLE_DAYS + datetime.date(year + 1, self.month, self.day).toordinal()

    @property
    def julian_day_number(self) -> int:
        """The Julian day number (astronomers’ count of days) of the day at noon: 2000-01-01 is 2451545."""
        return self.ordinal + _JULIAN_DAY_NUMBER

    def isoformat(self) -> str:
        """The day in ISO 8601's extended form: `2026-02-11`, `-0043-03-15`.

        A year of more than four digits takes ISO 8601-2's prefix: `Y-170000002-01-01`.
        """
        return _isoformat(self)


def from_julian(year: int, month: int, day: int) -> Day | None:
    """The day that the Julian calendar calls so, its years numbered astronomically; None where it has no such day."""
    leap = month == 2 and year % 4 == 0
    if not 1 <= month <= 12 or not 1 <= day <= (29 if leap else _LENGTHS[month - 1]):
        return None
    # Years are counted from March, so that a leap day is the last of its year.
    shifted, months = year - (month < 3), (month - 3) % 12
    days = 365 * shifted + shifted // 4 + (153 * months + 2) // 5 + day
    return Day.from_ordinal(days - _JULIAN_START)


@lru_cache(maxsize=1 << 16)
def _isoformat(day: Day) -> str:
    # The same days come again and again: in every format and, as the bounds of dates, in every table.
    return f"{year_text(day.year)}-{day.month:02d}-{day.day:02d}"


def year_text(year: int) -> str:
    """A year as EDTF writes it: `2026`, `-0043`, `Y170000002`."""
    if -9999 <= year <= 9999:
        return f"{'-' if year < 0 else ''}{abs(year):04d}"
    return f"Y{year}"
