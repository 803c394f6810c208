"""The command line: what it prints, what it writes, what it exits with."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, run

from generator.check import check, errors_of
from generator.cli import main
from generator.codes import explanations

EVENT = (
    "title: A meets B\ndate: 2020-05-06\ntype: meeting\nstanding: reported\nsummary: They met.\n"
    "sources:\n  - {publisher: P, url: https://example.org/a, archived: https://example.org/b/a}\n"
)
ANN = "name: Ann Åström\nkind: person\nnames:\n  - {name: أن, language: ar}\n"


def call(*arguments: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=answers, catch_exceptions=False)


def test_a_clean_folder_exits_with_0_and_says_what_was_checked(make, monkeypatch):
    monkeypatch.chdir(make({"2020/2020-05-06-a.yml": EVENT}))
    result = call("check")
    assert result.exit_code == 0
    assert re.fullmatch(r"2 files with 1 event checked in \d+\.\d s: no problem found\.\n", result.output)
    assert call("check", "--quiet").output == ""


def test_findings_exit_with_1_and_name_place_line_and_remedy(make, monkeypatch):
    monkeypatch.chdir(make({"2020/2020-05-06-a.yml": EVENT.replace("type: meeting", "type: meting")}))
    result = call("check")
    assert result.exit_code == 1
    head, line, caret, remedy = result.output.splitlines()[:4]
    assert head == "events/2020/2020-05-06-a.yml:3:7: S205 “meting” is not a word that “type” knows."
    assert line == "    3 | type: meting"
    assert caret == "      |       ^^^^^^"
    assert remedy.startswith("  → Did you mean “meeting”? The words are: telephone-call, ")


@pytest.mark.parametrize("arguments", [("chek",), ("check", "--colour"), ("explain",), ("explain", "Z999"), ("pages",)])
def test_a_wrong_call_exits_with_2(arguments):
    assert call(*arguments).exit_code == 2


def test_a_folder_that_is_not_there_is_an_error_and_no_pass(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = call("check")
    assert result.exit_code == 1
    assert "Y118 There is no folder of event files here." in result.output


@pytest.mark.parametrize("code", explanations())
def test_every_code_is_explained(code):
    result = call("explain", code.lower())
    assert result.exit_code == 0
    assert result.output.startswith(f"{code} ")
    assert "How to fix it:" in result.output


@pytest.mark.parametrize("name", main.commands)
def test_every_command_has_help_for_people(name):
    assert len(call(name, "--help").output.split("\n\n")) >= 2
    options = [param for param in main.commands[name].params if isinstance(param, click.Option)]
    unexplained = [option.name for option in options if not (option.help or "").rstrip(".…)").strip()]
    assert unexplained == []


def test_new_writes_a_file_that_passes_from_options_alone(make, monkeypatch):
    folder = make({"2020/2020-05-06-a.yml": EVENT, "actors/ann-astrom.yml": ANN})
    monkeypatch.chdir(folder)
    result = call(
        "new",
        *("--date", "2021-03-04"),
        *("--title", "Ann: “no” to the café's plan #2"),
        *("--type", "statement"),
        *("--actor", "astrom:speaker"),
        *("--summary", "Ann said no: the plan, she said, was off."),
        *("--publisher", "The Paper"),
        *("--url", "https://example.org/b"),
    )
    assert result.output.startswith("wrote events/2021/2021-03-04-ann-no-cafe-plan-2.yml\n")
    assert " R404 warning: An event that rests on one publisher says how it stands; this rests on " in result.output
    written = (folder / "events/2021/2021-03-04-ann-no-cafe-plan-2.yml").read_text(encoding="utf-8")
    assert written == (
        "# yaml-language-server: $schema=../../schema/event.schema.json\n"
        "title: 'Ann: “no” to the café''s plan #2'\n"
        "date: 2021-03-04\n"
        "type: statement\n"
        "participants:\n"
        "  - {actor: ann-astrom, role: speaker}\n"
        "summary: 'Ann said no: the plan, she said, was off.'\n"
        "sources:\n"
        "  - publisher: The Paper\n"
        "    url: https://example.org/b\n"
    )
    assert errors_of(check(folder / "events", "events")) == []


def test_new_asks_until_an_answer_is_one_and_proposes_known_actors(make, monkeypatch):
    folder = make({"2020/2020-05-06-a.yml": EVENT, "actors/ann-astrom.yml": ANN, "actors/bob.yml": ANN})
    monkeypatch.chdir(folder)
    answers = [
        *("11 February 2021", "2021-02", "The page gives the month alone."),
        "Ann meets Bob",
        *("meet", "meeting"),
        *("åström", "bob", "pal", "host", ""),  # two actors have that name, and nobody's part is “pal”
        "They met.",
        *("", "The Paper", "example.org", "https://example.org/b", "2021-03"),
        *("We met.", "bob"),
        "",
    ]
    result = call("new", answers="\n".join(answers) + "\n")
    assert "It reads: February 2021." in result.output
    assert "“meet” is not a kind. It could be: meeting, multilateral-meeting." in result.output
    assert "could be: ann-astrom, bob" in result.output
    assert "for good, and the name of its file [2021-02-ann-meets-bob]" in result.output
    assert "\nwrote events/2021/2021-02-ann-meets-bob.yml\n" in result.output
    assert (folder / "events/2021/2021-02-ann-meets-bob.yml").read_text() == (
        "# yaml-language-server: $schema=../../schema/event.schema.json\n"
        "title: Ann meets Bob\n"
        "date: 2021-02\n"
        "date_note: The page gives the month alone.\n"
        "type: meeting\n"
        "participants:\n"
        "  - {actor: bob, role: host}\n"
        "summary: They met.\n"
        "statements:\n"
        "  - speaker: bob\n"
        "    text: We met.\n"
        "    source: the-paper\n"
        "sources:\n"
        "  - id: the-paper\n"
        "    publisher: The Paper\n"
        "    url: https://example.org/b\n"
        "    published: 2021-03\n"
    )
    assert errors_of(check(folder / "events", "events")) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"--date": "2021-02-30"}, "--date: February 2021 has 28 days"),
        ({"--type": "talking"}, "“talking” is not a kind"),
        ({"--actor": "nobody"}, "“nobody” is not one of the actors."),
        ({"--url": "https://example.org/a", "--publisher": "Q"}, "A page is described alike wherever it is cited"),
        ({"--actor": "ann:boss"}, "“ann” is not one of the actors."),
        ({"--id": "meeting"}, "An event’s id is its date and some lower-case ASCII words, such as 2021-03-04-t."),
        ({"--url": "javascript:alert(1)"}, "--url: The address starts with “javascript:”"),
        ({"--summary": "<script>alert(1)</script>"}, "may not hold raw HTML"),
    ],
)
def test_new_refuses_what_the_check_would_and_writes_nothing(make, monkeypatch, changed, words):
    folder = make({"2020/2020-05-06-a.yml": EVENT})
    monkeypatch.chdir(folder)
    options = {
        "--date": "2021-03-04",
        "--title": "T",
        "--type": "statement",
        "--summary": "S.",
        "--publisher": "P",
        "--url": "https://example.org/b",
    }
    result = call("new", *(part for pair in (options | changed).items() for part in pair))
    assert result.exit_code == 1
    assert words in result.output
    assert [path.name for path in folder.rglob("*.yml")] == ["chronology.yml", "2020-05-06-a.yml"]


def test_new_never_overwrites(make, monkeypatch):
    folder = make({"2020/2020-05-06-meets-b.yml": EVENT})
    monkeypatch.chdir(folder)
    options = ("--title", "A meets B", "--type", "meeting", "--summary", "S.", "--publisher", "P")
    result = call("new", "--date", "2020-05-06", *options, "--url", "https://example.org/b")
    assert (result.exit_code, "is already there" in result.output) == (1, True)
    assert (folder / "events/2020/2020-05-06-meets-b.yml").read_text() == EVENT


def test_init_starts_a_chronology_that_passes_and_builds(tmp_path):
    title, description = "“Canals”: a history", "When canals were opened # and by whom."
    result = call("init", str(tmp_path / "canals"), "--title", title, "--description", description)
    assert result.exit_code == 0, result.output
    folder = tmp_path / "canals"
    assert check(folder / "events", "events").findings == ()
    assert run("chronology", "fmt", "--check", cwd=folder).returncode == 0
    locked = (folder / "requirements.txt").read_text()
    assert locked == (ROOT / "generator/starter/requirements.txt").read_text()
    names = ("CODEOWNERS", "ISSUE_TEMPLATE/event.yml", "dependabot.yml", "pull_request_template.md")
    assert all((folder / ".github" / name).is_file() for name in names)
    workflows = {path.name for path in (folder / ".github/workflows").iterdir()}
    assert workflows == {path.name for path in (ROOT / ".github/workflows").iterdir()}
    assert (folder / "LICENSE-DATA.md").is_file()
    assert not [path for path in folder.rglob("*") if path.is_file() and b"@TITLE@" in path.read_bytes()]
    built = run("mkdocs", "build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    assert (folder / "site/events/1869-11-17-suez-canal-opens/index.html").is_file()
    again = call("init", str(folder), "--title", "Other", "--description", "Other.")
    assert (again.exit_code, "nothing was written" in again.output) == (1, True)
    assert "“Canals”: a history" in (folder / "mkdocs.yml").read_text()


def test_pages_writes_only_what_changed_and_only_where_it_may(make, monkeypatch):
    folder = make({"2020/2020-05-06-a.yml": EVENT})
    (folder / "docs").mkdir()
    (folder / "docs/about.md").write_text("# About\n")
    monkeypatch.chdir(folder)
    first = call("pages", "out")
    assert re.fullmatch(r"out: \d+ files written, 0 unchanged, 0 removed\.\n", first.output)
    assert (folder / "out/events/2020-05-06-a.md").is_file()
    assert (folder / "out/about.md").read_text() == "# About\n"
    again = call("pages", "out")
    assert re.fullmatch(r"out: 0 files written, \d+ unchanged, 0 removed\.\n", again.output)
    (folder / "docs/about.md").unlink()
    assert call("pages", "out").output.endswith(" 1 removed.\n")
    assert not (folder / "out/about.md").exists()
    (folder / "own").mkdir()
    (folder / "own/letter.md").write_text("mine")
    refused = call("pages", "own")
    assert (refused.exit_code, "was not written by" in refused.output) == (1, True)
    assert [path.name for path in (folder / "own").iterdir()] == ["letter.md"]
    (folder / "events/2020/2020-05-06-a.yml").write_text("title: broken\n")
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    assert call("pages", "out").exit_code == 1
    assert {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()} == before


def test_the_same_input_gives_the_same_pages_anywhere(tmp_path):
    """Another locale, time zone, hash seed, path and file order change no byte."""
    first, second = tmp_path / "a", tmp_path / "another place"
    one = run("chronology", "pages", str(first), LC_ALL="C", TZ="UTC", PYTHONHASHSEED="1")
    two = run("chronology", "pages", str(second), LC_ALL="C.UTF-8", TZ="Asia/Karachi", PYTHONHASHSEED="77")
    assert (one.returncode, two.returncode) == (0, 0), one.stderr + two.stderr

    def content(folder):
        return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert content(first) == content(second)


def test_the_starter_wires_editors_like_the_repository():
    starter = ROOT / "generator/starter/dot-vscode/settings.json"
    assert starter.read_bytes() == (ROOT / ".vscode/settings.json").read_bytes()
