"""Comments that waive a finding."""

from __future__ import annotations

import pytest

from generator.check import check
from generator.waivers import waivers

EVENT = """title: A meets B
date: 2020-05-06
type: meeting
summary: They met.
sources:{trailing}
{above}  - publisher: P{beside}
    url: https://example.org/a
    archived: https://example.org/b
"""


def codes(project) -> list[str]:
    return [f"{finding.code}:{finding.position.line}" for finding in check(project / "events", "events").findings]


@pytest.mark.parametrize(
    ("places", "found", "waived"),
    [
        ({}, ["R404:6"], 0),
        ({"beside": "  # allow: R404 nobody else was there"}, [], 1),
        ({"above": "  # allow: R404 nobody else was there\n"}, [], 1),
        ({"above": "  # allow: R404 nobody else was there\n\n  # by the way\n"}, [], 1),
        ({"above": "# allow: R404, R405 nobody else was there\n"}, ["W104:6"], 1),
        ({"trailing": "  # allow: R404 one line too high"}, ["W104:5", "R404:6"], 0),
        ({"beside": "  # allow: R404"}, ["R404:6", "W103:6"], 0),
        ({"beside": "  # allow R404 no colon"}, ["R404:6", "W101:6"], 0),
        ({"beside": "  # ALLOW: r404 in the wrong case"}, ["R404:6", "W101:6"], 0),
        ({"beside": "  # allow: R999 there is no such code"}, ["R404:6", "W101:6"], 0),
        ({"beside": "  # allow: S202 it is not known"}, ["R404:6", "W102:6"], 0),
        ({"beside": "  # allow: R404 once  # allow: R404 twice"}, [], 1),
        ({"above": "  # they allow: nothing\n"}, ["R404:7"], 0),
    ],
)
def test_a_waiver_speaks_of_its_line_or_of_the_next(make, places, found, waived):
    text = EVENT.format(**({"trailing": "", "above": "", "beside": ""} | places))
    project = make({"2020/2020-05-06-a.yml": text})
    assert codes(project) == found
    assert check(project / "events", "events").waived == waived


def test_what_looks_like_a_waiver_inside_a_text_is_text(make):
    text = EVENT.format(trailing="", above="", beside="").replace("They met.", '"They met. # allow: R404 no"')
    assert codes(make({"2020/2020-05-06-a.yml": text})) == ["R404:6"]
    block = EVENT.format(trailing="", above="", beside="").replace(
        "They met.", ">-\n  They\n  # allow: R404 no\n  met."
    )
    assert codes(make({"2020/2020-05-06-a.yml": block})) == ["R404:9"]


def test_waivers_of_a_text_are_read_with_their_places():
    (waiver,) = waivers("a: 1\r\nb: é 🎉  # allow: R404: for a reason \r\n", "x")
    assert (waiver.code, waiver.reason, waiver.line, waiver.position.column) == ("R404", "for a reason", 2, 9)
