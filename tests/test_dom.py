"""Whatever is written into event files, the finished pages have the elements, attributes and requests they had.

Two projects of the same shape are built, one of plain words, one of hostile strings in every field of every kind of
file: the Big List of Naughty Strings (Max Woolf, MIT licence) and strings of our own. Strings that the check refuses
are refused in words, and stand as plain words. A browser reads every page of both.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import CONFIG
from conftest import ENGINE, ROOT, served, watched
from PIL import Image
from playwright.sync_api import Browser, Page

from generator import engine, plugin
from generator.check import check
from generator.diagnostics import Severity

OWN = (
    *("{{ config }}", "{% raw %}", "${{ secrets.TOKEN }}", "{: onclick=alert(1) }", "{: #id .class }", "--8<-- 'x.md'"),
    *(
        "]]>",
        "<!-- x -->",
        "-->",
        "</script>",
        "</title>",
        "</textarea>",
        "&lt;b&gt;",
        "&#60;b&#62;",
        "&copy",
        "&amp;amp;",
    ),
    *(
        "javascript:alert(1)",
        "[x](javascript:alert(1))",
        "[x](<http://evil.example>)",
        "http://evil.example",
        "www.evil.example",
    ),
    *(
        "![x](http://evil.example/x.png)",
        "<http://evil.example>",
        "a@evil.example",
        "<a@evil.example>",
        "[x]: http://evil.example",
    ),
    *(
        "| a | b |",
        "# A heading",
        "Setext\n======",
        "- item",
        "1. item",
        "> quote",
        "    code",
        "```\ncode\n```",
        "~~~",
    ),
    *(
        "!!! note",
        "??? note",
        '=== "Tab"',
        "[^1]",
        "[^1]: note",
        "*[HTML]: x",
        "==mark==",
        "^^ins^^",
        "H~2~O",
        ":smile:",
    ),
    *(
        "$x^2$",
        r"\(x\)",
        "a\\",
        "`",
        "``",
        "**",
        "__",
        "_a_",
        "*a*",
        "**a**",
        "(c)",
        "-- ---",
        "...",
        "=cmd|' /C calc'!A0",
    ),
    *(
        "@SUM(1)",
        "+1",
        "-1",
        "\u202ereversed",
        "\u2028",
        "\u200b",
        "a\u0301",
        "٣",
        "漢字",
        "🏳️‍🌈",
        "'",
        '"',
        "’",
        " onerror=alert(1) x=",
    ),
    *(
        '" autofocus onfocus="alert(1)',
        "' style='x",
        "x" * 90,
        "<svg/onload=alert(1)>",
        "<x",
        "x>",
        "a<b>c",
        "<b>",
        "&",
    ),
)
NAUGHTY = tuple(json.loads((ROOT / "tests/cases/naughty/blns.json").read_text(encoding="utf-8")))
EVENTS = 40

PROSE = {"A", "BR", "CODE", "EM", "P", "STRONG", "UL", "LI"}
"""What a text of several paragraphs may hold by right, where its field is one of prose."""

READ = """texts => texts.map(text => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const elements = [], schemes = new Set(), data = [];
  for (const one of page.querySelectorAll("*")) {
    elements.push([one.tagName.toUpperCase(), ...[...one.attributes].map(own => own.name).sort()].join(" "));
    for (const name of ["href", "src", "action", "formaction", "xlink:href", "data"]) {
      const found = /^\\s*([a-z][a-z0-9+.-]*):/i.exec(one.getAttribute(name) ?? "");
      if (found) schemes.add(`${one.tagName} ${found[1].toLowerCase()}`);
    }
    if (one.tagName === "SCRIPT") data.push([one.type, one.src ? "" : one.textContent]);
  }
  return {elements, schemes: [...schemes], data, kind: page.querySelector(".page")?.dataset.kind ?? ""};
})"""
LIVE = """() => [...new Set([...document.querySelectorAll("*")].map(one =>
  [one.tagName.toUpperCase(), ...[...one.attributes].map(own => own.name).sort()].join(" ")))]"""


def project(folder: Path, word: Callable[[], str]) -> Path:
    """Write a project in which every text is a word."""
    numbers = count(1)

    def save(path: str, value: dict[str, Any]) -> None:
        target = folder / "events" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # In quotation marks, each text stands on a line of its own.
        target.write_text(yaml.safe_dump(value, default_style='"', width=10**9, sort_keys=False), encoding="utf-8")

    def source(name: str) -> dict[str, Any]:
        fields = ("title", "publisher", "original_publisher", "author", "note")
        return {
            "id": name,
            **{field: word() for field in fields},
            "url": f"https://example.org/{next(numbers)}",
            "published": "2020",
        }

    texts = {"title": "A", "description": word(), "introduction": word(), "licence": word()}
    terms = {
        "groups": {"talk": {"label": word(), "definition": word(), "colour": "blue"}},
        "event_types": {"talk": {"label": word(), "definition": word(), "group": "talk"}},
        "roles": {"guest": {"label": word(), "definition": word(), "side": "both"}},
        "relation_types": {"near": {"label": word(), "inverse": word(), "definition": word()}},
    }
    save("chronology.yml", {**texts, "language": "en", **terms})
    for name in ("one", "two", "six"):
        office = {"title": word(), "from": "2019", "note": word(), "source": source("office")}
        names = [{"name": word()}]
        save(
            f"actors/{name}.yml",
            {"name": word(), "kind": "person", "description": word(), "names": names, "offices": [office]},
        )
        save(f"places/{name}.yml", {"name": word(), "lat": "1.5", "lon": "2.5", "names": names, "note": word()})
        save(f"topics/{name}.yml", {"title": word(), "introduction": word()})
        save(f"sources/{name}.yml", {key: text for key, text in source(name).items() if key != "id"})
    (folder / "events/media").mkdir()
    Image.new("RGB", (40, 30), "red").save(folder / "events/media/red.png")
    for number in range(EVENTS):
        one, two = (("one", "two", "six")[(number + step) % 3] for step in (0, 1))
        event = {"title": word(), "date": f"2020-05~/2020-{6 + number % 6:02}", "date_note": word(), "type": "talk"}
        event["participants"] = [{"actor": one, "role": "guest", "note": word()}, {"actor": two}]
        event |= {"places": [one], "topics": [one, two], "summary": word()}
        event["statements"] = [{"speaker": one, "text": word(), "source": "own"}]
        event["accounts"] = [{"field": "terms", "value": word(), "source": "own", "note": word()}]
        if number:
            event["relations"] = [{"type": "near", "event": f"2020-{number - 1:03}", "note": word()}]
        names = ("alt", "credit", "licence", "caption")
        event["media"] = [{"file": "red.png", **{name: word() for name in names}}] if number < 12 else []
        event["sources"] = [source("own"), one]
        save(f"2020/2020-{number:03}.yml", {key: value for key, value in event.items() if value})
    (folder / "mkdocs.yml").write_text(CONFIG.replace("search: false", "search: true"), encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs/about.md").write_text("# About\n", encoding="utf-8")
    return folder


def mended(folder: Path) -> tuple[int, int]:
    """Put plain words in place of what the check refuses; give how many texts there are, and how many were refused."""
    refused: set[tuple[str, int]] = set()
    for _ in range(6):
        errors = [one for one in check(folder / "events", "events").findings if one.severity is Severity.ERROR]
        for finding in errors:
            assert finding.message
            assert finding.remedy
            file = folder / finding.position.path
            lines = file.read_text(encoding="utf-8").splitlines()
            line = lines[finding.position.line - 1]
            plain = re.sub(r'^(\s*(?:- )?"\w+": )".*"$', rf'\1"Plain words {len(refused)}"', line)
            assert plain != line, finding
            lines[finding.position.line - 1] = plain
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
            refused.add((finding.position.path, finding.position.line))
        if not errors:
            texts = sum(path.read_text(encoding="utf-8").count('": "') for path in folder.rglob("*.yml"))
            return texts, len(refused)
    raise AssertionError(errors)


def words(strings: Iterator[str]) -> Callable[[], str]:
    return lambda: next(strings)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Both sites: of plain words, and of hostile strings."""
    found = {}
    strings = [text for text in (*OWN, *NAUGHTY) if text.strip()]
    kinds = {"plain": (f"Plain words number {number}" for number in range(10**6)), "hostile": cycle(strings)}
    for name, texts in kinds.items():
        folder = project(tmp_path_factory.mktemp(name), words(iter(texts)))
        number, refused = mended(folder)
        assert refused == 0 if name == "plain" else 50 < refused < number / 3
        build = plugin.build if ENGINE == "mkdocs" else engine.build
        build(str(folder / "mkdocs.yml"), site_dir=str(folder / "site"), strict=True)
        found[name] = folder / "site"
    return found


@pytest.fixture(scope="module")
def pages(sites: dict[str, Path], browser: Browser) -> dict[str, dict[str, dict[str, Any]]]:
    """What a browser finds on every page of both sites."""
    page = browser.new_page()
    found = {}
    for name, site in sites.items():
        files = sorted(site.rglob("*.html"))
        told = page.evaluate(READ, [file.read_text(encoding="utf-8") for file in files])
        found[name] = {file.relative_to(site).as_posix(): one for file, one in zip(files, told, strict=True)}
    page.close()
    return found


def test_no_page_has_an_element_or_attribute_that_plain_words_do_not_give_it(pages):
    plain, hostile = pages["plain"], pages["hostile"]
    known = {element for one in plain.values() for element in one["elements"]}
    assert {element for one in hostile.values() for element in one["elements"]} - known == set()
    same = [path for path in plain if path.startswith("events/2020-")]
    assert len(same) == EVENTS
    for path in same:
        one, two = (
            Counter(element for element in found[path]["elements"] if element.split(" ")[0] not in PROSE)
            for found in (plain, hostile)
        )
        assert one == two, path


def test_no_address_has_a_scheme_that_was_not_there(pages):
    plain, hostile = ({text for page in pages[site].values() for text in page["schemes"]} for site in pages)
    assert "A https" in plain
    assert hostile <= plain


def test_no_page_has_a_script_of_its_own(pages):
    for path, page in pages["hostile"].items():
        for kind, text in page["data"]:
            if kind in ("application/ld+json", "application/json"):
                json.loads(text)
            else:
                assert text == "" or path == "404.html", path  # that one has Material’s, by its digest


def test_the_data_of_a_page_says_just_what_was_written(sites, pages):
    for path, page in pages["hostile"].items():
        if path.startswith("events/2020-"):
            file = sites["hostile"].parent / f"events/2020/{path.split('/')[1]}.yml"
            title = yaml.safe_load(file.read_text(encoding="utf-8"))["title"]
            (data,) = (json.loads(text) for kind, text in page["data"] if kind == "application/ld+json")
            assert data["name"] == title


def live(open_page: Callable[..., Page]) -> set[str]:
    """Give the elements of pages that scripts make, with the names of their attributes."""
    found: set[str] = set()
    for path, ready in (
        ("timeline/", ".timeline-list li"),
        ("search/?what=Events", ".search-results li"),
        ("places/", "h1"),
        ("events/2020-003/", "h1"),
        ("changes/", "h1"),
        ("sources/", "h1"),
        ("", "h1"),
    ):
        page = open_page(path)
        page.wait_for_selector(ready, state="attached")
        page.wait_for_timeout(300)
        found |= set(page.evaluate(LIVE))
    return found


def test_scripts_make_no_element_of_what_they_are_given_and_ask_for_nothing(sites, browser, tmp_path):
    seen = {}
    for name, site in sites.items():
        (tmp_path / name).mkdir()
        with served(site, tmp_path / name) as address, watched(browser, address) as open_page:
            seen[name] = live(open_page)
    assert seen["hostile"] - seen["plain"] == set()
