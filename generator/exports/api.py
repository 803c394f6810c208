"""A JSON interface of static files: everything, and one file for each event, actor, place, topic, source and month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator import model
from generator.chronology import Chronology
from generator.exports.asset import Asset, Export
from generator.exports.citations import csl
from generator.exports.outline import Outline
from generator.exports.plain import DATE_SCHEMA, Json, dumped, line, lines, plain, schema
from generator.exports.site import Site
from generator.labels import label
from generator.paths import year_name

ROOT = "data/v1"
VERSION = "1"
JSON = "application/json"
SCHEMA = "application/schema+json"

TEXT = """The whole chronology as JSON, with every word that its files hold, and a file of its own for each
event, actor, place, topic and shared source, and of up to 5,000 events for each month. Lists stand in the order
of the events; a field that nothing is known for is left out. The first number of the version changes when a
field loses its meaning or its name, never when one is added."""

USE = """curl -s {base}data/v1/events/{event}.json
curl -s {base}data/v1/index.json"""

DESCRIBED: Json = {"type": "string"}
RECORD: Json = {
    "type": "object",
    "description": "When the record was added and last changed, and how often since.",
    "required": ["added", "changed", "corrections"],
    "additionalProperties": False,
    "properties": {
        "added": {"type": "string", "format": "date-time"},
        "changed": {"type": "string", "format": "date-time"},
        "corrections": {"type": "integer"},
    },
}


def render(outline: Outline) -> Iterator[Asset]:
    """Yield the index, the lists, the single files, their schemas, and the description of them all."""
    chronology, site = outline.chronology, outline.site
    # Every event is written once; the lists are made of the same bytes.
    events = outline.pieces.of("api")
    yield _asset("events", lines(events[name] for name in outline.events))
    yield _asset("index", dumped(_index(outline)))
    for name in outline.events:
        yield _asset(f"events/{name}", events[name] + b"\n")
    for kind, entities in _others(outline):
        own = {name: line(value) for name, value in entities}
        yield _asset(kind, lines(own.values()))
        for name, content in own.items():
            yield _asset(f"{kind}/{name}", content + b"\n")
    months: dict[str, list[bytes]] = defaultdict(list)
    for name, own_months in zip(outline.events, outline.in_order("months"), strict=True):
        for month in own_months:
            months[month].append(events[name])
    for month in sorted(months):
        yield _asset(f"months/{month}", lines(months[month]))
    for name, document in schemas().items():
        yield Asset(path=f"{ROOT}/schema/{name}.json", content=dumped(document), media_type=SCHEMA)
    yield _asset("openapi", dumped(openapi(chronology, site)))


def piece(chronology: Chronology, site: Site, event: model.Event) -> tuple[bytes, tuple[str, ...]]:
    """Give an event as JSON, and the months of whose lists it is one; a large chronology has no such lists."""
    months = () if chronology.large else tuple(_months(event))
    return line(_event(chronology, site, event)), months


def _asset(path: str, content: bytes) -> Asset:
    return Asset(path=f"{ROOT}/{path}.json", content=content, media_type=JSON)


def _months(event: model.Event) -> Iterator[str]:
    """Yield the months, at most twelve, in which an event may lie; a longer span is found by its first and last."""
    first, last = event.date.value.earliest, event.date.value.latest
    first, last = first or last, last or first
    if first is None or last is None:
        return
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    months = range(begin, end + 1) if end - begin < 12 else (begin, end)
    yield from (f"{year_name(month // 12)}-{month % 12 + 1:02}" for month in months)


def _locale(chronology: Chronology) -> str:
    return str(chronology.settings.language).replace("-", "_")


def _event(chronology: Chronology, site: Site, event: model.Event) -> Json:
    locale = _locale(chronology)
    value: Json = {"page": site.address(f"events/{event.id}/"), **plain(event, locale)}
    for given, part in zip(value.get("participants", ()), chronology.parts[event.id], strict=True):
        given["name"] = str(part.actor.name)
        if part.offices:
            given["offices"] = [plain(office, locale) for office in part.offices]
    value["sources"] = [
        {"number": citation.number, **({"shared": citation.key} if citation.shared else {})}
        | plain(citation.source, locale)
        for citation in chronology.citations[event.id]
    ]
    return value | {"citation": csl(chronology, site, event)} | _record(chronology, event)


def _record(chronology: Chronology, entity: model.Located) -> Json:
    found = chronology.record(entity)
    if found is None:
        return {}
    times = {"added": found.added.isoformat(), "changed": found.changed.isoformat()}
    return {"record": {**times, "corrections": found.corrections}}


def _others(outline: Outline) -> Iterator[tuple[str, Iterator[tuple[str, Json]]]]:
    """Yield, by kind, the ids and values of all that are no events."""
    chronology = outline.chronology
    locale = _locale(chronology)

    def made(kind: str, entity: model.Actor | model.Place | model.Topic) -> Json:
        page, events = outline.site.address(f"{kind}/{entity.id}/"), list(outline.own[kind][entity.id])
        return {"page": page, **plain(entity, locale), "events": events, **_record(chronology, entity)}

    yield "actors", ((name, made("actors", actor)) for name, actor in chronology.actors.items())
    yield "places", ((name, made("places", place)) for name, place in chronology.places.items())
    yield "topics", ((name, made("topics", topic)) for name, topic in chronology.topics.items())
    yield (
        "sources",
        (
            (name, {**plain(source, locale), "events": list(outline.own["sources"][name])})
            for name, source in chronology.corpus.sources.items()
        ),
    )


def _index(outline: Outline) -> Json:
    chronology = outline.chronology
    locale = _locale(chronology)
    vocabulary = {
        table: {name: plain(term, locale) for name, term in getattr(chronology.vocabulary, table).items()}
        for table in ("groups", "event_types", "roles", "relation_types")
    }
    words = {
        table: {member.value: label(chronology.words, member) for member in members}
        for table, members in (("status", model.Status), ("standing", model.Standing))
    }
    counts = {"events": len(outline.events), "actors": len(chronology.actors), "places": len(chronology.places)}
    return {
        "version": VERSION,
        "home": outline.site.address(""),
        **{name: value for name, value in plain(chronology.settings, locale).items() if name not in vocabulary},
        "counts": {**counts, "topics": len(chronology.topics), "publishers": outline.publishers},
        "words": words,
        "vocabulary": vocabulary,
        "redirects": {kind: plain(moved, locale) for kind, moved in chronology.corpus.redirects.items() if moved},
    }


def schemas() -> dict[str, Json]:
    """Give the JSON Schema (2020-12) of each kind of file."""
    citation: Json = {"type": "object", "description": "The record as a reference, in CSL-JSON."}
    event = schema(model.Event, page=DESCRIBED, citation=citation, record=RECORD)
    properties = event["properties"]
    part = properties["participants"]["items"]
    part["properties"] |= {"name": DESCRIBED, "offices": {"type": "array", "items": schema(model.Office)}}
    source = schema(model.Source)
    cited = {**source, "properties": {**source["properties"], "number": {"type": "integer"}, "shared": DESCRIBED}}
    properties["sources"] = {"type": "array", "items": cited}
    ids = {"type": "array", "items": {"type": "string"}}
    single: dict[str, Json] = {
        "event": event,
        "actor": schema(model.Actor, page=DESCRIBED, events=ids, record=RECORD),
        "place": schema(model.Place, page=DESCRIBED, events=ids, record=RECORD),
        "topic": schema(model.Topic, page=DESCRIBED, events=ids, record=RECORD),
        "source": schema(model.Source, events=ids),
    }
    lists = {f"{name}s": {"type": "array", "items": value} for name, value in single.items()}
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name.capitalize(), **value}
        for name, value in (single | lists | {"date": DATE_SCHEMA}).items()
    }


def openapi(chronology: Chronology, site: Site) -> Json:
    """Describe the paths (OpenAPI 3.1)."""
    paths: Json = {"/index.json": {"get": _answer("What the chronology is, its words and its counts.", None)}}
    for kind in ("event", "actor", "place", "topic", "source"):
        packed = ".gz" if chronology.large and kind == "event" else ""
        paths[f"/{kind}s.json{packed}"] = {"get": _answer(f"All {kind}s.", f"{kind}s")}
        paths[f"/{kind}s/{{id}}.json"] = {
            "get": _answer(f"One {kind}.", kind) | {"parameters": [_parameter("id", f"The {kind}’s id.")]}
        }
    if not chronology.large:
        paths["/months/{month}.json"] = {
            "get": _answer("The events that may lie in a month.", "events")
            | {"parameters": [_parameter("month", "Year and month, as in 2026-02.")]}
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": str(chronology.settings.title),
            "version": VERSION,
            "description": str(chronology.settings.description),
            "license": {"name": str(chronology.settings.licence), **_licence(chronology)},
        },
        "servers": [{"url": site.address(ROOT) if site.base else "."}],
        "paths": paths,
    }


def _licence(chronology: Chronology) -> Json:
    return {"url": str(chronology.settings.licence_url)} if chronology.settings.licence_url else {}


def _answer(text: str, name: str | None) -> Json:
    shape: Json = {"$ref": f"schema/{name}.json"} if name else {"type": "object"}
    return {"summary": text, "responses": {"200": {"description": text, "content": {JSON: {"schema": shape}}}}}


def _parameter(name: str, text: str) -> Json:
    return {"name": name, "in": "path", "required": True, "description": text, "schema": {"type": "string"}}


MORE = (f"{ROOT}/index.json", f"{ROOT}/openapi.json", f"{ROOT}/schema/event.json", f"{ROOT}/schema/actor.json")
EXPORT = Export(
    name="api", title="JSON", text=TEXT, render=render, use=USE, more=MORE, fields=("api", "months"), piece=piece
)
