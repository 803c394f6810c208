"""Reading one file: what is refused, with its whole report, and what is kept as it was typed.

A case is a file below cases/reading/, in a folder named for its kind; its name says what it shows. accept.py writes
the expectations anew, to be judged line by line.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from conftest import run
from hypothesis import given
from hypothesis import strategies as st
from reading import CASES, plain, read, report, reported

from generator.diagnostics import BIDI_CONTROLS, has_errors
from generator.source import MAX_BYTES, MAX_DEPTH, load, parse

REFUSED = sorted((CASES / "reading/refused").glob("*/*.yml"))
KEPT = sorted((CASES / "reading/kept").glob("*/*.yml"))
LIMIT = 2.0
"""Seconds that reading one file may take on a busy machine; it takes milliseconds."""


def name(case: Path) -> str:
    return f"{case.parent.name}-{case.stem}"


def test_there_are_cases_and_none_without_its_expectation():
    assert len(REFUSED) > 150
    assert len(KEPT) > 25
    assert {case.with_suffix(".expected") for case in REFUSED} == set((CASES / "reading/refused").glob("*/*.expected"))
    assert {case.with_suffix(".json") for case in KEPT} == set((CASES / "reading/kept").glob("*/*.json"))


def test_the_cases_are_stored_byte_for_byte():
    kept = CASES / "reading/kept/event"
    assert b"\r\n" in (kept / "windows-line-ends.yml").read_bytes()
    assert b"\n" not in (kept / "old-mac-line-ends.yml").read_bytes()
    assert (kept / "a-byte-order-mark-at-the-start.yml").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("case", REFUSED, ids=name)
def test_a_file_is_refused_with_this_report(case):
    assert report(case) == case.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", KEPT, ids=name)
def test_values_stay_as_they_were_typed(case):
    value, findings = read(case)
    assert reported(findings, case.parent) == ""
    assert plain(value) == json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", KEPT, ids=name)
def test_another_line_end_changes_no_value(case, tmp_path):
    lines = case.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    values = []
    for end in (b"\n", b"\r\n", b"\r"):
        copy = tmp_path / case.parent.name / case.name
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(lines.replace(b"\n", end))
        values.append(plain(read(copy)[0]))
    assert values[0] == values[1] == values[2]


TITLE = b"title: Dar calls\n"
NOT_TEXT = {
    "UTF-16 with a byte order mark": ("title: Dar".encode("utf-16"), "Y103", 1, 1, "byte 0xFF at offset 0"),
    "UTF-16 of the other byte order": (b"\xfe\xff\0t\0i", "Y103", 1, 1, "UTF-16"),
    "UTF-16 without a byte order mark": ("title: Dar".encode("utf-16-le"), "Y103", 1, 1, "byte 0x00 at offset 1"),
    "UTF-32": ("title: Dar".encode("utf-32-be"), "Y103", 1, 1, "byte 0x00 at offset 0"),
    "Latin-1": (b"title: Dar\nsummary: caf\xe9 talks\n", "Y103", 2, 13, "byte 0xE9 at offset 23"),
    "Latin-1 after a byte order mark": (b"\xef\xbb\xbftitle: caf\xe9\n", "Y103", 1, 11, "byte 0xE9 at offset 13"),
    "Latin-1 after Windows line ends": (b"a: b\r\nc: \xe9\r\n", "Y103", 2, 4, "offset 9"),
    "a file cut inside a character": ("title: é".encode()[:-1], "Y103", 1, 8, "byte 0xC3 at offset 7"),
    "a surrogate in UTF-8": (b"title: \xed\xa0\xbd\n", "Y103", 1, 8, "byte 0xED at offset 7"),
    "an overlong form": (b"title: \xc0\xaf\n", "Y103", 1, 8, "byte 0xC0 at offset 7"),
    "beyond Unicode": (b"title: \xf5\x80\x80\x80\n", "Y103", 1, 8, "byte 0xF5 at offset 7"),
    "NUL": (b"title: Dar\0calls\n", "Y105", 1, 11, "U+0000 (control character)"),
    "two byte order marks": (b"\xef\xbb\xbf\xef\xbb\xbftitle: Dar\n", "Y104", 1, 1, "U+FEFF"),
    "a form feed": (TITLE + b"\x0cdate: 2026\n", "Y105", 2, 1, "U+000C"),
    "a lone control after old Mac line ends": (b"a: b\rc: d\re: \x01\r", "Y105", 3, 4, "U+0001"),
    "a noncharacter": ("title: \uffff\n".encode(), "Y105", 1, 8, "U+FFFF"),
    "a control in a comment": (TITLE + b"# \x1b[2J\n", "Y105", 2, 3, "U+001B"),
    "nothing but a byte order mark": (b"\xef\xbb\xbf", "Y109", 1, 1, "empty"),
    "100,000 brackets": (b"places: " + b"[" * 100_000, "Y116", 1, 8 + MAX_DEPTH, "16 deep"),
    "100,000 braces": (b"places: " + b"{a: " * 100_000, "Y116", 1, 5 + 4 * MAX_DEPTH, "16 deep"),
    "100,000 dashes": (b"places:\n" + b"- " * 100_000, "Y116", 2, 2 * MAX_DEPTH - 1, "16 deep"),
    "100,000 levels of indentation": (
        b"".join(b" " * level + b"a:\n" for level in range(1_000)),
        "Y116",
        MAX_DEPTH + 1,
        MAX_DEPTH + 1,
        "16 deep",
    ),
    "100,000 question marks": (b"? " * 100_000, "Y108", 1, 3, "A key must be a word"),
    "nested aliases that grow without bound": (
        b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (n, n, n - 1, n - 1) for n in range(98, 123)),
        "Y113",
        1,
        4,
        "“&a”",
    ),
    "a quotation mark open to the end": (b"title: '" + b"x" * 900_000, "Y108", 1, 8, "never closed"),
    "a bracket open to the end": (b"places: [" + b"a, " * 300_000, "Y108", 1, 900_010, "not closed"),
    "a bracket of one item open to the end": (b"places: [" + b"a" * 900_000, "Y108", 1, 9, "never closed"),
    "a key of 900,000 characters": (b"x" * 900_000 + b": y\n", "Y108", 1, 900_001, "colon"),
}


@pytest.mark.parametrize("case", NOT_TEXT)
def test_bytes_that_are_no_event_file_are_refused_at_their_place_in_no_time(case):
    data, code, line, column, words = NOT_TEXT[case]
    start = time.perf_counter()
    document = parse(data, "x.yml")
    assert time.perf_counter() - start < LIMIT
    (finding,) = document.findings
    assert document.root is None
    assert (finding.code, *finding.position) == (code, "x.yml", line, column)
    assert words in finding.message


@pytest.mark.parametrize("case", [case for case in NOT_TEXT if "100,000" in case or "aliases" in case])
def test_a_bomb_takes_no_memory(case):
    tracemalloc.start()
    parse(NOT_TEXT[case][0], "x.yml")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


BOMBS = """
import pathlib, re
from generator.source import parse
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
parse(b"title: x", "x")
before = peak()
parse(b"[" * 1_000_000, "x")
parse(b"a: &a [x]\\nb: &b [*a, *a]\\n" * 30_000, "x")
print(peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of a process")
def test_a_bomb_of_a_megabyte_takes_little_memory_outside_python_either():
    assert int(run(sys.executable, "-c", BOMBS).stdout) < 50_000


LARGE = {
    "unknown keys": "title: x\n" + "".join(f"k{number}: v\n" for number in range(90_000)),
    "the same key": "title: x\n" * 100_000,
    "words outside the vocabulary": "participants:\n"
    + "".join(f"  - {{actor: a, role: r{number}}}\n" for number in range(500)),
    "unknown keys in braces": "participants:\n" + ("  - {" + "".join(f"k{n}: , " for n in range(200)) + "}\n") * 500,
    "codes that are none": "sources:\n" + "".join(f"  - {{title: x, language: l{n}}}\n" for n in range(500)),
    "statements of no source": "statements:\n"
    + "".join(f"  - {{speaker: a, text: b, source: s{n}}}\n" for n in range(500))
    + "title: x\ndate: 2026\ntype: talks\nsummary: x\nsources:\n"
    + "".join(f"  - source-{n}\n" for n in range(500)),
    "one long text": "summary: " + "[" * 900_000,
    "one long date": "date: " + "[" * 900_000 + "'",
    "a long word for a date": "date: " + "2" * 900_000,
    "blanks": "summary: '" + " \n" * 400_000 + "x'",
    "one long address": "sources: [{publisher: P, url: 'https://" + "a." * 400_000 + "'}]",
}


@pytest.mark.parametrize("case", LARGE)
def test_a_hostile_file_below_the_limit_takes_seconds_at_most(case, tmp_path):
    file = tmp_path / "event/x.yml"
    file.parent.mkdir()
    file.write_text(LARGE[case])
    assert file.stat().st_size <= MAX_BYTES
    start = time.perf_counter()
    _, findings = read(file)
    assert time.perf_counter() - start < 2 * LIMIT
    assert has_errors(findings)


def test_a_file_of_a_megabyte_is_read_and_one_byte_more_is_not(tmp_path):
    file = tmp_path / "x.yml"
    file.write_bytes(TITLE + b"#" * (MAX_BYTES - len(TITLE)))
    assert load(file, "x.yml").findings == ()
    file.write_bytes(TITLE + b"#" * (MAX_BYTES - len(TITLE) + 1))
    (finding,) = load(file, "x.yml").findings
    assert finding.code == "Y102"
    assert finding.message == "A file may hold at most 1,000,000 bytes; this one has 1,000,001."


def _link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def _broken_link(path: Path) -> None:
    path.symlink_to("nowhere")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _device(path: Path) -> None:
    try:
        os.mknod(path, 0o20644, os.makedev(1, 5))  # /dev/zero, which never ends
    except PermissionError:
        pytest.skip("only root can make a device")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


NOT_FILES = {
    "a link": (_link, "symbolic link"),
    "a link to nowhere": (_broken_link, "symbolic link"),
    "a link to itself": (_loop, "symbolic link"),
    "a FIFO": (os.mkfifo, "this is not one"),
    "a device": (_device, "this is not one"),
    "a socket": (_socket, "cannot be read"),
    "a folder": (os.mkdir, "this is not one"),
    "nothing": (lambda path: None, "cannot be read: No such file"),
}


@pytest.mark.parametrize("case", NOT_FILES)
def test_what_is_no_file_is_refused_without_waiting(case, tmp_path):
    make, words = NOT_FILES[case]
    make(tmp_path / "x.yml")
    start = time.perf_counter()
    document = load(tmp_path / "x.yml", "x.yml")
    assert time.perf_counter() - start < LIMIT
    (finding,) = document.findings
    assert (finding.code, *finding.position) == ("Y101", "x.yml", 1, 1)
    assert words in finding.message
    assert finding.remedy


# Properties: any bytes, and valid files with some of their bytes changed.

VALID = [case.read_bytes() for case in KEPT if case.parent.name == "event"]
SIGNS = st.sampled_from([bytes([number]) for number in b"\0\t\n\r \"#%&'*,-:<>?@[]{}|!`~\\"]) | st.sampled_from(
    ["\ufeff".encode(), "\u202e".encode(), b"\x1b[31m", b"\xff", b"\\u202e", b"\\x1b", b": ", b" #x", b"- "]
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from(VALID))
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 4)))
        data = data[:start] + draw(SIGNS) + data[end:]
    return data


def check_any(data: bytes, folder: Path) -> None:
    file = folder / "event/x.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    value, findings = read(file)
    assert value is not None or has_errors(findings)
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in findings:
        for position in (finding.position, *(other.position for other in finding.related)):
            assert 1 <= position.line <= len(lines) + 1
            length = len(lines[position.line - 1]) if position.line <= len(lines) else 0
            assert 1 <= position.column <= length + 2
    printed = reported(findings, file.parent)
    assert [char for char in printed if not char.isprintable() and char not in "\n\u00a0\u3000"] == []
    assert not BIDI_CONTROLS & set(printed)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory, data):
    check_any(data, tmp_path_factory.getbasetemp())


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    check_any(f"title: {text}".encode(), tmp_path_factory.getbasetemp())


@given(mutated())
def test_a_file_with_a_slip_in_it_is_read_or_refused(tmp_path_factory, data):
    check_any(data, tmp_path_factory.getbasetemp())
