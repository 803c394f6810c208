"""The data of the timeline: uncertain dates stay uncertain, and every event is there."""

from __future__ import annotations

import gzip
import json

import pytest

from generator import timeline
from generator.dates import parse

EVENT = (
    "title: {title}\ndate: {date}\ntype: meeting\nparticipants: [ann]\nplaces: [harbour]\nsummary: They met.\n"
    "sources:\n  - {{publisher: P, url: https://example.org/a}}\n"
)
FILES = {
    "actors/ann.yml": "name: Ann\nkind: person\noffices: [{title: Minister, of: northland, from: 2020, to: 2020}]\n",
    "actors/northland.yml": "name: Northland\nkind: state\n",
    "places/harbour.yml": "name: Harbour\nlat: 1\nlon: 2\n",
}


def made(chronology, dates: dict[str, str]) -> dict:
    events = {f"{name[:4]}/{name}.yml": EVENT.format(title=name, date=date) for name, date in dates.items()}
    return json.loads(timeline.data(chronology(FILES | events)))


def test_columns_are_of_one_length_and_in_the_order_of_the_events(chronology):
    data = made(chronology, {"2021-02-03-b": "2021-02-03", "2020-01-02-a": "2020-01-02"})
    columns = data["events"]
    assert {len(column) for column in columns.values()} == {2}
    assert columns["id"] == ["2020-01-02-a", "2021-02-03-b"]
    assert columns["from"] == columns["to"] == [18263, 18661]
    assert columns["soft"] == [0, 0]
    assert [data["types"][place]["id"] for place in columns["type"]] == ["meeting", "meeting"]
    assert [data["actors"][place]["id"] for place in columns["actors"][0]] == ["ann"]
    assert [data["places"][place]["name"] for place in columns["places"][0]] == ["Harbour"]


def test_a_state_takes_part_by_its_office_holders_while_they_hold_the_office(chronology):
    data = made(chronology, {"2021-02-03-b": "2021-02-03", "2020-01-02-a": "2020-01-02"})
    names = [[data["actors"][data["states"][place]]["id"] for place in own] for own in data["events"]["states"]]
    assert names == [["northland"], []]


@pytest.mark.parametrize(
    ("text", "soft"),
    [
        ("2020-01-02", 0),
        ("2020-01-02/2020-01-05", 0),
        ("2020-01", 3),
        ("2020-01-02?", 3),
        ("2020-01-02~/2020-01-05", 1),
        ("2020-01-02/2020-01", 2),
        ("2020-01-02/..", 2),
        ("../2020-01-02", 1),
        ("2020-01/..", 3),
        ("[2020-01-02,2020-01-05]", 3),
        ("2020-01-XX", 3),
    ],
)
def test_an_end_that_is_not_certain_is_soft(text, soft):
    assert timeline.softness(parse(text)) == soft


def test_open_ends_have_no_day_and_sets_have_their_members(chronology):
    data = made(chronology, {"2020-01-02-a": "2020-01-02/..", "2020-01-03-b": "[2020-01-03, 2020-01-07]"})
    assert data["events"]["to"] == [None, 18268]
    assert data["parts"] == {"1": [[18264, 18264], [18268, 18268]]}


def test_ten_thousand_events_fit_into_300_kilobytes(chronology):
    one = json.loads(
        timeline.data(chronology(FILES | {"2020/2020-01-02-a.yml": EVENT.format(title="a", date="2020-01-02")}))
    )
    words = ["call", "visit", "talks", "strike", "vote", "letter", "denial", "offer", "threat", "pact"]
    columns = one["events"]
    for number in range(10_000):
        for name, column in columns.items():
            column.append(column[0])
            if name == "id":
                column[-1] = (
                    f"2020-01-{number % 28 + 1:02}-{words[number % 10]}-{words[number % 7]}-{number * 7919 % 10007}"
                )
            elif name == "title":
                column[-1] = (
                    f"Minister {number * 31 % 499} and {number * 17 % 487} {words[number % 10]} on {number * 7 % 997}"
                )
            elif name in ("from", "to"):
                column[-1] = 18263 + number * 13 % 1500
    assert len(gzip.compress(json.dumps(one, separators=(",", ":")).encode())) < 300_000
