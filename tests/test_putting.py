"""No command writes anything outside of the project by way of a symbolic link, whatever a stranger has put there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from building import held
from click.testing import CliRunner, Result
from conftest import SETTINGS

from generator.cli import main
from generator.issueforms import CORRECTION, EVENT

LINK = "this is a symbolic link, and nothing is written by way of one; put the folder or file itself in its place."
UNTIDY = "date:   1871-02-03\ntitle: 'A meets B'\ntype: meeting\nsummary: They met.\nsources: [{title: ' T '}]\n"
TIDY = "title: A meets B\ndate: 1872-02-03\ntype: meeting\nsummary: They met.\nsources:\n  - title: T\n"
ANSWERS = {
    EVENT: {
        "date": "1871-05-06",
        "title": "Bo speaks",
        "type": "meeting",
        "summary": "S.",
        "publisher": "P",
        "url": "https://example.org/a",
    },
    CORRECTION: {"event": "1872-02-03-a", "field": "title", "value": "B meets A", "source": "P"},
}
SOURCE = ("--publisher=P", "--url=https://example.org/a", "--quote=", "--headline=", "--published=1871")
NEW = ("--date=1871-05-06", "--title=Bo speaks", "--type=meeting", "--summary=S.", "--date-note=N")
CALLS = {
    "new": ("new", *NEW, *SOURCE),
    "draft": ("draft", "event.md"),
    "draft, correcting": ("draft", "correction.md"),
    "draft, reporting": ("draft", "correction.md", "--report=report.md"),
    "import": ("import", "table.csv"),
    "fmt": ("fmt",),
    "fmt of a folder": ("fmt", "events/1871"),
    "fmt of a file": ("fmt", "events/1871/1871-02-03-a.yml"),
    "check --fix": ("check", "--fix"),
    "links": ("links",),
    "links, reporting": ("links", "--report=report.md"),
    "schema": ("schema",),
    "forms": ("forms",),
    "pages": ("pages", "out"),
    "init": ("init", "--title=T", "--description=D.", "."),
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project, with what the commands read."""
    folder = tmp_path / "project"
    files = {"events/chronology.yml": SETTINGS, "events/1871/1871-02-03-a.yml": UNTIDY}
    files |= {"events/1872/1872-02-03-a.yml": TIDY, "table.csv": "title,date\nBo speaks,1871-05-06\n"}
    for name, questions in (("event.md", EVENT), ("correction.md", CORRECTION)):
        given = ANSWERS[questions]
        files[name] = "\n\n".join(f"### {one.label}\n\n{given.get(one.key, '_No response_')}" for one in questions)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def moved_out(project: Path, name: str) -> Path:
    """Put a folder or file of the project outside of it, and a link in its place; give the folder outside."""
    outside = project.parent / "outside"
    outside.mkdir(exist_ok=True)
    place, other = project / name, outside / Path(name).name
    if place.exists():
        place.rename(other)
    elif place.suffix in (".yml", ".csv", ".md", ".json", ".part"):
        other.write_text("not ours\n", encoding="utf-8")
    else:
        other.mkdir()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(os.path.relpath(other, place.parent))
    return outside


def call(name: str) -> Result:
    return CliRunner().invoke(main, CALLS[name], catch_exceptions=False)


@pytest.mark.parametrize(
    ("name", "link"),
    [
        *((name, "events") for name in ("new", "draft", "draft, correcting", "import", "fmt", "check --fix", "links")),
        *((name, "events/1871") for name in ("new", "draft", "import", "fmt of a folder", "fmt of a file")),
        ("draft, reporting", "report.md"),
        ("links", "events/links.csv"),
        ("links, reporting", "report.md"),
        ("schema", "schema"),
        ("schema", "schema/event.schema.json"),
        ("forms", ".github"),
        ("forms", ".github/ISSUE_TEMPLATE"),
        ("forms", ".github/ISSUE_TEMPLATE/event.yml"),
        ("init", ".github"),
        ("init", "schema"),
    ],
)
def test_a_command_refuses_to_write_by_way_of_a_link(name, link, project):
    if name == "init":
        for path in ("events/chronology.yml", "events/1871/1871-02-03-a.yml", "events/1872/1872-02-03-a.yml"):
            (project / path).unlink()
    outside = moved_out(project, link)
    before, inside = held(outside), held(project)
    told = call(name)
    assert told.exit_code == 1
    assert f"Error: {link}: {LINK} " in told.output
    assert held(outside) == before
    assert held(project) == inside


@pytest.mark.parametrize("link", ["events/1871", "events/1871/1871-02-03-a.yml"])
@pytest.mark.parametrize("name", ["fmt", "check --fix"])
def test_what_a_link_leads_to_is_left_as_it_is_and_reported(name, link, project):
    outside = moved_out(project, link)
    (project / "events/1872/1872-02-03-a.yml").write_text(TIDY.replace("A meets B", "'A meets B'"), encoding="utf-8")
    before = held(outside)
    told = call(name)
    assert held(outside) == before
    assert (project / "events/1872/1872-02-03-a.yml").read_text(encoding="utf-8") == TIDY
    if (name, link) == ("fmt", "events/1871"):
        assert told.exit_code == 0  # no file of that folder is one of “events”
        return
    what = (
        "n event file must be a regular file" if link.endswith(".yml") else " folder of event files must be the folder"
    )
    assert f"{link}:1:1: Y101 A{what}" in told.output
    assert ", and this is a symbolic link." in told.output
    assert told.exit_code == 1


@pytest.mark.parametrize("name", ["new", "draft", "import"])
@pytest.mark.parametrize("there", [True, False])
def test_a_link_with_the_name_of_a_new_file_is_not_written_through(name, there, project):
    outside = moved_out(project, "events/1871/1871-05-06-bo-speaks.yml")
    if not there:
        (outside / "1871-05-06-bo-speaks.yml").unlink()
    before = held(outside)
    told = call(name)
    assert held(outside) == before
    assert told.exit_code == (name == "new")
    assert (project / "events/1871/1871-05-06-bo-speaks-2.yml").exists() == (name != "new")


WRITTEN = {
    "draft, correcting": "events/1872/1872-02-03-a.yml",
    "fmt": "events/1871/1871-02-03-a.yml",
    "check --fix": "events/1871/1871-02-03-a.yml",
    "schema": "schema/event.schema.json",
    "forms": ".github/ISSUE_TEMPLATE/event.yml",
    "pages": "out/index.md",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_link_where_a_file_is_written_before_it_is_swapped_in_is_not_written_through(name, project):
    if name == "pages":
        (project / "events/1871/1871-02-03-a.yml").unlink()
    file = project / WRITTEN[name]
    file.parent.mkdir(parents=True, exist_ok=True)
    if name == "pages":
        (file.parent / ".chronology-pages").write_text("", encoding="utf-8")
    before = file.read_bytes() if file.exists() else b""
    outside = moved_out(project, f"{file.parent.relative_to(project)}/.{file.name}.part")
    told = call(name)
    assert held(outside) == {f".{file.name}.part": b"not ours\n"}
    assert file.read_bytes() != before
    assert (told.exit_code, sorted(file.parent.glob(".*.part"))) == (0, []), told.output


@pytest.mark.parametrize("link", ["out/events", "out/index.md", "out/.chronology-pages", "out"])
def test_pages_are_not_written_by_way_of_a_link_nor_is_what_it_leads_to_removed(link, project):
    (project / "events/1871/1871-02-03-a.yml").unlink()
    assert call("pages").exit_code == 0
    with (project / "out/.chronology-pages").open("a", encoding="utf-8") as mark:
        mark.write("events/theirs.md\n")
    outside = moved_out(project, link)
    (outside / Path(link).name / "theirs.md").write_text("Theirs", encoding="utf-8") if "." not in link else None
    (project / "events/1872/1872-02-03-a.yml").write_text(TIDY.replace("meets", "sees"), encoding="utf-8")
    before, inside = held(outside), held(project)
    told = call("pages")
    assert told.exit_code == 1
    assert f"Error: {link}" in told.output
    assert "symbolic link" in told.output
    assert (held(outside), held(project)) == (before, inside)


def test_a_folder_that_the_user_names_may_lie_behind_a_link_elsewhere(project, monkeypatch):
    (project.parent / "way").symlink_to(project.parent)
    (project.parent / "elsewhere").mkdir()
    monkeypatch.chdir(project.parent / "elsewhere")
    events = project.parent / "way/project/events"
    told = CliRunner().invoke(main, ["fmt", str(events)], catch_exceptions=False)
    assert told.exit_code == 0
    assert told.output.startswith(f"formatted {events}/1871/1871-02-03-a.yml\n")
