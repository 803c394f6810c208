"""The report: what a finding looks like in print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.diagnostics import BIDI_CONTROLS, Diagnostic, Position, Related, Severity
from generator.report import describe, reader_of, summary


def shown(line: str, column: int = 1, length: int = 1, number: int = 1) -> list[str]:
    """Give the frame of a finding in a file of one line."""
    finding = Diagnostic(code="X1", message="m", position=Position("x", number, column), length=length)
    (block,) = describe([finding], lambda path: [line])
    return block.split("\n")[1:]


@pytest.mark.parametrize(
    ("line", "column", "length", "frame"),
    [
        ("title: Dar", 8, 3, ["    1 | title: Dar", "      |        ^^^"]),
        ("title: Dar", 8, 99, ["    1 | title: Dar", "      |        ^^^"]),
        ("title: Dar", 11, 1, ["    1 | title: Dar", "      |           ^"]),
        ("\ttitle: Dar", 1, 1, ["    1 |  title: Dar", "      | ^"]),
        ("a\tb: \tc", 7, 1, ["    1 | a b:  c", "      |       ^"]),
        ("title: a\u202eb", 9, 1, ["    1 | title: aU+202Eb", "      |         ^^^^^^"]),
        ("\x1b[31m: b", 8, 1, ["    1 | U+001B[31m: b", "      |             ^"]),
        ("名前: 会談", 5, 2, ["    1 | 名前: 会談", "      |       ^^^^"]),
        ("e\u0301te\u0301: x", 8, 1, ["    1 | e\u0301te\u0301: x", "      |      ^"]),
        ("name: اسحاق", 7, 5, ["    1 | name: اسحاق", "      |       ^^^^^"]),
        ("title: Dar", 1, 0, []),
        ("", 1, 1, []),
    ],
)
def test_the_carets_stand_below_what_they_point_at(line, column, length, frame):
    assert shown(line, column, length) == frame


def test_a_long_line_is_cut_around_the_place():
    frame = shown("x" * 500 + "HERE" + "y" * 500, 501, 4)
    assert len(frame[0]) == len("    1 | ") + 100
    assert frame[0][frame[1].index("^") :].startswith("HERE")
    assert frame[1].count("^") == 4


def test_a_line_that_is_not_there_has_no_frame():
    assert shown("title: Dar", number=2) == []


def test_a_finding_shows_its_related_place_and_its_remedy():
    finding = Diagnostic(
        code="Y112",
        message="A key may be given once.",
        position=Position("x", 2, 1),
        length=4,
        related=(Related(Position("x", 1, 1), "first given here"),),
        remedy="Keep one.",
        severity=Severity.WARNING,
    )
    assert list(describe([finding], lambda path: ["date: 1", "date: 2"])) == [
        "x:2:1: Y112 warning: A key may be given once.\n"
        "    2 | date: 2\n"
        "      | ^^^^\n"
        "  x:1:1: first given here\n"
        "    1 | date: 1\n"
        "      | ^\n"
        "  → Keep one."
    ]


def test_colour_is_only_there_when_asked_for():
    finding = Diagnostic(code="X1", message="m", position=Position("x", 1, 1), remedy="r")
    (plain,) = describe([finding], lambda path: ["a"])
    (coloured,) = describe([finding], lambda path: ["a"], colour=True)
    assert "\x1b" not in plain
    assert "\x1b[31mX1\x1b[0m" in coloured


@pytest.mark.parametrize(
    ("found", "files", "events", "seconds", "line"),
    [
        ((), 1, 1, None, "1 file with 1 event checked: no problem found."),
        ((), 2000, 1999, 0.25, "2,000 files with 1,999 events checked in 0.2 s: no problem found."),
        ((Severity.ERROR,), 2, 0, None, "2 files with 0 events checked: 1 error."),
        (
            (Severity.WARNING, Severity.ERROR, Severity.ERROR),
            2,
            1,
            None,
            "2 files with 1 event checked: 2 errors, 1 warning.",
        ),
        ((Severity.HINT,) * 1000, 2, 1, None, "2 files with 1 event checked: 1,000 hints."),
    ],
)
def test_the_closing_line_counts(found, files, events, seconds, line):
    findings = [Diagnostic(code="X1", message="m", position=Position("x", 1, 1), severity=level) for level in found]
    assert summary(findings, files, events, seconds) == line


def test_lines_are_read_from_regular_files_of_any_line_end_only(tmp_path):
    (tmp_path / "x").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\nd\xff")
    (tmp_path / "link").symlink_to("x")
    (tmp_path / "large").write_bytes(b"x" * 1_000_001)
    lines = reader_of(tmp_path)
    assert lines("x") == ["a", "b", "c", "d\ufffd"]
    assert lines("link") == lines("large") == lines("nothing") == lines(".") == [""]
    (tmp_path / "x").unlink()
    assert lines("x")[0] == "a"  # each file is read once


@given(st.tuples(st.text(), st.text(), st.text(), st.text(max_size=300)), st.integers(1, 310), st.integers(0, 310))
def test_no_control_character_is_ever_printed(texts, column, length):
    path, message, remedy, line = texts
    finding = Diagnostic(
        code="X1",
        message=message,
        remedy=remedy,
        position=Position(path, 1, column),
        length=length,
        related=(Related(Position(path, 1, column), message),),
    )
    (block,) = describe([finding], lambda path: [line])
    assert [char for char in block if char != "\n" and (not char.isprintable() or char in BIDI_CONTROLS)] == []
    assert block.count("\n") <= 6
