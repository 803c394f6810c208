"""What a search is given to find: every entry, as text, and uncertain dates under any year they may fall in."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from generator import search
from generator.dates import parse

EVENT = (
    "title: {title}\ndate: '{date}'\ntype: meeting\nstanding: disputed\nparticipants: [ann]\nplaces: [harbour]\n"
    "topics: [talks]\nsummary: They met.\nstatements:\n  - {{speaker: ann, text: We met, source: p}}\n"
    "accounts:\n  - {{field: content, value: they did not, source: p}}\n"
    "sources:\n  - {{id: p, title: A page, publisher: The Paper, url: https://example.org/a}}\n"
)
FILES = {
    "actors/ann.yml": "name: Ann Åström\nkind: person\nnames: [{name: آن, language: fa}]\n",
    "places/harbour.yml": "name: Harbour\nlat: 1\nlon: 2\n",
    "topics/talks.yml": "title: The talks\nintroduction: How they came to talk.\n",
}


class Parsed(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marks: dict[str, list[str]] = {}
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.marks.setdefault(name, []).append(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def found(chronology, **event: str) -> dict[str, search.Entry]:
    given = {"title": "Ann meets Bob", "date": "2020-05-06"} | event
    built = chronology(FILES | {f"2020/2020-a{'' if 'date' in event else 'b'}.yml": EVENT.format(**given)})
    return {entry.path: entry for entry in (item.make() for item in search.items(built))}


def test_every_entity_is_found_by_all_its_words(chronology):
    entries = found(chronology)
    assert list(entries) == ["events/2020-ab/", "actors/ann/", "places/harbour/", "sources/the-paper/", "topics/talks/"]
    parsed = Parsed(search.document(entries["events/2020-ab/"], "en"))
    for word in (
        "Ann meets Bob",
        "6 May 2020",
        "They met.",
        "Ann Åström",
        "Harbour",
        "The talks",
        "We met",
        "The Paper",
    ):
        assert word in parsed.text
    assert "آن" in search.document(entries["actors/ann/"], "en")
    assert sorted(parsed.marks["data-pagefind-filter"]) == [
        "accounts:Accounts differ",
        "kind:Meeting",
        "sources:One publisher",
        "standing:Disputed",
        "status:Occurred",
        "topic:The talks",
        "what:Events",
        "where:Harbour",
        "who:Ann Åström",
        "year:2020",
    ]
    assert parsed.marks["data-pagefind-sort"] == ["date:n110000000000000020200506-010000000000000020200506-2020-ab"]


@pytest.mark.parametrize(
    ("date", "years"),
    [
        ("2020-05-06", [2020]),
        ("2019-12-30/2021-01-02", [2019, 2020, 2021]),
        ("202X", [*range(2020, 2030)]),
        ("2020/..", [2020]),
        ("-0043~", [-43]),
        ("0500/1500", [500, 1500]),
    ],
)
def test_an_uncertain_date_is_found_under_any_year_it_may_fall_in(date, years):
    parsed = parse(date)
    assert list(search.years(parsed, sorted(search._own_years(parsed)))) == years


def test_a_span_of_centuries_is_found_under_each_year_that_other_events_have():
    span, others = parse("0500/1500"), ("0499", "0800", "1066-10-14", "1501")
    dated = sorted({year for date in (span, *map(parse, others)) for year in search._own_years(date)})
    assert list(search.years(span, dated)) == [500, 800, 1066, 1500]


def test_what_a_contributor_wrote_stays_text(chronology):
    title = '"Ann" ‹b› & </p> x'
    entry = search.Entry(path="x/", title=title, texts=("<script>",), facets={"who": ('a" onclick="x',)}, label="<i>")
    parsed = Parsed(search.document(entry, "en"))
    assert set(parsed.tags) == {"html", "head", "title", "body", "h1", "p", "i"}
    assert "onclick" not in parsed.marks
    assert title in parsed.text
    assert parsed.marks["data-pagefind-filter"] == ['who:a" onclick="x']
