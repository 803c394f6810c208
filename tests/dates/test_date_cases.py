"""Every line of valid.tsv and invalid.tsv, compared in full."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.dates import DateError, Edge, describe, iso_bounds, parse

HERE = Path(__file__).parent
EDGES = {"k": Edge.KNOWN, "o": Edge.OPEN, "u": Edge.UNKNOWN}


def rows(name: str, columns: int) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    found = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    assert [row for row in found if len(row) != columns] == []
    return found


VALID = rows("valid.tsv", 9)
INVALID = rows("invalid.tsv", 4)


def test_there_are_enough_cases() -> None:
    assert len({row[0] for row in VALID}) == len(VALID) >= 130
    assert len({row[0] for row in INVALID}) == len(INVALID) >= 150


@pytest.mark.parametrize("row", VALID, ids=lambda row: row[0])
def test_valid_text_has_the_expected_meaning(row: list[str]) -> None:
    text, level, form, precision, earliest, latest, edges, marks, english = row
    date = parse(text)
    assert [date.text, str(date.level), date.form.value, date.precision.value] == [text, level, form, precision]
    assert [bound or "-" for bound in iso_bounds(date)] == [earliest, latest]
    assert [date.start_edge, date.end_edge] == [EDGES[edge] for edge in edges]
    assert {(False, False): "-", (True, False): "?", (False, True): "~", (True, True): "%"}[
        date.uncertain, date.approximate
    ] == marks
    assert describe(date) == english


@pytest.mark.parametrize("row", INVALID, ids=lambda row: row[0])
def test_invalid_text_is_refused_with_its_place_and_remedy(row: list[str]) -> None:
    text, *expected = row
    with pytest.raises(DateError) as caught:
        parse(text.encode("ascii").decode("unicode_escape"))
    error = caught.value
    assert [str(error.offset), error.message, error.remedy] == expected
    assert str(error) == error.message


def test_what_a_remedy_says_to_write_can_be_written() -> None:
    proposals = re.compile(r"(?:^write |, or |, )(?=\S*[0-9]{4})([^ ,;]+|\[\S+\]|\{\S+\})(?=$| for | if |, )")
    checked = 0
    for text, _, _, remedy in INVALID:
        for proposal in proposals.findall(remedy):
            checked += 1
            try:
                parse(proposal)
            except DateError:
                assert parse(f"[{proposal}]").text, text
    assert checked > 150
