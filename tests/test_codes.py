"""The registry of codes: every one is explained, and is shown by a case."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from reading import CASES
from test_corpus import NAMES
from test_reading import NOT_FILES, NOT_TEXT

from examples import EXAMPLES
from generator import rules
from generator.codes import explanations
from generator.diagnostics import Severity

CODE = re.compile(r"\b[A-Z][0-9]{3}\b")
HEAD = re.compile(r"^\S.*?:\d+:\d+: (?P<code>[A-Z][0-9]{3}) (?P<level>warning: |hint: |)", re.MULTILINE)
REPORTS = [
    *(CASES / "reading/refused").glob("*/*.expected"),
    *(CASES / "corpus").glob("*/expected.txt"),
    *EXAMPLES.glob("*/expected.txt"),
]


def test_every_code_is_shown_by_a_case_and_every_case_s_code_is_explained():
    shown = {match["code"] for report in REPORTS for match in HEAD.finditer(report.read_text(encoding="utf-8"))}
    built = (
        {code for _, code, *_ in NOT_TEXT.values()}
        | {"Y101" for _ in NOT_FILES}
        | {"Y102", "F101", "P501", "P502", "P503"}
    )
    assert shown | built | {match for _, lines in NAMES.values() for match in CODE.findall(lines)} == set(
        explanations()
    )


def test_the_report_of_a_case_has_its_code_s_severity():
    assert REPORTS
    levels = {Severity.ERROR: "", Severity.WARNING: "warning: ", Severity.HINT: "hint: "}
    for report in REPORTS:
        for match in HEAD.finditer(report.read_text(encoding="utf-8")):
            assert match["level"] == levels[explanations()[match["code"]].severity], report


def test_every_code_in_the_program_is_explained():
    program = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "generator").rglob("*.py"))
    assert set(re.findall(r'"([YSDRFPW][0-9]{3})"', program)) == set(explanations())


@pytest.mark.parametrize("code", explanations())
def test_an_explanation_says_what_is_required_why_and_how_to_fix_it(code):
    entry = explanations()[code]
    *before, how = entry.text.split("\n\n")
    assert len(before) >= 2, "what is required, and why, each in a paragraph"
    assert how.startswith("How to fix it: ")
    assert all(paragraph.endswith(".") for paragraph in (*before, how))
    assert entry.name


def test_codes_and_names_are_used_once():
    names = [entry.name for entry in explanations().values()]
    assert len(names) == len(set(names))
    codes = [rule.CODE for rule in rules.RULES]
    assert len(codes) == len(set(codes))


def test_every_rule_is_registered():
    files = {file.stem for file in (ROOT / "generator/rules").glob("*.py")} - {"__init__"}
    assert files
    assert {rule.__name__.rsplit(".", 1)[-1] for rule in rules.RULES} == files
    assert [rule.CODE for rule in rules.RULES] == sorted(rule.CODE for rule in rules.RULES)
