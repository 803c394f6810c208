"""An EDTF date as an immutable value: what was typed, and what follows from it.

What the standard leaves open and this module decides:

- Bounds are calendar days as written. A time of day never moves them, whatever its offset from UTC.
- A qualifier ("?", "~", "%") is carried and never widens the bounds: how far "about" reaches is not for a
  program to say.
- `sort_key` is (earliest, latest), each missing bound counting as infinitely far out.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.dates.calendar import Day
from generator.packing import packs_quickly

SortKey = tuple[int, int, int, int, int, int, int, int]


class DateError(ValueError):
    """A text that is no EDTF date.

    `message` states the requirement, `offset` is the 0-based character it concerns (the text's length when
    something is missing at its end), `remedy` says what to write instead.
    """

    def __init__(self, message: str, offset: int, remedy: str) -> None:
        """Take the three parts, in the order that pickling hands them back."""
        super().__init__(message, offset, remedy)
        self.message = message
        self.offset = offset
        self.remedy = remedy

    def __str__(self) -> str:
        """The message alone."""
        return self.message


class Edge(enum.Enum):
    """What is known of one end of a date's span."""

    KNOWN = "known"
    OPEN = "open"  #: written "..": there is no end, or none that matters
    UNKNOWN = "unknown"  #: an interval's end left empty: there is one, but not known


class Form(enum.Enum):
    """What kind of expression a text is."""

    DATE = "date"
    TIME = "time"  #: a day with a time of day
    SEASON = "season"  #: a season, quarter, quadrimester or half of a year
    INTERVAL = "interval"  #: `start/end`
    ONE_OF = "one-of"  #: `[a,b]`: one of these, not known which
    ALL_OF = "all-of"  #: `{a,b}`: all of these
    RANGE = "range"  #: `start..end` as a member of a set


class Precision(enum.Enum):
    """The unit in which a date is given. `2026-05-XX` is one (unknown) day, so its precision is the day."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    QUADRIMESTER = "quadrimester"
    SEMESTRAL = "semestral"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MILLENNIUM = "millennium"
    EON = "eon"  #: a round number of years longer than a millennium
    INTERVAL = "interval"
    SET = "set"


class Qualifier(enum.Flag):
    """How far one component of a date can be relied on."""

    NONE = 0
    UNCERTAIN = 1  #: "?"
    APPROXIMATE = 2  #: "~"
    BOTH = 3  #: "%"


class Qualifiers(NamedTuple):
    """Each component's qualifier, with groups resolved. A component that is absent is never qualified.

    A season stands in the place of the month.
    """

    year: Qualifier = Qualifier.NONE
    month: Qualifier = Qualifier.NONE
    day: Qualifier = Qualifier.NONE


class Unspecified(NamedTuple):
    """Which components have an X for at least one digit."""

    year: bool = False
    month: bool = False
    day: bool = False


class Components(NamedTuple):
    """The components as typed, without qualifiers: `("156X", "12", "")`; empty where there is none."""

    year: str = ""
    month: str = ""
    day: str = ""


class Clock(NamedTuple):
    """A time of day. `offset` is in minutes east of UTC (0 for "Z"), or None for local time."""

    hour: int
    minute: int
    second: int
    offset: int | None


#: The qualifier that a mark, or its absence, states.
QUALIFIER_OF = {
    None: Qualifier.NONE,
    "": Qualifier.NONE,
    "?": Qualifier.UNCERTAIN,
    "~": Qualifier.APPROXIMATE,
    "%": Qualifier.BOTH,
}
UNQUALIFIED = Qualifiers()
SPECIFIED = Unspecified()
NO_COMPONENTS = Components()


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """An EDTF date. Two are equal when their texts are; there is no `<`: sort by `sort_key`."""

    text: str
    level: int = field(compare=False)  #: 0, 1 or 2: the lowest EDTF level the text conforms to
    form: Form = field(compare=False)
    precision: Precision = field(compare=False)
    earliest: Day | None = field(compare=False)  #: the first possible day; None when that end is open or unknown
    latest: Day | None = field(compare=False)  #: the last possible day; None when that end is open or unknown
    start_edge: Edge = field(default=Edge.KNOWN, compare=False)
    end_edge: Edge = field(default=Edge.KNOWN, compare=False)
    uncertain: bool = field(default=False, compare=False)  #: any part carries "?" or "%"
    approximate: bool = field(default=False, compare=False)  #: any part carries "~" or "%"
    qualifiers: Qualifiers = field(default=UNQUALIFIED, compare=False)  #: of a single date; see `start`, `members`
    unspecified: Unspecified = field(default=SPECIFIED, compare=False)  #: of a single date
    components: Components = field(default=NO_COMPONENTS, compare=False)  #: of a single date
    start: Date | None = field(default=None, compare=False)  #: the start of an interval or range
    end: Date | None = field(default=None, compare=False)  #: the end of an interval or range
    members: tuple[Date, ...] = field(default=(), compare=False)  #: of a set; a range among them is a `Form.RANGE`
    year: int | None = field(default=None, compare=False)  #: of a single date, or its estimate; None with an X
    significant_digits: int | None = field(default=None, compare=False)
    clock: Clock | None = field(default=None, compare=False)

    @property
    def sort_key(self) -> SortKey:
        """A key that orders any two dates: first day, then last; an open or unknown end lies farthest out."""
        first = (1, *self.earliest) if self.earliest else (0, 0, 0, 0)
        last = (0, *self.latest) if self.latest else (1, 0, 0, 0)
        return (*first, *last)

    @property
    def is_exact_day(self) -> bool:
        """Whether this is one known day, without any qualifier, with or without a time of day."""
        return (
            self.earliest is not None
            and self.earliest == self.latest
            and self.form in (Form.DATE, Form.TIME)
            and not (self.uncertain or self.approximate or any(self.unspecified))
        )

    def overlaps(self, first: Day, last: Day) -> bool:
        """Whether the span between the bounds touches the days from `first` to `last`, both included."""
        return (self.earliest is None or self.earliest <= last) and (self.latest is None or self.latest >= first)


def iso_bounds(date: Date) -> tuple[str | None, str | None]:
    """The earliest and latest day in ISO 8601's extended form; None for an end that is open or unknown."""
    return (
        date.earliest.isoformat() if date.earliest else None,
        date.latest.isoformat() if date.latest else None,
    )
