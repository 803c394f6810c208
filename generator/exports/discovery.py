"""What tells programs that there is something to find: robots.txt, an OpenSearch description, llms.txt."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from generator.chronology import Chronology
from generator.exports.asset import Asset, Export
from generator.exports.outline import Outline
from generator.exports.site import Site

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"

TEXT = """For search engines, browsers and language models: robots.txt with the address of the sitemap, an OpenSearch
description, by which a browser can offer this site’s search, and llms.txt, which says in short what is where."""


def render(outline: Outline) -> Iterator[Asset]:
    """Yield the three files."""
    chronology, site = outline.chronology, outline.site
    content = _llms(chronology, site, len(outline.events)).encode()
    yield Asset(path="llms.txt", content=content, media_type="text/markdown; charset=utf-8")
    robots = "User-agent: *\nAllow: /\n" + (f"Sitemap: {site.address('sitemap.xml')}\n" if site.base else "")
    yield Asset(path="robots.txt", content=robots.encode(), media_type="text/plain")
    if site.base:
        yield Asset(
            path="opensearch.xml",
            content=_opensearch(chronology, site),
            media_type="application/opensearchdescription+xml",
        )


def _opensearch(chronology: Chronology, site: Site) -> bytes:
    ET.register_namespace("", OPENSEARCH)
    root = ET.Element(f"{{{OPENSEARCH}}}OpenSearchDescription")
    for name, text, attributes in (
        ("ShortName", str(chronology.settings.title)[:16], {}),
        ("LongName", str(chronology.settings.title)[:48], {}),
        ("Description", str(chronology.settings.description)[:1024], {}),
        ("Language", str(chronology.settings.language), {}),
        ("InputEncoding", "UTF-8", {}),
        ("Url", None, {"type": "text/html", "template": f"{site.address('search/')}?q={{searchTerms}}"}),
    ):
        ET.SubElement(root, f"{{{OPENSEARCH}}}{name}", attributes).text = text
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _llms(chronology: Chronology, site: Site, events: int) -> str:
    """Give llms.txt (llmstxt.org): a title, a summary, and sections of links."""
    settings = chronology.settings
    packed = ".gz" if chronology.large else ""
    links = {
        "Pages": {
            "Timeline": "timeline/",
            "Chronology by year and month": "chronology/",
            "Actors": "actors/",
            "Places": "places/",
            "Topics": "topics/",
            "Sources": "sources/",
        },
        "Data": {
            "All formats": "data/",
            "All events as JSON": f"data/v1/events.json{packed}",
            "All events as CSV": f"data/tables/events.csv{packed}",
            "OpenAPI description": "data/v1/openapi.json",
        },
    }
    lines = [f"# {_line(settings.title)}", "", f"> {_line(settings.description)}", ""]
    lines += [f"Licence: {_line(settings.licence)}. Events: {events}.", ""]
    for title, section in links.items():
        lines += [
            f"## {title}",
            "",
            *(f"- [{name}]({site.address(path) or path})" for name, path in section.items()),
            "",
        ]
    return "\n".join(lines)


def _line(text: str) -> str:
    return " ".join(str(text).split())


EXPORT = Export(name="discovery", title="robots.txt, OpenSearch, llms.txt", text=TEXT, render=render)
