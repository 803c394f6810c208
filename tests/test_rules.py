"""Each rule is shown by an example: a file that it reports, with the exact report, and one that it does not."""

from __future__ import annotations

import re

import pytest

from examples import BASE, EXAMPLES, said_of
from generator.codes import explanations
from generator.rules import RULES

CODES = sorted(folder.name for folder in EXAMPLES.glob("[A-Z]*"))
HEAD = re.compile(r"^\S.*?:\d+:\d+: ([A-Z]\d{3}) ", re.MULTILINE)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795435200")  # 2026-11-23


def test_every_rule_has_an_example_and_every_example_a_code():
    assert {rule.CODE for rule in RULES} <= set(CODES) <= explanations().keys()


def test_the_common_base_is_clean(tmp_path):
    assert said_of(BASE, tmp_path) == ""


@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_is_reported_exactly_so_and_under_no_other_code(code, tmp_path):
    said = said_of(EXAMPLES / code / "bad", tmp_path)
    assert said == (EXAMPLES / code / "expected.txt").read_text(encoding="utf-8")
    assert set(HEAD.findall(said)) == {code}


@pytest.mark.parametrize("code", CODES)
def test_the_good_example_is_not_reported(code, tmp_path):
    assert said_of(EXAMPLES / code / "good", tmp_path) == ""
