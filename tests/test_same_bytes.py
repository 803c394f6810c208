"""The same files give the same bytes: elsewhere, in another language, time zone and order, for another user."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import which

import pytest
from building import held
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


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a project of hard cases, with a picture, a hand-written page and a history."""
    folder = tmp_path_factory.mktemp("same") / "one"
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


def built(folder: Path, environment: Mapping[str, str], *options: str, way: Sequence[str] = ()) -> dict[str, bytes]:
    """Build a project, by way of another program where one is named; give every file of the site."""
    address = {"CHRONOLOGY_SITE_URL": "https://example.org/c/"}
    done = run(*way, "chronology", "build", "--strict", *options, cwd=folder, **address, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return held(folder / "site")


def copied(project: Path, folder: Path) -> Path:
    """Give a copy of a project with times of its own."""
    shutil.copytree(project, folder, copy_function=shutil.copy, ignore=shutil.ignore_patterns("site"))
    return folder


def hooked(folder: Path, text: str) -> str:
    """Write what Python runs at its start; give the folder, for PYTHONPATH."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
    return str(folder)


def assert_same(one: dict[str, bytes], two: dict[str, bytes]) -> None:
    assert len(one) > 150
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []


HERE = {"LC_ALL": "C", "TZ": "Pacific/Pago_Pago", "PYTHONHASHSEED": "1"}
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4242", "LANGUAGE": "tr", "USER": "somebody"}


@pytest.fixture(scope="module")
def first(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site with which the others are compared."""
    before = os.umask(0o077)
    try:
        return built(project, HERE | {"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache"))})
    finally:
        os.umask(before)


def test_a_site_has_the_same_bytes_in_another_place_time_zone_and_order(project, first, tmp_path):
    other = copied(project, tmp_path / "another place, ünd deeper" / "two")
    hook = hooked(tmp_path / "hook", REVERSED)
    own = {"PYTHONPATH": hook, "HOME": str(tmp_path / "home"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    assert_same(first, built(other, ELSEWHERE | own))


def test_zensical_makes_the_same_bytes_in_another_place_time_zone_and_order(project, tmp_path):
    hook = hooked(tmp_path / "hook", REVERSED)
    one, two = (copied(project, tmp_path / name) for name in ("one", "another place, ünd deeper"))
    own = {"PYTHONPATH": hook, "HOME": str(tmp_path / "home")}
    assert_same(built(one, HERE, "--engine", "zensical"), built(two, ELSEWHERE | own, "--engine", "zensical"))


def of_the_system() -> str:
    """Give a locale of this machine that writes numbers with a comma, Turkish before all others; "" for none."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False) if which("locale") else None
    names = known.stdout.split() if known is not None else []
    ask = "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.localeconv()['decimal_point'])"
    found = (name for name in sorted(names, key=lambda name: (not name.startswith("tr"), name)) if "_" in name)
    return next((name for name in found if run("python", "-c", ask, LC_ALL=name).stdout == ",\n"), "")


TURKISH = "/usr/share/i18n/locales/tr_TR"
MADE = bool(which("localedef")) and Path(TURKISH).is_file()
LOCALE = "tr_TR.UTF-8" if MADE else of_the_system()
"""The locale that is built in: made for the test where the system has its source, else one that is installed."""

SPEAKING = "import locale\nlocale.setlocale(locale.LC_ALL, '')\n"
"""Has Python use the locale for everything; by itself it asks it for the encoding alone."""


@pytest.mark.skipif(not LOCALE, reason="no locale but C is installed here, and localedef has no source to make one of")
@pytest.mark.parametrize("how", [f"{LOCALE}, {'made with localedef' if MADE else 'which is installed'}"])
def test_a_site_has_the_same_bytes_in_another_locale(how, project, first, tmp_path):
    own = {"LC_ALL": LOCALE, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    if MADE:
        (tmp_path / "locales").mkdir()
        made = run("localedef", "-i", "tr_TR", "-f", "UTF-8", str(tmp_path / "locales" / LOCALE))
        assert made.returncode == 0, made.stderr
        own["LOCPATH"] = str(tmp_path / "locales")
    own["PYTHONPATH"] = hooked(tmp_path / "hook", SPEAKING)
    asked = "import locale, time; print(locale.str(1.5), time.strftime('%B', (2026, 1, 1, 0, 0, 0, 0, 1, 0)))"
    number, month = run("python", "-c", asked, **own).stdout.split()
    assert number == "1,5"
    assert month != "January"
    assert_same(first, built(copied(project, tmp_path / "two"), own))


def test_a_site_has_the_same_bytes_when_another_user_builds_it(project, first, another_user):
    folder, home = copied(project, another_user.folder / "two"), another_user.folder / "home"
    home.mkdir()
    another_user.own()
    own = {"HOME": str(home), "USER": "nobody", "XDG_CACHE_HOME": str(home / "cache")}
    assert_same(first, built(folder, own, way=another_user.way))
    assert {path.stat().st_uid for path in (folder / "site").rglob("*")} == {another_user.number}


def test_the_hook_of_this_test_turns_the_order_round(tmp_path):
    hook = hooked(tmp_path / "hook", REVERSED)
    for name in ("a", "b"):
        (tmp_path / "files" / name).mkdir(parents=True)
    asked = "import os; from pathlib import Path; print(os.listdir('files'), [e.name for e in os.scandir('files')])"
    plain, turned = (
        run("python", "-c", asked, cwd=tmp_path, PYTHONPATH=path).stdout.split("] [") for path in ("", hook)
    )
    assert turned[0] == "['b', 'a'"
    assert turned[1] != plain[1]
