"""When records were added and corrected, as git knows it; without git, or with a part of it, nothing is said."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import pytest

from generator import history

TIMES = ("2026-01-01T10:00:00+00:00", "2026-01-02T10:00:00+05:00", "2026-01-03T10:00:00+00:00")


@pytest.fixture
def repository(tmp_path) -> Path:
    """Make three commits: two files, one corrected, one renamed."""
    folder = tmp_path / "one"
    events = folder / "events/2026"
    events.mkdir(parents=True)

    def git(*words: str, when: str = TIMES[0]) -> None:
        env = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
        named = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *named, *words], cwd=folder, env=env, check=True, capture_output=True)

    git("init", "-q")
    (events / "a.yml").write_text("title: A\n" * 9, encoding="utf-8")
    (events / "b ü.yml").write_text("title: B\n" * 9, encoding="utf-8")
    for number, when in enumerate(TIMES):
        if number == 1:
            (events / "a.yml").write_text("title: A2\n", encoding="utf-8")
        if number == 2:
            (events / "b ü.yml").rename(events / "c.yml")
        git("add", "-A")
        git("commit", "-qm", f"{number}", when=when)
    return folder


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)


def test_a_record_has_the_times_of_its_file(repository):
    records = history.read(repository / "events").records
    assert set(records) == {"2026/a.yml", "2026/b ü.yml", "2026/c.yml"}
    first = records["2026/a.yml"]
    assert (first.added, first.changed, first.corrections) == (moment(TIMES[0]), moment(TIMES[1]), 1)
    renamed = records["2026/c.yml"]
    assert (renamed.added, renamed.changed, renamed.corrections) == (moment(TIMES[2]), moment(TIMES[2]), 0)


def test_a_shallow_clone_says_nothing_rather_than_something_wrong(repository, tmp_path):
    part = tmp_path / "part"
    subprocess.run(["git", "clone", "-q", "--depth", "1", repository.as_uri(), part], check=True, capture_output=True)
    read = history.read(part / "events")
    assert read.records == {}
    assert not read.whole


def test_without_a_repository_there_is_no_history(tmp_path):
    assert history.read(tmp_path).records == {}
