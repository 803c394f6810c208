"""The workflows do what anybody can do: each `run:` step is run here, in clones of a local bare repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, served
from playwright.sync_api import Browser

WORKFLOWS = ROOT / ".github/workflows"

USED = {"actions/checkout", "actions/cache", "actions/configure-pages", "actions/upload-artifact"}
USED |= {"actions/upload-pages-artifact", "actions/deploy-pages"}
"""The actions that stand between the steps. Checkouts are made here; the others move what the steps leave."""


SITE = {"CHRONOLOGY_SITE_URL": "https://example.org/project/", "CHRONOLOGY_REPO_URL": "https://example.org/c/r"}
"""Where the site of these tests would stand."""


@dataclass(kw_only=True)
class Runner:
    """A machine that runs the steps of a job in the folder of its checkout, and what it has been told."""

    origin: Path
    folder: Path
    values: Mapping[str, str]
    summary: str = ""
    asked: list[str] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)

    def job(self, file: str, name: str) -> None:
        """Run all steps of a job."""
        job = yaml.safe_load((WORKFLOWS / file).read_text(encoding="utf-8"))["jobs"][name]
        where = job.get("defaults", {}).get("run", {}).get("working-directory", ".")
        for step in job["steps"]:
            given = {
                key: self.filled(str(value)) for key, value in {**job.get("env", {}), **step.get("env", {})}.items()
            }
            if not self.wanted(step):
                continue
            if "run" in step and step["run"].startswith("gh "):
                self.asked.append(step["run"])  # GitHub itself, which is not here
                continue
            if "run" in step:
                self.step(step, self.folder / where, given)
                continue
            action = step["uses"].split("@")[0]
            assert action in USED
            if action == "actions/checkout":
                self.checkout(step.get("with", {}))

    def wanted(self, step: Mapping[str, Any]) -> bool:
        """Tell whether a step's condition holds: on what an earlier one gave out, or that nothing was cancelled."""
        condition = step.get("if", "")
        if found := re.fullmatch(r"(steps\.\w+\.outputs\.\w+) == '(\w+)'", condition):
            return self.outputs[found[1]] == found[2]
        assert condition in ("", "${{ !cancelled() }}")
        return True

    def checkout(self, given: Mapping[str, Any]) -> None:
        """Do what actions/checkout does."""
        ref = self.filled(str(given.get("ref", self.values["github.ref"])))
        target = self.folder / given.get("path", ".")
        git(self.folder, "clone", "--quiet", str(self.origin), str(target))
        git(target, "checkout", "--quiet", ref)
        # The environment stands ready; that one is made from nothing is for .ci/run to show.
        (target / ".venv").symlink_to(Path(sys.executable).parent.parent)
        for name in ("pyproject.toml", "requirements/site.txt", "requirements/dev.txt"):
            os.utime(target / name, (0, 0))

    def step(self, step: Mapping[str, Any], where: Path, given: Mapping[str, str]) -> None:
        """Run one step as GitHub does: by bash, which stops at the first command that fails."""
        told = {name: self.folder.parent / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in told.values():
            file.write_bytes(b"")
        script = self.folder.parent / "script"
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=where,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **{key: str(path) for key, path in told.items()}, **given},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{step['run']}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        self.summary += told["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        for line in told["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition("=")
            self.outputs[f"steps.{step['id']}.outputs.{key}"] = value

    def filled(self, text: str) -> str:
        """Fill in the expressions that a value holds; one that is not known here fails the test."""
        return re.sub(r"\$\{\{ ([^}]*) \}\}", lambda found: {**self.values, **self.outputs}[found[1]], text)


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder."""
    person = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=os.environ | person, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def runner(tmp_path: Path) -> Callable[..., Runner]:
    """Give a function that gives a machine beside a bare repository that holds what this one does."""
    work, origin = tmp_path / "work", tmp_path / "origin.git"
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if (ROOT / name).is_file():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, work / name)
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(work))
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "All")
    git(tmp_path, "clone", "--quiet", "--bare", str(work), str(origin))
    git(work, "remote", "add", "origin", str(origin))

    def start(**values: str) -> Runner:
        folder = tmp_path / f"machine-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        known = {"github.ref": "main", "github.server_url": "https://example.org", "github.repository": "c/r"}
        return Runner(origin=origin, folder=folder, values=known | values)

    return start


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


def test_a_pull_request_of_data_is_checked_by_the_base_branchs_program_and_told_of(runner, tmp_path):
    work, name = tmp_path / "work", "2026-02-11-dar-araghchi-call"
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
        assert machine.asked == ['gh issue comment "$NUMBER" --body-file "$FOLDER/report.md"']
        assert report.startswith("Nothing could be drafted: This was not made with one of the forms")
        return
    assert machine.asked == [
        'gh pr create --head "issue-$NUMBER" --title "Issue $NUMBER" --body-file "$FOLDER/report.md"'
    ]
    changed = git(machine.origin, "diff", "--name-only", "main", "issue-7").split()
    assert len(changed) == 1
    text = yaml.safe_load(git(machine.origin, "show", f"issue-7:{changed[0]}"))
    assert text["title"] == f'Dar `$(touch {touched})` and "Fidan" & ${{{{ github.token }}}} speak'
    assert text["summary"] == f"They spoke. '; touch {touched}; echo '"
    assert text["participants"] == [{"actor": "ishaq-dar", "role": "caller"}]


def test_what_the_pages_answered_is_pushed_and_published(runner, tmp_path):
    work = tmp_path / "work"
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
    assert machine.asked == ["gh workflow run publish.yml && gh workflow run publish-branch.yml"]
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
