"""What GitHub reads: workflows in which actionlint and zizmor find nothing, forms that fit their schemas."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, run

from generator.cli import main
from generator.corpus import default_vocabulary
from generator.issueforms import LABEL, forms

GITHUB = ROOT / ".github"
STARTER = ROOT / "generator/starter/dot-github"
WORKFLOWS = sorted((*(GITHUB / "workflows").glob("*.yml"), *(STARTER / "workflows").glob("*.yml")))
PUBLISHERS = [GITHUB / "workflows", STARTER / "workflows"]
"""The folders of two workflows that publish, of which the repository's variable PUBLISH_FROM lets one act."""

SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "vendor.github-issue-forms": [GITHUB / f"ISSUE_TEMPLATE/{name}.yml" for name in ("event", "correction")],
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE/config.yml"],
    "vendor.dependabot": [GITHUB / "dependabot.yml", STARTER / "dependabot.yml"],
}


def read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_file_fits_its_schema(schema):
    assert SCHEMAS[schema]
    done = run("check-jsonschema", "--builtin-schema", schema, *map(str, SCHEMAS[schema]))
    assert done.returncode == 0, done.stdout


def test_actionlint_finds_nothing():
    done = run("actionlint", *map(str, WORKFLOWS))
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_zizmor_finds_nothing():
    files = [*WORKFLOWS, *SCHEMAS["vendor.dependabot"]]
    done = run("zizmor", "--offline", "--no-progress", "--persona", "pedantic", *map(str, files))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout + done.stderr
    assert [file for file in files if f"completed {file}\n" not in done.stderr] == []


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: f"{file.parts[-4]}-{file.stem}")
def test_a_workflow_gives_no_right_by_default_and_pins_what_it_uses(file):
    flow = read(file)
    assert flow["permissions"] == {}
    assert flow["concurrency"]["group"]
    text = file.read_text(encoding="utf-8")
    used = re.findall(r"uses: (.*)", text)
    assert used
    assert [one for one in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []
    for job in flow["jobs"].values():
        assert "permissions" in job
        assert job["timeout-minutes"] <= 30
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), step


def holds(expression: str, publish_from: str) -> str | bool:
    """Work out an expression of GitHub's that asks for nothing but where the repository publishes from."""
    words = re.sub(r"^\$\{\{ (.*) \}\}$", r"\1", expression).replace("vars.PUBLISH_FROM", repr(publish_from))
    assert re.fullmatch(r"(?:'[a-z-]*'| |==|!=|&&|\|\|)+", words), expression
    value = eval(words.replace("&&", "and").replace("||", "or"), {})
    assert isinstance(value, str | bool)
    return value


@pytest.mark.parametrize("publish_from", ["", "branch"])
@pytest.mark.parametrize("folder", PUBLISHERS, ids=lambda folder: folder.parent.name)
def test_one_workflow_publishes_and_the_idle_one_cannot_push_its_run_out_of_the_queue(folder, publish_from):
    acting = {}
    for file in sorted(folder.glob("publish*.yml")):
        flow = read(file)
        assert flow["concurrency"]["cancel-in-progress"] is False
        # A job that needs a skipped one is skipped: those that need none decide.
        first = [job.get("if", "'always'") for job in flow["jobs"].values() if "needs" not in job]
        (acts,) = {bool(holds(condition, publish_from)) for condition in first}
        acting[file.name] = (acts, holds(flow["concurrency"]["group"], publish_from))
    one, other = ("publish-branch.yml", "publish.yml") if publish_from else ("publish.yml", "publish-branch.yml")
    assert acting == {one: (True, "publish"), other: (False, "publish-idle")}


def test_what_publishes_needs_what_tests_and_builds():
    jobs = {
        (folder.parent.name, file.stem): read(file)["jobs"]
        for folder in PUBLISHERS
        for file in folder.glob("publish*.yml")
    }
    assert jobs[".github", "publish"]["deploy"]["needs"] == ["test", "build"]
    assert jobs[".github", "publish-branch"]["publish"]["needs"] == "test"
    assert jobs["dot-github", "publish"]["deploy"]["needs"] == "build"
    for each in jobs.values():
        assert [job for job in each.values() if "if" in job and "needs" in job] == []  # a condition could undo it
        for job in each.values():
            assert [step for step in (job, *job["steps"]) if "continue-on-error" in step] == []
        *_, last = each
        writes = {right for name in each if name != last for right in each[name]["permissions"].values()}
        assert "write" not in writes


def test_a_pull_request_of_a_stranger_meets_a_token_that_reads_and_no_secret():
    file = GITHUB / "workflows/pull-request.yml"
    flow = read(file)
    assert flow[True] == "pull_request"  # “on” is true to YAML 1.1
    assert {right for job in flow["jobs"].values() for right in job["permissions"].values()} == {"read"}
    assert "secrets." not in file.read_text(encoding="utf-8")


def test_the_program_that_checks_a_pull_request_is_installed_where_nothing_of_it_lies():
    job = read(STARTER / "workflows/pull-request.yml")["jobs"]["check"]
    base, change, install, *others = job["steps"]
    assert base["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert (base["with"]["path"], change["with"]["path"], install["working-directory"]) == ("base", "change", "base")
    assert "ref" not in change["with"]
    assert job["defaults"]["run"]["working-directory"] == "change"
    programs = re.findall(r"\S*\bchronology(?= )", "\n".join(step.get("run", "") for step in others))
    assert set(programs) == {"../base/.venv/bin/chronology"}


def test_a_new_chronology_installs_what_is_locked_and_the_program_from_its_own_repository():
    scripts = {
        step["run"]
        for file in (STARTER / "workflows").glob("*.yml")
        for job in read(file)["jobs"].values()
        for step in job["steps"]
        if "pip install" in step.get("run", "")
    }
    (script,) = scripts
    installs = [line for line in script.splitlines() if " install " in line]
    assert [line for line in installs if "--require-hashes -r requirements.txt" not in line] == [
        ".venv/bin/pip install --quiet --no-deps --no-index --find-links wheels chronology-site"
    ]
    assert script.splitlines()[-1] == ".venv/bin/pip check"  # that both fit together


def test_one_version_of_each_action_is_used():
    found = {line for file in WORKFLOWS for line in re.findall(r"uses: (.*)", file.read_text(encoding="utf-8"))}
    assert len(found) == len({line.split("@")[0] for line in found})


@pytest.mark.parametrize("folder", [GITHUB, STARTER], ids=lambda folder: folder.name)
def test_the_template_of_a_pull_request_asks_for_what_can_be_run(folder):
    text = (folder / "pull_request_template.md").read_text(encoding="utf-8")
    boxes = re.findall(r"^- \[ \] (.+)$", text, re.MULTILINE)
    assert len(boxes) >= 2
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = {f"make {target}" for target in re.findall(r"^([a-z]+):", makefile, re.MULTILINE)}
    if folder == STARTER:  # which has no Makefile
        known = {f"chronology {name}" for name in main.commands}
    asked = re.findall(r"`([^`]+)`", text)
    assert asked
    assert [command for command in asked if command not in known] == []


@pytest.mark.parametrize("folder", [GITHUB, STARTER], ids=lambda folder: folder.name)
def test_owners_are_given_of_what_is_there(folder):
    text = (folder / "CODEOWNERS").read_text(encoding="utf-8")
    rules = re.findall(r"^(?:# )?([*/]\S*) +(.+)$", text, re.MULTILINE)
    assert rules[0][0] == "*"  # the last line that fits counts, so what fits everything comes first
    for pattern, owners in rules:
        assert all(re.fullmatch(r"@[\w-]+(/[\w-]+)?", owner) for owner in owners.split()), owners
        name = pattern.strip("/")
        places = (ROOT / name, STARTER.parent / re.sub(r"^\.", "dot-", name))
        # The wheel is put there by whoever starts a chronology: see the guide.
        assert pattern in ("*", "/wheels/") or places[folder == STARTER].exists(), pattern
    # Until a project names its people, the lines are comments, and GitHub asks nobody of itself.
    assert all(line.startswith("#") for line in text.splitlines() if "@example" in line)


def test_the_forms_are_those_that_the_program_writes():
    for name, text in forms(default_vocabulary()).items():
        assert (GITHUB / "ISSUE_TEMPLATE" / name).read_text(encoding="utf-8") == text
    assert f"== '{LABEL}'" in (GITHUB / "workflows/issue-to-pull-request.yml").read_text(encoding="utf-8")


def test_the_guide_names_what_the_workflow_for_issues_needs_of_github():
    guide = (ROOT / "docs/own.md").read_text(encoding="utf-8")
    part = guide[guide.index("## Contributing without git") : guide.index("## Whether sources still answer")]
    given = {label for form in SCHEMAS["vendor.github-issue-forms"] for label in read(form)["labels"]}
    assert [label for label in (LABEL, *sorted(given)) if f"`{label}`" not in part] == []
    assert "“Allow GitHub Actions to create and approve pull requests”" in part
    assert "“Approve workflows to run”" in part


def test_every_group_of_dependencies_waits_for_a_week():
    updates = read(GITHUB / "dependabot.yml")["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"pip", "npm", "github-actions"}
    assert all(one["cooldown"]["default-days"] == 7 for one in updates)
    for one in updates:
        for folder in one.get("directories") or [one["directory"]]:
            assert (ROOT / folder.lstrip("/")).is_dir()
