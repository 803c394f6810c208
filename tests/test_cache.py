"""Findings kept from the last check are those that a new check would give."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator import cache
from generator.cli import main
from generator.commands.check import _found

EVENT = (
    "title: {a} meets {b}\ndate: 2020-05-{day:02}\ntype: {kind}\nsummary: They met.\nparticipants: [{a}, {b}]\n"
    "sources:\n  - {{publisher: P, url: 'https://example.org/{day}'}}\n"
)


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path_factory):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def edited(events: Path, chance: random.Random) -> None:
    """Do what an editor may do: change, break, add, rename, delete, turn a file into a link."""
    files = sorted(path for path in events.rglob("*.yml") if path.name != "chronology.yml")
    path = chance.choice(files)
    day = chance.randint(1, 28)
    text = EVENT.format(a=chance.choice("abx"), b=chance.choice("cdy"), day=day, kind=chance.choice(["meeting", "met"]))
    match chance.randrange(6):
        case 0:
            path.write_text(text)
        case 1:
            (events / f"2020/2020-05-{day:02}-new.yml").write_text(text)
        case 2 if len(files) > 3:
            path.unlink()
        case 3:
            path.rename(path.with_name(f"2020-05-{day:02}-moved.yml"))
        case 4:
            path.write_bytes(path.read_bytes() + chance.choice([b"\n", b"# note\n", b"\xff", b"date: 2020\n"]))
        case _:
            (events / "2020" / chance.choice(["notes.txt", "x"])).write_text("x")


def test_after_any_edit_the_kept_findings_are_those_of_a_new_check(make):
    actors = {f"actors/{name}.yml": f"name: Actor {name}\nkind: person\n" for name in "abcd"}
    days = {f"2020/2020-05-{d:02}-m.yml": EVENT.format(a="a", b="c", day=d, kind="meeting") for d in range(1, 9)}
    events = make(actors | days) / "events"
    chance = random.Random(20261123)
    for _ in range(60):
        edited(events, chance)
        first = _found(events, "events", fresh=False)
        again = _found(events, "events", fresh=False)
        assert first == again == _found(events, "events", fresh=True)


def test_nothing_is_checked_again_when_nothing_has_changed(make, monkeypatch):
    events = make({"2020/2020-05-01-m.yml": EVENT.format(a="a", b="c", day=1, kind="meeting")}) / "events"
    kept = _found(events, "events", fresh=False)
    monkeypatch.setattr("generator.check.check", None)  # a second check would fail
    assert _found(events, "events", fresh=False) == kept


@pytest.mark.parametrize("changed", ["day", "program", "name"])
def test_the_day_the_program_and_the_folder_s_name_count(make, monkeypatch, changed):
    events = make({"2020/2020-05-01-m.yml": "title: x\n"}) / "events"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    before = cache.state(events, "events").key
    if changed == "day":
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    elif changed == "program":
        monkeypatch.setattr(cache, "program", lambda: "another")
    assert cache.state(events, "other" if changed == "name" else "events").key != before


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"key": 1}', b"\xff"])
def test_a_spoilt_cache_is_no_cache(make, content):
    events = make({"2020/2020-05-01-m.yml": "title: x\n"}) / "events"
    kept = _found(events, "events", fresh=False)
    cache._file(events).write_bytes(content)
    assert _found(events, "events", fresh=False) == kept


def test_a_project_cannot_bring_its_own_findings(make, monkeypatch):
    folder = make({"2020/2020-05-01-m.yml": "title: x\n"})
    monkeypatch.chdir(folder)
    CliRunner().invoke(main, ["check"])
    assert not cache._file(folder / "events").is_relative_to(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["events"]


def test_a_cache_that_cannot_be_written_is_no_problem(make, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    events = make({"2020/2020-05-01-m.yml": "title: x\n"}) / "events"
    assert _found(events, "events", fresh=False).findings
    os.mkfifo(events / "2020/pipe")
    assert _found(events, "events", fresh=False).findings  # and a pipe is not waited for


def test_what_nobody_has_used_for_months_is_deleted(tmp_path, monkeypatch):
    monkeypatch.setattr(cache.platformdirs, "user_cache_dir", lambda _: str(tmp_path))
    old, new = tmp_path / "read-old", tmp_path / "site-new.json"
    old.mkdir()
    (old / "part").write_text("")
    new.write_text("{}")
    for path in (old, tmp_path / "check-old.json"):
        path.touch()
        os.utime(path, (0, 0))
    cache.tidy()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site-new.json"]


def test_a_file_is_read_again_if_and_only_if_it_may_have_changed(make, monkeypatch):
    names = [f"2020/2020-05-{d:02}-m.yml" for d in range(1, 9)]
    events = make({name: EVENT.format(a="a", b="c", day=1, kind="meeting") for name in names}) / "events"
    monkeypatch.setattr(cache, "SETTLED", 0)
    first = cache.state(events, "events", {})
    again = cache.state(events, "events", first.seen)
    assert (again.key, again.digests) == (first.key, first.digests)
    assert set(names) <= first.seen.keys()
    assert set(names).isdisjoint(again.contents.read)
    # As long as before and of the same time: the system notes that something happened to the entry all the same.
    file, status = events / names[3], (events / names[3]).stat()
    file.write_bytes(file.read_bytes().replace(b"They met", b"They talk"[:8]))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_size == status.st_size
    changed = cache.state(events, "events", first.seen)
    assert [name for name in names if name in changed.contents.read] == [names[3]]
    assert {name for name in names if changed.digests[name] != first.digests[name]} == {names[3]}
    assert changed.key != first.key


def test_a_file_that_was_written_just_now_is_read_again(make):
    events = make({"2020/2020-05-01-m.yml": "title: x\n"}) / "events"
    assert "2020/2020-05-01-m.yml" not in cache.state(events, "events", {}).seen


def test_bytes_that_are_read_late_are_what_their_digest_is_of(make, monkeypatch):
    events = make(dict.fromkeys(("2020/2020-05-01-m.yml", "2020/2020-05-02-m.yml"), "title: x\n")) / "events"
    monkeypatch.setattr(cache, "SETTLED", 0)
    state = cache.state(events, "events", cache.state(events, "events", {}).seen)
    old = dict(state.digests)
    (events / "2020/2020-05-01-m.yml").write_text("title: y\n")
    (events / "2020/2020-05-02-m.yml").unlink()
    assert state.contents["2020/2020-05-01-m.yml"] == b"title: y\n"
    assert state.digests["2020/2020-05-01-m.yml"] != old["2020/2020-05-01-m.yml"]
    assert state.contents.get("2020/2020-05-02-m.yml") is None
    assert "2020/2020-05-02-m.yml" not in state.contents
