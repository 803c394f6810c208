"""What is compared with another state in git: what changed, and what was published."""

from __future__ import annotations

import re
import subprocess

import pytest
from click.testing import CliRunner, Result

from generator.cli import main

EVENT = (
    "title: {title}\ndate: 2020-05-0{day}\ntype: meeting\nsummary: They met.\n"
    "sources:\n  - {{publisher: P, url: 'https://example.org/{day}', archived: 'https://example.org/a/{day}'}}\n"
)


def event(day: int, title: str = "A meets B") -> str:
    return EVENT.format(day=day, title=f"{title} on day {day}")


def git(folder, *arguments: str) -> None:
    name = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments], catch_exceptions=False)


@pytest.fixture
def project(make, monkeypatch):
    folder = make(
        {
            **{f"2020/2020-05-0{day}-a.yml": event(day) for day in range(1, 10)},
            "actors/ann.yml": "name: Ann\nkind: person\n",
            "redirects.yml": "2020-05-01-old: 2020-05-01-a\n",
        }
    )
    git(folder, "init", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "first")
    monkeypatch.chdir(folder)
    return folder


def codes(result: Result) -> list[str]:
    return re.findall(r"^\S+?:\d+:\d+: (\w\d{3})", result.output, re.MULTILINE)


def test_only_what_changed_is_reported_and_all_is_known(project):
    (project / "events/2020/2020-05-02-a.yml").write_text(event(2, "C meets D"))
    (project / "events/2020/2020-05-10-a.yml").write_text(
        event(1, "New").replace("05-01", "05-10").replace("/1", "/10")
    )
    result = call("--changed-since", "main", "--format", "concise")
    places = re.findall(r"^(\S+?):\d+:\d+: (\w\d{3})", result.output, re.MULTILINE)
    assert places == [("events/2020/2020-05-02-a.yml", "R404"), ("events/2020/2020-05-10-a.yml", "R404")]
    assert "; 9 warnings in files that did not change." in result.output
    assert result.exit_code == 0


def test_an_error_in_a_file_that_did_not_change_is_reported_all_the_same(project):
    path = project / "events/2020/2020-05-03-a.yml"
    path.write_text(event(3).replace("sources:", "participants: [ann]\nsources:"))
    git(project, "commit", "-am", "ann")
    (project / "events/actors/ann.yml").unlink()
    result = call("--changed-since", "HEAD", "--format", "concise")
    assert codes(result) == ["R301"]
    assert result.exit_code == 1


def test_a_branch_is_compared_with_where_it_began(project):
    git(project, "switch", "-c", "topic")
    (project / "events/2020/2020-05-02-a.yml").write_text(event(2, "Changed"))
    git(project, "commit", "-am", "mine")
    git(project, "switch", "main")
    (project / "events/2020/2020-05-04-a.yml").write_text(event(4, "Theirs"))
    git(project, "commit", "-am", "theirs")
    git(project, "switch", "topic")
    result = call("--changed-since", "main", "--format", "concise")
    assert re.findall(r"^\S+?(\d\d)-a.yml", result.output, re.MULTILINE) == ["02"]


@pytest.mark.parametrize("option", ["--changed-since", "--published"])
@pytest.mark.parametrize("state", ["nowhere", "--output=x", "-n", "main:", ""])
def test_a_state_that_git_does_not_know_is_a_wrong_call(project, option, state):
    result = call(f"{option}={state}")
    assert (result.exit_code, result.output.startswith("Usage: ")) == (2, True)
    assert not (project / "x").exists()


def test_outside_of_git_the_call_is_wrong(make, monkeypatch):
    folder = make({"2020/2020-05-01-a.yml": event(1)})
    monkeypatch.chdir(folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    assert call("--changed-since", "main").exit_code == 2


def test_a_published_id_stays_or_is_redirected(project):
    events = project / "events"
    assert codes(call("--published", "main", "--changed-since", "main")) == []
    (events / "2020/2020-05-02-a.yml").rename(events / "2020/2020-05-02-a-meets-b.yml")
    (events / "actors/ann.yml").unlink()
    result = call("--published", "main", "--changed-since", "main", "--format", "concise", "--max-drop", "100")
    assert [line for line in result.output.splitlines() if " P501 " in line] == [
        "events/2020/2020-05-02-a.yml:1:1: P501 error: A published id stays valid; the event “2020-05-02-a” is gone, "
        "and no redirect leads from it. Put the file back, or write “2020-05-02-a: its-successor” into redirects.yml. "
        "Did you mean “2020-05-02-a-meets-b”?",
        "events/actors/ann.yml:1:1: P501 error: A published id stays valid; the actor “ann” is gone, and no redirect "
        "leads from it. Put the file back, or write “ann: its-successor” into redirects.yml below “actors:”.",
    ]
    assert result.exit_code == 1
    (events / "actors/anna.yml").write_text("name: Anna\nkind: person\n")
    (events / "redirects.yml").write_text(
        "2020-05-01-old: 2020-05-01-a\n2020-05-02-a: 2020-05-02-a-meets-b\nactors:\n  ann: anna\n"
    )
    assert codes(call("--published", "main", "--changed-since", "HEAD")) == ["R404", "R406"]


def test_a_published_redirect_stays(project):
    (project / "events/redirects.yml").unlink()
    result = call("--published", "main", "--changed-since", "main")
    assert codes(result) == ["P502"]
    assert "Put “2020-05-01-old: 2020-05-01-a” back." in result.output


@pytest.mark.parametrize(
    ("gone", "allowed", "found"), [(1, "5", True), (1, "12", False), (3, "12", True), (3, "34", False)]
)
def test_events_do_not_vanish(project, gone, allowed, found):
    with (project / "events/redirects.yml").open("a") as redirects:
        for day in range(2, 2 + gone):
            (project / f"events/2020/2020-05-0{day}-a.yml").unlink()
            redirects.write(f"2020-05-0{day}-a: 2020-05-01-a\n")
    result = call("--published", "main", "--changed-since", "main", "--max-drop", allowed)
    assert codes(result) == ["P503"] * found
