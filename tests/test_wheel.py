"""The wheel carries all it needs: the guide to a chronology of one's own is followed, with nothing of this one near.

Then the workflows of that chronology are run, step by step, as GitHub would run them.
"""

from __future__ import annotations

import os
import re
import sys
import urllib.request
import venv
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from conftest import ROOT, run, served
from machine import Machine, git

STARTED = "--title Mine --description 'A chronology of mine.'"
EVENT = (
    "--date 1871-12-24 --title 'Aida is first performed' --type ceremony --summary 'The opera was given in Cairo.' "
    "--headline Aida --publisher 'A paper' --url https://example.org/aida --published 1871-12-25 --id 1871-12-24-aida"
)
"""What a person would answer to the questions of two commands."""

ADDRESS = "https://example.org/history/"
EXAMPLE = "1869-11-17-suez-canal-opens"
STARTER = ROOT / "generator/starter"

LINKS = re.compile(r'<(?:a|link|script|img)\b[^>]*? (?:href|src)="([^"#:]+)["#]')
"""What a page refers to that belongs to its site."""

PYTHON3 = """#!/usr/bin/env bash
set -e
if [ "$1 $2 $#" != "-m venv 3" ]; then exec {python} "$@"; fi
{python} -c 'import venv' # of the folder it is called in, if there is one, as Python itself would take it
cp -al {ready} "$3"
grep -lIr {ready} "$3/bin" | xargs sed -i "s|{ready}|$PWD/$3|g"
"""
"""What stands in for Python where it makes an environment: what would be fetched has been, once, for all of them."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A folder with the wheel, an environment that holds what the wheel needs but not its program, and commands."""

    folder: Path
    wheel: Path
    path: str
    """The folders of commands, with the Python that makes environments out of that one before all others."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The wheel, and the requirements that it carries, installed as they are locked."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("chronology_site-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        locked = packed.extract("generator/starter/requirements.txt", folder / "unpacked")
    ready, tools = folder / "ready", folder / "tools"
    venv.create(ready, with_pip=True)
    pip = (str(ready / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    installed = run(*pip, "--no-compile", "--require-hashes", "-r", locked)
    assert installed.returncode == 0, installed.stderr
    tools.mkdir()
    (tools / "python3").write_text(PYTHON3.format(python=sys.executable, ready=ready), encoding="utf-8")
    (tools / "python3").chmod(0o755)
    return Place(folder=folder, wheel=wheel, path=f"{tools}:{os.environ['PATH']}")


def guide() -> list[str]:
    """Give the commands of the guide, in their order."""
    text = (ROOT / "docs/own.md").read_text(encoding="utf-8")
    part = text[text.index("## From nothing") : text.index("## Add events")]
    return [line for block in re.findall("```shell\n(.*?)```", part, re.DOTALL) for line in block.splitlines()]


@pytest.fixture(scope="module")
def project(place: Place) -> Path:
    """A chronology that is started and pushed as the guide says, with nothing but the wheel and what it needs."""
    commands = guide()
    assert f".venv/bin/pip install {place.wheel.name}" in commands
    git(place.folder, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    instead = {
        "chronology init my-chronology": f"chronology init my-chronology {STARTED}",
        "chronology serve": "chronology build --strict",
        "chronology new": f"chronology new {EVENT}",
        "git remote add origin https://github.com/…": "git remote add origin ../origin.git",
    }
    assert instead.keys() <= set(commands)
    person = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    script = "\n".join(instead.get(command, command) for command in commands)
    done = run("bash", "-euo", "pipefail", "-c", script, cwd=place.folder, PIP_NO_INDEX="1", PATH=place.path, **person)
    assert done.returncode == 0, done.stdout + done.stderr
    return place.folder / "my-chronology"


@pytest.fixture
def machine(place: Place, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Machine]:
    """Give a function that gives a machine which runs the workflows of that chronology.

    The first step of each job installs the program. It is run where a test asks for it; else what it makes stands in.
    """
    monkeypatch.setenv("PATH", place.path)

    def stand_in(where: Path) -> None:
        (where / ".venv").symlink_to(place.folder / ".venv")

    def start(*, install: bool = False, **values: str) -> Machine:
        (tmp_path / "machine").mkdir()
        known = {"github.ref": "main", "github.server_url": "https://example.org", "github.repository": "c/r"}
        return Machine(
            origin=place.folder / "origin.git",
            folder=tmp_path / "machine",
            values=known | values,
            workflows=project / ".github/workflows",
            instead={} if install else {installing(): stand_in},
        )

    return start


def jobs() -> dict[tuple[str, str], list[dict[str, str]]]:
    """Give the steps of all jobs of the starter's workflows that run commands, by file and name."""
    return {
        (file.name, name): job["steps"]
        for file in sorted((STARTER / "dot-github/workflows").glob("*.yml"))
        for name, job in yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].items()
        if any("run" in step for step in job["steps"])
    }


def installing() -> str:
    """Give the script that installs the program, which is the same in all workflows."""
    first = [next(step for step in steps if "run" in step) for steps in jobs().values()]
    (script,) = {step["run"] for step in first if step["name"] == "Install the program"}
    assert len(first) == len(jobs())
    return script


def fetched(url: str) -> str:
    """Fetch a page or a file of the site; raises HTTPError where it is not there."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        assert answer.status == 200
        return answer.read().decode("utf-8", "replace")


def test_the_guide_leads_from_the_wheel_alone_to_a_repository_without_its_example(place, project):
    listed = git(place.folder / "origin.git", "ls-tree", "-r", "--name-only", "main").splitlines()
    assert f"wheels/{place.wheel.name}" in listed
    with zipfile.ZipFile(place.wheel) as packed:
        assert (project / "requirements.txt").read_bytes() == packed.read("generator/starter/requirements.txt")
    text = (ROOT / "docs/own.md").read_text(encoding="utf-8")
    (renew,) = re.findall(r"^unzip .*", text, re.MULTILINE)
    done = run("bash", "-c", renew.replace("> requirements.txt", ""), cwd=project)
    assert done.stdout == (project / "requirements.txt").read_text(encoding="utf-8")
    # What step 3 says to delete is all that the example was.
    assert [name for name in listed if name.startswith("events/")] == [
        "events/1871/1871-12-24-aida.yml",
        "events/chronology.yml",
    ]
    example = [path.relative_to(STARTER).as_posix() for path in (STARTER / "events").rglob("*.yml")]
    assert len(example) == 5
    assert not [name for name in example if name != "events/chronology.yml" and name in listed]


def test_the_branch_that_is_published_is_served_and_read(machine, tmp_path):
    publisher = machine(**{"vars.SITE_URL": ADDRESS})
    publisher.job("publish-branch.yml", "publish")
    published = tmp_path / "published"
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(publisher.origin), str(published))
    assert {".nojekyll", "index.html", "sitemap.xml", "pagefind"} <= {path.name for path in published.iterdir()}
    assert not (published / f"events/{EXAMPLE}").exists()
    with served(published, tmp_path / "served") as address:
        front = fetched(address)
        assert "Mine" in front
        page = fetched(f"{address}events/1871-12-24-aida/")
        assert "<h1" in page
        assert "Aida is first performed" in page
        assert f'<link rel="canonical" href="{ADDRESS}events/1871-12-24-aida/"' in page
        named = {urljoin(f"{address}events/1871-12-24-aida/", link) for link in LINKS.findall(page)}
        assert len(named) > 20
        assert {link for link in named if not link.startswith(address)} == set()
        for link in named:
            fetched(link)
        assert len(fetched(f"{address}assets/chronology/chronology.css")) > 1000


def test_the_site_is_built_for_pages(machine):
    builder = machine(**{"steps.pages.outputs.base_url": "https://example.org/history"})
    builder.job("publish.yml", "build")
    assert f"{ADDRESS}events/1871-12-24-aida/" in (builder.folder / "site/sitemap.xml").read_text(encoding="utf-8")


def test_a_pull_request_is_checked_by_the_program_of_the_base_branch_whatever_it_brings(machine, project, tmp_path):
    work, touched = tmp_path / "work", tmp_path / "touched"
    git(tmp_path, "clone", "--quiet", str(project.parent / "origin.git"), str(work))
    git(work, "switch", "--quiet", "--create", "change")
    event = work / "events/1871/1871-12-24-aida.yml"
    event.write_text(event.read_text(encoding="utf-8").replace("is first performed", "has a first night"), "utf-8")
    (work / "wheels/chronology_site-9.9.9-py3-none-any.whl").write_bytes(b"mine")
    (work / "requirements.txt").write_text("mine==9.9.9\n", encoding="utf-8")
    (work / "venv.py").write_text(f"open({str(touched)!r}, 'w')\n", encoding="utf-8")
    (work / ".venv/bin").mkdir(parents=True)
    for name in ("pip", "chronology"):
        (work / ".venv/bin" / name).write_text(f"#!/bin/sh\ntouch '{touched}'\n", encoding="utf-8")
        (work / ".venv/bin" / name).chmod(0o755)
    git(work, "add", "--all", "--force")
    git(work, "commit", "--quiet", "--message", "A title, and a program")
    git(work, "push", "--quiet", "origin", "change")
    checker = machine(
        install=True,
        **{
            "github.ref": "change",
            "github.base_ref": "main",
            "github.event.pull_request.base.sha": git(work, "rev-parse", "main").strip(),
        },
    )
    checker.job("pull-request.yml", "check")
    assert not touched.exists()
    change = checker.folder / "change"
    assert "Aida has a first night" in checker.summary
    assert "Aida has a first night" in (change / "review.html").read_text(encoding="utf-8")
    assert "Aida has a first night" in (change / "site/events/1871-12-24-aida/index.html").read_text(encoding="utf-8")


BODY = """### When it happened

1869-11-17

### What happened, in one line

The Suez Canal is `$(touch x)` opened

### Kind of event

Ceremony

### Summary

It was opened.

### Who published the source

A paper

### Address of the source

https://example.org/a
"""


def test_an_issue_becomes_a_branch_of_the_new_chronology(machine, tmp_path):
    (tmp_path / "temp").mkdir()
    drafter = machine(
        **{
            "github.event.issue.number": "7",
            "github.event.issue.body": BODY,
            "github.token": "none",
            "runner.temp": str(tmp_path / "temp"),
        }
    )
    drafter.job("issue-to-pull-request.yml", "draft")
    (path,) = git(drafter.origin, "diff", "--name-only", "main", "issue-7").split()
    assert "The Suez Canal is `$(touch x)` opened" in git(drafter.origin, "show", f"issue-7:{path}")
    assert drafter.asked[-1] == f"pr create --head issue-7 --title Issue 7 --body-file {tmp_path}/temp/report.md"


def test_what_the_cited_pages_answered_is_pushed_and_published(machine, project, tmp_path):
    work = tmp_path / "work"
    git(tmp_path, "clone", "--quiet", "--branch", "main", str(project.parent / "origin.git"), str(work))
    event = work / "events/1871/1871-12-24-aida.yml"
    text = event.read_text(encoding="utf-8")
    assert "https://example.org/aida" in text
    # An address to which nothing is sent.
    event.write_text(text.replace("https://example.org/aida", "http://127.0.0.1:9/a"), encoding="utf-8")
    git(work, "commit", "--quiet", "--all", "--message", "An address")
    git(work, "push", "--quiet", "origin", "main:asked")
    asker = machine(**{"github.ref": "asked", "github.token": "none"})
    asker.job("links.yml", "ask")
    assert "1 page asked; of 1 page cited: 0 ok, 0 blocked, 0 dead, 1 unknown." in asker.summary
    assert git(asker.origin, "diff", "--name-only", "asked~1", "asked").split() == ["events/links.csv"]
    assert asker.asked == ["workflow run publish.yml", "workflow run publish-branch.yml"]


def test_every_step_of_the_new_chronologys_workflows_is_run_here():
    assert jobs().keys() == {
        ("issue-to-pull-request.yml", "draft"),
        ("links.yml", "ask"),
        ("publish-branch.yml", "publish"),
        ("publish.yml", "build"),
        ("pull-request.yml", "check"),
    }
