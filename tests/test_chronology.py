"""The index: order, offices on a day, what was done on a state's behalf, relations both ways, neighbours."""

from __future__ import annotations

import pytest

from generator.chronology import by_year, offices_on, shelf
from generator.dates import parse

SOURCE = "sources:\n  - {title: A page, publisher: A paper, url: https://example.org/a}\n"


def event(title: str, date: str, extra: str = "", sources: str = SOURCE) -> str:
    return f"title: {title}\ndate: {date}\ntype: meeting\nsummary: It happened.\n{extra}{sources}"


ACTORS = {
    "actors/land.yml": "name: Land\nkind: state\ncountry: PK\n",
    "actors/ministry.yml": "name: Ministry\nkind: public-body\npart_of: land\n",
    "actors/ann.yml": (
        "name: Ann\nkind: person\noffices:\n"
        "  - {title: Minister, of: land, from: 2020, to: 2021-06-30}\n"
        "  - {title: President, of: land, from: 2021-07-01}\n"
    ),
    "actors/bob.yml": "name: Bob\nkind: person\noffices:\n  - {title: Secretary, of: ministry}\n",
    "actors/cid.yml": "name: Cid\nkind: person\n",
}


def test_events_are_sorted_by_earliest_day_then_latest_then_id(chronology):
    dates = {
        "2020-05-b": "2020-05",
        "2020-05-01-c": "2020-05-01",
        "2020-05-01-a": "2020-05-01",
        "2020-04-d": "[2020-04-01,2020-06-01]",
        "2020-e": "2020",
        "2020-05-31-f": "2020-05-31",
    }
    files = {f"2020/{name}.yml": event("T", date) for name, date in dates.items()}
    order = [entry.id for entry in chronology(files).events]
    assert order == ["2020-e", "2020-04-d", "2020-05-01-a", "2020-05-01-c", "2020-05-b", "2020-05-31-f"]


@pytest.mark.parametrize(
    ("date", "titles"),
    [
        ("2019", []),
        ("2020-01-01", ["Minister"]),
        ("2021-06-30", ["Minister"]),
        ("2021-07-01", ["President"]),
        ("2021", ["Minister", "President"]),
        ("2021-06-XX", ["Minister"]),
        ("2030", ["President"]),
        ("../2019", []),
        ("2021-07-02/..", ["President"]),
    ],
)
def test_an_event_shows_the_office_of_that_day(chronology, date, titles):
    ann = chronology({"2020/2020-x.yml": event("T", "2020"), **ACTORS}).actors["ann"]
    assert [office.title for office in offices_on(ann, parse(date))] == titles


def test_a_state_gathers_what_its_office_holders_and_bodies_did(chronology):
    files = {
        "2020/2020-03-01-a.yml": event("A", "2020-03-01", "participants: [ann]\n"),
        "2020/2020-04-01-b.yml": event("B", "2020-04-01", "participants: [bob, land]\n"),
        "2020/2020-05-01-c.yml": event("C", "2020-05-01", "participants: [cid, ministry]\n"),
        "2020/2020-06-01-d.yml": event("D", "2020-06-01", "participants:\n  - {actor: cid, on_behalf_of: ministry}\n"),
        "2020/2019-07-01-e.yml": event("E", "2019-07-01", "participants: [ann]\n"),
    }
    files["2019/2019-07-01-e.yml"] = files.pop("2020/2019-07-01-e.yml")
    index = chronology({**files, **ACTORS})
    gathered = [(part.event.id, part.actor.id) for part in index.by_body["land"]]
    assert gathered == [
        ("2020-03-01-a", "ann"),
        ("2020-04-01-b", "bob"),
        ("2020-05-01-c", "ministry"),
        ("2020-06-01-d", "cid"),
    ]
    assert [part.actor.id for part in index.by_body["ministry"]] == ["bob", "cid"]
    assert [entry.id for entry in index.events_of(index.actors["land"])] == [
        "2020-03-01-a",
        "2020-04-01-b",
        "2020-05-01-c",
        "2020-06-01-d",
    ]


def test_relations_are_read_from_both_ends(chronology):
    relation = "relations:\n  - {type: follows, event: 2020-01-01-a}\n"
    index = chronology(
        {"2020/2020-01-01-a.yml": event("A", "2020-01-01"), "2020/2020-01-02-b.yml": event("B", "2020-01-02", relation)}
    )
    assert [(link.label, link.event.id) for link in index.links["2020-01-02-b"]] == [("Follows", "2020-01-01-a")]
    assert [(link.label, link.event.id) for link in index.links["2020-01-01-a"]] == [("Followed by", "2020-01-02-b")]


def test_each_topic_knows_what_comes_before_and_after(chronology):
    files = {f"2020/2020-01-0{day}-x.yml": event("T", f"2020-01-0{day}", "topics: [t]\n") for day in (1, 2, 3)}
    index = chronology({**files, "topics/t.yml": "title: T\nintroduction: Words.\n"})
    around = [index.neighbours["t", f"2020-01-0{day}-x"] for day in (1, 2, 3)]
    assert [tuple(entry.id if entry else None for entry in pair) for pair in around] == [
        (None, "2020-01-02-x"),
        ("2020-01-01-x", "2020-01-03-x"),
        ("2020-01-02-x", None),
    ]


@pytest.mark.parametrize(
    ("date", "place"),
    [
        ("2026-02-11", (2026, 2)),
        ("2026-02", (2026, 2)),
        ("2026", (2026, 0)),
        ("2026-02-26/2026-03-02", (2026, 2)),
        ("[2026-02-28,2026-03-01]", (2026, 0)),
        ("2026-03-01/..", (2026, 3)),
        ("../2026-03-01", (2026, 3)),
        ("-0043-03-15", (-43, 3)),
        ("2025-12-31/2026-01-01", (2025, 12)),
    ],
)
def test_a_date_is_listed_in_its_month_or_in_none(date, place):
    assert shelf(parse(date)) == place


def test_reposts_of_one_agency_count_as_one_publisher(chronology):
    reposts = (
        "sources:\n"
        "  - {title: A, publisher: P, original_publisher: Agency, url: https://example.org/p}\n"
        "  - {title: A, publisher: Q, original_publisher: Agency, url: https://example.org/q}\n"
    )
    digest = "sources:\n  - {title: A, publisher: P, url: https://example.org/d, kind: digest}\n"
    two = "sources:\n  - {publisher: P, url: https://example.org/1}\n  - {publisher: Q, url: https://example.org/2}\n"
    index = chronology(
        {
            "2020/2020-01-01-reposts.yml": event("A", "2020-01-01", sources=reposts),
            "2020/2020-01-02-two.yml": event("B", "2020-01-02", sources=two),
        }
    )
    assert [entry.id for entry in index.single_origin] == ["2020-01-01-reposts"]
    assert index.weak == ()
    weak = chronology({"2021/2021-01-01-digest.yml": event("C", "2021-01-01", sources=digest)})
    assert [entry.id for entry in weak.weak] == ["2021-01-01-digest"]


def test_counterparts_are_counted_once_an_event(chronology):
    files = {
        "2020/2020-01-01-a.yml": event("A", "2020-01-01", "participants: [ann, bob, {actor: bob, role: host}]\n"),
        "2020/2020-01-02-b.yml": event("B", "2020-01-02", "participants: [ann, bob]\n"),
        "2020/2020-01-03-c.yml": event("C", "2020-01-03", "participants: [ann, cid]\n"),
    }
    index = chronology({**files, **ACTORS})
    assert [(actor.id, number) for actor, number in index.counterparts(index.actors["ann"])] == [("bob", 2), ("cid", 1)]
    assert [year for year, _ in by_year(index.by_actor["ann"])] == [2020]
