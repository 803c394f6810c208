"""The events for other timelines, TimelineJS and markwhen, and as event data in the codes of PLOVER and CAMEO."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html import escape

from generator import model
from generator.chronology import Chronology
from generator.dates import Date, Day, describe, iso_bounds
from generator.exports.asset import Asset, Export, Site
from generator.exports.csvs import safe
from generator.exports.plain import Json, line

TIMELINEJS, MARKWHEN, PLOVER = "data/timelinejs.json", "data/chronology.mw", "data/plover.csv"

TEXT = """For TimelineJS (its JSON), for markwhen, and for those who work with ICEWS or POLECAT: one row for
each pair of actors in an event, with PLOVER’s type and mode and CAMEO’s codes. A date that is not certain keeps
its words; its bounds are given as the span."""

USE = """https://cdn.knightlab.com/libs/timeline3/latest/embed/index.html?source={base}data/timelinejs.json"""
HEADER = (
    *("event", "date", "earliest", "latest", "actor", "actor_country", "recipient", "recipient_country"),
    *("plover", "plover_mode", "cameo", "status", "title", "page"),
)


def render(chronology: Chronology, site: Site) -> Iterator[Asset]:
    """Yield the three files."""
    content = line(_timelinejs(chronology, site)) + b"\n"
    yield Asset(path=TIMELINEJS, content=content, media_type="application/json")
    yield Asset(path=MARKWHEN, content=_markwhen(chronology, site).encode(), media_type="text/plain; charset=utf-8")
    yield Asset(path=PLOVER, content=_plover(chronology, site), media_type="text/csv; charset=utf-8")


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


def _plover(chronology: Chronology, site: Site) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(HEADER)
    for event in chronology.events:
        kind = chronology.vocabulary.event_types[event.type]
        for one, other in _pairs(chronology, event):
            row = (
                event.id,
                str(event.date.text),
                *(day or "" for day in iso_bounds(event.date.value)),
                str(one.name),
                str(one.country or ""),
                str(other.name if other else ""),
                str(other.country or "" if other else ""),
                str(kind.plover or ""),
                str(kind.plover_mode or ""),
                " ".join(map(str, kind.cameo)),
                event.status.value,
                str(event.title),
                site.address(f"events/{event.id}/"),
            )
            writer.writerow([safe(cell) for cell in row])
    return buffer.getvalue().encode("utf-8-sig")


def _pairs(chronology: Chronology, event: model.Event) -> Iterator[tuple[model.Actor, model.Actor | None]]:
    """Yield who acted upon whom, by the sides that PLOVER counts the roles to; one without another stands alone."""
    roles = chronology.vocabulary.roles
    parts = [(part.actor, str(roles[part.participation.role].side)) for part in chronology.parts[event.id]]
    acting = [actor for actor, side in parts if side in ("actor", "both")]
    receiving = [actor for actor, side in parts if side in ("recipient", "both")]
    found = list(dict.fromkeys((one.id, other.id) for one in acting for other in receiving if one.id != other.id))
    for one, other in found:
        yield chronology.actors[one], chronology.actors[other]
    paired = {name for pair in found for name in pair}
    for actor, _ in parts:
        if actor.id not in paired:
            yield actor, None


EXPORT = Export(
    name="interchange",
    title="TimelineJS, markwhen, PLOVER",
    text=TEXT,
    render=render,
    use=USE,
    more=(MARKWHEN, PLOVER),
)
