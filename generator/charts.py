"""Small pictures in a page's own Markdown: SVG that needs no script and no style of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from babel.dates import get_month_names

from generator.chronology import shelf
from generator.dates import describe_year
from generator.markdown import Markdown, attribute
from generator.model import Event
from generator.translations import Words

_BAR, _GAP, _HEIGHT = 12, 3, 40
_MONTHS_AT_MOST = 120


Span = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last month in which something happened, each as a year and a month."""


def span(events: Sequence[Event]) -> Span | None:
    """Give the span of some events; None where none belongs to a month."""
    dated = [key for key in {shelf(event.date.value) for event in events} if key[1]]
    return (min(dated), max(dated)) if dated else None


def activity(events: Sequence[Event], words: Words, among: Span | None = None) -> Markdown:
    """Draw how many events fell into each month, or each year where there are too many months.

    The picture covers the span `among` (that of the events themselves unless given), so that those of several actors
    can be compared; it is empty where there is but one month, or year. Its text names every month that is not empty,
    for those who do not see it.
    """
    own = Counter(shelf(event.date.value) for event in events)
    among = among or span(events)
    if among is None or not any(key[1] for key in own):
        return Markdown()
    first, last = among
    if _index(last) - _index(first) < _MONTHS_AT_MOST:
        names = get_month_names("abbreviated", "stand-alone", words.locale)
        counts = {_index(key) - _index(first): number for key, number in own.items() if key[1]}
        slots = _index(last) - _index(first) + 1
        months = (divmod(_index(first) + slot, 12) for slot in range(slots))
        labels = [f"{names[month + 1]} {_year(year, words)}" for year, month in months]
    else:
        counts = Counter()
        for key, number in own.items():
            if key[1]:
                counts[key[0] - first[0]] += number
        slots = last[0] - first[0] + 1
        labels = [_year(first[0] + slot, words) for slot in range(slots)]
    if slots < 2 or slots >= _MONTHS_AT_MOST:
        return Markdown()
    spoken = ", ".join(f"{labels[slot]}: {counts[slot]}" for slot in sorted(counts))
    high = max(counts.values())
    bars = []
    for slot in sorted(counts):
        tall = max(2, round(counts[slot] / high * _HEIGHT))
        left = slot * (_BAR + _GAP)
        bars.append(f'<rect x="{left}" y="{_HEIGHT - tall}" width="{_BAR}" height="{tall}"></rect>')
    width = slots * (_BAR + _GAP) - _GAP
    said = attribute(words.say("Events by month: {months}", months=spoken))
    return Markdown(
        f'<figure class="activity"><svg viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}" '
        f'role="img" aria-label="{said}">{"".join(bars)}</svg>'
        f"<figcaption>{attribute(labels[0])} – {attribute(labels[-1])}</figcaption></figure>"
    )


def _year(year: int, words: Words) -> str:
    return describe_year(year, str(words.locale))


def _index(key: tuple[int, int]) -> int:
    return key[0] * 12 + key[1] - 1
