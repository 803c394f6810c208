"""Feeds of what was recorded and what was corrected: Atom (RFC 4287) and JSON Feed 1.1, whole and by actor and topic.

`published` and `updated` are those of the record, never of the event; ids are tag URIs (RFC 4151), which outlive the
address of the site. Without a history of the files there is nothing that a feed could say.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from generator.chronology import Chronology
from generator.dates import describe
from generator.exports.asset import Asset, Export
from generator.exports.outline import Outline
from generator.exports.plain import Json, dumped
from generator.exports.site import Site
from generator.history import Record
from generator.model import Event

ROOT = "data/feeds"
MOST = 50
"""How many entries a feed holds."""

ATOM = "http://www.w3.org/2005/Atom"
TAG_YEAR = "2026"
"""The year since which the tag URIs of chronologies are made like this."""

TEXT = """What has been recorded last, and what has been corrected last, for a reader of feeds: for the whole
chronology, and for each actor and topic. The dates of an entry are those of the record; when the event happened
stands in its title."""

USE = """curl -s {base}data/feeds/newest.atom"""


class Said(NamedTuple):
    """What an entry says of an event."""

    title: str
    summary: str
    type: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed: `name` is its path below ROOT without an ending; `entries` are ids with their records."""

    name: str
    title: str
    home: str
    entries: tuple[tuple[str, Record], ...]


def render(outline: Outline) -> Iterator[Asset]:
    """Yield each feed in both formats."""
    if not outline.records:
        return
    said = outline.pieces.of("feeds")
    for feed in feeds(outline):
        for ending, media_type, made in (
            ("atom", "application/atom+xml", _atom),
            ("json", "application/feed+json", _json),
        ):
            content = made(outline.chronology, outline.site, feed, said)
            yield Asset(path=f"{ROOT}/{feed.name}.{ending}", content=content, media_type=media_type)


def piece(chronology: Chronology, site: Site, event: Event) -> tuple[Said]:
    """Give what an entry says of an event."""
    locale = str(chronology.settings.language).replace("-", "_")
    title = f"{describe(event.date.value, locale)}: {event.title}"
    return (Said(title, str(event.summary), str(event.type), tuple(map(str, event.topics))),)


def feeds(outline: Outline) -> Iterator[Feed]:
    """Yield the feeds that have entries."""
    chronology = outline.chronology
    title = str(chronology.settings.title)
    yield from _both(outline, "", title, "", outline.events)
    for actor in chronology.actors.values():
        own, home = outline.own["actors"][actor.id], f"actors/{actor.id}"
        yield from _both(outline, home, f"{title}: {actor.name}", f"{home}/", own)
    for topic in chronology.topics.values():
        own, home = outline.own["topics"][topic.id], f"topics/{topic.id}"
        yield from _both(outline, home, f"{title}: {topic.title}", f"{home}/", own)


def _both(outline: Outline, name: str, title: str, home: str, events: Sequence[str]) -> Iterator[Feed]:
    """Yield the feed of what is new and that of what was corrected, where they have entries."""
    newest = _newest(outline, events, lambda record: record.added)
    if newest:
        yield Feed(name=name or "newest", title=title, home=home, entries=newest)
    corrected = _newest(outline, events, lambda record: record.changed, corrected=True)
    if corrected:
        words = outline.chronology.words.say("{title}: corrections", title=title)
        yield Feed(name=f"{name}-corrections" if name else "corrections", title=words, home=home, entries=corrected)


def _newest(
    outline: Outline, events: Sequence[str], moment: Callable[[Record], datetime], *, corrected: bool = False
) -> tuple[tuple[str, Record], ...]:
    known = [(event, record) for event in events if (record := outline.records.get(event)) is not None]
    chosen = [pair for pair in known if pair[1].corrections or not corrected]
    chosen.sort(key=lambda pair: pair[0])
    chosen.sort(key=lambda pair: moment(pair[1]), reverse=True)
    return tuple(chosen[:MOST])


def tag(site: Site, path: str) -> str:
    """Give the id of something that a path names, for good."""
    return f"tag:{site.authority},{TAG_YEAR}:{path}"


def _atom(chronology: Chronology, site: Site, feed: Feed, said: Mapping[str, Said]) -> bytes:
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": str(chronology.settings.language)})
    updated = max(record.changed for _, record in feed.entries)
    _child(root, "id", tag(site, f"{ROOT}/{feed.name}"))
    _child(root, "title", feed.title)
    _child(root, "updated", updated.isoformat())
    _child(root, "link", rel="self", type="application/atom+xml", href=site.address(f"{ROOT}/{feed.name}.atom"))
    _child(root, "link", rel="alternate", type="text/html", href=site.address(feed.home) or "./")
    _child(_child(root, "author"), "name", str(chronology.settings.title))
    _child(root, "rights", str(chronology.settings.licence))
    for event, record in feed.entries:
        entry = _child(root, "entry")
        _child(entry, "id", tag(site, f"events/{event}"))
        _child(entry, "title", said[event].title)
        _child(entry, "published", record.added.isoformat())
        _child(entry, "updated", record.changed.isoformat())
        _child(entry, "link", rel="alternate", type="text/html", href=site.address(f"events/{event}/"))
        _child(entry, "category", term=said[event].type)
        _child(entry, "summary", said[event].summary)
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _child(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    element.text = text and legal(text)
    return element


def legal(text: str) -> str:
    """Give a text without the characters that XML 1.0 cannot hold (2.2)."""
    return _ILLEGAL.sub(" ", text)


_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _json(chronology: Chronology, site: Site, feed: Feed, said: Mapping[str, Said]) -> bytes:
    items: list[Json] = [
        {
            "id": tag(site, f"events/{event}"),
            "url": site.address(f"events/{event}/"),
            "title": said[event].title,
            "content_text": said[event].summary,
            "date_published": record.added.isoformat(),
            "date_modified": record.changed.isoformat(),
            "tags": [said[event].type, *said[event].topics],
        }
        for event, record in feed.entries
    ]
    return dumped(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "language": str(chronology.settings.language),
            "home_page_url": site.address(feed.home) or "./",
            "feed_url": site.address(f"{ROOT}/{feed.name}.json"),
            "items": items,
        }
    )


EXPORT = Export(
    name="feeds", title="Atom, JSON Feed", text=TEXT, render=render, use=USE, fields=("feeds",), piece=piece
)
