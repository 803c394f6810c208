"""The events for other timelines: TimelineJS and markwhen."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator import model
from generator.chronology import Chronology
from generator.dates import Date, Day, describe, iso_bounds
from generator.exports.asset import Asset, Export, Site
from generator.exports.plain import Json, line

TIMELINEJS, MARKWHEN = "data/timelinejs.json", "data/chronology.mw"

TEXT = """For TimelineJS (its JSON) and for markwhen. A date that is not certain keeps its words; its bounds are
given as the span."""

USE = """https://cdn.knightlab.com/libs/timeline3/latest/embed/index.html?source={base}data/timelinejs.json"""


def render(chronology: Chronology, site: Site) -> Iterator[Asset]:
    """Yield the two files."""
    content = line(_timelinejs(chronology, site)) + b"\n"
    yield Asset(path=TIMELINEJS, content=content, media_type="application/json")
    yield Asset(path=MARKWHEN, content=_markwhen(chronology, site).encode(), media_type="text/plain; charset=utf-8")


def _timelinejs(chronology: Chronology, site: Site) -> Json:
    settings = chronology.settings
    events = [slide for event in chronology.events if (slide := _slide(chronology, site, event)) is not None]
    words = {"headline": escape(str(settings.title)), "text": escape(str(settings.description))}
    return {"title": {"text": words}, "events": events}


def _slide(chronology: Chronology, site: Site, event: model.Event) -> Json | None:
    date = event.date.value
    first, last = date.earliest or date.latest, date.latest
    if first is None:
        return None
    kind = chronology.vocabulary.event_types[event.type]
    page = escape(site.address(f"events/{event.id}/"))
    title = escape(str(chronology.settings.title))
    slide: Json = {
        "unique_id": event.id,
        "start_date": _day(first),
        "display_date": describe(date, str(chronology.settings.language).replace("-", "_")),
        "group": str(chronology.vocabulary.groups[kind.group].label),
        "text": {
            "headline": escape(str(event.title)),
            "text": f'<p>{escape(str(event.summary))}</p><p><a href="{page}">{title}</a></p>',
        },
    }
    if last is not None and last != first:
        slide["end_date"] = _day(last)
    return slide


def _day(day: Day) -> Json:
    return {"year": day.year, "month": day.month, "day": day.day}


def _markwhen(chronology: Chronology, site: Site) -> str:
    """Give the events as markwhen text; what it has no date for stands in a comment."""
    lines = [f"title: {_line(chronology.settings.title)}", f"description: {_line(chronology.settings.description)}", ""]
    for event in chronology.events:
        span = _span(event.date.value)
        said = f"{_line(event.title)} #{event.type} [{event.id}]({site.address(f'events/{event.id}/')})"
        lines.append(f"{span}: {said}" if span else f"// {event.date.text}: {said}")
    return "\n".join(lines) + "\n"


def _span(date: Date) -> str:
    first, last = iso_bounds(date)
    if first is None or first.startswith("-"):
        return ""
    return first if first == last else f"{first}/{last or 'now'}"


def _line(text: str) -> str:
    return " ".join(str(text).split())


EXPORT = Export(
    name="interchange",
    title="TimelineJS, markwhen",
    text=TEXT,
    render=render,
    use=USE,
    more=(MARKWHEN,),
)
