"""A machine as the workflows have one: it runs the steps of a job, in clones of a local bare repository."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from conftest import ROOT

WORKFLOWS = ROOT / ".github/workflows"

USED = {"actions/checkout", "actions/cache", "actions/configure-pages", "actions/upload-artifact"}
USED |= {"actions/upload-pages-artifact", "actions/deploy-pages"}
"""The actions that stand between the steps. Checkouts are made here; the others move what the steps leave."""

GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >> '{asked}'
if [ "$1 $2" = "pr list" ]; then printf '%s\\n' '{opened}'; fi
"""
"""What stands in for GitHub’s own command: it writes down what it is asked, and knows which pull request is open."""


class Failed(AssertionError):
    """Raised where a step ends with an error, as which the job would end."""


@dataclass(kw_only=True)
class Machine:
    """A machine that runs the steps of a job in the folder of its checkout, and what it has been told.

    `prepare` is called for the folder of each checkout. `opened` is the number of the pull request that GitHub has of
    the branch of an issue, or nothing. `instead` gives the scripts of steps that are not run, and what stands in.
    """

    origin: Path
    folder: Path
    values: Mapping[str, str]
    workflows: Path = WORKFLOWS
    prepare: Callable[[Path], None] = lambda folder: None
    instead: Mapping[str, Callable[[Path], None]] = field(default_factory=dict)
    opened: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> list[str]:
        """What the steps asked GitHub for."""
        file = self.folder.with_name(f"{self.folder.name}-asked")
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def job(self, file: str, name: str) -> None:
        """Run all steps of a job; raises Failed at the first that fails."""
        job = yaml.safe_load((self.workflows / file).read_text(encoding="utf-8"))["jobs"][name]
        where = job.get("defaults", {}).get("run", {}).get("working-directory", ".")
        for step in job["steps"]:
            given = {
                key: self.filled(str(value)) for key, value in {**job.get("env", {}), **step.get("env", {})}.items()
            }
            if not self.wanted(step):
                continue
            if "run" in step:
                self.step(step, self.folder / step.get("working-directory", where), given)
                continue
            action = step["uses"].split("@")[0]
            assert action in USED
            if action == "actions/checkout":
                self.checkout(step.get("with", {}))

    def wanted(self, step: Mapping[str, Any]) -> bool:
        """Tell whether a step's condition holds: on what earlier ones gave out, or that nothing was cancelled."""
        condition = step.get("if", "")
        if condition in ("", "${{ !cancelled() }}"):
            return True
        asked = [re.fullmatch(r"(steps\.\w+\.outputs\.\w+) == '(\w+)'", one) for one in condition.split(" || ")]
        assert all(asked), condition
        return any(self.outputs.get(one[1], "") == one[2] for one in asked if one)

    def checkout(self, given: Mapping[str, Any]) -> None:
        """Do what actions/checkout does."""
        ref = self.filled(str(given.get("ref", self.values["github.ref"])))
        target = self.folder / given.get("path", ".")
        git(self.folder, "clone", "--quiet", str(self.origin), str(target))
        git(target, "checkout", "--quiet", ref)
        self.prepare(target)

    def step(self, step: Mapping[str, Any], where: Path, given: Mapping[str, str]) -> None:
        """Run one step as GitHub does: by bash, which stops at the first command that fails; raises Failed."""
        if stand_in := self.instead.get(step["run"]):
            stand_in(where)
            return
        told = {name: self.folder.parent / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in told.values():
            file.write_bytes(b"")
        script = self.folder.parent / "script"
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=where,
            env={
                **os.environ,
                "NO_MKDOCS_2_WARNING": "1",
                "PATH": f"{self.tools()}:{os.environ['PATH']}",
                **{key: str(path) for key, path in told.items()},
                **given,
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        self.summary += told["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        for line in told["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition("=")
            self.outputs[f"steps.{step['id']}.outputs.{key}"] = value
        if done.returncode != 0:
            raise Failed(f"{step['run']}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")

    def tools(self) -> Path:
        """Give the folder of the commands that stand in for those of GitHub's machines."""
        folder = self.folder.with_name(f"{self.folder.name}-tools")
        folder.mkdir(exist_ok=True)
        asked = self.folder.with_name(f"{self.folder.name}-asked")
        (folder / "gh").write_text(GH.format(asked=asked, opened=self.opened), encoding="utf-8")
        (folder / "gh").chmod(0o755)
        return folder

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
