"""Dates in other conventions, recognised only to say what they are in EDTF.

A remedy names the EDTF form where the text can be read with certainty, and both readings where it has two.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.dates import named
from generator.dates.calendar import Day, is_leap
from generator.dates.proposals import pattern, quoted, reads, reads_in_turn, year_first
from generator.dates.value import DateError

_LONGEST = 60
_DAY_OR_MONTH_FIRST = pattern(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = pattern(r"([0-9]{4})([/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_SHORT_YEAR = pattern(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2}")
_COMPACT = pattern(r"([0-9]{4})([0-9]{2})([0-9]{2})?(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")
_ORDINAL = pattern(r"([0-9]{4})-([0-9]{3})")
_WEEK = pattern(r"([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?")
_PART = pattern(r"(?P<year>[0-9]{4})[\s-]*(?P<part>[QH][1-4])|(?P<part2>[QH][1-4])[\s/-]*(?P<year2>[0-9]{4})")
_SEASON = pattern(r"(?:the\s+)?(spring|summer|autumn|fall|winter),?\s+(?:of\s+)?([0-9]{4})")
_CLOCK = pattern(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ?T ?|,? )([0-9]{2}:[0-9]{2})(:[0-9]{2})?"
    r" ?(Z|UTC|GMT|[+-][0-9]{2}:[0-9]{2})?"
)
_DECADE = pattern(r"(?:the\s+)?([0-9]{3})0['\u2019]?s")
_HEDGED = pattern(r"(?:(c|ca|circa|about|approx|approximately|around)|possibly|perhaps|probably|maybe)\.?\s*([0-9]\S*)")
_PAIRED = pattern(
    r"(?:(?:from|between|either|both)\s+)?([0-9]\S*)\s*(\s(?:to|until|till|through|and|or|[-\u2013\u2014])\s)\s*(\S+)"
)
_BOUNDED = pattern(r"(since|after|from|until|till|before|by)\s+([0-9]\S*)")
_RELATIVE = pattern(
    r"today|yesterday|tomorrow|now|present|current|ongoing|this (?:week|month|year)|last (?:week|month|year)"
)
_ABSENT = pattern(r"unknown|undated|n\.?d\.?|s\.?d\.?|none|null|nil|n/a|tbd|tba|\?+|-+|x+")

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_PARTS = {"Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36, "H1": 40, "H2": 41}


def recognise(text: str) -> DateError | None:
    """What is wrong with a date in another convention, and its EDTF; None when it is in none of them."""
    if len(text) > _LONGEST:
        return None
    spaced = re.sub(r"\s", " ", text)
    return next((error for reader in _READERS if (error := reader(spaced))), None)


def _numbers(text: str) -> DateError | None:
    if match := _DAY_OR_MONTH_FIRST.fullmatch(text):
        one, _, other, year = match.groups()
        day_first, month_first = f"{year}-{other:0>2}-{one:0>2}", f"{year}-{one:0>2}-{other:0>2}"
        if day_first != month_first and reads(day_first) and reads(month_first):
            hint = f" if the day comes first here, {month_first} if the month does"
            return year_first(text, day_first, hint=hint)
        return year_first(text, month_first if reads(month_first) else day_first)
    if match := _YEAR_FIRST.fullmatch(text):
        year, joint, month, day = match.groups()
        years = f"{year}/{year[:2]}{month:0>2}"
        if joint == "/" and not day and reads_in_turn(*years.split("/")):
            hint = f" for the month, {years} for the years"
            return year_first(text, f"{year}-{month}", hint=hint) if reads(f"{year}-{month}") else _whole_end(years)
        return year_first(text, f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else ""))
    if _SHORT_YEAR.fullmatch(text):
        remedy = "write the year in full and first, such as 2026-02-11"
        return DateError(f"A year has four digits and stands first; {quoted(text)} has two", 0, remedy)
    return None


def _whole_end(years: str) -> DateError:
    return DateError("The end of an interval is written in full", 5, f"write {years}")


def _iso_8601(text: str) -> DateError | None:
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        candidate = f"{year}-{month}-{day}" if day else f"{year}-{month}"
        if hour:
            candidate += f"T{hour}:{minute}:{second}{zone}"
        if not reads(candidate):
            return None
        other = "" if hour else f", or Y{text} for the year {int(text):,}"
        other = "" if text.startswith("0") else other
        return DateError("A date has hyphens between its parts", 4, f"write {candidate}{other}")
    if match := _ORDINAL.fullmatch(text):
        return _day_of_year(int(match[1]), int(match[2]))
    if match := _WEEK.fullmatch(text):
        return _week(int(match[1]), int(match[2]), int(match[3] or 0))
    return None


def _day_of_year(year: int, number: int) -> DateError:
    days = 366 if is_leap(year) else 365
    if not 1 <= number <= days:
        message = f"{year:04d} has {days} days; {number} is not one of them"
        return DateError(message, 5, "write the month and day, such as 2026-02-11")
    found = Day.from_ordinal(Day(year, 1, 1).ordinal + number - 1).isoformat()
    return DateError("A day is written by month and day, not by its number in the year", 5, f"write {found}")


def _week(year: int, week: int, weekday: int) -> DateError:
    fourth = Day(year, 1, 4).ordinal
    monday = fourth - (fourth - 1) % 7 + (week - 1) * 7
    days = (monday + weekday - 1,) if weekday else (monday, monday + 6)
    # The Thursday decides the year that a week belongs to.
    if week < 1 or Day.from_ordinal(monday + 3).year != year:
        return DateError(f"{year:04d} has no week {week}", 5, "write the days, such as 2026-02-09/2026-02-15")
    remedy = "/".join(Day.from_ordinal(day).isoformat() for day in days)
    return DateError("A week is written as its days, not as a number", 5, f"write {remedy}")


def _time(text: str) -> DateError | None:
    match = _CLOCK.fullmatch(text) if " " in text else None
    if not match:
        return None
    zone = match[4] or ""
    candidate = f"{match[1]}T{match[2]}{match[3] or ':00'}{'Z' if zone.isalpha() else zone}"
    if not reads(candidate):
        return None
    return DateError("A time follows its day after a T, without a blank", text.index(" "), f"write {candidate}")


def _part_of_year(text: str) -> DateError | None:
    message = "A part of a year is written as a number after the year"
    if match := _PART.fullmatch(text):
        code = _PARTS.get((match["part"] or match["part2"]).upper())
        year = match["year"] or match["year2"]
        return DateError(
            message,
            0,
            f"write {year}-{code}" if code else "write 33 to 36 for a quarter, 40 or 41 for a half",
        )
    if match := _SEASON.fullmatch(text):
        return DateError(message, 0, f"write {match[2]}-{_SEASONS[match[1].lower()]}")
    return None


def _years(text: str) -> DateError | None:
    message = f"A span of years is written with X for its open digits; {quoted(text)} is not"
    if match := _DECADE.fullmatch(text):
        tens = match[1]
        century = f" for the decade, {tens[:2]}XX for the century" if tens.endswith("0") else ""
        return DateError(message, 0, f"write {tens}X{century}")
    return None


def _in_words(text: str) -> DateError | None:
    message = f"A date is written in EDTF’s signs, not in words; {quoted(text)} is not EDTF"
    fallback = "write the date in digits, such as 2026-02-11, with ? for uncertain and ~ for about"
    if match := _HEDGED.fullmatch(text):
        candidate = match[2] + ("~" if match[1] else "?")
        return DateError(message, 0, f"write {candidate}" if reads(candidate) else fallback)
    if match := _PAIRED.fullmatch(text):
        joint, (start, end) = match[2].strip().lower(), match.group(1, 3)
        if not reads_in_turn(start, end):
            return None
        between = text.lower().startswith("between")
        shape = {"or": "[{},{}]", "and": "[{}..{}]" if between else "{{{},{}}}"}.get(joint, "{}/{}")
        return DateError(message, match.start(2), "write " + shape.format(start, end))
    if match := _BOUNDED.fullmatch(text):
        word, date = match[1].lower(), match[2]
        candidate = f"{date}/.." if word in ("since", "after", "from") else f"../{date}"
        return DateError(message, 0, f"write {candidate}" if reads(date) else fallback)
    return None


def _no_date(text: str) -> DateError | None:
    if _RELATIVE.fullmatch(text):
        message = f"A date does not move with the day it is read on; {quoted(text)} does"
        return DateError(message, 0, "write the day itself, or an interval with an open end such as 2026-01-01/..")
    if _ABSENT.fullmatch(text):
        message = f"A date says when; {quoted(text)} does not"
        return DateError(message, 0, "write the span it must lie in, such as 2025/2026, or one unknown day, 2026-02-XX")
    return None


_READERS: tuple[Callable[[str], DateError | None], ...] = (
    named.months,
    named.years,
    _numbers,
    _iso_8601,
    _time,
    _part_of_year,
    _years,
    _in_words,
    _no_date,
)
