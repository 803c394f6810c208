"""Dates with a month’s name or an era’s, as books write them: 7 March 238 BC, c. 432 BCE, AD 325, 358/9."""

from __future__ import annotations

import re

from generator.dates.calendar import MONTHS, Day, from_julian, year_text
from generator.dates.proposals import pattern, quoted, reads, year_first
from generator.dates.value import DateError

_MONTH = r"(?P<name>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|" + "|".join(MONTHS) + r")\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?[.,]{0,2}\s+)?"
_BC = r"B\.?C\.?(?:E\.?)?"
_AD = r"(?:A\.?D\.?|C\.?E\.?)"
_YEAR = r"(?P<year>[0-9]{4})"
# Two digits alone may be short for a year of our time.
_ANY_YEAR = (
    rf"(?:(?P<year>[0-9]{{3,4}})|{_AD}\s*(?P<after>[0-9]{{1,4}})|(?P<own>[0-9]{{1,4}})\s*(?:(?P<before>{_BC})|{_AD}))"
)
_HEDGE = r"(?:(?P<about>c|ca|circa|about|approx|approximately|around)|possibly|perhaps|probably|maybe)\.?"

_MONTHS = tuple(
    pattern(text)
    for text in (
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_ANY_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_ANY_YEAR}",
        rf"{_YEAR}[\s-]+{_MONTH}[\s-]+{_DAY}",
        rf"{_MONTH},?[\s-]+(?:of\s+)?{_ANY_YEAR}",
        rf"{_YEAR}[\s-]+{_MONTH}",
    )
)
_CENTURY = pattern(rf"(?:the\s+)?([0-9]{{1,2}})(?:st|nd|rd|th)[\s-]+(?:century|c\.)(?:\s+(?:({_BC})|{_AD}))?")
_ERA = pattern(rf"(?:(?P<hedge>{_HEDGE})\s*)?(?:{_AD}\s*)?(?P<year>[0-9]{{1,4}})(?:\s*(?:(?P<before>{_BC})|{_AD}))?")
_NAMES_ERA = pattern(rf"{_BC}|{_AD}")
_DOUBLED = pattern(rf"(?:{_AD}\s*)?([0-9]{{2,4}})/([0-9]{{1,2}})(?:\s*(?:({_BC})|(?P<after>{_AD})))?")
_SPAN = pattern(
    rf"(?:(?:from|between)\s+)?([0-9]{{1,4}})\s*(?:({_BC})|({_AD}))?\s*(-|\u2013|\u2014|to|until|till|and)\s*"
    rf"([0-9]{{1,4}})\s*(?:({_BC})|{_AD})"
)

_GREGORIAN = Day(1582, 10, 15)


def months(text: str) -> DateError | None:
    """A month, or a day of one, with the month’s name."""
    for form in _MONTHS:
        if match := form.fullmatch(text):
            found = match.groupdict()
            start = found["name"][:3].title()
            month = next(number for number, name in enumerate(MONTHS, 1) if name.startswith(start))
            written = int(found["year"] or found.get("after") or found.get("own") or 0)
            if not written:
                return _no_year()
            year = 1 - written if found.get("before") else written
            why = _counted(year)
            if not found.get("day"):
                return year_first(text, f"{year_text(year)}-{month:02d}", hint=why)
            return _day(text, year, month, int(found["day"]), why)
    return None


def _day(text: str, year: int, month: int, day: int, why: str) -> DateError:
    """Propose a day; of the years before the Gregorian calendar also for one that is counted in the Julian."""
    candidate = f"{year_text(year)}-{month:02d}-{day:02d}"
    if (year, month, day) >= _GREGORIAN or not 1 <= day <= 31:
        return year_first(text, candidate, hint=why)
    converted = from_julian(year, month, day)
    if converted is None:
        return year_first(text, candidate, hint=why)
    if not reads(candidate):
        message = f"A date is written in digits, the year first, with hyphens; {quoted(text)} is not"
        return DateError(message, 0, f"write {converted.isoformat()} for that day of the Julian calendar{why}")
    both = f" for a day of the Gregorian calendar, {converted.isoformat()} for one of the Julian"
    return year_first(text, candidate, hint=both + why)


def years(text: str) -> DateError | None:
    """A year or a century with its era, two years that a year of another calendar lies in, or a span with its era."""
    if (match := _CENTURY.fullmatch(text)) and int(match[1]):
        message = f"A span of years is written with X for its open digits; {quoted(text)} is not"
        return DateError(message, 0, f"write {'-' if match[2] else ''}{int(match[1]) - 1:02d}XX")
    if (match := _ERA.fullmatch(text)) and (_NAMES_ERA.search(text) or (match["hedge"] and len(match["year"]) == 3)):
        return _era(match)
    if match := _DOUBLED.fullmatch(text):
        return _doubled(text, match)
    return _span(text, match) if (match := _SPAN.fullmatch(text)) else None


def _era(match: re.Match[str]) -> DateError:
    message = "A year has four digits and no name of an era"
    written, before = int(match["year"]), match["before"]
    if not written:
        return _no_year()
    year = 1 - written if before else written
    mark = ("~" if match["about"] else "?") if match["hedge"] else ""
    why = f"; the year 0 is 1 BCE, so {year_text(year)} is {written} BCE" if before and written > 1 else ""
    return DateError(message, 0, f"write {year_text(year)}{mark}{why}")


def _no_year() -> DateError:
    message = "A year has four digits and no name of an era"
    return DateError(message, 0, "write 0001 for 1 CE, 0000 for 1 BCE")


def _counted(year: int) -> str:
    """Say how a year before the common era is numbered, where a remedy names one."""
    return f"; the year 0 is 1 BCE, so {year_text(year)} is {1 - year} BCE" if year < 0 else ""


def _doubled(text: str, match: re.Match[str]) -> DateError | None:
    """Years of other calendars, and years that began in March, lie in two of ours: 358/9, 432/1 BC."""
    first, end, before = match[1], match[2], match[3]
    if len(first) <= len(end) or (len(first) == 4 and not before and not match["after"]):
        return None
    second = int(first[: -len(end)] + end)
    if second - int(first) != (-1 if before else 1):
        return None
    one, other = (year_text(1 - year if before else year) for year in (int(first), second))
    remedy = f"write [{one},{other}] for one of the two years, {one}/{other} for the time of both"
    why = _counted(1 - int(first)) if before else ""
    return DateError(f"A year stands alone, in four digits; {quoted(text)} names two", len(first), remedy + why)


def _span(text: str, match: re.Match[str]) -> DateError | None:
    first, before, after, joint, second, then = match.groups()
    start = 1 - int(first) if before or (then and not after) else int(first)
    end = 1 - int(second) if then else int(second)
    if not int(first) or not int(second) or start >= end:
        return None
    one, other = year_text(start), year_text(end)
    between = text.lower().startswith("between") and joint == "and"
    remedy = f"write [{one}..{other}]" if between else f"write {one}/{other}"
    return DateError("Years have four digits and no name of an era", 0, remedy + _counted(start))
