"""Linked data: JSON-LD 1.1 in the words of schema.org, in every page and as one file.

Dates are those of schema.org where a day is certain; the EDTF text and the bounds of every date stand beside them as
`temporalCoverage` and PropertyValues. An event that is only alleged, claimed or disputed is not stated as a fact by its
type: its standing is given as an additional property.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator import model
from generator.chronology import Chronology, Citation
from generator.dates import Date, iso_bounds
from generator.exports.asset import Asset, Export
from generator.exports.outline import Outline
from generator.exports.plain import Json, line
from generator.exports.site import Site

PATH = "data/chronology.jsonld"
CONTEXT = "https://schema.org/"
WIKIDATA = "https://www.wikidata.org/entity/"
EDTF = "http://id.loc.gov/datatypes/edtf"

TEXT = """Every page describes its subject in the words of schema.org (JSON-LD), and this file holds all of
them: events with dates, participants, places and citations, actors with their other names, places with
coordinates."""

USE = """curl -s {base}data/chronology.jsonld"""

KINDS = {
    model.ActorKind.PERSON: "Person",
    model.ActorKind.STATE: "Country",
    model.ActorKind.ORGANISATION: "Organization",
    model.ActorKind.PUBLIC_BODY: "GovernmentOrganization",
    model.ActorKind.IGO: "Organization",
    model.ActorKind.ARMED_FORCE: "Organization",
    model.ActorKind.GROUP: "Organization",
    model.ActorKind.MEDIA: "NewsMediaOrganization",
}
STATUS = {
    model.Status.PLANNED: "EventScheduled",
    model.Status.ONGOING: "EventScheduled",
    model.Status.POSTPONED: "EventPostponed",
    model.Status.CANCELLED: "EventCancelled",
}


def render(outline: Outline) -> Iterator[Asset]:
    """Yield everything as one graph."""
    chronology, site = outline.chronology, outline.site
    # Joined once: the graph of a large chronology should not be there several times over.
    graph = [b'{"@context":' + line(CONTEXT) + b',"@graph":[' + line(about(chronology, site))]
    graph += outline.in_order("jsonld")
    graph += [line(actor(chronology, site, entry)) for entry in chronology.actors.values()]
    graph += [line(place(site, entry)) for entry in chronology.places.values()]
    graph[-1] += b"]}\n"
    yield Asset(path=PATH, content=b",\n".join(graph), media_type="application/ld+json")


def piece(chronology: Chronology, site: Site, entry: model.Event) -> tuple[bytes]:
    """Give an event as a node of the graph."""
    return (line(event(chronology, site, entry)),)


def embedded(value: Json) -> str:
    """Give a value as it may stand in a script element of HTML: nothing in it can end that element."""
    said = json.dumps({"@context": CONTEXT, **value}, ensure_ascii=False, separators=(",", ":"))
    return said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def about(chronology: Chronology, site: Site) -> Json:
    """Describe the chronology as a data set."""
    settings = chronology.settings
    return {
        "@id": site.address("#chronology"),
        "@type": "Dataset",
        "name": str(settings.title),
        "description": str(settings.description),
        "inLanguage": str(settings.language),
        "license": str(settings.licence_url or settings.licence),
        "isAccessibleForFree": True,
        **({"url": site.base} if site.base else {}),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": form, "contentUrl": site.address(path)}
            for form, path in (
                ("application/json", "data/v1/events.json"),
                ("text/csv", "data/tables/events.csv"),
                ("application/vnd.sqlite3", "data/chronology.sqlite"),
            )
        ],
    }


def event(chronology: Chronology, site: Site, entry: model.Event) -> Json:
    """Describe an event, with what it rests on."""
    own = chronology
    kind = own.vocabulary.event_types[entry.type]
    record = own.record(entry)
    value: Json = {
        "@id": site.address(f"events/{entry.id}/#event"),
        "@type": "Event",
        "name": str(entry.title),
        "description": str(entry.summary),
        "identifier": entry.id,
        "url": site.address(f"events/{entry.id}/"),
        "inLanguage": str(own.settings.language),
        **_days(entry.date.value),
        "keywords": [str(kind.label), *(str(own.topics[name].title) for name in entry.topics)],
    }
    if entry.status in STATUS:
        value["eventStatus"] = f"https://schema.org/{STATUS[entry.status]}"
    if entry.places:
        value["location"] = [place(site, own.places[name]) for name in entry.places]
    if entry.participants:
        # Two parts of one actor are one attendee.
        names = dict.fromkeys(str(part.actor) for part in entry.participants)
        value["attendee"] = [_named(own, site, name) for name in names]
    properties = [_property("EDTF date", str(entry.date.text), EDTF)]
    if not entry.date.value.is_exact_day:
        properties += [_property(f"{end} possible day", day) for end, day in _bounds(entry.date.value)]
    properties.append(_property("status", entry.status.value))
    if entry.standing:
        properties.append(_property("standing", entry.standing.value))
    value["additionalProperty"] = properties
    page: Json = {
        "@type": "WebPage",
        "@id": site.address(f"events/{entry.id}/"),
        "citation": [source(citation) for citation in own.citations[entry.id]],
        "license": str(own.settings.licence_url or own.settings.licence),
        "isPartOf": {"@id": site.address("#chronology")},
    }
    if record:
        page |= {"dateCreated": record.added.isoformat(), "dateModified": record.changed.isoformat()}
    value["subjectOf"] = [page, *(_quotation(own, site, item) for item in entry.statements)]
    return value


def actor(chronology: Chronology, site: Site, entry: model.Actor) -> Json:
    """Describe a person, a state or an organisation."""
    value = _named(chronology, site, entry.id)
    value["url"] = site.address(f"actors/{entry.id}/")
    if entry.description:
        value["description"] = str(entry.description)
    if entry.names:
        value["alternateName"] = [_text(name) for name in entry.names]
    if entry.wikidata:
        value["sameAs"] = f"{WIKIDATA}{entry.wikidata}"
    if entry.kind is model.ActorKind.PERSON and entry.offices:
        value["hasOccupation"] = [_office(office) for office in entry.offices]
    return value


def place(site: Site, entry: model.Place) -> Json:
    """Describe a place."""
    value: Json = {
        "@id": site.address(f"places/{entry.id}/#place"),
        "@type": "Place",
        "name": str(entry.name),
        "url": site.address(f"places/{entry.id}/"),
        "geo": {"@type": "GeoCoordinates", "latitude": entry.lat, "longitude": entry.lon},
    }
    if entry.country:
        value["address"] = {"@type": "PostalAddress", "addressCountry": str(entry.country)}
    if entry.names:
        value["alternateName"] = [_text(name) for name in entry.names]
    return value


def source(citation: Citation) -> Json:
    """Describe a source as a work that is cited."""
    own = citation.source
    value: Json = {"@type": "CreativeWork", "name": str(own.title or own.publisher or "")}
    if own.url:
        value["url"] = str(own.url)
    if own.publisher:
        value["publisher"] = {"@type": "Organization", "name": str(own.publisher)}
    if own.author:
        value["author"] = str(own.author)
    if own.published and own.published.value.is_exact_day:
        value["datePublished"] = iso_bounds(own.published.value)[0]
    if own.language:
        value["inLanguage"] = str(own.language)
    if own.archived:
        value["archivedAt"] = str(own.archived)
    return value


def _named(chronology: Chronology, site: Site, name: str) -> Json:
    entry = chronology.actors[name]
    return {"@id": site.address(f"actors/{name}/#actor"), "@type": KINDS[entry.kind], "name": str(entry.name)}


def _days(date: Date) -> Json:
    """Give the first and the last day, each only where it is certain."""
    value: Json = {"temporalCoverage": date.text}
    if date.is_exact_day:
        day = iso_bounds(date)[0]
        return {"startDate": day, "endDate": day, **value}
    for name, end in (("startDate", date.start), ("endDate", date.end)):
        if end is not None and end.is_exact_day:
            value[name] = iso_bounds(end)[0]
    return value


def _bounds(date: Date) -> Iterator[tuple[str, str]]:
    for end, day in zip(("earliest", "latest"), iso_bounds(date), strict=True):
        if day is not None:
            yield end, day


def _property(name: str, value: str, kind: str = "") -> Json:
    return {"@type": "PropertyValue", "name": name, "value": value, **({"propertyID": kind} if kind else {})}


def _quotation(chronology: Chronology, site: Site, item: model.Statement) -> Json:
    return {
        "@type": "Quotation",
        "text": str(item.text),
        "creator": _named(chronology, site, str(item.speaker)),
        **({"inLanguage": str(item.language)} if item.language else {}),
    }


def _text(name: model.Name) -> str | Json:
    return {"@value": str(name.name), "@language": str(name.language)} if name.language else str(name.name)


def _office(office: model.Office) -> Json:
    value: Json = {"@type": "Role", "roleName": str(office.title)}
    for name, dated in (("startDate", office.since), ("endDate", office.until)):
        if dated is not None:
            value[name] = str(dated.text)
    return value


EXPORT = Export(name="jsonld", title="JSON-LD", text=TEXT, render=render, use=USE, fields=("jsonld",), piece=piece)
