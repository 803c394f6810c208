"""The report in the forms that other programs read."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.commands.check import FORMATS
from generator.diagnostics import Diagnostic, Position, Related, Severity
from generator.report import FORMATS as RENDERERS
from generator.report import Report, github

HOSTILE = "100%\n::set-output name=x::y\r##[error]z, a:b <img src=x> | `c` @who \x1b[31m\u202e"


def finding(severity: Severity = Severity.ERROR, path: str = "events/2020/a,b:c%.yml", **values: object) -> Diagnostic:
    given = {"code": "S205", "message": "m", "remedy": "r", "position": Position(path, 3, 7), "length": 6} | values
    return Diagnostic(severity=severity, **given)  # type: ignore[arg-type]


def report(*findings: Diagnostic, **values: object) -> Report:
    given = {"files": 2, "events": 1, "seconds": 0.12, "lines": lambda path: [], "version": "1.2.3"} | values
    return Report(findings=findings, **given)  # type: ignore[arg-type]


def written(form: str, *findings: Diagnostic, **values: object) -> str:
    return "\n".join(RENDERERS[form].render(report(*findings, **values)))


def test_every_form_is_offered_by_the_command():
    assert tuple(RENDERERS) == FORMATS


def test_people_are_told_where_each_code_is_explained():
    text = written("people", finding(), site="https://example.org/c", waived=2, hidden=("3 hints",))
    assert "  S205 unknown word  https://example.org/c/contribute/rules/s205/" in text
    assert text.endswith("2 files with 1 event checked in 0.1 s: 1 error; 2 waived; 3 hints.")


def test_people_are_shown_twenty_findings_of_a_code_in_a_file_and_told_how_many_more():
    text = written("people", *(finding(position=Position("x.yml", line, 1)) for line in range(1, 31)))
    assert text.count(" S205 m") == 20
    assert "x.yml: 10 more findings of S205 there." in text
    assert "30 errors." in text


def test_concise_is_one_line_a_finding():
    head, closing = written("concise", finding(message=HOSTILE)).splitlines()
    assert head.startswith("events/2020/a,b:c%.yml:3:7: S205 error: 100%U+000A::set-output")
    assert "\x1b" not in head
    assert closing == "2 files with 1 event checked in 0.1 s: 1 error."


def test_json_holds_everything_that_a_program_needs():
    related = (Related(Position("y", 1, 2), "first"),)
    loaded = json.loads(written("json", finding(related=related, fix="speech"), site="https://example.org"))
    assert loaded == {
        "version": 1,
        "files": 2,
        "events": 1,
        "waived": 0,
        "findings": [
            {
                "code": "S205",
                "name": "unknown word",
                "severity": "error",
                "message": "m",
                "remedy": "r",
                "path": "events/2020/a,b:c%.yml",
                "line": 3,
                "column": 7,
                "endColumn": 13,
                "wholeFile": False,
                "fix": "speech",
                "related": [{"path": "y", "line": 1, "column": 2, "message": "first"}],
                "help": "https://example.org/contribute/rules/s205/",
            }
        ],
    }


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab"])
def test_forms_for_programs_are_ascii_whatever_the_data_hold(form):
    text = written(form, finding(message=HOSTILE, path="events/2020/é\u202e.yml"))
    assert text.isascii()
    assert "\x1b" not in text
    json.loads(text)


def test_gitlab_fingerprints_differ_and_stay_when_lines_move():
    first, second = json.loads(written("gitlab", finding(), finding()))
    moved, _ = json.loads(written("gitlab", finding(position=Position(finding().position.path, 9, 9)), finding()))
    assert first["fingerprint"] != second["fingerprint"]
    assert first["fingerprint"] == moved["fingerprint"]
    assert first["severity"] == "major"
    assert first["location"] == {"path": "events/2020/a,b:c%.yml", "lines": {"begin": 3}}


def test_sarif_has_regions_rules_and_related_places():
    whole = finding(length=0, code="P501", message="gone", related=(Related(Position("y", 1, 2), "first"),))
    (run,) = json.loads(written("sarif", finding(), whole, site="https://example.org"))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["P501", "S205"]
    assert run["tool"]["driver"]["rules"][1]["helpUri"] == "https://example.org/contribute/rules/s205/"
    placed, unplaced = run["results"]
    assert placed["ruleIndex"] == 1
    assert placed["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "events/2020/a%2Cb%3Ac%25.yml", "uriBaseId": "PROJECT"},
        "region": {"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 13},
    }
    assert "region" not in unplaced["locations"][0]["physicalLocation"]
    assert unplaced["relatedLocations"][0]["message"] == {"text": "first"}


def test_github_commands_cannot_be_forged_by_data():
    lines = written("github", finding(message=HOSTILE)).splitlines()
    assert [line for line in lines if "::" in line and not line.startswith("::error file=")] == []
    assert lines[0].startswith(
        "::error file=events/2020/a%2Cb%3Ac%25.yml,line=3,col=7,endColumn=12,title=S205::100%25U+000A"
    )
    assert len(lines) == 2


def test_github_is_given_ten_of_a_kind_those_of_changed_files_first():
    many = [finding(path=f"f{number:02}.yml", message=str(number)) for number in range(15)]
    lines = written("github", *many, finding(Severity.WARNING), changed=frozenset({"f13.yml"})).splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert len(errors) == 10
    assert "file=f13.yml" in errors[0]
    assert errors[-1] == "::error title=chronology check::6 more errors: all are in the summary of this job."
    assert len([line for line in lines if line.startswith("::warning ")]) == 1


def test_the_job_summary_holds_all_and_shows_text_as_text():
    many = [finding(path=f"f{number:02}.yml") for number in range(15)]
    table = github.job_summary(report(*many, finding(message=HOSTILE), changed=frozenset({"f13.yml"})))
    rows = [line for line in table.splitlines() if line.startswith("| error ")]
    assert len(rows) == 16
    assert rows[0].startswith("| error S205 | f13.yml:3:7 |")
    assert rows[1].startswith("| error S205 | f00.yml:3:7 (not changed here) |")
    assert "<img" not in table
    assert all(row.count("|") == 5 for row in rows)
    assert not re.search(r"(?<!&)#(?!\d)|@who|`", "".join(rows))


def test_a_job_summary_that_would_be_too_large_says_how_much_is_missing():
    text = github.job_summary(report(*(finding(message="x" * 5000) for _ in range(400))))
    assert len(text.encode()) < 1_000_000
    assert re.search(r"\n\d+ more findings did not fit: run “chronology check”\.\n$", text)


def test_the_summary_is_written_where_github_says(make, monkeypatch, tmp_path):
    folder = make({"2020/2020-05-06-a.yml": "title: A\n"})
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    result = CliRunner().invoke(main, ["check", "--format", "github"], catch_exceptions=False)
    assert result.exit_code == 1
    assert (tmp_path / "summary.md").read_text().startswith("### Check of the event files\n")
