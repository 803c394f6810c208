"""Whether a written day exists, and what to write instead when it does not."""

from __future__ import annotations

from generator.dates.calendar import MONTHS, Day, days_in_month
from generator.dates.value import DateError


def check_year(year: str, offset: int) -> None:
    """Refuse the one four-digit year that is not one: `-0000`."""
    if year == "-0000":
        raise DateError("The year 0 has no sign", offset, "write 0000, which is 1 BCE")


def existing_day(year: str, month: str, day: str, offset: int, *, month_at: int, day_at: int) -> Day:
    """The day of these components, which are decimal digits; offsets are those of the components in the text.

    Raises `DateError` at the component that makes the day impossible.
    """
    check_year(year, offset)
    found = Day(int(year), int(month), int(day))
    if not 1 <= found.month <= 12:
        raise month_error(year, month, day, month_at, day_at)
    length = days_in_month(found.year, found.month)
    if 1 <= found.day <= length:
        return found
    name = f"{MONTHS[found.month - 1]} {year}"
    if found.day == 0:
        remedy = f"write {year}-{month} for the month, or {year}-{month}-XX for one unknown day in it"
        raise DateError(f"{name} has no day 00", day_at, remedy)
    remedy = f"write a day from 01 to {length}, or {year}-{month}-XX for one unknown day in the month"
    raise DateError(f"{name} has {length} days; {day} is not one of them", day_at, remedy)


def month_error(year: str, month: str, day: str, month_at: int, day_at: int) -> DateError:
    """Why these two digits are no month (nor, without a day, a part of a year)."""
    if 21 <= int(month) <= 41:
        return DateError(
            f"{month} is a part of a year, such as a season, and has no day",
            day_at,
            f"write {year}-{month} alone, or a month from 01 to 12 with a day",
        )
    if month == "00":
        remedy = f"write {year} for the year, or {year}-XX for one unknown month in it"
        return DateError("There is no month 00", month_at, remedy)
    if not day:
        remedy = f"write a month from 01 to 12, or {year} for the year alone"
        if year.isdecimal() and int(month) > int(year[2:]):
            remedy = f"write {year}/{year[:2]}{month} for the years, or a month from 01 to 12"
        message = f"A month is 01 to 12 and a part of a year 21 to 41; {month} is neither"
        return DateError(message, month_at, remedy)
    swapped = (year + day).lstrip("-").isdecimal() and 1 <= int(day) <= 12
    if swapped and 13 <= int(month) <= days_in_month(int(year), int(day)):
        remedy = f"write {year}-{day}-{month} if {month} is the day"
    else:
        remedy = "write a month from 01 to 12"
    return DateError(f"A month is 01 to 12; {month} is not one", month_at, remedy)
