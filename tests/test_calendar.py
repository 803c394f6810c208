"""The second chronology, `examples/calendar`: another domain, years before the common era, words of its own."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from building import held
from conftest import ROOT, run, served, violations, watched
from playwright.sync_api import Browser, Page

from generator.check import check
from generator.chronology import Chronology
from generator.corpus import default_vocabulary

CALENDAR = ROOT / "examples/calendar"
PAGES = (
    *("", "chronology/", "chronology/bce747/", "events/bce45-julian-calendar/", "actors/", "actors/julius-caesar/"),
    *("topics/leap-years/", "places/", "kinds/", "sources/", "data/", "contribute/", "timeline/", "search/"),
)
LOOKED_AT = ("", "chronology/", "events/bce45-julian-calendar/", "timeline/")
"""The pages that differ most from those of the chronology that this repository publishes."""

FITS = "() => window.innerWidth === 390 && document.documentElement.scrollWidth <= 390"
NAMED_NOTHING = re.compile(r">\s*None\s*<")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the example out of the repository, as somebody’s own; nothing else is there."""
    folder = tmp_path_factory.mktemp("calendar") / "own"
    shutil.copytree(CALENDAR, folder)
    return folder


@pytest.fixture(scope="module")
def sites(project: Path) -> dict[str, Path]:
    """Build its site with each engine."""
    found = {}
    for engine in ("mkdocs", "zensical"):
        found[engine] = project.parent / engine
        built = run(
            *("chronology", "build", "--strict", "--engine", engine, "--site-dir", str(found[engine])), cwd=project
        )
        assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    return found


@pytest.fixture(scope="module")
def calendar() -> Chronology:
    """Give the example as a chronology."""
    checked = check(CALENDAR / "events", "events")
    assert checked.ok
    assert checked.corpus is not None
    return Chronology(checked.corpus)


@pytest.fixture(scope="module")
def calendar_address(sites: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve its site."""
    with served(sites["mkdocs"], tmp_path_factory.mktemp("calendar-pages")) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, calendar_address: str) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page of its site."""
    with watched(browser, calendar_address) as open_page:
        yield open_page


def test_its_files_are_clean_and_laid_out(project):
    for command in (("chronology", "check"), ("chronology", "fmt", "--check")):
        done = run(*command, cwd=project)
        assert done.returncode == 0
        assert re.search("no problem found|: 0 would change", done.stdout + done.stderr)


def test_it_reaches_from_before_the_common_era_to_our_time(calendar):
    years = [year.year for year in calendar.years]
    assert years == sorted(years)
    assert (years[0], years[-1]) == (-746, 2019)
    assert sum(year <= 0 for year in years) >= 10
    assert len(calendar.events) == 40


def test_its_words_are_its_own_and_each_is_used(calendar):
    default = default_vocabulary()
    used = {str(event.type) for event in calendar.events}
    assert used == set(calendar.vocabulary.event_types)
    assert {kind for kind in used if default.event_types.get(kind) == calendar.vocabulary.event_types[kind]} == set()
    roles = {str(part.role) for event in calendar.events for part in event.participants if part.role is not None}
    assert set(calendar.vocabulary.roles) - roles <= {"participant"}


def test_both_engines_make_the_same_of_it(sites):
    mine, theirs = (held(sites[engine]) for engine in ("mkdocs", "zensical"))
    pages = [path for path in mine if path.endswith("index.html")]
    assert len(pages) > 150
    assert set(pages) == {path for path in theirs if path.endswith("index.html")}
    data = [path for path in mine if path.startswith("data/") and not path.endswith(".html")]
    assert len(data) > 10
    assert [path for path in data if mine[path] != theirs[path]] == []
    for found in (mine, theirs):
        assert [path for path in pages if NAMED_NOTHING.search(found[path].decode())] == []


def test_years_have_their_era_wherever_they_stand(sites):
    texts = {
        path: (sites["mkdocs"] / path / "index.html").read_text(encoding="utf-8")
        for path in ("chronology", "chronology/bce747", "chronology/0325", "events/0325-council-of-nicaea")
    }
    assert ">747 BCE<" in texts["chronology"]
    assert ">325 CE<" in texts["chronology"]
    assert "18 February 747 BCE" in texts["chronology/bce747"]
    assert 'datetime="-' not in "".join(texts.values())
    assert "<title>325 CE" in texts["chronology/0325"]
    assert "325 CE" in texts["events/0325-council-of-nicaea"]
    data = json.loads((sites["mkdocs"] / "timeline/events.json").read_text(encoding="utf-8"))
    first = data["events"]["id"].index("bce747-era-of-nabonassar")
    assert data["events"]["date"][first] == "18 February 747 BCE"


def test_its_data_sort_across_the_common_era_and_hold_no_codes_that_its_kinds_lack(sites, calendar):
    site = sites["mkdocs"]
    with sqlite3.connect(site / "data/chronology.sqlite") as base:
        rows = base.execute(
            "select id, earliest, earliest_jdn, latest_jdn from events order by earliest_jdn, latest_jdn"
        )
        found = rows.fetchall()
        nabonassar = base.execute("select date(earliest_jdn) from events where id like 'bce747-%'").fetchall()
    assert [row[0] for row in found] == [
        event.id for event in sorted(calendar.events, key=lambda e: e.date.value.sort_key)
    ]
    assert nabonassar == [("-0746-02-18",)]
    assert not (site / "data/plover.csv").exists()
    assert "PLOVER" not in (site / "data/index.html").read_text() + (site / "kinds/index.html").read_text()
    assert (site / "data/timelinejs.json").is_file()


def test_its_pages_fit_a_phone(visit, calendar_address):
    page = visit("", 390)
    for path in PAGES:
        page.goto(calendar_address + path)
        page.wait_for_function(FITS, timeout=10_000)


def test_axe_finds_nothing_on_them(visit, calendar_address):
    found = []
    page = visit("")
    for path in LOOKED_AT:
        page.goto(calendar_address + path)
        page.wait_for_timeout(300)  # the timeline builds itself
        found += [(path, *each) for each in violations(page)]
        page.emulate_media(color_scheme="light")
    assert found == []


def test_the_timeline_shows_them_all_and_keeps_its_place_before_the_common_era(visit):
    page = visit("timeline/")
    rows = page.locator(".timeline-list li")
    rows.first.wait_for()
    page.get_by_role("button", name="Show all events").click()
    page.wait_for_function("() => document.querySelectorAll('.timeline-list li').length === 40")
    page.goto(page.url.split("?")[0] + "?from=-0100-01-01&to=-0001-12-31")
    page.wait_for_function("() => document.querySelectorAll('.timeline-list li').length === 5")
    assert "from=-0100-01-01" in page.url
    page.reload()
    page.wait_for_function("() => document.querySelectorAll('.timeline-list li').length === 5")


def test_the_map_and_the_search_name_years_as_the_pages_do(visit):
    page = visit("places/")
    page.get_by_role("button", name="Filter the map").click()
    year = page.get_by_role("combobox", name="Year")
    year.select_option(label="747 BCE")
    listed = page.locator(".md-content li:visible a[href]:visible").all_inner_texts()
    assert "Babylon" in listed
    assert "Athens" not in listed
    page = visit("search/?year=-746")
    page.locator(".search-results a").first.wait_for()
    assert "Nabonassar" in page.locator(".search-results").inner_text()
    label = page.get_by_role("combobox", name="Year").locator("option:checked").inner_text()
    assert label.startswith("747 BCE")
