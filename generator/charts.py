"""Small pictures in a page's own Markdown: SVG that needs no script and no style of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from babel.dates import get_month_names

from generator.chronology import shelf
from generator.markdown import Markdown, attribute
from generator.model import Event
from generator.translations import Words

_BAR, _GAP, _HEIGHT = 12, 3, 40
_MONTHS_AT_MOST = 120


def activity(events: Sequence[Event], words: Words) -> Markdown:
    """Draw how many events fell into each month, from the first to the last; empty when that says nothing.

    The text of the picture names every month that is not empty, for those who do not see it.
    """
    months = Counter(shelf(event.date.value) for event in events)
    dated = sorted(key for key in months if key[1])
    if len(dated) < 2:
        return Markdown()
    first, last = _index(dated[0]), _index(dated[-1])
    if last - first >= _MONTHS_AT_MOST:
        return Markdown()
    names = get_month_names("abbreviated", "stand-alone", words.locale)
    spoken = ", ".join(f"{names[month]} {year}: {months[year, month]}" for year, month in dated)
    high = max(months[key] for key in dated)
    bars = []
    for key in dated:
        tall = max(2, round(months[key] / high * _HEIGHT))
        left = (_index(key) - first) * (_BAR + _GAP)
        bars.append(f'<rect x="{left}" y="{_HEIGHT - tall}" width="{_BAR}" height="{tall}"></rect>')
    width = (last - first + 1) * (_BAR + _GAP) - _GAP
    start, end = (f"{names[month]} {year}" for year, month in (dated[0], dated[-1]))
    said = attribute(words.say("Events by month: {months}", months=spoken))
    return Markdown(
        f'<figure class="activity"><svg viewBox="0 0 {width} {_HEIGHT}" width="{width}" height="{_HEIGHT}" '
        f'role="img" aria-label="{said}">{"".join(bars)}</svg>'
        f"<figcaption>{attribute(start)} – {attribute(end)}</figcaption></figure>"
    )


def _index(key: tuple[int, int]) -> int:
    return key[0] * 12 + key[1] - 1
