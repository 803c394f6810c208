"""Whatever is written into event files, the finished pages have the elements, attributes and requests they had.

Two projects of the same shape are built, one of plain words, one of hostile strings: each string that the gate of a
field takes stands in that field of some record, for every field of text of every kind of file (`hostile.py`). Strings
that a gate refuses are refused in words. A browser reads every page of both, and each must have as many of every
element, with the same attributes and the same schemes, as its twin.

A chronology has one title, so pages that show settings are there once more for each string, below `settings/`: made by
the same engine, of a chronology of one event that differs in its settings alone.
"""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from building import CONFIG
from conftest import ENGINE, SETTINGS, run, serving, watched
from hostile import FIELDS, MOST, STRINGS, harmless, held, hostile, ids, own_address, taken, written
from PIL import Image
from playwright.sync_api import Browser

from generator import engine, pages, plugin, previews, workers
from generator.check import check, errors_of
from generator.chronology import Chronology
from generator.corpus import read_corpus
from generator.leaves import Binder
from generator.links import record as links
from generator.model import Corpus, Text
from generator.pages import Plan
from generator.schema.shapes import Identifier
from generator.source import parse
from generator.writer import Writer

Say = Callable[[str, int], str]
"""Gives the text of a field, by its path, for the record of that number."""

LEAST = {"Line": 320, "LineOrSet": 320, "Prose": 340, "Url": 30}
"""How many strings every field of a shape must hold at least, so that none is ever spared in silence."""

SINGLE = ("title", "description", "introduction", "licence", "licence_url")
"""The settings that a chronology has once."""

READ = """async bundle => {
  const addressed = new Set(["href", "src", "srcset", "action", "formaction", "xlink:href", "data", "poster", "ping"]);
  const told = own => {
    if (!addressed.has(own.name) && !(own.name === "content" && own.ownerElement.httpEquiv === "refresh"))
      return own.name;
    const found = /^(?:[^]*;\\s*url=)?\\s*([a-z][a-z0-9+.-]*):/i.exec(own.value);
    return found ? `${own.name}=${found[1].toLowerCase()}` : own.name;
  };
  const kinds = new Map(), pages = {};
  for (const [path, text] of Object.entries(await (await fetch(bundle)).json())) {
    const page = new DOMParser().parseFromString(text, "text/html"), counts = new Map(), scripts = [];
    for (const one of page.querySelectorAll("*")) {
      const own = [one.tagName.toUpperCase(), ...Array.from(one.attributes, told).sort()].join(" ");
      counts.set(own, (counts.get(own) ?? 0) + 1);
      if (one.tagName === "SCRIPT" && !one.src) scripts.push([one.type, one.textContent]);
    }
    const elements = JSON.stringify([...counts].sort());
    if (!kinds.has(elements)) kinds.set(elements, kinds.size);
    const kind = page.querySelector(".page")?.dataset.kind ?? (page.querySelector(".embed") ? "embed" : "");
    pages[path] = {elements: kinds.get(elements), scripts, kind};
  }
  return {pages, elements: [...kinds.keys()]};
}"""
"""Gives of each page its kind, its scripts, and how often each element is there with its attributes and schemes."""

LIVE = """() => [...document.querySelectorAll("*")].map(one =>
  [one.tagName.toUpperCase(), ...[...one.attributes].map(own => own.name).sort()].join(" "))"""


HOSTS = {"event.sources[].url": "own", "source.url": "shared", "actor.offices[].source.url": "office"}
"""The hosts that addresses are moved to, so that no two records describe one page."""


def name(number: int) -> str:
    return f"n{number % MOST:03}"


def source(say: Say, path: str, number: int) -> dict[str, Any]:
    host = HOSTS[f"{path}.url"]
    fields = ("title", "publisher", "original_publisher", "author", "note", "archived")
    url = f"https://{host}.example.org/{number}"
    if number < len(taken(FIELDS[f"{path}.url"])):
        url = own_address(say(f"{path}.url", number), host)
    return {**{field: say(f"{path}.{field}", number) for field in fields}, "url": url, "published": "2020"}


def records(say: Say) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every file with what it says."""

    def words(path: str, number: int, *fields: str) -> dict[str, Any]:
        return {field: say(f"{path}.{field}", number) for field in fields}

    def table(path: str, *fields: str, **more: Any) -> dict[str, Any]:
        return {name(number): words(path, number, *fields) | more for number in range(MOST)}

    groups = table("chronology.groups{}", "label", "definition", colour="blue")
    kinds = table("chronology.event_types{}", "label", "definition")
    roles = table("chronology.roles{}", "label", "definition", side="both")
    relations = table("chronology.relation_types{}", "label", "inverse", "definition")
    yield (
        "chronology.yml",
        {
            **{field: say(f"chronology.{field}", 0) for field in SINGLE},
            "language": "en",
            "editors": [say("chronology.editors[]", number) for number in range(MOST)],
            "groups": groups,
            "event_types": {own: {**kind, "group": own} for own, kind in kinds.items()},
            "roles": roles,
            "relation_types": relations,
        },
    )
    # The ids that are among the strings are retired ones, and the page of each leads to a hostile title.
    retired = dict.fromkeys((*ids(), *(f"old-{number}" for number in range(0, MOST, 5))))
    led = {kind: {old: name(number) for number, old in enumerate(retired)} for kind in ("actors", "places", "topics")}
    events = {old: f"2020-{number:03}" for number, old in enumerate(retired)}
    yield "redirects.yml", {**events, **led}
    for number in range(MOST):
        own = name(number)
        office = words("actor.offices[]", number, "title", "note")
        office |= {"from": "2019", "source": source(say, "actor.offices[].source", number)}
        actor = words("actor", number, "name", "description")
        names = {kind: [{"name": say(f"{kind}.names[].name", number)}] for kind in ("actor", "place")}
        kind = "person" if number % 5 else "state"
        yield f"actors/{own}.yml", {**actor, "kind": kind, "names": names["actor"], "offices": [office]}
        place = words("place", number, "name", "note") | {"lat": "1.5", "lon": f"{number % 90}.5"}
        yield f"places/{own}.yml", {**place, "names": names["place"]}
        yield f"topics/{own}.yml", words("topic", number, "title", "introduction")
        yield f"sources/{own}.yml", source(say, "source", number)
        yield f"2020/2020-{number:03}.yml", event(say, number, words)


def event(say: Say, number: int, words: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    own, other, all_ = name(number), name(number + 1), name(0)
    said = words("event", number, "title", "date_note", "summary")
    said |= {"date": f"2020-05~/2020-{6 + number % 6:02}", "type": own}
    said["participants"] = [
        {"actor": own, "role": own, **words("event.participants[]", number, "note")},
        *({"actor": actor} for actor in dict.fromkeys((other, all_)) if actor != own),
    ]
    said |= {part: list(dict.fromkeys((own, all_))) for part in ("places", "topics")}
    said["statements"] = [{"speaker": own, "source": "own", **words("event.statements[]", number, "text")}]
    account = words("event.accounts[]", number, "value", "note")
    said["accounts"] = [{"field": "terms", "source": "own", **account}]
    if number:
        note = words("event.relations[]", number, "note")
        said["relations"] = [{"type": own, "event": f"2020-{number - 1:03}", **note}]
    picture = words("event.media[]", number, "alt", "credit", "licence", "caption", "url")
    said["media"] = [{"file": "red.png", **picture}]
    often = {"title": say("event.sources[].title", number + 7), "publisher": say("event.sources[].publisher", 0)}
    said["sources"] = [{"id": "own", **source(say, "event.sources[]", number)}, own, often]
    return said


def project(folder: Path, say: Say) -> Corpus:
    """Write a project in which every text is what `say` gives; give what the check reads in it."""
    for number, (path, value) in enumerate(records(say)):
        reason = REASONS[number % len(REASONS)] if say is hostile else "Plain words"
        target = folder / "events" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(excuse(reason) + written(value), encoding="utf-8")
    (folder / "events/media").mkdir()
    Image.new("RGB", (40, 30), "red").save(folder / "events/media/red.png")
    (folder / "events/links.csv").write_text(answers(say), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG.replace("search: false", "search: true"), encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs/about.md").write_text("# About\n", encoding="utf-8")
    remembered(folder, say)
    checked = check(folder / "events", "events")
    assert [finding.message for finding in errors_of(checked)] == []
    assert checked.corpus is not None
    return checked.corpus


def excuse(reason: str) -> str:
    """Give a comment that waives something for a reason."""
    return f"# allow: R404 {reason}\n"


REASONS = [
    text
    for text in STRINGS
    if [one.reason for one in parse(f"{excuse(text)}field: text\n".encode(), "file.yml").waivers] == [text]
]
"""The strings that can be the reason of a waiver."""


def answers(say: Say) -> str:
    """Say of every page of an event that it is gone, that it has moved, and where a copy is."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(links.HEADER)
    for number in range(MOST):
        url = source(say, "event.sources[]", number)["url"]
        moved, copy = say("source.url", number), say("source.archived", number)
        rows.writerow((url, "dead", "gone", "2020-01-01", "2020-03-01", "5", moved, copy))
    return text.getvalue()


def remembered(folder: Path, say: Say) -> None:
    """Give the project a history in which each of the strings, also of those refused today, was once a title."""
    stream = []
    removals: dict[int, list[str]] = defaultdict(list)
    added = [f"events/2020/2020-{number:03}.yml" for number in range(5)]
    files = {path: (folder / path).read_text(encoding="utf-8") for path in added}
    kinds = (("2019", "title"), ("actors", "name"), ("topics", "title"), ("places", "name"), ("sources", "publisher"))
    for number, text in enumerate(STRINGS):
        where, field = kinds[number % len(kinds)]
        stem = f"2019-gone-{number}" if where == "2019" else f"gone-{number}"
        path = f"events/{where}/{stem}.yml"
        files[path] = written({field: text if say is hostile else f"Plain words {number}"})
        removals[number // 100].append(path)  # a page names twenty records of a kind for a day

    def commit(day: int, lines: list[str]) -> None:
        when = int(datetime.datetime(2020, 1, 1 + day, tzinfo=datetime.UTC).timestamp())
        stream.append(f"commit refs/heads/main\ncommitter A <a@example.org> {when} +0000\ndata 1\nx\n")
        stream.extend(lines)

    def inline(path: str, text: str) -> str:
        return f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n"

    commit(0, [inline(path, text) for path, text in files.items()])
    for day, paths in removals.items():
        commit(1 + day, [f"D {path}\n" for path in paths])
    (folder / "stream").write_text("".join(stream), encoding="utf-8")
    for command in ("git init -q -b main", "git fast-import --quiet < stream"):
        done = run("sh", "-c", command, cwd=folder)
        assert done.returncode == 0, done.stderr


def gated(path: str, say: Say, number: int) -> Text:
    """Give the text of a field as its gate reads it."""
    text = say(path, number)
    return Text(taken(FIELDS[path]).get(text, text), 1, 1)


TELLING = ("index.md", "timeline/embed.md", "events/2020-05-06-a.md", "data/index.md")
"""The pages that tell of settings, in the order in which they are planned."""


def flat(path: str, number: int) -> str:
    """Give the path of such a page among those of other settings."""
    return f"settings/{path.removesuffix('.md').replace('/', '-')}-{number}.md"


class Variants:
    """Pages of chronologies of one event that differ in their settings, for the site of another one."""

    def __init__(self, folder: Path, say: Say) -> None:
        event = "title: A\ndate: 2020-05-06\ntype: visit\nsummary: S.\nsources: [{title: T}]\n"
        for path, text in (("chronology.yml", SETTINGS), ("2020/2020-05-06-a.yml", event)):
            (folder / "events" / path).parent.mkdir(parents=True)
            (folder / "events" / path).write_text(text, encoding="utf-8")
        corpus = check(folder / "events", "events").corpus
        assert corpus is not None
        self.settings = []
        self.own: dict[str, tuple[Chronology, str]] = {}
        for number in range(MOST):
            texts = {field: gated(f"chronology.{field}", say, number) for field in SINGLE}
            settings = replace(corpus.settings, **texts, editors=(gated("chronology.editors[]", say, number),))
            self.settings.append(settings)
            chronology = Chronology(replace(corpus, settings=settings))
            self.own |= {flat(path, number): (chronology, path) for path in TELLING}

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Have them made with the pages of the site that is built next."""
        plan, head = pages.plan, Binder.head

        def plans(*given: Any) -> Iterator[Plan]:
            yield from plan(*given)
            for number in range(MOST):
                chronology, _ = self.own[flat(TELLING[0], number)]
                for own in plan(Writer(chronology), "", tuple):
                    if own.path in TELLING:
                        path = flat(own.path, number)
                        yield replace(own, path=path, make=moved(own, path), of=None, made_of=None)
                    if own.path == TELLING[-1]:
                        break

        def moved(own: Plan, path: str) -> Callable[[], pages.Page]:
            def make() -> pages.Page:
                page = own.make()
                # Its links would lead nowhere; where they lead is no part of this.
                return replace(page, path=path, body=page.body.replace(".md", ""), source=None)

            return make

        def described(binder: Binder, chronology: Chronology, path: str, title: str) -> str:
            chronology, path = self.own.get(path, (chronology, path))
            return head(binder, chronology, path, title)

        monkeypatch.setattr(pages, "plan", plans)
        monkeypatch.setattr(Binder, "head", described)


class Site:
    """A site, and what it is made of."""

    def __init__(self, folder: Path, say: Say) -> None:
        (folder / "variants").mkdir()
        self.corpus = project(folder, say)
        self.variants = Variants(folder / "variants", say)
        self.served = folder / "served"
        self.folder = self.served / "c"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(previews, "draw", lambda *_: iter(()))  # pictures take long, and have no elements
            patch.setattr(workers, "WORTHWHILE", 10**6)
            self.variants.install(patch)
            build = plugin.build if ENGINE == "mkdocs" else engine.build
            build(str(folder / "mkdocs.yml"), site_dir=str(self.folder), strict=True)
        files = {file.relative_to(self.folder).as_posix(): file for file in sorted(self.folder.rglob("*.html"))}
        pages = {path: file.read_text(encoding="utf-8") for path, file in files.items()}
        (self.served / "pages.json").write_text(json.dumps(pages), encoding="utf-8")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """Both sites: of plain words, and of hostile strings."""
    kinds = {"plain": harmless, "hostile": hostile}
    return {kind: Site(tmp_path_factory.mktemp(kind), say) for kind, say in kinds.items()}


@pytest.fixture(scope="module")
def addresses(sites: dict[str, Site]) -> Iterator[dict[str, str]]:
    """Where each of them is served."""
    with serving(sites["plain"].served) as plain, serving(sites["hostile"].served) as hostile:
        yield {"plain": plain, "hostile": hostile}


@pytest.fixture(scope="module")
def read(addresses: dict[str, str], browser: Browser) -> dict[str, dict[str, dict[str, Any]]]:
    """What a browser finds on every page of both sites."""
    found = {}
    for kind, address in addresses.items():
        page = browser.new_page()
        page.goto(f"{address}c/about/")
        told = page.evaluate(READ, f"{address}pages.json")
        page.close()
        elements = [Counter(dict(json.loads(each))) for each in told["elements"]]
        found[kind] = {path: {**one, "elements": elements[one["elements"]]} for path, one in told["pages"].items()}
    return found


def test_every_field_of_every_kind_of_file_holds_every_string_that_its_gate_takes(sites):
    site = sites["hostile"]
    found = held(site.corpus)
    for field in SINGLE:
        found[f"chronology.{field}"] = {str(getattr(own, field)) for own in site.variants.settings}
    assert found.keys() == FIELDS.keys()
    for path, shape in FIELDS.items():
        # An address stands on a host of its own in each kind of record.
        alone = HOSTS.get(path, "")
        wanted = {own_address(text, alone) if alone else text for text in taken(shape).values()}
        assert wanted - found[path] == set(), path
        assert len(wanted) >= LEAST[type(shape).__name__], path
    assert len(REASONS) > 400


FITTING = "TEXT text-anchor x y"
"""A name on the map of places: there are as many as there is room for."""


def test_no_page_has_an_element_attribute_or_scheme_more_than_its_twin_of_plain_words(read):
    plain, hostile = ({path: page["elements"] for path, page in read[kind].items()} for kind in ("plain", "hostile"))
    # The page of a publisher has its name for an address: those are compared as a whole.
    named = [{path for path in pages if path.startswith("sources/")} for pages in (plain, hostile)]
    assert plain.keys() - named[0] == hostile.keys() - named[1]
    assert len(plain) > 4_000
    for one in (plain, hostile):
        one["places/index.html"] = Counter(one["places/index.html"])
        del one["places/index.html"][FITTING]
    differing = {path: (hostile[path] - plain[path], plain[path] - hostile[path]) for path in plain.keys() - named[0]}
    assert {path: found for path, found in differing.items() if any(found)} == {}
    one, two = (
        Counter(frozenset(found[path].items()) for path in own)
        for found, own in zip((plain, hostile), named, strict=True)
    )
    assert one.total() > 300
    assert one == two


def test_no_page_has_a_script_of_its_own(read):
    for path, page in read["hostile"].items():
        for kind, text in page["scripts"]:
            if kind in ("application/ld+json", "application/json"):
                json.loads(text)
            else:
                assert path == "404.html", path  # that one has Material’s, by its digest


def test_the_data_of_a_page_says_just_what_was_written(sites, read):
    for number, event in enumerate(sites["hostile"].corpus.events.values()):
        page = read["hostile"][f"events/{event.id}/index.html"]
        (data,) = (json.loads(text) for kind, text in page["scripts"] if kind == "application/ld+json")
        assert data["name"] == hostile("event.title", number)


SHOWN = {
    "timeline": ("timeline/", ".timeline-list li"),
    "embed": ("timeline/embed/", "#timeline svg, #timeline canvas"),
    "search": ("search/?what=Events", ".search-results li"),
    "event": ("events/2020-003/", "h1"),
}
"""Pages that scripts fill, with what shows that they are filled; of other kinds, one page or another is opened."""


BY_WIDTH = {"places": {FITTING}, "encounters": {"DIV class tabindex"}}
"""What depends on how wide words are: names with room on the map, and tables that can be scrolled by key."""


def test_scripts_make_no_element_of_what_they_are_given_and_ask_for_nothing(addresses, read, browser):
    seen: dict[str, dict[str, Counter[str]]] = {}
    for site, address in addresses.items():
        kinds = {page["kind"]: (path.removesuffix("index.html"), "h1") for path, page in read[site].items()}
        del kinds["redirect"]  # it leads to a page of another kind
        with watched(browser, f"{address}c/") as open_page:
            page = open_page("404.html")
            for name, (path, ready) in (kinds | SHOWN).items():
                page.goto(f"{address}c/{path}")
                page.wait_for_selector(ready, state="attached")
                page.wait_for_timeout(300 if name in SHOWN else 0)
                seen.setdefault(name, {})[site] = Counter(page.evaluate(LIVE))
    assert len(seen) >= 29
    for name, found in seen.items():
        more = found["hostile"] - found["plain"]
        assert more.keys() <= BY_WIDTH.get(name, set()), (name, more)


def test_a_record_of_links_takes_strings_for_addresses_alone():
    good = ("https://example.org/", "dead", "gone", "2020-01-01", "2020-03-01", "5", "", "")
    for place, column in enumerate(links.HEADER):
        found = set()
        for text in STRINGS:
            row = io.StringIO(newline="")
            csv.writer(row).writerows((links.HEADER, (*good[:place], text, *good[place + 1 :])))
            with contextlib.suppress(links.Malformed):
                links.read(row.getvalue())
                found.add(text)
        if column in ("url", "moved", "archived"):
            assert found == set(taken(FIELDS["source.url"]))
        else:
            assert found == ({"1", "08", "09"} if column == "days" else set()), column


def test_redirects_take_strings_for_ids_alone(make):
    event = "title: A\ndate: 2020-05-06\ntype: visit\nsummary: S.\nsources: [{title: T}]\n"
    readable = [text for text in STRINGS if not parse(written({text: "a"}).encode(), "file.yml").findings]
    assert len(readable) > 500
    for rows in (dict.fromkeys(readable, "2020-05-06-a"), {f"old-{n}": text for n, text in enumerate(readable)}):
        folder = make({"2020/2020-05-06-a.yml": event, "redirects.yml": written(rows)})
        corpus = read_corpus(folder / "events").corpus
        assert corpus is not None
        kept = corpus.redirects["event"].items()
        assert {text for pair in kept for text in pair} & set(readable) == set(taken(Identifier())) & set(readable)
