"""A search whose index stands in several parts answers as one whose index is whole, and only changed parts are made."""

from __future__ import annotations

import json
import random
from types import SimpleNamespace

import pytest
from building import build, edit, held, project
from conftest import served, watched

from generator import pagefind, search
from generator.chronology import order
from generator.dates import parse
from generator.keys import Keys

PART = 25
QUESTIONS = (
    "q=consult",
    "q=number&what=Events&year=2017",
    "q=reported&order=asc",
    "kind=Telephone+call&order=desc",
)
"""What is asked, as the address of the search page says it."""

UNDATED = ("Actors", "Pages", "Sources", "Topics")
"""What has no date, as the facet calls it."""


def made(folder, part: int, monkeypatch: pytest.MonkeyPatch):
    folder.mkdir()
    monkeypatch.setattr(pagefind, "MOST", part)
    config = project(folder, events=60) / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("search: false", "search: true"), encoding="utf-8")
    return build(folder, folder / "site")


def answer(page) -> tuple[str, list[str], list[str]]:
    """Give what a search page says, lists and offers, once all that it found is shown."""
    page.locator(".search-results li").first.wait_for()
    while page.locator(".search-box .md-button").is_visible():
        shown = page.locator(".search-results li").count()
        page.locator(".search-box .md-button").click()
        page.wait_for_function(f"() => document.querySelectorAll('.search-results li').length > {shown}")
    links = page.locator(".search-results a").evaluate_all(
        "all => all.map(one => one.pathname.replace('/project/', ''))"
    )
    offered = page.locator(".search-facets option").evaluate_all("all => all.map(one => one.textContent)")
    return page.locator(".search-said").inner_text(), links, offered


def dated(offered: list[str]) -> list[str]:
    return sorted(name for name in offered if not name.startswith(UNDATED))


def test_an_index_in_parts_answers_as_a_whole_one(tmp_path, browser, monkeypatch):
    found = {}
    for part in (pagefind.MOST, PART):
        site = made(tmp_path / f"of-{part}", part, monkeypatch)
        listed = json.loads((site / pagefind.PARTS).read_bytes())
        assert (len(listed) == 1) == (part != PART)
        assert len(list(site.rglob("pagefind.js"))) == len(list(site.rglob("wasm.en.pagefind"))) == 1
        (tmp_path / f"served-{part}").mkdir()
        with served(site, tmp_path / f"served-{part}") as address, watched(browser, address) as visit:
            page, found[part] = visit("about/"), {}
            for question in QUESTIONS:
                page.goto(f"{address}search/?{question}")
                found[part][question] = answer(page)
            first = found[part][QUESTIONS[0]][1][0]
            assert "Consult" in visit(first, java_script_enabled=False).locator("h1").inner_text()
    whole, parts = found.values()
    for question in QUESTIONS:
        (said, links, offered), (said_too, links_too, offered_too) = whole[question], parts[question]
        assert said == said_too, question
        assert sorted(links) == sorted(links_too), question
        if "order=" not in question:
            assert sorted(offered) == sorted(offered_too), question
        else:
            # What has no date is left out of answers in the order of dates, but a whole index counts it in its facets.
            assert dated(offered) == dated(offered_too), question
            assert links == links_too, question
            dates = [link.removeprefix("events/")[:10] for link in links]
            assert dates == sorted(dates, reverse="desc" in question), question


def test_an_edit_makes_only_the_parts_anew_that_it_is_in(tmp_path, monkeypatch):
    folder = tmp_path / "project"
    site = made(folder, PART, monkeypatch)
    run: list[int] = []
    monkeypatch.setattr(pagefind.Index, "_make_part", noting(run, pagefind.Index._make_part))
    file = min((folder / "events").glob("[0-9]*/*.yml"))
    file.write_text(
        file.read_text(encoding="utf-8").replace("The summary of", "The first summary of"), encoding="utf-8"
    )
    build(folder, site)
    assert run == [1]
    chance = random.Random(7)
    for _ in range(3):
        edit(folder, chance)
        build(folder, site)
    assert 1 < len(run) < 4 * len(json.loads((site / pagefind.PARTS).read_bytes()))
    assert held(build(folder, tmp_path / "anew", cached=False)) == held(site)


def test_a_part_that_has_moved_to_another_folder_is_made_there(monkeypatch):
    monkeypatch.setattr(pagefind, "MOST", 2)
    monkeypatch.setattr(pagefind.Index, "_make_part", lambda *_, **__: {})
    asked: list[list[str]] = []
    entries = [
        search.Item(order="", key=name, make=lambda: search.Entry(path="", title="", texts=())) for name in "abcd"
    ]
    for some in (entries, entries, entries[2:]):
        keys: list[str] = []
        pagefind.Index("en", about=len(some)).make(some, keys.append)
        asked.append(keys)
    assert asked[0] == asked[1]
    assert len(asked[0]) == 2
    assert len(asked[2]) == 1
    assert asked[2][0] not in asked[0]


@pytest.mark.parametrize(
    ("entries", "number"),
    [(0, 1), (1, 1), (3_000, 1), (3_001, 2), (10_000, 4), (80_000, 4), (80_001, 5), (1_000_000, 50)],
)
def test_a_large_chronology_has_a_few_parts_and_a_huge_one_as_many_as_pagefind_can_hold(entries, number):
    size = pagefind.size(entries)
    assert max(1, -(-entries // size)) == number
    assert size <= pagefind.MOST


def of_days(*days: str) -> list[search.Item]:
    dated = [(f"n1{int(day[:4]) + 10**18:019}{day[5:7]}{day[8:10]}", day) for day in sorted(days)]
    return [search.Item(order=order, key=day, make=NotImplemented) for order, day in dated]


def test_parts_end_where_a_month_does_so_that_a_new_entry_changes_one_of_them():
    days = [f"{year}-{month:02}-{day:02}" for year in (2025, 2026) for month in range(1, 13) for day in range(1, 11)]
    parts = list(pagefind.divided(of_days(*days), 75))
    assert [len(part) for part in parts] == [80, 80, 80]
    for added in ("2024-01-01", "2025-02-20", "2026-12-31"):
        changed = list(pagefind.divided(of_days(*days, added), 75))
        assert sum(one != other for one, other in zip(parts, changed, strict=True)) == 1
    within = list(pagefind.divided(of_days(*(f"2026-02-{day:02}" for day in range(1, 29))), 8))
    assert [len(part) for part in within] == [10, 10, 8]


def test_what_events_are_sorted_by_is_in_their_order_whatever_their_dates():
    texts = ("1985", "1985-04", "Y-170000002", "Y123456789012345678", "-0043-03-15", "2026-02-11/..", "../2026-02-11")
    texts += ("2026-02-11", "2026-02-11?", "2026-02-11/2026-02-12", "0000", "[2026-02-11,2026-03-01]")
    events = [
        SimpleNamespace(id=f"{number}-{text}", date=SimpleNamespace(value=parse(text)))
        for number, text in enumerate(texts * 2)
    ]
    assert sorted(events, key=search.sortable) == sorted(events, key=order)


def test_another_event_changes_the_keys_of_no_event_and_of_what_lists_it(chronology):
    event = "title: {}\ndate: {}\ntype: meeting\nsummary: S\nsources:\n  - {{title: {}, publisher: P, url: https://example.org/{}}}\n"
    files = {
        f"{day[:4]}/{day}-a.yml": event.format(day, day, day, day) for day in ("2020-01-01", "2021-01-01", "2022-01-01")
    }
    before = keyed(chronology(files))
    after = keyed(chronology(files | {"2023/2023-01-01-a.yml": event.format("new", "2023-01-01", "new", "new")}))
    assert {path for path in before if before[path] != after[path]} == {"sources/p/"}
    assert after.keys() - before.keys() == {"events/2023-01-01-a/"}


def keyed(chronology) -> dict[str, str]:
    said = Keys(chronology, dict.fromkeys([f"{event.id[:4]}/{event.id}.yml" for event in chronology.events], "")).said
    return {item.make().path: item.key for item in search.items(chronology, said)}


def test_one_entry_more_does_not_change_the_size_of_all_parts():
    sizes = [pagefind.size(number) for number in range(10_001, 11_001)]
    assert len(set(sizes)) == 1


def test_a_text_in_the_place_of_an_event_is_found_alone(chronology):
    event = "title: T\ndate: 2020-01-01\ntype: meeting\nsummary: S\nsources:\n  - {title: T, publisher: P, url: https://example.org/a}\n"
    built = chronology({"2020/2020-01-01-a.yml": event})
    text = search.Entry(path="events/2020-01-01-a/", title="Mine", texts=())
    found = [item.make() for item in search.items(built, texts=[text])]
    assert [entry.title for entry in found if entry.path == text.path] == ["Mine"]


def noting(run: list[int], make):
    def make_part(self, items, **named):
        run.append(len(self._parts))
        return make(self, items, **named)

    return make_part
