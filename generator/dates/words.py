"""Dates in plain language: `describe(parse("2026-02-11"))` is "11 February 2026".

Decisions about wording:

- `15XX` is "16th century" and `1XXX` "2nd millennium", as people say it, though these begin a year later. A
  decade that begins a century, or lies before the year 100, is named by its first and last year.
- A qualifier on every component is said before the date ("about", "possibly"); one on some of them after it.
- A one-of range that is exactly the first ten days of a month, its days 11 to 20, or the rest of it, is early
  in, mid or late in that month.
- Seconds are said unless they are 00. Years are those of the common era, counted without a year 0.
"""

from __future__ import annotations

from functools import lru_cache

from generator.dates.calendar import Day, days_in_month
from generator.dates.localcalendar import LocalCalendar, local_calendar
from generator.dates.singlewords import phrase, plain_year
from generator.dates.value import Date, Edge, Form, Precision

_UNITS = {Precision.DAY: "day", Precision.MONTH: "month", Precision.YEAR: "year"}


@lru_cache(maxsize=65_536)
def describe(date: Date, locale: str = "en") -> str:
    """The date in words, in the language of a BCP 47 or POSIX locale.

    A language without phrases of its own takes the English ones around its own calendar. An unknown locale is
    read as English.
    """
    calendar = local_calendar(locale)
    if date.form is Form.INTERVAL:
        return _interval(calendar, date)
    if date.form in (Form.ONE_OF, Form.ALL_OF):
        return _set(calendar, date)
    if date.form is Form.RANGE:
        return _range(calendar, date)
    return phrase(calendar, date)


def describe_day(day: Day, locale: str = "en") -> str:
    """One day in words, such as "15 March 44 BCE"."""
    calendar = local_calendar(locale)
    return calendar.day(calendar.year_number(day.year), day.month, day.day)


def describe_year(year: int, locale: str = "en") -> str:
    """One year standing alone, such as "2026", "725 CE" or "45 BCE"."""
    return local_calendar(locale).year_number(year)


def _interval(calendar: LocalCalendar, date: Date) -> str:
    if date.start and date.end:
        return _dash(calendar, date.start, date.end) or calendar.say(
            "from-to",
            first=phrase(calendar, date.start, embedded=True),
            last=phrase(calendar, date.end, embedded=True),
        )
    if date.start:
        message = "since" if date.end_edge is Edge.OPEN else "end-unknown"
        return calendar.say(message, first=phrase(calendar, date.start, embedded=True))
    assert date.end is not None
    message = "until" if date.start_edge is Edge.OPEN else "start-unknown"
    return calendar.say(message, last=phrase(calendar, date.end, embedded=True))


def _dash(calendar: LocalCalendar, start: Date, end: Date) -> str | None:
    """The two dates around a dash, or None when they need words between them."""
    if not (_plain(start) and _plain(end) and start.precision is end.precision):
        return None
    first, last = _shortened(calendar, [start, end])
    return calendar.say("range-spaced" if " " in first else "range-tight", first=first, last=last)


def _plain(date: Date) -> bool:
    return (
        date.form is Form.DATE
        and date.precision in _UNITS
        and not (date.uncertain or date.approximate or any(date.unspecified))
    )


def _shortened(calendar: LocalCalendar, dates: list[Date]) -> list[str]:
    """Each date in words; what all of them share is said with the last one only."""
    whole = [phrase(calendar, date, embedded=True) for date in dates]
    days = [date.earliest for date in dates if date.earliest and _plain(date)]
    precisions = {date.precision for date in dates}
    if len(days) < len(dates) or len(precisions) > 1:
        return whole
    if precisions == {Precision.YEAR}:
        shared = calendar.shares_era([day.year for day in days])
        short = [plain_year(calendar, day.year, era=not shared) for day in days]
    elif len({day.year for day in days}) > 1:
        return whole
    elif precisions == {Precision.MONTH}:
        short = [calendar.shortened_month(day.month) or text for day, text in zip(days, whole, strict=True)]
    else:
        same_month = len({day.month for day in days}) == 1
        short = [
            calendar.shortened_day(day.month, day.day, same_month=same_month) or text
            for day, text in zip(days, whole, strict=True)
        ]
    return [*short[:-1], whole[-1]]


def _set(calendar: LocalCalendar, date: Date) -> str:
    one_of = date.form is Form.ONE_OF
    if len(date.members) == 1:
        member = date.members[0]
        if member.form is not Form.RANGE:
            return phrase(calendar, member)
        return _choice(calendar, member) if one_of else _every(calendar, member)
    if any(member.form is Form.RANGE for member in date.members):
        words = [_member(calendar, member, "any" if one_of else "every") for member in date.members]
    else:
        words = _shortened(calendar, list(date.members))
    if one_of:
        return calendar.say("one-of", dates=calendar.list_of(words, "or"))
    return calendar.list_of(words, "and")


def _member(calendar: LocalCalendar, member: Date, kind: str) -> str:
    if member.form is not Form.RANGE:
        return phrase(calendar, member, embedded=True)
    if member.start and member.end:
        return _range(calendar, member)
    known = member.start or member.end
    assert known is not None
    side = "from" if member.start else "to"
    return calendar.say(f"{kind}-{_unit(known)}-{side}", date=phrase(calendar, known, embedded=True))


def _range(calendar: LocalCalendar, date: Date) -> str:
    if date.start and date.end:
        return _dash(calendar, date.start, date.end) or calendar.say(
            "from-to",
            first=phrase(calendar, date.start, embedded=True),
            last=phrase(calendar, date.end, embedded=True),
        )
    return _choice(calendar, date)


def _choice(calendar: LocalCalendar, member: Date) -> str:
    """One date out of a range."""
    if member.start and member.end:
        third = _third_of_month(calendar, member.start, member.end)
        first, last = _shortened(calendar, [member.start, member.end])
        return third or calendar.say("between", first=first, last=last)
    if member.start:
        return calendar.say("or-later", date=phrase(calendar, member.start))
    assert member.end is not None
    return calendar.say("or-earlier", date=phrase(calendar, member.end))


def _every(calendar: LocalCalendar, member: Date) -> str:
    """All dates of a range."""
    if member.start and member.end:
        first, last = _shortened(calendar, [member.start, member.end])
        return calendar.say(f"every-{_unit(member.start)}-between", first=first, last=last)
    return _member(calendar, member, "every")


def _unit(date: Date) -> str:
    return _UNITS.get(date.precision, "date")


def _third_of_month(calendar: LocalCalendar, start: Date, end: Date) -> str | None:
    first, last = start.earliest, end.latest
    if not (first and last and start.is_exact_day and end.is_exact_day) or first[:2] != last[:2]:
        return None
    thirds = {(1, 10): "early-in", (11, 20): "mid", (21, days_in_month(first.year, first.month)): "late-in"}
    message = thirds.get((first.day, last.day))
    month = calendar.month(calendar.year_number(first.year), first.month)
    return calendar.say(message, month=month) if message else None
