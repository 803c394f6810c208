"""A JSON interface of static files: everything, and one file for each event, actor, place, topic, source and month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator import model
from generator.chronology import Chronology
from generator.exports.asset import Asset, Export, Site
from generator.exports.citations import csl
from generator.exports.plain import DATE_SCHEMA, Json, dumped, line, lines, plain, schema
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


def render(chronology: Chronology, site: Site) -> Iterator[Asset]:
    """Yield the index, the lists, the single files, their schemas, and the description of them all."""
    writer = _Writer(chronology, site)
    # Every event is written once; the lists are made of the same bytes.
    events = {event.id: line(writer.event(event)) for event in chronology.events}
    yield _asset("events", lines(events.values()))
    yield _asset("index", dumped(writer.index()))
    for name, content in events.items():
        yield _asset(f"events/{name}", content + b"\n")
    for kind, entities in writer.others():
        own = {name: line(value) for name, value in entities}
        yield _asset(kind, lines(own.values()))
        for name, content in own.items():
            yield _asset(f"{kind}/{name}", content + b"\n")
    months: dict[str, list[bytes]] = defaultdict(list)
    for event in chronology.events if not chronology.large else ():
        for month in _months(event):
            months[month].append(events[event.id])
    for month in sorted(months):
        yield _asset(f"months/{month}", lines(months[month]))
    for name, document in schemas().items():
        yield Asset(path=f"{ROOT}/schema/{name}.json", content=dumped(document), media_type=SCHEMA)
    yield _asset("openapi", dumped(openapi(chronology, site)))


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


class _Writer:
    def __init__(self, chronology: Chronology, site: Site) -> None:
        self.chronology = chronology
        self.site = site
        self.locale = str(chronology.settings.language).replace("-", "_")

    def event(self, event: model.Event) -> Json:
        value: Json = {"page": self.site.address(f"events/{event.id}/"), **plain(event, self.locale)}
        for given, part in zip(value.get("participants", ()), self.chronology.parts[event.id], strict=True):
            given["name"] = str(part.actor.name)
            if part.offices:
                given["offices"] = [plain(office, self.locale) for office in part.offices]
        value["sources"] = [
            {"number": citation.number, **({"shared": citation.key} if citation.shared else {})}
            | plain(citation.source, self.locale)
            for citation in self.chronology.citations[event.id]
        ]
        return value | {"citation": csl(self.chronology, self.site, event)} | self.record(event)

    def record(self, entity: model.Located) -> Json:
        found = self.chronology.record(entity)
        if found is None:
            return {}
        times = {"added": found.added.isoformat(), "changed": found.changed.isoformat()}
        return {"record": {**times, "corrections": found.corrections}}

    def others(self) -> Iterator[tuple[str, Iterator[tuple[str, Json]]]]:
        """Yield, by kind, the ids and values of all that are no events."""
        own = self.chronology
        citing: dict[str, list[str]] = defaultdict(list)
        for event in own.events:
            for citation in own.citations[event.id]:
                if citation.shared:
                    citing[citation.key].append(event.id)

        def made(kind: str, entity: model.Actor | model.Place | model.Topic, events: Iterable[model.Event]) -> Json:
            page = self.site.address(f"{kind}/{entity.id}/")
            return {"page": page, **plain(entity, self.locale), "events": [e.id for e in events], **self.record(entity)}

        yield "actors", ((name, made("actors", actor, own.events_of(actor))) for name, actor in own.actors.items())
        yield "places", ((name, made("places", place, own.by_place[name])) for name, place in own.places.items())
        yield "topics", ((name, made("topics", topic, own.by_topic[name])) for name, topic in own.topics.items())
        yield (
            "sources",
            (
                (name, {**plain(source, self.locale), "events": citing[name]})
                for name, source in own.corpus.sources.items()
            ),
        )

    def index(self) -> Json:
        own, settings = self.chronology, self.chronology.settings
        vocabulary = {
            table: {name: plain(term, self.locale) for name, term in getattr(own.vocabulary, table).items()}
            for table in ("groups", "event_types", "roles", "relation_types")
        }
        words = {
            table: {member.value: label(own.words, member) for member in members}
            for table, members in (("status", model.Status), ("standing", model.Standing))
        }
        counts = {"events": len(own.events), "actors": len(own.actors), "places": len(own.places)}
        return {
            "version": VERSION,
            "home": self.site.address(""),
            **{name: value for name, value in plain(settings, self.locale).items() if name not in vocabulary},
            "counts": {**counts, "topics": len(own.topics), "publishers": len(own.by_publisher)},
            "words": words,
            "vocabulary": vocabulary,
            "redirects": {kind: plain(moved, self.locale) for kind, moved in own.corpus.redirects.items() if moved},
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
EXPORT = Export(name="api", title="JSON", text=TEXT, render=render, use=USE, more=MORE)
