"""The workflows do what anybody can do: each `run:` step is run here, in clones of a local bare repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, served
from few import leave_one_day
from machine import WORKFLOWS, Failed, Machine, git
from playwright.sync_api import Browser

SITE = {"CHRONOLOGY_SITE_URL": "https://example.org/project/", "CHRONOLOGY_REPO_URL": "https://example.org/c/r"}
"""Where the site of these tests would stand."""


def ready(folder: Path) -> None:
    """Give a checkout an environment that stands ready; that one is made from nothing is for .ci/run to show."""
    (folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
    for name in ("pyproject.toml", "requirements/site.txt", "requirements/dev.txt"):
        os.utime(folder / name, (0, 0))


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a repository that holds what this one does, but for most events, and of a bare clone of it."""
    folder = tmp_path_factory.mktemp("repositories")
    work = folder / "work"
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if (ROOT / name).is_file():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, work / name)
    # What a workflow does is the same for few events and for many, and each of these tests waits for builds.
    leave_one_day(work / "events")
    git(folder, "init", "--quiet", "--initial-branch=main", str(work))
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "All")
    git(work, "repack", "-a", "-d", "--quiet", "--window=0")  # a thousand files less to copy
    git(folder, "clone", "--quiet", "--bare", str(work), str(folder / "origin.git"))
    return folder


@pytest.fixture
def runner(repositories: Path, tmp_path: Path) -> Callable[..., Machine]:
    """Give a function that gives a machine beside a copy of the bare repository."""
    origin = tmp_path / "origin.git"
    shutil.copytree(repositories / "origin.git", origin)

    def start(**values: str) -> Machine:
        folder = tmp_path / f"machine-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        known = {"github.ref": "main", "github.server_url": "https://example.org", "github.repository": "c/r"}
        return Machine(origin=origin, folder=folder, values=known | values, prepare=ready)

    return start


@pytest.fixture
def work(repositories: Path, tmp_path: Path) -> Path:
    """A copy of the other repository, from which somebody pushes to the bare one."""
    folder = tmp_path / "work"
    shutil.copytree(repositories / "work", folder)
    git(folder, "remote", "add", "origin", str(tmp_path / "origin.git"))
    return folder


def test_the_branch_that_is_published_is_read_in_a_browser(runner, tmp_path, browser: Browser):
    machine = runner(**{"vars.SITE_URL": "https://example.org/project/"})
    machine.job("publish-branch.yml", "publish")
    published = tmp_path / "published"
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(machine.origin), str(published))
    assert git(published, "rev-list", "--count", "HEAD").strip() == "1"
    assert (published / ".nojekyll").is_file()
    shutil.rmtree(published / ".git")
    (tmp_path / "served").mkdir()
    with served(published, tmp_path / "served") as address:
        page = browser.new_page()
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.get_by_role("link", name="Timeline").first.click()
        page.wait_for_selector("#timeline svg, .timeline canvas, [data-timeline] *")
        page.goto(f"{address}events/2026-02-11-dar-araghchi-call/")
        assert "Araghchi" in page.locator("h1").inner_text()
        assert page.locator("link[rel=canonical]").get_attribute("href") == (
            "https://example.org/project/events/2026-02-11-dar-araghchi-call/"
        )
        assert said == []
        assert [url for url in asked if not url.startswith((address, "data:"))] == []
        page.close()


def test_a_failed_build_leaves_the_published_branch_as_it_is(runner, work):
    machine = runner(**{"vars.SITE_URL": "https://example.org/project/"})
    git(work, "push", "--quiet", "origin", "main:gh-pages")
    before = git(machine.origin, "rev-parse", "gh-pages")
    file = work / "events/2026/2026-02-11-dar-araghchi-call.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("type: ", "type: no-", 1), encoding="utf-8")
    git(work, "commit", "--quiet", "--all", "--message", "A kind that there is not")
    git(work, "push", "--quiet", "origin", "main")
    with pytest.raises(Failed, match=r"make check\n(?s:.*)S205"):
        machine.job("publish-branch.yml", "publish")
    with pytest.raises(Failed, match=r"make deploy\n(?s:.*)S205"):  # even where nothing had checked before
        machine.step({"run": "make deploy"}, machine.folder, SITE)
    assert git(machine.origin, "rev-parse", "gh-pages") == before


def test_a_site_is_built_for_pages_and_the_next_build_takes_what_the_cache_has(runner, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    machine = runner(**{"steps.pages.outputs.base_url": "https://example.org/project"})
    machine.job("publish.yml", "build")
    site = machine.folder / "site"
    assert "https://example.org/project/" in (site / "sitemap.xml").read_text(encoding="utf-8")
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    # What actions/cache does: the next machine has both at the same place, in the same folder as it was.
    kept = subprocess.run(["tar", "--posix", "-cP", site, tmp_path / "cache"], check=True, capture_output=True).stdout
    shutil.rmtree(machine.folder)
    shutil.rmtree(tmp_path / "cache")
    machine.folder.mkdir()
    subprocess.run(["tar", "-xP"], input=kept, check=True)
    made = {path: path.stat().st_mtime_ns for path in before}
    machine.checkout({"path": "../clone"})
    for path in (tmp_path / "clone").iterdir():
        path.rename(machine.folder / path.name)
    machine.step({"run": "make site"}, machine.folder, SITE)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    anew = {path.relative_to(site).as_posix() for path in before if path.stat().st_mtime_ns != made[path]}
    assert not {path for path in anew if path.startswith(("events/", "data/", "actors/", "pagefind/"))}


def test_a_pull_request_of_data_is_checked_by_the_base_branchs_program_and_told_of(runner, work):
    name = "2026-02-11-dar-araghchi-call"
    machine = runner()
    git(work, "switch", "--quiet", "--create", "change")
    file = work / f"events/2026/{name}.yml"
    text = file.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith("title: "))
    file.write_text(text.replace(old, "title: Dar and Araghchi talk"), encoding="utf-8")
    git(work, "commit", "--quiet", "--all", "--message", "A title")
    git(work, "push", "--quiet", "origin", "change")
    machine.values = {
        **machine.values,
        "github.ref": "change",
        "github.base_ref": "main",
        "github.event.pull_request.base.sha": git(work, "rev-parse", "main").strip(),
    }
    machine.job("pull-request.yml", "data")
    assert machine.outputs == {
        "steps.program.outputs.only-data": "true",
        "steps.program.outputs.program": "../base",
    }
    assert "Dar and Araghchi talk" in machine.summary
    assert "Dar and Araghchi talk" in (machine.folder / "change/review.html").read_text(encoding="utf-8")
    assert "Dar and Araghchi talk" in (machine.folder / f"change/site/events/{name}/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "whose"), [("events/2026/x.yml", "../base"), ("mkdocs.yml", "."), ("docs/x.md", "."), ("events.yml", ".")]
)
def test_a_change_of_anything_but_events_is_checked_by_its_own_program(path, whose, tmp_path):
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "events/2026").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "events/2026/a.yml").write_text("a", encoding="utf-8")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Base")
    git(tmp_path, "switch", "--quiet", "--create", "change")
    (tmp_path / path).write_text("new", encoding="utf-8")
    (tmp_path / "events/2026/a.yml").write_text("changed", encoding="utf-8")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Change")
    told = subprocess.run(
        [ROOT / "scripts/whose-program", "../base", "main"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert f"program={whose}\n" in told.stdout


BODY = """### When it happened

2026-02-11

### What happened, in one line

Dar `$(touch {touched})` and "Fidan" & ${{{{ github.token }}}} speak

### Kind of event

Telephone call

### Who took part

Ishaq Dar: caller

### Summary

They spoke. '; touch {touched}; echo '

### Who published the source

A paper

### Address of the source

https://example.org/a
"""


@pytest.mark.parametrize("drafted", [True, False])
def test_an_issue_becomes_a_branch_and_nothing_that_it_says_is_run(drafted, runner, tmp_path):
    touched = tmp_path / "touched"
    (tmp_path / "temp").mkdir()
    body = BODY.format(touched=touched) if drafted else "### Free words\n\n$(touch x)"
    machine = runner(
        **{
            "github.event.issue.number": "7",
            "github.event.issue.body": body,
            "github.token": "none",
            "runner.temp": str(tmp_path / "temp"),
        }
    )
    machine.job("issue-to-pull-request.yml", "draft")
    assert not touched.exists()
    report = (tmp_path / "temp/report.md").read_text(encoding="utf-8")
    assert report.endswith("\nCloses #7\n")
    if not drafted:
        assert machine.asked == [f"issue comment 7 --body-file {tmp_path}/temp/report.md"]
        assert report.startswith("Nothing could be drafted: This was not made with one of the forms")
        return
    assert machine.asked[0].startswith("pr list --head issue-7 --state open ")
    assert machine.asked[1:] == [f"pr create --head issue-7 --title Issue 7 --body-file {tmp_path}/temp/report.md"]
    changed = git(machine.origin, "diff", "--name-only", "main", "issue-7").split()
    assert len(changed) == 1
    text = yaml.safe_load(git(machine.origin, "show", f"issue-7:{changed[0]}"))
    assert text["title"] == f'Dar `$(touch {touched})` and "Fidan" & ${{{{ github.token }}}} speak'
    assert text["summary"] == f"They spoke. '; touch {touched}; echo '"
    assert text["participants"] == [{"actor": "ishaq-dar", "role": "caller"}]


def test_an_issue_that_is_accepted_again_is_drafted_again_but_over_nobodys_work(runner, work, tmp_path):
    (tmp_path / "temp").mkdir()
    report = tmp_path / "temp/report.md"
    values = {
        "github.event.issue.number": "7",
        "github.event.issue.body": BODY.format(touched=tmp_path / "touched"),
        "github.token": "none",
        "runner.temp": str(tmp_path / "temp"),
    }
    runner(**values).job("issue-to-pull-request.yml", "draft")
    again = runner(**values | {"github.event.issue.body": values["github.event.issue.body"].replace("Fidan", "Wang")})
    again.opened = "12"
    again.job("issue-to-pull-request.yml", "draft")
    assert [line for line in again.asked if not line.startswith("pr list")] == [f"pr comment 12 --body-file {report}"]
    assert len(git(again.origin, "diff", "--name-only", "main", "issue-7").split()) == 1
    assert "Wang" in git(again.origin, "diff", "main", "issue-7")
    git(work, "fetch", "--quiet", "origin")
    git(work, "switch", "--quiet", "issue-7")
    git(work, "commit", "--quiet", "--allow-empty", "--message", "What a reviewer adds")
    git(work, "push", "--quiet", "origin", "issue-7")
    before = git(again.origin, "rev-parse", "issue-7")
    third = runner(**values)
    third.job("issue-to-pull-request.yml", "draft")
    assert git(third.origin, "rev-parse", "issue-7") == before
    assert third.asked == [f"issue comment 7 --body-file {report}"]
    assert report.read_text("utf-8") == "Somebody has worked on the branch issue-7: it was left as it is.\n"


def test_what_the_pages_answered_is_pushed_and_published(runner, work):
    machine = runner(**{"github.token": "none"})
    shutil.rmtree(work / "events")
    (work / "events/2020").mkdir(parents=True)
    (work / "events/chronology.yml").write_text(
        "title: T\ndescription: D.\nlanguage: en\nlicence: CC-BY-4.0\n", encoding="utf-8"
    )
    (work / "events/2020/2020-05-06-a.yml").write_text(
        "title: A\ndate: 2020-05-06\ntype: meeting\nstanding: reported\nsummary: A.\n"
        "sources:\n  - publisher: P\n    url: http://127.0.0.1:9/a\n",  # an address to which nothing is sent
        encoding="utf-8",
    )
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "One event")
    git(work, "push", "--quiet", "origin", "main")
    machine.job("links.yml", "ask")
    assert machine.outputs == {"steps.record.outputs.changed": "true"}
    assert machine.asked == ["workflow run publish.yml", "workflow run publish-branch.yml"]
    assert "1 page asked; of 1 page cited: 0 ok, 0 blocked, 0 dead, 1 unknown." in machine.summary
    assert git(machine.origin, "diff", "--name-only", "main~1", "main").split() == ["events/links.csv"]
    assert (
        git(machine.origin, "show", "main:events/links.csv").splitlines()[1].startswith("http://127.0.0.1:9/a,unknown,")
    )
    machine = runner(**{"github.token": "none"})
    machine.job("links.yml", "ask")  # on the same day there is nothing to ask
    assert machine.outputs == {"steps.record.outputs.changed": "false"}
    assert machine.asked == []


def test_every_step_of_every_workflow_is_run_here_or_is_the_run_of_these_tests():
    mine = {("publish-branch.yml", "publish"), ("publish.yml", "build"), ("pull-request.yml", "data")}
    mine |= {("issue-to-pull-request.yml", "draft"), ("links.yml", "ask")}
    for file in WORKFLOWS.glob("*.yml"):
        for name, job in yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].items():
            runs = [step["run"] for step in job["steps"] if "run" in step]
            assert (file.name, name) in mine or set(runs) <= {".ci/run"}, (file.name, name)
