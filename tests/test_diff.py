"""What a reviewer is told of a change: each record, field by field, in words, and nothing that is not text."""

from __future__ import annotations

import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, SETTINGS, run
from playwright.sync_api import Browser

from generator.cli import main

EVENT = """title: Ann visits Bo
date: 2020-05-06
type: visit
participants:
  - {actor: ann, role: host}
  - {actor: bo, role: participant}
places: [harbour]
summary: One two three four five six seven eight nine ten eleven twelve.
sources:
  - {publisher: The Daily, title: A visit, url: "https://daily.example/a/visit", published: 2020-05-07}
"""
FILES = {
    "events/chronology.yml": SETTINGS,
    "events/2020/2020-05-06-visit.yml": EVENT,
    "events/2020/2020-05-07-call.yml": EVENT.replace("05-06", "05-07").replace("visits", "calls"),
    "events/2020/2020-05-08-talk.yml": EVENT.replace("05-06", "05-08").replace("visits", "sees"),
    "events/actors/ann.yml": "name: Ann\nkind: person\noffices:\n  - {title: Minister, from: 2019}\n",
    "events/actors/bo.yml": "name: Bo\nkind: person\n",
    "events/places/harbour.yml": "name: The Harbour\nlat: 1.5\nlon: 2.5\n",
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    for name, text in FILES.items():
        write(folder, name, text)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Base")
    git(folder, "switch", "--quiet", "--create", "change")
    return folder


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def change(folder: Path) -> None:
    """Change something of every kind; what is committed and what is not count alike."""
    visit = folder / "events/2020/2020-05-06-visit.yml"
    text = visit.read_text(encoding="utf-8")
    text = text.replace("date: 2020-05-06", "date: 2020-05~").replace("role: participant", "role: caller")
    text = text.replace("five six", "five, six").replace("- {actor: ann, role: host}\n", "- {actor: cy}\n")
    visit.write_text(text, encoding="utf-8")
    (folder / "events/2020/2020-05-07-call.yml").rename(folder / "events/2020/2020-05-07-telephone.yml")
    write(folder, "events/redirects.yml", "2020-05-07-call: 2020-05-07-telephone\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Change")
    (folder / "events/2020/2020-05-08-talk.yml").unlink()
    write(folder, "events/actors/bo.yml", "# a comment\nname: Bo\nkind: person\n")
    write(folder, "events/actors/cy.yml", "name: Cy\nkind: state\ncountry: PK\n")
    ann = FILES["events/actors/ann.yml"].replace("from: 2019", "from: 2019, to: 2021-02-03")
    write(folder, "events/actors/ann.yml", ann)
    write(folder, "events/chronology.yml", SETTINGS.replace("A test.", "Another test."))
    late = EVENT.replace("05-06", "06-01").replace("https://daily.example/a/visit", "http://other.example/?utm_x=1")
    write(
        folder, "events/2020/2020-06-01-late.yml", late.replace("The Daily", "The Other").replace(": visit", ": talks")
    )


def test_a_change_of_every_kind_is_told_in_words(project):
    change(project)
    told = run("chronology", "diff", "main", "--format", "markdown", "--preview", "site", cwd=project)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == (ROOT / "tests/cases/diff/every-kind.md").read_text(encoding="utf-8")


def told_in(form: str) -> str:
    """Give what is told of a change of the project in this folder."""
    told = CliRunner().invoke(main, ["diff", "main", "--format", form], catch_exceptions=False)
    assert told.exit_code == 0
    return told.output


ALIKE = "warning R402: One event has one file; {} has the same actors, an overlapping date and a like title."


@pytest.mark.parametrize(
    ("new", "date", "told_of"),
    [
        ("2020-05-06-visits", "2020-05-06", ("2020-05-06-visits", "2020-05-06-visit")),
        ("2020-05-06-a-visit", "2020-05-06", ("2020-05-06-visit", "2020-05-06-a-visit")),
        ("2020-05-02-visit", "2020-05-02/2020-05-09", ("2020-05-06-visit", "2020-05-02-visit")),
    ],
)
def test_an_event_that_is_there_already_is_told_of_wherever_the_new_one_stands(
    new, date, told_of, project, monkeypatch
):
    """The finding stands in the later of two files, which may be the one that nobody has changed."""
    text = EVENT.replace("title: Ann visits Bo", "title: Bo visits Ann").replace("date: 2020-05-06", f"date: {date}")
    write(project, f"events/2020/{new}.yml", text.replace("a/visit", "another/visit").replace("A visit", "Again"))
    later, other = told_of
    said, place = ALIKE.format(other), f"events/2020/{later}.yml:1:8"
    monkeypatch.chdir(project)
    forms = {form: told_in(form) for form in ("people", "markdown", "html")}
    assert f"  {said}  [{place}]\n" in forms["people"]
    assert f"- **{said}** {place}\n" in forms["markdown"]
    assert f"{said} {place}" in " ".join(Elements(forms["html"]).text.split())
    assert all(text.count("R402") == 1 for text in forms.values())


def test_events_alike_that_a_change_does_not_touch_are_not_told_of(project, monkeypatch):
    write(project, "events/2020/2020-05-06-visits.yml", EVENT.replace("Ann visits Bo", "Bo visits Ann"))
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "Both")
    git(project, "branch", "--force", "main", "HEAD")
    write(project, "events/2020/2020-05-08-talk.yml", EVENT.replace("05-06", "05-08").replace("visits", "hears"))
    monkeypatch.chdir(project)
    told = told_in("people")
    assert "title: Ann sees Bo → Ann hears Bo" in told
    assert "R402" not in told
    write(project, "events/2020/2020-05-06-visit.yml", EVENT.replace("One two", "Two"))
    assert "R402" in told_in("people")


def test_nothing_changed_is_said(project):
    told = run("chronology", "diff", "main", cwd=project)
    assert (told.returncode, told.stdout) == (0, "Against main: no event file says anything new.\n")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["diff", "nowhere"], 2, "Error: git does not know 'nowhere'.\n"),
        (["diff", "--", "--upload-pack=x"], 2, "Error: git does not know '--upload-pack=x'.\n"),
        (
            ["diff", "main", "--preview", "javascript:alert(1)"],
            2,
            "give an http(s) address, or a folder beside the page.",
        ),
        (["diff", "main", "docs"], 2, "There is no folder docs."),
    ],
)
def test_a_wrong_call_is_told_of(arguments, status, said, project):
    told = run("chronology", *arguments, cwd=project)
    assert told.returncode == status
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_a_history_that_is_too_short_is_told_of(project):
    change(project)
    git(project.parent, "clone", "--quiet", "--depth", "1", "--no-single-branch", f"file://{project}", "short")
    told = run("chronology", "diff", "origin/main", cwd=project.parent / "short")
    assert told.returncode == 2
    assert "The history is too short to find where this branch left origin/main" in told.stderr


def test_a_file_that_cannot_be_read_hides_nothing_else(project):
    write(project, "events/2020/2020-05-06-visit.yml", "title: [")
    write(project, "events/2020/2020-05-07-call.yml", EVENT.replace("05-06", "05-07").replace("visits", "telephones"))
    told = run("chronology", "diff", "main", cwd=project)
    assert told.returncode == 0
    assert "Against main: 1 event changed." in told.stdout
    assert "error Y" in told.stdout
    assert "title: Ann calls Bo → Ann telephones Bo" in told.stdout


def test_settings_that_cannot_be_read_are_an_error_with_its_place(project):
    write(project, "events/chronology.yml", "title: [")
    told = run("chronology", "diff", "main", cwd=project)
    assert told.returncode == 1
    assert "events/chronology.yml:1:" in told.stderr
    assert "Error: The event files cannot be read." in told.stderr


HOSTILE = (
    "@octocat #1 [a](http://evil.example) ![b](http://evil.example/b.png) `c` | d",
    "*a* _b_ ~~c~~ $x^2$ www.evil.example <!-- x --> &lt;b&gt; ::error::x",
    "{{ config }} {% raw %} ${{ secrets.X }} \u2028 end",
)


class Elements(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_form(text, project):
    file, plain = "events/2020/2020-05-06-visit.yml", "A plain title of words"
    forms = {}
    for title in (plain, text):
        write(project, file, EVENT.replace("title: Ann visits Bo", f"title: '{title}'"))
        forms[title] = {
            form: run("chronology", "diff", "main", "--format", form, cwd=project).stdout
            for form in ("people", "markdown", "html")
        }
    if "title: Ann visits Bo" not in forms[text]["people"]:
        assert "error" in forms[text]["people"]  # the check refuses it
    one, two = (Elements(forms[title]["html"]) for title in (plain, text))
    assert set(two.found) <= {*one.found, ("span", ("class",))}
    listed = forms[text]["markdown"]
    for mark in (
        "[a]",
        "![b]",
        "`c`",
        "*a*",
        "_b_",
        "~~",
        "<!--",
        "www.",
        "http://evil",
        "{{ config",
        "@octocat",
        "#1 ",
    ):
        assert mark not in listed.replace("#### ", "").replace("### ", "")
    assert "\u2028" not in forms[text]["people"]


def test_the_page_allows_nothing_and_shows_all(project, browser: Browser):
    change(project)
    page_file = project / "review.html"
    page_file.write_text(run("chronology", "diff", "main", "--format", "html", cwd=project).stdout, encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 800})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    assert page.locator("dd", has_text="about May 2020").count() == 1
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "736px"
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert (said, asked) == ([], [page_file.as_uri()])
    page.close()
