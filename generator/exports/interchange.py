"""The events for other timelines: TimelineJS and markwhen."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator import model
from generator.chronology import Chronology
from generator.dates import Date, Day, describe, iso_bounds
from generator.exports.asset import Asset, Export
from generator.exports.outline import Outline
from generator.exports.plain import Json, line, lines
from generator.exports.site import Site

TIMELINEJS, MARKWHEN = "data/timelinejs.json", "data/chronology.mw"

TEXT = """For TimelineJS (its JSON) and for markwhen. A date that is not certain keeps its words; its bounds are
given as the span."""

USE = """https://cdn.knightlab.com/libs/timeline3/latest/embed/index.html?source={base}data/timelinejs.json"""


def render(outline: Outline) -> Iterator[Asset]:
    """Yield the two files."""
    settings = outline.chronology.settings
    words = {"headline": escape(str(settings.title)), "text": escape(str(settings.description))}
    events = lines(slide for slide in outline.in_order("timelinejs") if slide)
    content = b'{"title":' + line({"text": words}) + b',"events":' + events.rstrip() + b"}\n"
    yield Asset(path=TIMELINEJS, content=content, media_type="application/json")
    head = f"title: {_line(settings.title)}\ndescription: {_line(settings.description)}\n\n".encode()
    content = head + b"".join(outline.in_order("markwhen"))
    yield Asset(path=MARKWHEN, content=content, media_type="text/plain; charset=utf-8")


def piece(chronology: Chronology, site: Site, event: model.Event) -> tuple[bytes, bytes]:
    """Give an event as a slide of TimelineJS, nothing where it has no day, and as a line of markwhen."""
    slide = _slide(chronology, site, event)
    return line(slide) if slide is not None else b"", _entry(site, event)


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


def _entry(site: Site, event: model.Event) -> bytes:
    """Give an event as markwhen text; what it has no date for stands in a comment."""
    span = _span(event.date.value)
    said = f"{_line(event.title)} #{event.type} [{event.id}]({site.address(f'events/{event.id}/')})"
    return (f"{span}: {said}\n" if span else f"// {event.date.text}: {said}\n").encode()


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
    fields=("timelinejs", "markwhen"),
    piece=piece,
)
