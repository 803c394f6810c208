"""A day with a time of day: `2026-02-11T14:30:00Z`.

What the standard leaves open and this module decides:

- The time has seconds, a whole day before it, and no qualifier and no X. The hour is 00 to 23.
- Second 60 stands only where the time is 23:59:60 in UTC, or 23:59:60 without an offset.
- `-00` and `-00:00` are refused, as ISO 8601-1 has it: an offset of zero is not negative.
- The bounds are the calendar day as written, whatever the offset. A negative year makes it level 1.
"""

from __future__ import annotations

import re

from generator.dates.calendar import Day
from generator.dates.existing import existing_day
from generator.dates.value import Clock, Components, Date, DateError, Form, Precision

_TIME = re.compile(
    r"(-?[0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(Z|([+-])([0-9]{2})(?::([0-9]{2}))?)?"
)
_LAST_MINUTE = 24 * 60 - 1


def read_time(text: str) -> Date | None:
    """The day and time, or None when the text has not the shape of one.

    Raises `DateError` when it has the shape, but no such day or time exists.
    """
    match = _TIME.fullmatch(text)
    if not match:
        return None
    year, month, day = match.group(1, 2, 3)
    found = existing_day(year, month, day, 0, month_at=match.start(2), day_at=match.start(3))
    return Date(
        text=text,
        level=1 if year.startswith("-") else 0,
        form=Form.TIME,
        precision=Precision.SECOND,
        earliest=found,
        latest=found,
        components=Components(year, month, day),
        year=found.year,
        clock=_clock(match, found),
    )


def _clock(match: re.Match[str], day: Day) -> Clock:
    hour, minute, second = (int(number) for number in match.group(4, 5, 6))
    if hour > 23:
        remedy = "write an hour from 00 to 23"
        if (hour, minute, second) == (24, 0, 0):
            following = Day.from_ordinal(day.ordinal + 1)
            if following.year <= 9999:
                remedy = f"write the start of the next day, {following.isoformat()}T00:00:00{match[7] or ''}"
        raise DateError(f"An hour is 00 to 23; {match[4]} is not one", match.start(4), remedy)
    if minute > 59:
        remedy = "write a minute from 00 to 59"
        raise DateError(f"A minute is 00 to 59; {match[5]} is not one", match.start(5), remedy)
    offset = _offset(match)
    leap = (hour * 60 + minute - (offset or 0)) % (24 * 60) == _LAST_MINUTE
    if second > 60 or (second == 60 and not leap):
        message = f"A second is 00 to 59, or 60 at the very end of a day in UTC; {match[6]} is neither"
        raise DateError(message, match.start(6), "write a second from 00 to 59")
    return Clock(hour, minute, second, offset)


def _offset(match: re.Match[str]) -> int | None:
    zone = match[7]
    if not zone:
        return None
    if zone == "Z":
        return 0
    hours, minutes = int(match[9]), int(match[10] or 0)
    if hours > 23 or minutes > 59:
        remedy = "write hours from 00 to 23 and minutes from 00 to 59, such as +05:00"
        raise DateError(f"{zone} is no offset from UTC", match.start(7), remedy)
    total = hours * 60 + minutes
    if match[8] == "+":
        return total
    if total == 0:
        raise DateError(f"An offset of zero has no minus sign; {zone} has one", match.start(7), "write Z")
    return -total
