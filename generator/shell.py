"""What stands around the pages whichever engine renders them: the shell's words, what is found and what is listed."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from pathlib import Path

import nh3
from babel import Locale

from generator import changes
from generator.asof import AsOf
from generator.chronology import Chronology
from generator.pages import Plan
from generator.rendering import address
from generator.search import Entry
from generator.translations import mark

SHELL = {
    "missing": mark("No page has this address"),
    "missing_help": mark(
        "A record keeps its address for good, so a letter of this one may be missing. "
        "Search for the event, or start anew:"
    ),
    "made_with": mark("Made with:"),
}
"""What the overrides of the theme say; another engine, which does not know them, says the English in the overrides."""

ASKS_SCRIPT = (
    "content.code",
    "content.tabs",
    "content.tooltips",
    "navigation.instant",
    "navigation.tracking",
    "header.autohide",
)
"""The features of mkdocs.yml that the theme’s own script brings, by how their names begin."""

GUIDES = ("contribute/index.md", "contribute/fields.md", "contribute/rules/")
"""Generated pages that are found as they stand; others are found by what they are made of."""

UNLISTED = ("timeline/embed.md", "search/index.md")
"""What no search engine should list: a frame for other sites, and a page without words."""


def words(chronology: Chronology) -> dict[str, str]:
    """Give what the overrides say, in the chronology’s language."""
    return {name: chronology.words.say(text) for name, text in SHELL.items()}


def notice(chronology: Chronology, as_of: AsOf | None) -> dict[str, str] | None:
    """Give what every page says that is not of today: the words, and those of the link to the present site."""
    if as_of is None:
        return None
    day = changes.day_words(chronology.words, as_of.date)
    return {
        "words": chronology.words.say("This is the chronology as it stood on {day}.", day=day),
        "link": chronology.words.say("As it stands now"),
    }


def language(locale: Locale, templates: Path) -> str:
    """Give the language in which a theme says what is its own; English where it does not know a language."""
    known = {file.stem for file in (templates / "partials/languages").glob("*.html")}
    names = (str(locale).replace("_", "-"), f"{locale.language}-{locale.script}", locale.language)
    return next((name for name in names if name in known), "en")


def asks_script(features: Iterable[str]) -> bool:
    """Tell whether features of mkdocs.yml ask for the theme’s own script."""
    return any(feature.startswith(ASKS_SCRIPT) for feature in features)


def found(place: str, title: str, content: str) -> Entry:
    """Give a page that is found as it stands to the search; `content` is its HTML."""
    text = " ".join(html.unescape(nh3.clean(content, tags=set())).replace("¶", " ").split())
    return Entry(path=place, title=title, texts=(text,), facets={"what": ("Pages",)}, label="Page")


def listed(chronology: Chronology, plans: Mapping[str, Plan], own: set[str]) -> tuple[list[str], dict[str, str]]:
    """Give the addresses for search engines, and the days of the last change where the record of an event tells it.

    `own` are the addresses of the pages written by hand.
    """
    addresses = own | {address(path) for path in plans if path not in UNLISTED}
    moved = {address(plan.path) for plan in plans.values() if plan.moved}
    records = ((event.id, chronology.record(event)) for event in chronology.events)
    days = {f"events/{name}/": f"{record.changed:%Y-%m-%d}" for name, record in records if record}
    return sorted(addresses - moved), days
