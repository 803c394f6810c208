"""What single events add to the data, as it is kept: nothing of another build, nothing broken, and begun anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest

from generator.pieces import SHAPE, Damaged, Portion, Store, _sealed, pickle


def portion(number: int, key: str, *names: str) -> Portion:
    return Portion(number=number, key=key, events=tuple(SimpleNamespace(id=name) for name in names))


def added(*values: str) -> dict[str, bytes]:
    return {"field": _sealed(pickle.dumps(list(values)))}


def kept(file, *parts: tuple[Portion, dict[str, bytes]]):
    store = Store(file)
    missing = store.missing([own for own, _ in parts])
    for own, made in parts:
        if own in missing:
            store.put(own, made)
    return store.finish(), [own.number for own in missing]


ONE = (portion(0, "a", "x", "y"), added("X", "Y"))
OTHER = (portion(1, "b", "z"), added("Z"))


def test_only_what_has_another_key_is_made_again_and_what_is_gone_is_forgotten(tmp_path):
    file = tmp_path / "pieces"
    found, missing = kept(file, ONE, OTHER)
    assert missing == [0, 1]
    assert found.of("field") == {"x": "X", "y": "Y", "z": "Z"}
    found, missing = kept(file, ONE, (portion(1, "c", "z", "w"), added("ZZ", "W")))
    assert missing == [1]
    assert found.of("field") == {"x": "X", "y": "Y", "z": "ZZ", "w": "W"}
    found, missing = kept(file, ONE)
    assert missing == []
    assert found.of("field") == {"x": "X", "y": "Y"}


def test_what_another_build_has_put_in_meanwhile_is_not_taken(tmp_path):
    found, _ = kept(tmp_path / "pieces", ONE, OTHER)
    kept(tmp_path / "pieces", ONE, (portion(1, "of another", "z"), added("other")))
    with pytest.raises(Damaged):
        found.of("field")
    with pytest.raises(Damaged):
        found.of("no such field")


def test_bytes_that_have_changed_are_not_taken(tmp_path):
    file = tmp_path / "pieces"
    found, _ = kept(file, ONE, OTHER)
    content = file.read_bytes()
    assert content.count(b"\x8c\x01Y") == 1
    file.write_bytes(content.replace(b"\x8c\x01Y", b"\x8c\x01Q"))
    with pytest.raises(Damaged):
        found.of("field")


def test_a_file_that_another_build_has_is_left_to_it(tmp_path, monkeypatch):
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **named, timeout=0.1))
    first = Store(tmp_path / "pieces")
    with pytest.raises(OSError, match="locked"):
        Store(tmp_path / "pieces")
    first.missing([ONE[0]])
    first.put(*ONE)
    assert first.finish().of("field") == {"x": "X", "y": "Y"}


def test_a_file_of_another_shape_is_emptied_and_one_that_is_none_begun_anew(tmp_path):
    file = tmp_path / "pieces"
    with closing(sqlite3.connect(file)) as base:
        base.execute("CREATE TABLE piece (field TEXT)")
        base.execute(f"PRAGMA user_version = {SHAPE + 1}")
    assert kept(file, ONE)[1] == [0]
    assert kept(file, ONE)[1] == []
    file.write_bytes(b"no database at all" * 100)
    assert kept(file, ONE)[1] == [0]


def test_a_file_that_breaks_while_it_is_written_says_so(tmp_path):
    file = tmp_path / "pieces"
    kept(file, ONE, OTHER)
    with closing(sqlite3.connect(file)) as base:
        (page,) = base.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'piece'").fetchone()
        (size,) = base.execute("PRAGMA page_size").fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    file.write_bytes(content)
    store = Store(file)
    changed = portion(0, "c", "x", "y")
    store.missing([changed, OTHER[0]])
    with pytest.raises(Damaged):
        store.put(changed, added("X", "YY"))
    store.abandon()
