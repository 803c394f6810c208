"""The site as MkDocs builds it: links lead somewhere, nothing is fetched from elsewhere, the last good site stays."""

from __future__ import annotations

import contextlib
import posixpath
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from building import held
from conftest import BUILD, ROOT, run
from few import leave_one_day

from generator.pagefind import FOLDER
from generator.pages import render
from generator.sanitise import POLICY


class Reader(HTMLParser):
    """Collects what a page refers to and what can be referred to on it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.elements: set[str] = set()
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        values = dict(attrs)
        self.handlers += [name for name in values if name.startswith("on")]
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if tag == "a" and values.get("href") is not None:
            self.links.append(values["href"] or "")
        rel = values.get("rel") or ""
        if tag == "link" and not {"canonical", "prev", "next", "alternate"} & set(rel.split()):
            self.fetched.append(values["href"] or "")
        if tag in ("script", "img", "iframe", "source", "video", "audio", "embed", "object") and values.get("src"):
            self.fetched.append(values["src"] or "")


def read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader


@pytest.fixture(scope="session")
def read_pages(site: Path) -> dict[str, Reader]:
    """Every HTML page of the site, by its path."""
    found = {path.relative_to(site).as_posix(): read(path) for path in site.rglob("*.html")}
    assert len(found) > 300
    return found


def test_every_entity_has_its_page(real, site):
    wanted = [f"events/{name}" for name in real.corpus.events]
    wanted += [f"actors/{name}" for name in real.actors]
    wanted += [f"topics/{name}" for name in real.topics]
    wanted += [f"places/{place.id}" for place in real.places_in_order()]
    wanted += [".", "chronology", "chronology/2026", "actors", "places", "topics", "kinds", "sources", "contribute"]
    missing = [name for name in wanted if not (site / name / "index.html").is_file()]
    assert missing == []


def test_every_link_inside_the_site_leads_to_a_page_and_an_anchor_on_it(read_pages, site):
    broken = []
    for path, page in read_pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            file = target if target.endswith(".html") else posixpath.join(target, "index.html")
            file = posixpath.normpath(file)
            if path == "404.html":
                continue  # served at any depth, so its links start at the root of the host
            if file not in read_pages and (site / target).is_file():
                continue  # data
            if file not in read_pages:
                broken.append((path, link, "no page"))
            elif parts.fragment and unquote(parts.fragment) not in read_pages[file].ids:
                broken.append((path, link, "no anchor"))
    assert broken == []


def test_no_page_fetches_anything_from_another_host(read_pages):
    foreign = [(path, url) for path, page in read_pages.items() for url in page.fetched if urlsplit(url).netloc]
    assert foreign == []


def test_no_page_has_an_id_twice_or_an_inline_handler(read_pages):
    doubled = {path: sorted({i for i in page.ids if page.ids.count(i) > 1}) for path, page in read_pages.items()}
    assert {path: ids for path, ids in doubled.items() if ids} == {}
    assert {path: page.handlers for path, page in read_pages.items() if page.handlers} == {}


def test_an_event_page_leads_to_its_file_for_editing(site):
    page = (site / "events/2026-02-11-dar-araghchi-call/index.html").read_text(encoding="utf-8")
    assert 'href="https://example.org/c/r/edit/main/events/2026/2026-02-11-dar-araghchi-call.yml"' in page


def test_the_rendered_pages_need_nothing_that_the_sanitiser_forbids(real, site):
    """The second gate takes nothing away from honest pages, so that what it takes away is an attack."""
    import markdown
    import nh3

    wanted = {"table", "ol", "blockquote", "svg", "time", "sup", "bdi", "q"}
    seen: set[str] = set()
    for page in render(real):
        body = page.markdown.split("---\n", 2)[2]
        html = markdown.markdown(body, extensions=["md_in_html", "tables", "toc"])
        before, after = Reader(), Reader()
        before.feed(html)
        after.feed(nh3.clean(html, **POLICY))
        assert (before.elements, before.ids, len(before.links)) == (after.elements, after.ids, len(after.links)), (
            page.path
        )
        seen |= after.elements
    assert wanted <= seen


def test_a_broken_file_stops_the_build_and_leaves_the_last_site_whole(make, monkeypatch):
    folder = make({"2020/2020-05-06-a.yml": "title: A\n"})
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text("site_name: T\ntheme: {name: material}\nplugins: [chronology]\n")
    (folder / "site").mkdir()
    good = '<meta name="generator" content="mkdocs-1.6.1">the last good site'
    (folder / "site/index.html").write_text(good, encoding="utf-8")
    for command in (["mkdocs", "build"], ["chronology", "build"]):
        built = run(*command, cwd=folder)
        assert built.returncode == 1
        assert "events/2020/2020-05-06-a.yml:1:1: S202 An event needs “date”." in built.stderr
        assert "Traceback" not in built.stderr
        assert held(folder / "site") == {"index.html": good.encode()}


def test_two_builds_give_the_same_bytes_in_another_place_and_time(site, tmp_path):
    copy = tmp_path / "elsewhere"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", "site", "__pycache__", ".*_cache"))
    environment = {"TZ": "Asia/Karachi", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "42"}
    built = run(*BUILD, "--strict", cwd=copy, CHRONOLOGY_REPO_URL="https://example.org/c/r", **environment)
    assert built.returncode == 0, built.stderr

    def content(folder: Path) -> dict[str, bytes]:
        # The compressed sitemap carries the time of the build (MkDocs' own).
        files = (
            path for path in folder.rglob("*") if path.is_file() and path.name not in ("sitemap.xml.gz", "sitemap.xml")
        )
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    one, two = content(site), content(copy / "site")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


@pytest.fixture
def server(make) -> Iterator[tuple[Path, str]]:
    """A small project being served; gives its folder and address."""
    folder = make({})
    shutil.copytree(ROOT / "events", folder / "events", dirs_exist_ok=True)
    leave_one_day(folder / "events")
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    address = "127.0.0.1:8641"
    process = subprocess.Popen(
        [Path(sys.executable).parent / "mkdocs", "serve", "-a", address],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield folder, f"http://{address}/"
    finally:
        process.terminate()
        process.communicate(timeout=20)


def wait_for(url: str, words: str, seconds: float, *, gone: bool = False) -> float:
    """Fetch a page until it holds the words (or no longer does); give how long that took."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        try:
            with urllib.request.urlopen(url, timeout=seconds) as answer:
                if (words in answer.read().decode()) != gone:
                    return time.monotonic() - start
        except OSError:
            pass
        time.sleep(0.05)
    pytest.fail(f"{url}: {'still' if gone else 'no'} {words!r} after {seconds} s")


def search_of(address: str, *, after: str = "") -> str:
    """Wait until the served site has a search, and another than `after`; give what tells one from another."""
    start = time.monotonic()
    while time.monotonic() - start < 60:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}{FOLDER}/pagefind-entry.json") as answer:
            found: str = answer.read().decode()
            if found != after:
                return found
        time.sleep(0.1)
    pytest.fail("the search does not follow")


def test_serve_shows_an_edit_and_keeps_the_last_good_site_beside_the_findings_of_a_broken_one(server):
    folder, address = server
    path = folder / "events/2026/2026-02-11-dar-araghchi-call.yml"
    page = f"{address}events/2026-02-11-dar-araghchi-call/"
    good = path.read_text(encoding="utf-8")
    wait_for(page, "<h1", 60)
    title = next(line for line in good.splitlines() if line.startswith("title: "))
    path.write_text(good.replace(title, "title: An edited headline"), encoding="utf-8")
    wait_for(page, "An edited headline", 20)
    path.write_text(good.replace(title, "titel: An edited headline"), encoding="utf-8")
    wait_for(page, "S201 An event has no field", 20)
    wait_for(page, "An edited headline", 1)
    path.write_text(good, encoding="utf-8")
    wait_for(page, "S201", 20, gone=True)
    wait_for(page, title.removeprefix("title: "), 1)


def test_the_page_in_a_browser_reloads_once_after_an_edit_and_keeps_its_place(server, browser):
    folder, address = server
    file = folder / "events/2026/2026-02-11-dar-araghchi-call.yml"
    wait_for(f"{address}events/2026-02-11-dar-araghchi-call/", "<h1", 60)
    search = search_of(address)
    page = browser.new_page(viewport={"width": 390, "height": 600})
    page.goto(f"{address}events/2026-02-11-dar-araghchi-call/")
    loaded = []
    page.on("load", lambda _: loaded.append(page.locator("h1").inner_text()))
    page.evaluate("scrollTo(0, 700)")
    page.wait_for_function("() => scrollY === 700")
    text = file.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title: "))
    file.write_text(text.replace(title, "title: An edited headline"), encoding="utf-8")
    page.wait_for_function(
        "() => document.querySelector('h1').innerText.startsWith('An edited headline')", timeout=20_000
    )
    page.wait_for_function("() => Math.abs(scrollY - 700) < 60")  # the new headline may have more or fewer lines
    search_of(address, after=search)
    page.wait_for_timeout(1_000)  # what the search writes would be noticed at once
    assert len(loaded) == 1
    page.close()


def test_a_file_where_the_site_would_go_stays_and_is_told_of(make):
    folder = make(
        {"2020/2020-05-06-a.yml": "title: A\ndate: 2020-05-06\ntype: visit\nsummary: S.\nsources: [{title: T}]\n"}
    )
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(
        "site_name: T\ntheme: {name: material}\nplugins: [chronology]\n", encoding="utf-8"
    )
    (folder / "site").write_text("in the way", encoding="utf-8")
    built = run("chronology", "build", cwd=folder)
    assert built.returncode == 1
    assert built.stderr == f"{folder / 'site'} is a file; name a folder for the site.\n"
    assert (folder / "site").read_text(encoding="utf-8") == "in the way"
    assert [path.name for path in folder.iterdir() if path.name.startswith(".chronology-")] == []
