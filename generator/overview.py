"""The chronology in one picture: a lane for each group of kinds, and in it how much happened when.

Time is cut into units that read alike (months, years, decades …), each as wide as the next, and every unit into
STEPS. An event whose day is not certain is spread over all steps in which it may lie, so that it never looks like a
day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.chronology import Chronology
from generator.dates import Date, Day
from generator.dates.calendar import days_in_month
from generator.markdown import Markdown

STEPS = 12
"""Into how many steps a unit is cut."""

MOST_UNITS = 16
"""How many units the picture has at most: what fits below it as words on a wide screen."""

HEIGHT = 30
"""How high the highest step is, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A stretch of time: `years` years from `year`, or one month of it."""

    year: int
    month: int = 0
    years: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One group of kinds: `number` is its place in the vocabulary, `heights` one height in pixels a step."""

    number: int
    name: str
    count: int
    heights: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The picture's parts."""

    units: tuple[Unit, ...]
    lanes: tuple[Lane, ...]


def overview(chronology: Chronology) -> Overview | None:
    """Give the picture's parts; None where there is less than a unit to show."""
    spans = [(event, span) for event in chronology.events if (span := _span(event.date.value)) is not None]
    if not spans:
        return None
    first = min(span[0] for _, span in spans)
    last = max(span[1] for _, span in spans)
    units = _units(first, last)
    if len(units) < 2:
        return None
    names = list(chronology.vocabulary.groups)
    mass = {name: [0.0] * (len(units) * STEPS) for name in names}
    counts = dict.fromkeys(names, 0)
    for event, (start, end) in spans:
        group = str(chronology.vocabulary.event_types[event.type].group)
        counts[group] += 1
        low, high = _step(units[0], start), _step(units[0], end)
        for step in range(low, high + 1):
            mass[group][step] += 1 / (high - low + 1)
    most = max(max(own) for own in mass.values())
    lanes = tuple(
        Lane(
            number=number,
            name=name,
            count=counts[name],
            heights=tuple(max(2, round(share / most * HEIGHT)) if share else 0 for share in mass[name]),
        )
        for number, name in enumerate(names)
        if counts[name]
    )
    return Overview(units=tuple(units), lanes=lanes)


def drawn(picture: Overview, lane: Lane) -> Markdown:
    """Draw a lane, one pixel a step and as wide as its place; the words beside it say what it is."""
    bars = (
        f"M{step} {HEIGHT}v-{height}h{_thick(step)}v{height}z" for step, height in enumerate(lane.heights) if height
    )
    return Markdown(
        f'<svg viewBox="0 0 {len(picture.units) * STEPS} {HEIGHT}" height="{HEIGHT}" preserveAspectRatio="none" '
        f'aria-hidden="true"><path d="{"".join(bars)}"></path></svg>'
    )


def span(picture: Overview, date: Date) -> tuple[float, float] | None:
    """Give between which shares of the picture's width a date may lie; None where it has no bound."""
    bounds = _span(date)
    if bounds is None:
        return None
    steps = len(picture.units) * STEPS
    low, high = (_step(picture.units[0], day) for day in bounds)
    return max(0.0, low / steps), min(1.0, (high + 1) / steps)


def _thick(step: int) -> str:
    """Leave a hairline between units, not within them."""
    return ".75" if step % STEPS == STEPS - 1 else ".9"


def _span(date: Date) -> tuple[Day, Day] | None:
    """Give the first and the last possible day; an end that is open does not count."""
    first, last = date.earliest or date.latest, date.latest or date.earliest
    return None if first is None or last is None else (first, last)


def _units(first: Day, last: Day) -> list[Unit]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= MOST_UNITS:
        return list(_months(first, months))
    years = next(years for years in _lengths() if last.year // years - first.year // years < MOST_UNITS)
    # There is no year 0: before the common era units end with its last year, as people count them.
    shift = 1 if first.year <= 0 and years > 1 else 0
    begin = (first.year - shift) // years * years + shift
    return [Unit(year=year, years=years) for year in range(begin, last.year + 1, years)]


def _months(first: Day, number: int) -> Iterator[Unit]:
    for month in range(first.month - 1, first.month - 1 + number):
        yield Unit(year=first.year + month // 12, month=month % 12 + 1)


def _lengths() -> Iterator[int]:
    length = 1
    while True:
        yield from (length, 2 * length, 5 * length)
        length *= 10


def _step(first: Unit, day: Day) -> int:
    """Give the step in which a day lies, counted from the first unit."""
    if first.month:
        unit = (day.year - first.year) * 12 + day.month - first.month
        return unit * STEPS + (day.day - 1) * STEPS // days_in_month(day.year, day.month)
    months = (day.year - first.year) * 12 + day.month - 1
    return months * STEPS // (12 * first.years)
