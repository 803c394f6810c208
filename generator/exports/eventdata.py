"""The events as event data, in the codes of PLOVER and CAMEO, for whom the kinds of event have such codes."""

from __future__ import annotations

from collections.abc import Iterator

from generator import model
from generator.chronology import Chronology
from generator.dates import iso_bounds
from generator.exports.asset import Asset, Export
from generator.exports.csvs import text_of
from generator.exports.outline import Outline
from generator.exports.site import Site

PATH = "data/plover.csv"

TEXT = """For those who work with ICEWS or POLECAT: one row for each pair of actors in an event, with PLOVER’s type
and mode and CAMEO’s codes."""

HEADER = (
    *("event", "date", "earliest", "latest", "actor", "actor_country", "recipient", "recipient_country"),
    *("plover", "plover_mode", "cameo", "status", "title", "page"),
)


def render(outline: Outline) -> Iterator[Asset]:
    """Yield the file; none where no kind of event has a code."""
    if outline.chronology.vocabulary.coded:
        head = text_of([HEADER]).encode("utf-8-sig")
        content = head + b"".join(outline.in_order("event-data"))
        yield Asset(path=PATH, content=content, media_type="text/csv; charset=utf-8")


def piece(chronology: Chronology, site: Site, event: model.Event) -> tuple[bytes]:
    """Give the rows of an event."""
    kind = chronology.vocabulary.event_types[event.type]
    rows = (
        (
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
        for one, other in _pairs(chronology, event)
    )
    return (text_of(rows).encode(),)


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


EXPORT = Export(name="event-data", title="PLOVER, CAMEO", text=TEXT, render=render, fields=("event-data",), piece=piece)
