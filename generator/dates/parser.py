"""Text to `Date`: single dates, intervals and sets of EDTF levels 0, 1 and 2.

The standard is the Library of Congress's EDTF specification of 4 February 2019, a profile of ISO 8601-2:2019.
What it leaves open and this module decides:

- An interval runs from its start's first day to its end's last. It is refused as reversed only when no
  reading puts the start before the end, so `2004-06/2004` (June to some time later in 2004) stands.
- An interval whose ends are the same plain date is refused: that date alone says it. An interval that has
  neither a known start nor a known end says nothing and is refused.
- Seasons and other parts of a year may bound an interval. An interval has the level of its higher end, at
  least 1 when an end is open or unknown, and 2 when an end has an unspecified digit.
- An interval has no time of day (so the specification), and nor has a set.
- A set may have a single member. `..a` stands only first and `a..` only last in it. The ends of a range have
  the same precision and ascend. A member given twice is refused; the order of members is free.
- A blank is refused everywhere, in a set too.
- A set is bounded by its earliest and latest member, even an "all of" whose members leave gaps.
- A qualifier stands on a date, never on a whole interval or set.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.dates import refusal, refusedset, single
from generator.dates.value import Date, DateError, Edge, Form, Precision

MAX_LENGTH = 1000

_BRACKETS = {"[": "]", "{": "}"}


@lru_cache(maxsize=65_536)
def parse(text: str) -> Date:
    """Read an EDTF text of any level. Raises `DateError`, and nothing else, for a text that is not one."""
    if len(text) > MAX_LENGTH:
        message = f"A date has at most {MAX_LENGTH:,} characters, not {len(text):,}"
        raise DateError(message, MAX_LENGTH, "write a shorter date, and the rest in a note")
    found = single.read(text)
    if found is not None:
        return found
    refusal.check_characters(text)
    if text[0] in _BRACKETS:
        return _set(text)
    if "/" in text:
        return _interval(text)
    raise refusal.explain(text)


def _part(text: str, offset: int) -> Date:
    """A single date inside an interval or set; errors count characters from the whole text's start."""
    try:
        found = single.read(text)
        if found is None:
            raise refusal.explain(text)
    except DateError as error:
        raise DateError(error.message, error.offset + offset, error.remedy) from None
    if found.form is Form.TIME:
        at = offset + text.index("T")
        message = "An interval or a set has days, months or years, not times of day"
        raise DateError(message, at, f"write {text[: text.index('T')]}")
    return found


def _interval(text: str) -> Date:
    first, _, rest = text.partition("/")
    last, again, _ = rest.partition("/")
    last_at = len(first) + 1
    if again:
        offset = last_at + len(last)
        remedy = "write one start and one end, such as 2004/2006"
        raise DateError("An interval has one slash, between its start and its end", offset, remedy)
    if bracket := re.search(r"[\[\]{}]", text):
        raise DateError("An interval has no set in it", bracket.start(), "write one date at each end")
    edges = {"..": Edge.OPEN, "": Edge.UNKNOWN}
    if first in edges and last in edges:
        remedy = "write the end that is known, such as 2026-01-01/.. or ../2026-01-01"
        raise DateError("An interval has a start, an end or both", 0, remedy)
    refusedset.check_shortened_end(first, last)
    start = None if first in edges else _part(first, 0)
    end = None if last in edges else _part(last, last_at)
    if start and end:
        _check_order(start, end, last_at, "/")
    parts = [part for part in (start, end) if part]
    level = max(part.level for part in parts)
    if any(any(part.unspecified) for part in parts):
        level = 2
    return Date(
        text=text,
        level=max(level, 1) if len(parts) == 1 else level,
        form=Form.INTERVAL,
        precision=Precision.INTERVAL,
        earliest=start.earliest if start else None,
        latest=end.latest if end else None,
        start_edge=edges.get(first, Edge.KNOWN),
        end_edge=edges.get(last, Edge.KNOWN),
        uncertain=any(part.uncertain for part in parts),
        approximate=any(part.approximate for part in parts),
        start=start,
        end=end,
    )


def _check_order(start: Date, end: Date, offset: int, joint: str) -> None:
    name = "interval" if joint == "/" else "range"
    if start.earliest and end.latest and start.earliest > end.latest:
        message = f"The {name} ends before it starts: {end.text} is before {start.text}"
        raise DateError(message, offset, f"write {end.text}{joint}{start.text}")
    if start.text == end.text and not (start.uncertain or start.approximate or any(start.unspecified)):
        raise DateError(f"The {name} starts and ends with {start.text}", offset, f"write {start.text} alone")


def _set(text: str) -> Date:
    close = _BRACKETS[text[0]]
    inside = text[1:-1]
    if len(text) < 2 or text[-1] != close:
        raise refusedset.unclosed_set(text, close)
    for offset, character in enumerate(inside, 1):
        refusedset.check_set_character(character, offset)
    if not inside:
        raise DateError("A set has at least one member", 1, f"write the dates between {text[0]} and {close}")
    members: list[Date] = []
    texts = inside.split(",")
    offset = 1
    seen: set[str] = set()
    for index, member in enumerate(texts):
        found = _member(member, offset, first=index == 0, last=index == len(texts) - 1)
        if member in seen:
            raise DateError(f"{member} is in the set twice", offset, "leave the second one out")
        seen.add(member)
        members.append(found)
        offset += len(member) + 1
    firsts = [member.earliest for member in members]
    lasts = [member.latest for member in members]
    known_firsts = [day for day in firsts if day]
    known_lasts = [day for day in lasts if day]
    return Date(
        text=text,
        level=2,
        form=Form.ONE_OF if text[0] == "[" else Form.ALL_OF,
        precision=Precision.SET,
        earliest=min(known_firsts) if len(known_firsts) == len(firsts) else None,
        latest=max(known_lasts) if len(known_lasts) == len(lasts) else None,
        start_edge=members[0].start_edge,
        end_edge=members[-1].end_edge,
        uncertain=any(member.uncertain for member in members),
        approximate=any(member.approximate for member in members),
        members=tuple(members),
    )


_MEMBER = re.compile(r"(.*?)\.\.(.*)")


def _member(text: str, offset: int, *, first: bool, last: bool) -> Date:
    match = _MEMBER.fullmatch(text)
    if not match:
        if not text:
            raise DateError("A date is missing beside the comma", offset, "write one date between two commas")
        return _part(text, offset)
    left, right = match.groups()
    dots = offset + len(left)
    if not left and not right:
        remedy = "write the date that the range starts or ends with, such as ..1984 or 1984.."
        raise DateError("A range has a start, an end or both", offset, remedy)
    if right.startswith(".") or ".." in right:
        raise DateError("A range has two dots once", dots + 2, "write a range as 1670..1672, ..1984 or 1984..")
    if not left and not first:
        raise DateError(f"{text} can only be the first member of a set", offset, f"move {text} to the front")
    if not right and not last:
        raise DateError(f"{text} can only be the last member of a set", offset, f"move {text} to the end")
    start = _part(left, offset) if left else None
    end = _part(right, dots + 2) if right else None
    if start and end:
        if start.precision is not end.precision:
            message = f"A range has ends of the same precision, not {start.text} and {end.text}"
            raise DateError(message, dots + 2, "write both as days, both as months or both as years")
        _check_order(start, end, dots + 2, "..")
    parts = [part for part in (start, end) if part]
    return Date(
        text=text,
        level=2,
        form=Form.RANGE,
        precision=parts[0].precision,
        earliest=start.earliest if start else None,
        latest=end.latest if end else None,
        start_edge=Edge.KNOWN if start else Edge.OPEN,
        end_edge=Edge.KNOWN if end else Edge.OPEN,
        uncertain=any(part.uncertain for part in parts),
        approximate=any(part.approximate for part in parts),
        start=start,
        end=end,
    )
