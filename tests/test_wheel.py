"""The wheel carries all it needs: the guide to a chronology of one's own is followed, with nothing of this one near."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from pathlib import Path

from conftest import ROOT, run

STARTED = "--title Mine --description 'A chronology of mine.'"
EVENT = (
    "--date 1871-12-24 --title 'Aida is first performed' --type ceremony --summary 'The opera was given in Cairo.' "
    "--headline Aida --publisher 'A paper' --url https://example.org/aida --published 1871-12-25"
)
"""What a person would answer to the questions of two commands."""


ADDRESS = "https://example.org/history/"
DEPLOY = "mkdocs gh-deploy --strict --no-history --force"


def guide() -> list[str]:
    """Give the commands of the guide, in their order."""
    text = (ROOT / "docs/own.md").read_text(encoding="utf-8")
    part = text[text.index("## From nothing") : text.index("## Add events")]
    return [line for block in re.findall("```shell\n(.*?)```", part, re.DOTALL) for line in block.splitlines()]


def test_the_guide_leads_from_the_wheel_alone_to_a_published_branch(tmp_path: Path):
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("chronology_site-*.whl")
    commands = guide()
    assert f".venv/bin/pip install {wheel.name}" in commands
    # What the wheel needs is there before, in the versions that are locked: pip finds nothing left to fetch.
    venv.create(tmp_path / ".venv", with_pip=True)
    pip = (str(tmp_path / ".venv/bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    installed = run(*pip, "--require-hashes", "-r", str(ROOT / "requirements/site.txt"), cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    assert run("git", "init", "--quiet", "--bare", str(tmp_path / "origin.git")).returncode == 0
    instead = {
        "chronology init my-chronology": f"chronology init my-chronology {STARTED}",
        "chronology serve": "chronology build --strict",
        "chronology new": f"chronology new {EVENT}",
        "git remote add origin https://github.com/…": "git remote add origin ../origin.git",
        f"CHRONOLOGY_SITE_URL=https://…/ {DEPLOY}": f"CHRONOLOGY_SITE_URL={ADDRESS} {DEPLOY} --quiet",
    }
    assert instead.keys() <= set(commands)
    person = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    script = "\n".join(instead.get(command, command) for command in commands)
    done = run("bash", "-euo", "pipefail", "-c", script, cwd=tmp_path, PIP_NO_INDEX="1", **person)
    assert done.returncode == 0, done.stdout + done.stderr
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "gh-pages"],
        cwd=tmp_path / "origin.git",
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    wanted = {"index.html", "events/1869-11-17-suez-canal-opens/index.html", ".nojekyll", "pagefind/pagefind.js"}
    assert wanted <= set(listed)
    assert any(re.fullmatch("events/1871-12-24-aida[a-z-]*/index.html", path) for path in listed)
    page = (tmp_path / "my-chronology/site/events/1869-11-17-suez-canal-opens/index.html").read_text(encoding="utf-8")
    assert "The Suez Canal is opened" in page
    assert f'<link rel="canonical" href="{ADDRESS}events/1869-11-17-suez-canal-opens/"' in page
    assert (tmp_path / "my-chronology/site/assets/chronology/chronology.css").stat().st_size > 1000
