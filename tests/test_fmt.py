"""The layout of event files: each case is a file before and after; whatever a file holds, nothing else changes."""

from __future__ import annotations

import itertools
import json
import random
import re

import pytest
import yaml
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from reading import CASES
from test_hostile import BOMBS, MATTER, VALID, damaged

from generator import fmt
from generator.cli import main
from generator.comments import comments
from generator.diagnostics import has_errors
from generator.fixes import leaves
from generator.source import Unreadable, decode, parse

FOLDERS = sorted((CASES / "fmt").iterdir())
REAL = sorted((ROOT / "events").rglob("*.yml"))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30) | st.sampled_from(MATTER)
LONG = st.lists(WORDS, min_size=5, max_size=40).map(" ".join)
VALUES = st.recursive(
    WORDS | LONG | st.just("x\n\ny"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcde"), inner, max_size=4),
    max_leaves=12,
)
NOTE = st.sampled_from(["# a note", "#", "# allow: R404 why", "  # deeper", "      # far", "# : - { [ ' \" #"])


def kind_of(folder) -> str | None:
    kind = (folder / "kind.txt").read_text(encoding="utf-8").strip()
    return None if kind == "none" else kind


def test_there_are_cases_and_real_files():
    assert len(FOLDERS) > 25
    assert len(REAL) > 500


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_file_is_laid_out_like_this_and_then_stays(folder):
    expected = (folder / "after.yml").read_text(encoding="utf-8")
    assert fmt.formatted((folder / "before.yml").read_bytes(), "x", kind_of(folder)) == expected
    assert fmt.formatted(expected.encode(), "x", kind_of(folder)) == expected


def test_every_real_file_has_the_common_layout():
    for file in REAL:
        kind = fmt.kind_of_path(file.relative_to(ROOT / "events").as_posix())
        assert fmt.formatted(file.read_bytes(), str(file), kind) == file.read_text(encoding="utf-8"), file


def visible(text: str) -> str:
    """Give a text without the blanks and line breaks behind its words."""
    return "\n".join(line.rstrip(" \t") for line in text.split("\n")).rstrip("\n")


def proved(text: str, kind: str | None) -> str | None:
    """Lay a text out; give the result, or None where it was refused. Checks by other means than the program does."""
    try:
        result = fmt.formatted(text.encode("utf-8", errors="replace"), "x.yml", kind)
    except fmt.Unformattable:
        return None
    assert fmt.formatted(result.encode(), "x.yml", kind) == result
    before = decode(text.encode("utf-8", errors="replace"), "x")
    assert sorted(c.text for c in comments(before)) == sorted(c.text for c in comments(result))
    one, two = (sorted(map(visible, leaves(parse(t.encode(), "x").root))) for t in (before, result))
    assert one == two
    assert all(line == line.rstrip() for line in result.splitlines())
    assert result.endswith("\n")
    return result


@given(
    value=st.dictionaries(st.sampled_from(["title", "date", "summary", "participants", "sources", "z", "a b"]), VALUES),
    style=st.sampled_from([None, True, False]),
    quote=st.sampled_from([None, "'", '"', "|", ">"]),
    width=st.sampled_from([10, 80, 9999]),
    notes=st.lists(st.tuples(st.integers(0, 40), NOTE), max_size=5),
)
def test_whatever_is_written_nothing_but_layout_changes(value, style, quote, width, notes):
    text = yaml.safe_dump(value, default_flow_style=style, default_style=quote, width=width, allow_unicode=True)
    lines = text.splitlines()
    for place, note in notes:
        lines.insert(min(place, len(lines)), note)
    proved("\n".join(lines) + "\n", "event")


SIGNS = [*"a:#-?,[]{}&*!|>'\"%@`\\ \t~=<.\n", "08", "é"]


@pytest.mark.parametrize("frame", ["title: {}\n", "title: [{}, z]\n", "participants:\n  - {{actor: {}, role: z}}\n"])
def test_programs_without_libyaml_read_every_short_text_alike(frame):
    for signs in itertools.product(["", *SIGNS], repeat=2):
        text = "a" + "".join(signs)
        for value in (text, text[1:]):
            written = frame.format(json.dumps(value))
            result = proved(written, "event")
            assert result is not None, written
            expected = [leaf.rstrip("\n") for leaf in leaves_of(yaml.safe_load(written))]
            assert leaves_of(yaml.safe_load(result)) == expected


def leaves_of(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [leaf for part in (value.values() if isinstance(value, dict) else value) for leaf in leaves_of(part)]


def comment_places(words) -> str:
    """Write an event with a comment of its own above each field and behind each value, named like that value."""
    chance, lines = random.Random(words), []
    for key in chance.sample(["title", "date", "sources", "accounts", "zeal"], 5):
        lines.append(f"# above {key}")
        if key not in {"sources", "accounts"}:
            lines.append(f"{key}: {key}-1  # behind {key}-1")
            continue
        lines.append(f"{key}:")
        for number in range(2):
            fields = chance.sample(["url", "title", "publisher", "value", "field"], 3)
            hanging = chance.random() < 0.5
            lines += [f"  -  # over {key}-{number}"] * hanging
            for place, name in enumerate(fields):
                if place or hanging:
                    lines.append(f"    # above {name} {key}-{number}")
                start = "    " if place or hanging else "  - "
                lines.append(f"{start}{name}: {key}-{number}  # behind {name} {key}-{number}")
            lines.append(f"    # end of {key}-{number}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("seed", range(60))
def test_each_comment_stays_with_what_it_speaks_of(seed):
    result = proved(comment_places(seed), "event")
    assert result is not None
    lines = result.splitlines()
    for number, line in enumerate(lines):
        speaks, _, of = line.partition("# ")[2].partition(" ")
        below = next((other for other in lines[number:] if not other.lstrip().startswith("#")), "")
        if speaks == "above":
            assert set(of.split()) <= set(re.split("[ :]+", below)), result
        elif speaks == "behind":
            assert set(of.split()) <= set(re.split("[ :]+", line.partition("#")[0])), result
        elif speaks == "over":
            assert below.startswith("  - "), result
            assert f" {of} " in below, result
        elif speaks == "end":
            assert of.split()[1] in lines[number - 1].partition("#")[0], result
            assert below.startswith("  - ") or not below.startswith(" "), result


def test_damaged_files_are_laid_out_or_left_alone():
    chance = random.Random(3)
    laid_out = 0
    for _ in range(600):
        text = damaged(chance.choice(VALID).read_text(encoding="utf-8"), chance)
        laid_out += proved(text, "event") is not None
    assert laid_out > 100


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_laid_out_or_left_alone(bomb):
    try:
        readable = not has_errors(parse(BOMBS[bomb].encode(), "x").findings)
    except Unreadable:
        readable = False
    if not readable or len(BOMBS[bomb]) < 100_000:
        proved(BOMBS[bomb], "event")


def call(*arguments: str):
    return CliRunner().invoke(main, ["fmt", *arguments], catch_exceptions=False)


def test_the_command_writes_only_what_changes_and_says_so(make, monkeypatch):
    folder = make({"2020/2020-05-06-a.yml": "date:   2020\ntitle: 'A'\n", "2020/2020-05-07-b.yml": "title: B\n"})
    monkeypatch.chdir(folder)
    untouched = (folder / "events/2020/2020-05-07-b.yml").stat()
    for option in ("--check", "--diff"):
        result = call(option)
        assert result.exit_code == 1
        assert (folder / "events/2020/2020-05-06-a.yml").read_text() == "date:   2020\ntitle: 'A'\n"
    assert "-date:   2020\n-title: 'A'\n+title: A\n+date: 2020\n" in call("--diff").output
    (folder / "events/2020/2020-05-06-a.yml").chmod(0o600)
    result = call()
    assert result.output == "formatted events/2020/2020-05-06-a.yml\n3 files: 1 changed, 0 left as they are.\n"
    assert result.exit_code == 0
    assert (folder / "events/2020/2020-05-06-a.yml").read_text() == "title: A\ndate: 2020\n"
    assert (folder / "events/2020/2020-05-06-a.yml").stat().st_mode & 0o777 == 0o600
    assert (folder / "events/2020/2020-05-07-b.yml").stat().st_mtime_ns == untouched.st_mtime_ns
    assert call("--check").exit_code == 0
    assert sorted(path.name for path in (folder / "events/2020").iterdir()) == ["2020-05-06-a.yml", "2020-05-07-b.yml"]


def test_a_file_that_cannot_be_read_is_reported_and_left(make, monkeypatch, tmp_path):
    folder = make({"2020/2020-05-06-a.yml": "title: A: B\n"})
    monkeypatch.chdir(folder)
    (folder / "events/2020/2020-05-07-b.yml").symlink_to("/etc/hostname")
    result = call("events/2020")
    assert result.exit_code == 1
    assert "events/2020/2020-05-06-a.yml:1:9: Y108" in result.output
    assert "events/2020/2020-05-07-b.yml:1:1: Y101" in result.output
    assert (folder / "events/2020/2020-05-06-a.yml").read_text() == "title: A: B\n"


@pytest.mark.parametrize("arguments", [("nowhere",), ("README.md",), ("--nope",)])
def test_a_wrong_call_exits_with_2(arguments, make, monkeypatch):
    monkeypatch.chdir(make({}))
    assert call(*arguments).exit_code == 2
