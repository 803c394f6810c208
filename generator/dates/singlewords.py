"""A single date in words: its core, then what its qualifiers add."""

from __future__ import annotations

from typing import NamedTuple

from generator.dates.calendar import Day
from generator.dates.localcalendar import LocalCalendar
from generator.dates.unspecified import fitting_numbers
from generator.dates.value import Date, Form, Qualifier

_SEASONS = ("spring", "summer", "autumn", "winter")
_MESSAGES = {
    Qualifier.UNCERTAIN: "uncertain",
    Qualifier.APPROXIMATE: "approximate",
    Qualifier.BOTH: "both",
}


class _Core(NamedTuple):
    text: str
    article: bool = False  #: needs one inside a sentence: "the 1560s"


def phrase(calendar: LocalCalendar, date: Date, *, embedded: bool = False) -> str:
    """The date in words; `embedded` as it stands after a word such as "since"."""
    core = _core(calendar, date)
    inside = calendar.say("the", date=core.text) if core.article else core.text
    present = [qualifier for qualifier, part in zip(date.qualifiers, date.components, strict=True) if part]
    # Significant digits already say "about".
    known = Qualifier.BOTH if date.significant_digits is None else Qualifier.UNCERTAIN
    shared = present[0] & known if len(set(present)) == 1 else Qualifier.NONE
    if shared:
        return calendar.say(_MESSAGES[shared], date=inside)
    text = inside if embedded else core.text
    return calendar.say("with-notes", date=text, notes=_notes(calendar, date)) if len(set(present)) > 1 else text


def _notes(calendar: LocalCalendar, date: Date) -> str:
    middle = "season" if date.form is Form.SEASON else "month"
    names = [calendar.say(f"component-{name}") for name in ("year", middle, "day")]
    notes = []
    for qualifier, message in _MESSAGES.items():
        parts = [name for name, own in zip(names, date.qualifiers, strict=True) if own is qualifier]
        if parts:
            notes.append(calendar.say(f"note-{message}", parts=calendar.list_of(parts, "and")))
    return ", ".join(notes)


def plain_year(calendar: LocalCalendar, year: int, *, era: bool = True) -> str:
    """A year standing alone, as in a list of years."""
    return calendar.year(calendar.year_number(year, era=era))


def _core(calendar: LocalCalendar, date: Date) -> _Core:
    if date.form is Form.SEASON:
        return _part_of_year(calendar, date)
    if date.form is Form.TIME:
        day = _specified(calendar, date).text
        return _Core(calendar.say("day-and-time", date=day, time=_time(calendar, date)))
    if any(date.unspecified):
        return _unspecified(calendar, date)
    return _specified(calendar, date)


def _specified(calendar: LocalCalendar, date: Date) -> _Core:
    first, last = date.earliest, date.latest
    assert date.year is not None
    assert first is not None
    assert last is not None
    number = calendar.year_number(date.year)
    if date.components.day:
        return _Core(calendar.day(number, first.month, first.day))
    if date.components.month:
        return _Core(calendar.month(number, first.month))
    if first.year != last.year:
        low, high = _years_between(calendar, date)
        return _Core(calendar.say("significant", year=calendar.year(number), first=low, last=high))
    if date.year > 9999:
        return _Core(calendar.say("long-year", year=number), article=True)
    return _Core(calendar.year(number))


def _years_between(calendar: LocalCalendar, date: Date) -> tuple[str, str]:
    first, last = date.earliest, date.latest
    assert first is not None
    assert last is not None
    shared = calendar.shares_era([first.year, last.year])
    return plain_year(calendar, first.year, era=not shared), plain_year(calendar, last.year)


def _time(calendar: LocalCalendar, date: Date) -> str:
    clock = date.clock
    assert clock is not None
    time = f"{clock.hour:02d}:{clock.minute:02d}" + (f":{clock.second:02d}" if clock.second else "")
    if clock.offset is None:
        return time
    if clock.offset == 0:
        return calendar.say("utc", time=time)
    hours, minutes = divmod(abs(clock.offset), 60)
    sign = "+" if clock.offset > 0 else "\N{MINUS SIGN}"
    return calendar.say("utc-offset", time=time, offset=f"{sign}{hours:02d}:{minutes:02d}")


def _part_of_year(calendar: LocalCalendar, date: Date) -> _Core:
    code = int(date.components.month)
    year = calendar.year_number(date.year) if date.year is not None else _some_year(calendar, date)
    if code > 32:
        return _Core(calendar.say("part-of-year", part=calendar.say(f"part-{code}"), year=year), article=True)
    message = "season-of-year" if date.year is not None else "part-of-year"
    text = calendar.say(message, part=calendar.say(_SEASONS[(code - 21) % 4]), year=year)
    if code <= 24:
        return _Core(text)
    return _Core(calendar.say("northern" if code <= 28 else "southern", date=text))


def _unspecified(calendar: LocalCalendar, date: Date) -> _Core:
    _, month, day = date.components
    if not month:
        return _year_span(calendar, date)
    if not day:
        return _Core(_unspecified_month(calendar, date))
    if month == day == "XX":
        return _Core(calendar.say("one-day-in", span=_span(calendar, date)))
    if "X" not in month:
        return _Core(_unspecified_day(calendar, date))
    if day == "XX":
        return _Core(_day_in_unspecified_month(calendar, date))
    if month == "XX" and "X" not in day:
        return _Core(calendar.say("day-of-unknown-month", day=str(int(day)), span=_span(calendar, date)))
    first, last = (calendar.day(calendar.year_number(one.year), one.month, one.day) for one in _bounds(date))
    return _Core(calendar.say("one-day-written", first=first, last=last, text=date.text))


def _bounds(date: Date) -> list[Day]:
    return [day for day in (date.earliest, date.latest) if day]


def _unspecified_month(calendar: LocalCalendar, date: Date) -> str:
    month = date.components.month
    if month == "XX":
        return calendar.say("one-month-in", span=_span(calendar, date))
    months = fitting_numbers(month, range(1, 13))
    last = _with_year(calendar, date, months[-1])
    if len(months) == 1:
        return last
    first = [calendar.month_alone(one) for one in months[:-1]]
    if len(months) <= 3:
        return calendar.list_of([*first, last], "or")
    return calendar.say("one-month-between", first=first[0], last=last)


def _day_in_unspecified_month(calendar: LocalCalendar, date: Date) -> str:
    months = fitting_numbers(date.components.month, range(1, 13))
    if len(months) <= 3:
        return calendar.say("one-day-in", span=_unspecified_month(calendar, date))
    last = _with_year(calendar, date, months[-1])
    return calendar.say("one-day-between", first=calendar.month_alone(months[0]), last=last)


def _with_year(calendar: LocalCalendar, date: Date, month: int) -> str:
    if date.year is not None:
        return calendar.month(calendar.year_number(date.year), month)
    return calendar.say("of-year", date=calendar.month_alone(month), year=_some_year(calendar, date))


def _unspecified_day(calendar: LocalCalendar, date: Date) -> str:
    """A day, perhaps unspecified, of a known month in a year that may be unspecified."""
    month = int(date.components.month)
    if date.components.day == "XX":
        return calendar.say("one-day-in", span=_with_year(calendar, date, month))
    first, last = _bounds(date)
    # A month is longest in the latest year or, for February, in some leap year between the two.
    longest = max(last.day, first.day)
    days = fitting_numbers(date.components.day, range(1, longest + 1))
    final = _day_with_year(calendar, date, month, days[-1])
    if len(days) == 1:
        return final
    short = [calendar.shortened_day(month, day, same_month=True) or calendar.month_day(month, day) for day in days]
    if days[-1] - days[0] == len(days) - 1:
        return calendar.say("one-day-between", first=short[0], last=final)
    return calendar.list_of([*short[:-1], final], "or")


def _day_with_year(calendar: LocalCalendar, date: Date, month: int, day: int) -> str:
    if date.year is not None:
        return calendar.day(calendar.year_number(date.year), month, day)
    return calendar.say("of-year", date=calendar.month_day(month, day), year=_some_year(calendar, date))


def _year_span(calendar: LocalCalendar, date: Date) -> _Core:
    """The year of a date with an X in it: "1560s", "16th century", "an unknown year"."""
    digits = date.components.year.removeprefix("-")
    negative = digits != date.components.year
    known = digits.rstrip("X")
    if not known:
        return _Core(calendar.say("unknown-year")) if not negative else _between_years(calendar, date)
    if "X" in known:
        return _between_years(calendar, date)
    if len(known) == 3:
        if negative or int(known) < 10 or known.endswith("0"):
            return _between_years(calendar, date)
        return _Core(calendar.say("decade", year=str(int(known) * 10)), article=True)
    message = "century" if len(known) == 2 else "millennium"
    text = calendar.say(message, ordinal=calendar.ordinal(int(known) + 1))
    if negative:
        text = calendar.say("bce", year=text)
    elif known.startswith("0"):
        text = calendar.say("ce", year=text)
    return _Core(text, article=True)


def _between_years(calendar: LocalCalendar, date: Date) -> _Core:
    first, last = _years_between(calendar, date)
    return _Core(calendar.say("year-between", first=first, last=last))


def _span(calendar: LocalCalendar, date: Date) -> str:
    """The year as what something lies in: "2004", "the 1560s"."""
    if date.year is not None:
        return calendar.year(calendar.year_number(date.year))
    core = _year_span(calendar, date)
    return calendar.say("the", date=core.text) if core.article else core.text


def _some_year(calendar: LocalCalendar, date: Date) -> str:
    """The unspecified year as one year: "a year in the 1560s", "an unknown year"."""
    core = _year_span(calendar, date)
    return calendar.say("year-in", span=_span(calendar, date)) if core.article else core.text
