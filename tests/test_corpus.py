"""Checking a whole folder: each case is a project with events/ and the exact report of it in expected.txt.

Files that not every file system can hold (names that differ in case, names Windows reserves, links) are made here.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import SETTINGS
from corpora import full_report
from hypothesis import given
from hypothesis import strategies as st
from reading import CASES

from generator import check as checking
from generator.check import check, errors_of
from generator.cli import main
from generator.diagnostics import has_errors

CORPORA = sorted(folder for folder in (CASES / "corpus").iterdir() if folder.is_dir())
EVENT = (
    "title: A meets B\ndate: {date}\ntype: meeting\nstanding: reported\nsummary: They met.\n"
    "sources:\n  - {{publisher: P, url: 'https://example.org/{date}', archived: 'https://example.org/a/{date}'}}\n"
)
GOOD = {"2020/2020-05-06-a.yml": EVENT.format(date="2020-05-06")}
ANN = "name: Ann\nkind: person\n"


def test_there_are_cases():
    assert len(CORPORA) > 20


@pytest.mark.parametrize("project", CORPORA, ids=lambda project: project.name)
def test_a_folder_is_reported_on_like_this(project):
    assert full_report(project) == (project / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("project", CORPORA, ids=lambda project: project.name)
def test_a_case_that_reports_nothing_says_so_and_no_other_does(project):
    clean = full_report(project).endswith("checked: no problem found.\n")
    assert clean == project.name.endswith("nothing")


NAMES: dict[str, tuple[dict[str, str], str]] = {
    "ids that differ in case alone": (
        {"actors/ann-lee.yml": ANN, "actors/Ann-Lee.yml": ANN, "2020/2020-05-06-A.yml": "", "actors/BOB.yml": ANN},
        "events/2020/2020-05-06-A.yml:1:1: S216 Ids may not differ in case alone; “2020-05-06-a.yml” is there too.\n"
        "  → Join the two files, or rename this one.\n\n"
        "events/actors/Ann-Lee.yml:1:1: S216 Ids may not differ in case alone; “ann-lee.yml” is there too.\n"
        "  → Join the two files, or rename this one.\n\n"
        "events/actors/BOB.yml:1:1: S207 An id is lower-case ASCII words joined by hyphens; “BOB” is not.\n"
        "  → Rename the file, for example to bob.yml.",
    ),
    "ids that Windows reserves": (
        {"actors/con.yml": ANN, "actors/com1.yml": ANN, "places/aux.yml": "", "actors/con-air.yml": ANN},
        "events/actors/com1.yml:1:1: S207 The id “com1” is reserved: Windows or the site uses the name itself.\n"
        "  → Choose another name, for example with a second word.\n\n"
        "events/actors/con.yml:1:1: S207 The id “con” is reserved: Windows or the site uses the name itself.\n"
        "  → Choose another name, for example with a second word.\n\n"
        "events/places/aux.yml:1:1: S207 The id “aux” is reserved: Windows or the site uses the name itself.\n"
        "  → Choose another name, for example with a second word.",
    ),
    "names that could harm a terminal": (
        {"actors/\x1b[31mred.yml": ANN, "a\u202eb.yml": "", "\n": ""},
        "events/U+000A:1:1: S215 A file “U+000A” has no meaning at this place.\n"
        "  → Move it into the folder of its year or kind.\n\n"
        "events/actors/U+001B[31mred.yml:1:1: S207 An id is lower-case ASCII words joined by hyphens; "
        "“U+001B[31mred” is not.\n"
        "  → Rename the file, for example to 31mred.yml.\n\n"
        "events/aU+202Eb.yml:1:1: S215 A file “aU+202Eb.yml” has no meaning at this place.\n"
        "  → Move it into the folder of its year or kind.",
    ),
}


def findings_of(project: Path) -> str:
    """Give the report without its closing line."""
    return full_report(project).rpartition("\n\n")[0]


@pytest.mark.parametrize("case", NAMES)
def test_names_that_not_every_file_system_can_hold(make, case):
    files, expected = NAMES[case]
    assert findings_of(make(GOOD | files)) == expected


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _link_to_a_file(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def _link_to_a_folder(path: Path) -> None:
    path.symlink_to("/etc")


@pytest.mark.parametrize("make_it", [_fifo, _folder, _link_to_a_file, _link_to_a_folder])
@pytest.mark.parametrize("name", ["2020/2020-05-07-b.yml", "actors", "places/x.yml", "redirects.yml", "chronology.yml"])
def test_nothing_outside_is_read_and_nothing_waits(make, name, make_it):
    project = make(GOOD | {"places/y.yml": "name: Y\nlat: 1\nlon: 1\n"})
    path = project / "events" / name
    path.unlink(missing_ok=True)
    make_it(path)
    start = time.perf_counter()
    checked = check(project / "events", "events")
    assert time.perf_counter() - start < 2
    if (name, make_it) == ("actors", _folder):
        assert errors_of(checked) == []
        return
    assert {finding.code for finding in errors_of(checked)} <= {"Y101", "S215"}
    assert {finding.position.path for finding in errors_of(checked)} == {f"events/{name}"}
    assert "/etc" not in full_report(project)


def test_a_folder_that_cannot_be_read_is_a_finding(make, monkeypatch):
    project = make(GOOD | {"actors/ann.yml": ANN})
    scandir = os.scandir

    def guarded(path: Path) -> object:
        if path.name == "actors":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr("os.scandir", guarded)
    expected = "events/actors:1:1: Y101 The folder cannot be read: Permission denied.\n  → Make it readable."
    assert findings_of(project) == expected


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    assert full_report(tmp_path) == (
        "events:1:1: Y118 There is no folder of event files here.\n"
        "  → Run the command in the project’s folder.\n\n"
        "0 files with 0 events checked: 1 error.\n"
    )


@pytest.mark.parametrize("where", ["events", ".", "there/events"])
def test_findings_name_the_folder_as_the_user_does(make, monkeypatch, where):
    project = make(GOOD | {"redirects.yml": "2020-old: 2020-new\n"})
    monkeypatch.chdir({"events": project, ".": project / "events", "there/events": project}[where])
    if where == "there/events":
        Path("there").symlink_to(".")
    (finding,) = check(Path(where), where).findings
    assert str(finding.position) == f"{where}/redirects.yml:1:11"
    assert Path(finding.position.path).is_file()


def test_many_missing_ids_are_all_reported_and_the_nearest_is_looked_for_a_few_times(make):
    names = [f"ann-le-{number}" for number in range(60)]
    event = GOOD["2020/2020-05-06-a.yml"] + f"participants: [{', '.join(names)}]\n"
    redirects = "".join(f"2020-old-{name}: 2020-05-06-aa\n" for name in names)
    project = make({"2020/2020-05-06-a.yml": event, "actors/ann-lee.yml": ANN, "redirects.yml": redirects})
    findings = check(project / "events", "events").findings
    for code in ("R301", "R305"):
        remedies = [finding.remedy for finding in findings if finding.code == code]
        assert len(remedies) == 60
        assert sum("Did you mean" in remedy for remedy in remedies) == 20


def test_exit_statuses(make, monkeypatch):
    project = make(GOOD)
    bad = project / "bad"
    (bad / "2020").mkdir(parents=True)
    (bad / "chronology.yml").write_text(SETTINGS)
    (bad / "2020/2020-05-06-a.yml").write_text(GOOD["2020/2020-05-06-a.yml"] + "foo: 1\n")
    warned = project / "warned"
    (warned / "2020").mkdir(parents=True)
    (warned / "chronology.yml").write_text(SETTINGS)
    (warned / "2020/2020-05-06-a.yml").write_text(GOOD["2020/2020-05-06-a.yml"].replace("A meets B", "A and #2"))
    monkeypatch.chdir(project)
    runner = CliRunner()

    def status(*arguments: str) -> int:
        result = runner.invoke(main, ["check", *arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code

    assert status() == status("events") == status(str(project / "events")) == 0
    assert status("warned") == 0
    assert status("bad") == status("nowhere") == 1
    assert status("--nonsense") == status("one", "two") == status("events/chronology.yml") == 2


def test_an_exception_in_a_rule_is_a_bug_and_no_finding(make, monkeypatch):
    """Problems of the input are findings; what is ours must be seen."""

    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(checking.rules, "run", broken)
    with pytest.raises(ZeroDivisionError):
        check(make(GOOD) / "events", "events")


LINES = st.sampled_from(
    (
        "participants: [ann, bob]\n",
        "places: [x]\n",
        "relations:\n  - {type: follows, event: 2020-b}\n",
        "title: B\n",
        "date: 2021\n",
        "\t\n",
        "foo: [\n",
        "- x\n",
        "date_note: <b>\n",
        "topics: ~\n",
        "---\n",
    )
)


@given(st.lists(LINES, max_size=3), st.lists(LINES, max_size=3), st.sampled_from(["2020", "2020-05", "2020-13", "x"]))
def test_any_two_events_are_checked_and_reported(tmp_path_factory, first, second, date):
    project = tmp_path_factory.getbasetemp() / "any"
    files = {
        "chronology.yml": SETTINGS,
        "2020/2020-a.yml": EVENT.format(date=date) + "".join(first),
        "2020/2020-b.yml": "".join(second) + EVENT.format(date="2020-05"),
        "actors/ann.yml": ANN,
    }
    for name, text in files.items():
        path = project / "events" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    checked = check(project / "events", "events")
    assert checked.ok != has_errors(checked.findings)
    assert list(checked.findings) == sorted(checked.findings, key=lambda finding: finding.sort_key)
    assert full_report(project).endswith("problem found.\n" if not checked.findings else ".\n")
