"""The same files give the same bytes: elsewhere, in another language, time zone and order, for another user."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import ROOT, run
from PIL import Image

REVERSED = '''"""Gives the entries of folders the other way round, as another file system may."""

import os

_listdir, _scandir = os.listdir, os.scandir


class _Entries:
    def __init__(self, entries):
        self._entries = list(entries)[::-1]
        entries.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        if not self._entries:
            raise StopIteration
        return self._entries.pop(0)

    def close(self):
        pass


os.listdir = lambda *given: sorted(_listdir(*given), reverse=True)
os.scandir = lambda *given: _Entries(_scandir(*given))
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project of hard cases, with a picture, a hand-written page and a history."""
    folder = tmp_path / "one"
    shutil.copytree(ROOT / "tests/cases/hard", folder)
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "events/media").mkdir()
    Image.effect_mandelbrot((900, 700), (-2.0, -1.5, 1.0, 1.5), 60).convert("RGB").save(folder / "events/media/set.jpg")
    with (folder / "events/2020/2020-05-06-a.yml").open("a", encoding="utf-8") as event:
        event.write("media:\n  - {file: set.jpg, alt: A set, credit: Its finder, licence: CC0-1.0}\n")
    git(folder, "init", "--quiet", "--initial-branch=main")
    for number, part in enumerate(("events/actors", ".")):
        git(folder, "add", "--all", part)
        when = f"2026-01-0{number + 1}T23:30:00+00:00"
        git(folder, "commit", "--quiet", "--message", part, GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)
    return folder


def git(folder: Path, *arguments: str, **environment: str) -> None:
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *named, *arguments], cwd=folder, env=os.environ | environment, check=True)


def built(folder: Path, environment: Mapping[str, str]) -> dict[str, bytes]:
    done = run(
        "chronology", "build", "--strict", cwd=folder, CHRONOLOGY_SITE_URL="https://example.org/c/", **environment
    )
    assert done.returncode == 0, done.stderr
    site = folder / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_site_has_the_same_bytes_wherever_it_is_built(project, tmp_path):
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(REVERSED, encoding="utf-8")
    other = tmp_path / "another place, ünd deeper" / "two"
    shutil.copytree(project, other, copy_function=shutil.copy)  # with times of their own
    settings = (
        {"LC_ALL": "C", "TZ": "Pacific/Pago_Pago", "PYTHONHASHSEED": "1", "XDG_CACHE_HOME": str(tmp_path / "cache-1")},
        {
            "LC_ALL": "tr_TR.UTF-8",
            "LANGUAGE": "tr",
            "TZ": "Pacific/Kiritimati",
            "PYTHONHASHSEED": "4242",
            "PYTHONPATH": str(hook),
            "HOME": str(tmp_path / "home"),
            "USER": "somebody",
            "XDG_CACHE_HOME": str(tmp_path / "cache-2"),
        },
    )
    before = os.umask(0o077)
    try:
        one = built(project, settings[0])
    finally:
        os.umask(before)
    two = built(other, settings[1])
    assert len(one) > 150
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []


def test_the_hook_of_this_test_turns_the_order_round(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(REVERSED, encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / "files" / name).mkdir(parents=True)
    asked = "import os; from pathlib import Path; print(os.listdir('files'), [e.name for e in os.scandir('files')])"
    plain, turned = (
        run("python", "-c", asked, cwd=tmp_path, PYTHONPATH=path).stdout.split("] [") for path in ("", str(tmp_path))
    )
    assert turned[0] == "['b', 'a'"
    assert turned[1] != plain[1]
