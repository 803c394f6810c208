"""What a page says of itself to programs: linked data, metadata for reference managers, and links to its data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from generator.chronology import Chronology
from generator.dates import describe
from generator.exports import Site, calendars, linked
from generator.exports.plain import Json
from generator.model import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What stands in a page's head. `links` are (type, title, path below the site's root), `metas` (name, content)."""

    linked: str
    metas: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str, str], ...]


def describe_page(chronology: Chronology, path: str, title: str, site: Site) -> Described:
    """Describe the page at a path below the docs folder; one about nothing of the chronology is a part of it."""
    kind, _, name = path.removesuffix(".md").partition("/")
    value: Json
    if path == "index.md":
        value = linked.about(chronology, site)
        return Described(linked=linked.embedded(value), metas=(), links=tuple(_whole(chronology, site)))
    if kind == "events" and name in chronology.corpus.events:
        event = chronology.corpus.events[name]
        value = linked.event(chronology, site, event)
        links = [("application/json", "JSON", f"data/v1/events/{name}.json")]
        if not chronology.large:
            links.append(("application/x-bibtex", "BibTeX", f"data/citations/{name}.bib"))
            links.append(("application/x-research-info-systems", "RIS", f"data/citations/{name}.ris"))
        return Described(
            linked=linked.embedded(value), metas=tuple(_metas(chronology, site, event)), links=tuple(links)
        )
    if kind == "actors" and name in chronology.actors:
        value = linked.actor(chronology, site, chronology.actors[name])
        some = chronology.events_of(chronology.actors[name])
        return Described(linked=linked.embedded(value), metas=(), links=tuple(_own(chronology, kind, name, some)))
    if kind == "places" and name in chronology.places:
        value = linked.place(site, chronology.places[name])
        json = ("application/json", "JSON", f"data/v1/places/{name}.json")
        return Described(linked=linked.embedded(value), metas=(), links=(json,))
    if kind == "topics" and name in chronology.topics:
        topic = chronology.topics[name]
        value = {
            "@id": site.address(f"topics/{name}/"),
            "@type": "CollectionPage",
            "name": str(topic.title),
            "description": str(topic.introduction),
            "isPartOf": {"@id": site.address("#chronology")},
        }
        some = chronology.by_topic[name]
        return Described(linked=linked.embedded(value), metas=(), links=tuple(_own(chronology, kind, name, some)))
    value = {"@type": "WebPage", "name": title, "isPartOf": {"@id": site.address("#chronology")}}
    month = re.fullmatch(r"chronology/(\w+)/(\d\d)\.md", path)
    own = month is not None and not chronology.large
    more = (("application/json", "JSON", f"data/v1/months/{month[1]}-{month[2]}.json"),) if month and own else ()
    return Described(linked=linked.embedded(value), metas=(), links=more)


def head(chronology: Chronology, path: str, title: str, site: Site, root: str) -> str:
    """Give the description of a page as HTML for its head; `root` is the way from the page to the site’s root."""
    described = describe_page(chronology, path, title, site)
    lines = [f'<meta name="{escape(name)}" content="{escape(content)}">' for name, content in described.metas]
    lines += [
        f'<link rel="alternate" type="{form}" title="{escape(name)}" href="{root}{way}">'
        for form, name, way in described.links
    ]
    return "\n".join((*lines, f'<script type="application/ld+json">{described.linked}</script>'))


def _whole(chronology: Chronology, site: Site) -> Iterator[tuple[str, str, str]]:
    if any(chronology.record(event) for event in chronology.events):
        yield "application/atom+xml", "Newest", "data/feeds/newest.atom"
        yield "application/feed+json", "Newest", "data/feeds/newest.json"
    yield "text/calendar", "Calendar", "data/calendars/all.ics"
    yield "application/json", "JSON", "data/v1/index.json"
    if not chronology.large:
        yield "application/ld+json", "JSON-LD", linked.PATH


def _own(chronology: Chronology, kind: str, name: str, some: Sequence[Event]) -> Iterator[tuple[str, str, str]]:
    yield "application/json", "JSON", f"data/v1/{kind}/{name}.json"
    if calendars.any_days(some) and not (kind == "actors" and chronology.large):
        yield "text/calendar", "Calendar", f"data/calendars/{kind}/{name}.ics"
    if any(chronology.record(event) for event in some):
        yield "application/atom+xml", "Newest", f"data/feeds/{kind}/{name}.atom"
        yield "application/feed+json", "Newest", f"data/feeds/{kind}/{name}.json"


def _metas(chronology: Chronology, site: Site, event: Event) -> Iterator[tuple[str, str]]:
    """Yield Dublin Core and the names that Zotero and Google Scholar read."""
    settings, record = chronology.settings, chronology.record(event)
    yield "DC.title", str(event.title)
    yield "DC.type", "Text"
    yield "DC.identifier", event.id
    yield "DC.language", str(settings.language)
    yield "DC.rights", str(settings.licence)
    yield "DC.coverage", describe(event.date.value, str(settings.language).replace("-", "_"))
    yield "citation_title", str(event.title)
    yield "citation_inbook_title", str(settings.title)
    for editor in settings.editors:
        yield "citation_editor", str(editor)
    yield "citation_language", str(settings.language)
    if record:
        yield "citation_online_date", f"{record.changed:%Y/%m/%d}"
        yield "citation_publication_date", f"{record.changed:%Y/%m/%d}"
        yield "DC.date", f"{record.changed:%Y-%m-%d}"
    if site.base:
        yield "citation_public_url", site.address(f"events/{event.id}/")
