"""Single dates: a day, month, year or part of a year, each perhaps qualified.

What the standard leaves open and this module decides:

- Seasons are whole months. Spring, summer, autumn and winter without a hemisphere (21 to 24) are bounded like
  the northern ones (25 to 28): March to May, June to August, September to November, December to February.
  Southern spring (29) is September to November, and so on. A season that crosses the new year belongs to the
  year in which it begins: winter 2026 ends in February 2027.
- Quarters (33 to 36), quadrimesters (37 to 39) and halves (40, 41) are those of the calendar year.
- `201X`, `20XX` and `1XXX` have the precision decade, century and millennium, for which EDTF has no other
  form. Any other unspecified digit leaves the precision that the components say.
- Marks on both sides of one component add up: `?2004~` is "%". A mark stands before a year's sign, not after.
- The level is the lowest that lists every feature used.
"""

from __future__ import annotations

import re

from generator.dates.calendar import Day, days_in_month
from generator.dates.existing import check_year, existing_day, month_error
from generator.dates.longyear import read_long_year
from generator.dates.timeofday import read_time
from generator.dates.unspecified import fitting_bounds, fitting_years
from generator.dates.value import (
    QUALIFIER_OF,
    SPECIFIED,
    UNQUALIFIED,
    Components,
    Date,
    Form,
    Precision,
    Qualifier,
    Qualifiers,
    Unspecified,
)

_PLAIN_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_COMPONENTS = re.compile(
    r"([?~%]?)(-?[0-9X]{4})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
)
_MARKS = re.compile(r"[?~%]")
_TRAILING_X = re.compile(r"-?[0-9]*(X+)")
_LEVEL_1_X = re.compile(r"-?([0-9]{2}[0-9X]X|[0-9]{4}-XX|[0-9]{4}-([0-9]{2}|XX)-XX)")

#: The first month and the number of months of each part of a year.
_SUB_YEAR_MONTHS = {
    **{21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)},
    **{25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3)},
    **{29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3)},
    **{33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)},
    **{37: (1, 4), 38: (5, 4), 39: (9, 4)},
    **{40: (1, 6), 41: (7, 6)},
}


def read(text: str) -> Date | None:
    """The single date that a text states, or None when the text has not the shape of one.

    Raises `DateError` when it has the shape, but no such date exists.
    """
    if match := _PLAIN_DAY.fullmatch(text):
        return _plain_day(text, match)
    if match := _COMPONENTS.fullmatch(text):
        return _components(text, match)
    if "T" in text:
        return read_time(text)
    return read_long_year(text)


def _plain_day(text: str, match: re.Match[str]) -> Date:
    year, month, day = match.groups()
    found = existing_day(year, month, day, 0, month_at=5, day_at=8)
    return Date(
        text=text,
        level=0,
        form=Form.DATE,
        precision=Precision.DAY,
        earliest=found,
        latest=found,
        components=Components(year, month, day),
        year=found.year,
    )


def _components(text: str, match: re.Match[str]) -> Date:
    components = Components(match[2], match[5] or "", match[8] or "")
    year, month, day = components
    check_year(year, match.start(2))
    part = _part_of_year(match, components)
    qualifiers = _qualifiers(match)
    earliest, latest = _bounds(match, components, part)
    return Date(
        text=text,
        level=_level(text, components, part),
        form=Form.SEASON if part else Form.DATE,
        precision=_precision(components, part),
        earliest=earliest,
        latest=latest,
        uncertain=any(Qualifier.UNCERTAIN in one for one in qualifiers),
        approximate=any(Qualifier.APPROXIMATE in one for one in qualifiers),
        qualifiers=qualifiers,
        unspecified=Unspecified("X" in year, "X" in month, "X" in day) if "X" in text else SPECIFIED,
        components=components,
        year=None if "X" in year else int(year),
    )


def _part_of_year(match: re.Match[str], components: Components) -> int:
    """The code 21 to 41 in the month's place, or 0."""
    year, month, day = components
    if not month or "X" in month or 1 <= int(month) <= 12:
        return 0
    if int(month) in _SUB_YEAR_MONTHS and not day:
        return int(month)
    raise month_error(year, month, day, match.start(5), match.start(8))


def _bounds(match: re.Match[str], components: Components, part: int) -> tuple[Day, Day]:
    year, month, day = components
    if part:
        first_year = next(fitting_years(year, ascending=True))
        last_year = next(fitting_years(year, ascending=False))
        first_month, months = _SUB_YEAR_MONTHS[part]
        years_on, last_month = divmod(first_month + months - 2, 12)
        return Day(first_year, first_month, 1), _month_end(last_year + years_on, last_month + 1)
    if any("X" in component for component in components):
        return fitting_bounds(year, month, day, match.start(5), match.start(8))
    if day:
        found = existing_day(year, month, day, 0, month_at=match.start(5), day_at=match.start(8))
        return found, found
    if month:
        return Day(int(year), int(month), 1), _month_end(int(year), int(month))
    return Day(int(year), 1, 1), Day(int(year), 12, 31)


def _month_end(year: int, month: int) -> Day:
    return Day(year, month, days_in_month(year, month))


def _qualifiers(match: re.Match[str]) -> Qualifiers:
    if not _MARKS.search(match[0]):
        return UNQUALIFIED
    # A mark on the left is the component's own; one on the right also reaches every component before it.
    left_year, left_month, left_day = (QUALIFIER_OF[mark] for mark in match.group(1, 4, 7))
    from_year, from_month, from_day = (QUALIFIER_OF[mark] for mark in match.group(3, 6, 9))
    return Qualifiers(
        left_year | from_year | from_month | from_day,
        left_month | from_month | from_day if match[5] else Qualifier.NONE,
        left_day | from_day,
    )


def _level(text: str, components: Components, part: int) -> int:
    marks = len(_MARKS.findall(text))
    if marks > 1 or (marks and text[-1] not in "?~%") or part > 24:
        return 2
    if any("X" in component for component in components):
        return 1 if _LEVEL_1_X.fullmatch("-".join(filter(None, components))) else 2
    return 1 if marks or part or components.year.startswith("-") else 0


def _precision(components: Components, part: int) -> Precision:
    if components.day:
        return Precision.DAY
    if part:
        return _part_precision(part)
    if components.month:
        return Precision.MONTH
    match = _TRAILING_X.fullmatch(components.year)
    names = {1: Precision.DECADE, 2: Precision.CENTURY, 3: Precision.MILLENNIUM}
    return names.get(len(match[1]), Precision.YEAR) if match else Precision.YEAR


def _part_precision(part: int) -> Precision:
    if part <= 32:
        return Precision.SEASON
    if part <= 36:
        return Precision.QUARTER
    return Precision.QUADRIMESTER if part <= 39 else Precision.SEMESTRAL
