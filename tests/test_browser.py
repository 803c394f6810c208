"""The site in a real Chromium: without scripts, on a phone, in both palettes, searched, fetching nothing elsewhere."""

from __future__ import annotations

import functools
import gzip
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from conftest import tab, violations, watched
from playwright.sync_api import Browser, Page

KINDS = {
    "home": "",
    "chronology": "chronology/",
    "year": "chronology/2026/",
    "event": "events/2026-02-11-dar-araghchi-call/",
    "event with accounts": "events/2026-02-28-minab-school/",
    "actors": "actors/",
    "encounters": "actors/encounters/",
    "person": "actors/abbas-araghchi/",
    "state": "actors/iran/",
    "places": "places/",
    "place": "places/muscat/",
    "topics": "topics/",
    "topic": "topics/pakistan-mediation/",
    "kinds": "kinds/",
    "kind": "kinds/telephone-call/",
    "sources": "sources/",
    "publisher": "sources/dawn/",
    "contribute": "contribute/",
    "fields": "contribute/fields/",
    "rules": "contribute/rules/",
    "rule": "contribute/rules/r402/",
    "timeline": "timeline/",
    "search": "search/",
    "about": "about/",
    "changes": "changes/",
}
WIDTHS = (390, 820, 1440)

HEAVY = ("timeline", "search")
"""Kinds of pages that are what they load: the search’s engine, the timeline’s script and events."""

BUILT = {"timeline": "#timeline svg", "search": "#search .search-box", "places": ".map-filter"}
"""What is there, by kind of page, when a page has built itself."""


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A tab, and the trouble that it has had."""
    trouble: list[str] = []
    page = tab(browser, address, trouble)
    yield page, trouble
    page.context.close()


@pytest.fixture
def walk(opened: tuple[Page, list[str]], address: str) -> Iterator[Callable[..., Page]]:
    """Give a function that goes to a page in a tab that has seen others; opening a new one takes twice as long.

    It is for tests that keep nothing in the tab’s storage, and move no mouse.
    """
    page, trouble = opened
    trouble.clear()
    tools = page.context.new_cdp_session(page)

    def go(path: str, width: int = 1440) -> Page:
        # As if it had seen none: else a page would count the fonts of the one before among its own.
        page.goto("about:blank")
        tools.send("Network.clearBrowserCache")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + path)
        return page

    yield go
    tools.detach()
    assert trouble == []


FITS = "width => window.innerWidth === width && document.documentElement.scrollWidth <= width"


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_every_width_and_says_what_it_is(walk, kind):
    page = walk(KINDS[kind], WIDTHS[0])
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    for width in WIDTHS:
        if kind in HEAVY:
            page = walk(KINDS[kind], width)  # what their scripts draw is drawn for the width they find
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(FITS, arg=width, timeout=10_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_palette_follows_the_reader(visit, scheme):
    page = visit("", color_scheme=scheme)
    expected = {"light": "default", "dark": "slate"}[scheme]
    page.wait_for_function(f"() => document.body.dataset.mdColorScheme === '{expected}'")


def test_axe_finds_nothing_on_any_kind_of_page(visit, address):
    found = []
    page = visit("")
    for kind, path in KINDS.items():
        page.goto(address + path)
        if kind in BUILT:
            page.locator(BUILT[kind]).first.wait_for()
        found += [(kind, *each) for each in violations(page)]
        page.emulate_media(color_scheme="light")
    assert found == []


def test_an_event_is_read_without_scripts(visit):
    page = visit(KINDS["event"], java_script_enabled=False)
    text = page.locator("article").inner_text()
    for words in ("11 February 2026", "Ishaq Dar", "Abbas Araghchi", "Foreign Minister", "Sources"):
        assert words in text
    page.locator("article").get_by_role("link", name="Abbas Araghchi").first.click()
    assert page.locator("h1").inner_text().startswith("Abbas Araghchi")


def test_names_are_set_in_the_direction_of_their_script(walk):
    page = walk(KINDS["person"])
    name = page.locator("bdi[lang=fa]").first
    assert name.get_attribute("dir") == "rtl"
    assert name.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_a_reader_finds_an_event_by_searching(visit):
    page = visit("")
    page.keyboard.press("/")
    page.keyboard.type("Bürgenstock")
    page.locator(".search-results a").first.wait_for()
    page.keyboard.press("Escape")
    assert not page.locator(".search-dialog").is_visible()
    page.keyboard.press("Control+k")
    page.locator(".search-results a").first.click()
    page.wait_for_url(lambda url: "burgenstock" in url)
    assert "Bürgenstock" in page.locator("article").inner_text()


def results(page: Page) -> list[str]:
    """Give the titles that a search has found, once it has settled."""
    page.locator(".search-results li").first.wait_for()
    page.wait_for_timeout(400)
    return page.locator(".search-results a").all_inner_texts()


def test_a_search_is_narrowed_by_facets_and_shared_by_its_address(walk, visit):
    page = walk("search/")
    page.get_by_label("Where", exact=True).select_option("Muscat")
    page.get_by_label("What", exact=True).select_option("Events")
    page.get_by_label("Order", exact=True).select_option("asc")
    titles = results(page)
    assert "Iran and the United States hold talks in Muscat with Oman as go-between" in titles
    assert page.locator(".search-said").inner_text() == f"{len(titles)} results"
    page.get_by_label("Who", exact=True).select_option("Abbas Araghchi")
    narrowed = results(page)
    assert set(narrowed) < set(titles)
    again = visit(page.url[page.url.index("search/") :])
    assert results(again) == narrowed


def test_disputed_events_are_found_without_a_word(walk):
    page = walk("search/?standing=Disputed")
    assert "Iran says it has closed the Strait of Hormuz again" in results(page)


def test_a_search_that_finds_nothing_says_so(walk):
    page = walk("search/?where=Muscat&kind=Vote")
    page.get_by_text("Nothing was found.", exact=False).wait_for()
    assert page.locator(".search-results li").count() == 0


def test_the_search_page_without_scripts_leads_to_the_lists(visit):
    page = visit("search/", java_script_enabled=False)
    page.locator("#search").get_by_role("link", name="actors").click()
    assert heading(page) == "Actors"


def test_a_reader_walks_from_the_front_page_to_a_source(visit):
    page = visit("", 390)
    page.get_by_role("link", name="The whole chronology, by year and month").click()
    page.get_by_role("link", name="February 2026").click()
    page.wait_for_url("**/chronology/2026/#m02")
    page.get_by_role("link", name="Dar and Araghchi", exact=False).first.click()
    assert page.locator("h2#sources").count() == 1


def test_a_page_can_be_walked_by_keyboard(visit):
    page = visit(KINDS["event"])
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.className")
    assert "md-skip" in focused
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.md-content') !== null")


def heading(page: Page) -> str:
    """Give a page's heading, without the sign that links to it."""
    return page.locator("h1").inner_text().rstrip("¶")


def listed(page: Page) -> list[str]:
    """Give the titles in the list below the timeline, once it has settled."""
    page.locator(".timeline-list li").first.wait_for()
    page.wait_for_timeout(400)
    return page.locator(".timeline-list li a").all_inner_texts()


def test_the_timeline_opens_at_the_newest_events_and_lists_what_it_draws(walk):
    page = walk("timeline/")
    titles = listed(page)
    assert "NATO summit is planned in Ankara" in titles
    assert "Fidan visits Tehran for talks with Araghchi and Pezeshkian" not in titles
    page.get_by_role("button", name="Show all events").click()
    page.wait_for_timeout(400)
    assert page.locator(".timeline-count").inner_text() == "221 events in view"
    drawn = page.evaluate("() => { const c = document.querySelector('canvas'); return [c.width, c.height].join() }")
    assert all(int(size) > 300 for size in drawn.split(","))


def test_a_filtered_timeline_is_shared_by_its_address(visit):
    page = visit("timeline/")
    listed(page)
    page.get_by_label("Who", exact=True).select_option("ishaq-dar")
    page.get_by_label("With", exact=True).select_option("abbas-araghchi")
    page.get_by_label("Lanes").select_option("topic")
    titles = listed(page)
    assert "Dar and Araghchi speak again and stress dialogue" in titles
    assert all("Dar" in title or "Araghchi" in title or "Pakistan" in title for title in titles)
    shared = page.url
    assert "actor=ishaq-dar" in shared
    assert "lanes=topic" in shared
    again = visit(shared[shared.index("timeline/") :])
    assert listed(again) == titles
    assert again.get_by_label("With", exact=True).input_value() == "abbas-araghchi"


def test_the_timeline_is_used_with_the_keyboard_alone(walk):
    page = walk("timeline/?actor=ishaq-dar&other=hakan-fidan")
    titles = listed(page)
    page.locator(".timeline-stage").focus()
    page.keyboard.press("Home")
    said = page.locator(".timeline-said")
    assert said.get_by_role("link").inner_text() == titles[0]
    page.keyboard.press("ArrowRight")
    assert said.get_by_role("link").inner_text() == titles[1]
    page.keyboard.press("+")
    page.keyboard.press("End")
    assert said.get_by_role("link").inner_text() == titles[-1]
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/**")
    assert heading(page) == titles[-1]


def test_the_timeline_is_moved_by_wheel_and_drag(visit):
    page = visit("timeline/")
    before = listed(page)
    stage = page.locator(".timeline-stage")
    box = stage.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 700, box["y"] + 80, steps=5)
    page.mouse.up()
    moved = listed(page)
    assert moved != before
    for _ in range(4):
        page.mouse.wheel(0, 400)
    page.wait_for_timeout(500)
    assert len(listed(page)) >= len(moved)


def test_the_timeline_runs_down_on_a_phone(visit):
    page = visit("timeline/", 390, has_touch=True)
    listed(page)
    assert "upright" in (page.locator("#timeline").get_attribute("class") or "")
    assert not page.get_by_label("Who", exact=True).is_visible()
    page.get_by_text("Filters").tap()
    assert page.get_by_label("Who", exact=True).is_visible()


def test_the_timeline_is_moved_with_one_finger_and_zoomed_with_two(visit):
    page = visit("timeline/", 390, has_touch=True, is_mobile=True)
    before = listed(page)
    box = page.locator(".timeline-stage").bounding_box()
    touches = page.context.new_cdp_session(page)

    def put(kind: str, *points: tuple[float, float]) -> None:
        spots = [{"x": box["x"] + x, "y": box["y"] + y, "id": number} for number, (x, y) in enumerate(points)]
        touches.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    put("touchStart", (100, 60))
    for step in range(1, 9):
        put("touchMove", (100, 60 + 40 * step))
    put("touchEnd")
    page.wait_for_timeout(600)
    moved = listed(page)
    assert moved != before
    assert page.evaluate("scrollY") == 0
    put("touchStart", (150, 200), (150, 240))
    for step in range(1, 9):
        put("touchMove", (150, 200 - 15 * step), (150, 240 + 15 * step))
    put("touchEnd")
    page.wait_for_timeout(600)
    assert len(listed(page)) < len(moved)


def test_the_timeline_without_scripts_leads_to_the_same_events_as_text(visit):
    page = visit("timeline/", java_script_enabled=False)
    page.locator("#timeline").get_by_role("link").click()
    assert heading(page) == "Chronology"


def test_a_view_of_the_timeline_stands_on_somebody_else_s_page(visit):
    page = visit("timeline/embed/?lanes=state&actor=oman", 700)
    page.locator("canvas").wait_for()
    page.wait_for_timeout(400)
    assert page.locator(".md-header").count() == 0
    assert page.get_by_label("Lanes").input_value() == "state"
    assert page.get_by_role("link", name="Open").get_attribute("href").endswith("/timeline/")


LIGHT = [kind for kind in KINDS if kind not in HEAVY]


@functools.cache
def transferred(address: str) -> int:
    """Fetch a file and give the bytes that its transfer takes, packed where it is not packed by itself."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        body = answer.read()
    return len(body if address.endswith((".woff2", ".webp", ".png")) else gzip.compress(body, 6))


@pytest.mark.parametrize("kind", LIGHT)
def test_a_page_costs_less_than_100_kilobytes_of_transfer(walk, kind):
    page = walk(KINDS[kind])
    page.wait_for_load_state("networkidle")
    addresses = page.evaluate("performance.getEntries().filter(e => e.name.startsWith('http')).map(e => e.name)")
    assert {"", "chronology.css"} <= {address.rpartition("/")[2] for address in addresses}
    sizes = {address.rpartition("/")[2] or "page": transferred(address) for address in addresses}
    assert sum(sizes.values()) < 100_000, sizes


def test_a_choice_of_palette_is_kept_on_the_next_page(visit):
    page = visit("", color_scheme="light")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    page.locator("label[for=__palette_1]").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.locator("a", has_text="Topics").first.click()
    page.wait_for_url("**/topics/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.locator("label[for=__palette_0]").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"


def test_the_menu_of_a_phone_opens_and_closes(visit):
    page = visit(KINDS["event"], 390)
    menu = page.locator(".md-sidebar--primary")
    assert menu.bounding_box()["x"] < -100
    page.locator("label.md-header__button[for=__drawer]").click()
    page.wait_for_function("() => document.querySelector('.md-sidebar--primary').getBoundingClientRect().x >= 0")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.querySelector('.md-sidebar--primary').getBoundingClientRect().x < -100")


def test_the_header_names_the_page_once_its_heading_is_out_of_sight(visit):
    page = visit(KINDS["year"])
    title = page.locator("[data-md-component=header-title]")
    assert "active" not in title.get_attribute("class")
    page.mouse.wheel(0, 3000)
    page.wait_for_function("() => document.querySelector('.md-header__title--active')")
    assert page.locator(".md-nav--secondary .md-nav__link--active").count() == 1


def test_the_picture_on_the_front_page_leads_to_the_timeline_of_one_kind(visit):
    page = visit("", java_script_enabled=False)
    assert page.locator(".overview-lanes svg").count() == page.locator(".overview-lanes li").count() > 3
    page = visit("")
    page.locator(".overview-lanes a", has_text="Force").click()
    page.wait_for_url(lambda url: "group=" in url)
    page.locator(".timeline-list li").first.wait_for()
    assert page.locator("#choice-type").evaluate("box => box.selectedOptions[0].text") == "Force"
    assert set(page.locator(".timeline-list .timeline-kind").evaluate_all("all => all.map(e => e.className)")) == {
        "timeline-kind kind-red"
    }


def test_the_map_is_filtered_and_the_choice_shared_by_its_address(visit):
    page = visit(KINDS["places"])
    before = page.locator(".map").first.locator("a:visible").count()
    page.get_by_role("button", name="Filter the map").click()
    page.locator("#choice-actor").select_option(label="Haitham bin Tariq")
    said = page.locator(".timeline-count").inner_text()
    number = int(said.split()[0])
    shown = page.locator(".map").first.locator("a:visible")
    assert 0 < shown.count() < before
    counts = [int(text) for text in page.locator(".columns li:visible .count").all_inner_texts()]
    assert 0 < max(counts) <= number
    assert "actor=haitham-bin-tariq" in page.url
    again = visit(page.url.partition("/project/")[2])
    again.locator(".timeline-count", has_text=said).wait_for()
    assert again.locator(".map").first.locator("a:visible").count() == shown.count()


SHIFTS = """window.shifts = 0; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({type: 'layout-shift', buffered: true});"""


@pytest.fixture(scope="module")
def shifts(browser: Browser, address: str) -> dict[int, dict[str, float]]:
    """How far pages jump while they are loading, by width and kind; one loads while another is waited for."""
    found: dict[int, dict[str, float]] = {390: {}, 1440: {}}
    with watched(browser, address) as open_page:
        pages = {width: open_page("about/", width) for width in found}
        for page in pages.values():
            page.add_init_script(SHIFTS)
        for kind in ("home", "event", "timeline", "places", "state", "search"):
            for page in pages.values():
                page.goto(address + KINDS[kind])
            for page in pages.values():
                page.wait_for_load_state("networkidle")
            pages[390].wait_for_timeout(300)
            for width, page in pages.items():
                assert page.evaluate("document.visibilityState") == "visible"
                found[width][kind] = page.evaluate("shifts")
    return found


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_jumps_while_a_page_is_loading(shifts, width):
    assert len(shifts[width]) == 6
    assert {kind: moved for kind, moved in shifts[width].items() if moved >= 0.01} == {}
