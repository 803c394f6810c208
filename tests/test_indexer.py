"""The process that makes an index: what it gives, what it says when it cannot, and that it ends."""

from __future__ import annotations

import base64
import json
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import run

from generator import indexer
from generator.indexer import Indexer, IndexFailed

PAGES = {
    f"events/{name}.html": f'<!doctype html><html lang="en"><head><title>{name}</title></head>'
    f"<body data-pagefind-body><h1>{name}</h1><p>Talks, “said” {name}, محادثات.</p>"
    f'<i data-pagefind-filter="kind:{name[:1]}"></i></body></html>'
    for name in ("one", "other", "talks", "visit")
}


def answering(*payloads: object, after: str = "") -> str:
    """Give a program that answers as Pagefind would, whatever it is told."""
    said = b"".join(base64.b64encode(json.dumps({"payload": own}).encode()) + b"," for own in payloads).decode()
    return f"import sys\nsys.stdout.write({said!r})\nsys.stdout.flush()\n{after}\n"


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Let another program stand in for Pagefind."""

    def stand_in(text: str) -> None:
        script = tmp_path / "program"
        script.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(script))

    return stand_in


def test_the_index_is_that_which_pagefind_writes_of_the_same_files(tmp_path):
    for path, text in PAGES.items():
        (tmp_path / "pages" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pages" / path).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pagefind", "--site", "pages", "--output-path", "index", "--quiet"]
    assert run(*command, cwd=tmp_path).returncode == 0
    made = Indexer().make(PAGES)
    written = {file.relative_to(tmp_path / "index").as_posix(): file for file in (tmp_path / "index").rglob("*.*")}
    fragments = {path for path in written if path.startswith("fragment/")}
    assert len(fragments) == len(PAGES)
    assert fragments <= made.keys()
    for path in (*fragments, "pagefind.js", "wasm.en.pagefind"):
        assert made[path] == written[path].read_bytes(), path
    assert json.loads(made["pagefind-entry.json"])["languages"]["en"]["page_count"] == len(PAGES)


def test_thousands_of_pages_are_said_while_they_are_answered():
    """More than the pipes hold, both ways."""
    pages = {f"{number}.html": PAGES["events/one.html"].replace("one", str(number)) for number in range(3_000)}
    made = Indexer(patient=True).make(pages)
    assert sum(path.startswith("fragment/") for path in made) == len(pages)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import sys\nsys.exit('no room left')", "no search index: no room left"),
        (answering({"type": "NewIndex"}), "no search index: $"),
        (answering({"type": "Error", "message": "what is this?"}, after="sys.stdin.read()"), "index: what is this"),
        (answering({"type": "IndexedFile"}, {"type": "GetFiles", "files": []}), "an index of 1 pages of 4"),
        ("print('Welcome to Pagefind,', flush=True)\nimport sys\nsys.stdin.read()", "no search index: "),
        (
            answering(*[{"type": "IndexedFile"}] * 4, {"type": "GetFiles"}, after="sys.stdin.read()"),
            "no search index: ",
        ),
    ],
)
def test_what_pagefind_says_is_passed_on_where_there_is_no_index(text, words, program):
    program(text)
    with pytest.raises(IndexFailed, match=words):
        Indexer().make(PAGES)


def test_where_it_cannot_be_told_a_page_it_does_not_wait_for_more(monkeypatch):
    say = indexer._say

    def refuse(stream, payload):
        if payload["type"] == "AddFile":
            raise MemoryError
        say(stream, payload)

    monkeypatch.setattr(indexer, "_say", refuse)
    with pytest.raises(IndexFailed):
        Indexer().make(PAGES)


def test_one_that_is_cancelled_while_it_starts_makes_nothing(monkeypatch):
    one = Indexer()
    start = indexer.subprocess.Popen

    def started(*given, **named):
        one.cancel()
        return start(*given, **named)

    monkeypatch.setattr(indexer.subprocess, "Popen", started)
    with pytest.raises(IndexFailed):
        one.make(PAGES)


def test_one_that_is_cancelled_ends_at_once(program):
    program(answering({"type": "NewIndex"}, after="import time; time.sleep(60)"))
    begun, one = time.monotonic(), Indexer()
    threading.Timer(0.5, one.cancel).start()
    with pytest.raises(IndexFailed):
        one.make(PAGES)
    with pytest.raises(IndexFailed, match="cancelled"):
        one.make(PAGES)
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_pagefind_ends_with_the_process_that_asks_it(tmp_path):
    """Killed in the middle, a build leaves none behind: what it is told ends, and so does what it does."""
    script = tmp_path / "script.py"
    script.write_text(
        "import os, signal, subprocess\n"
        "from generator import indexer\n"
        "def files(answers, pages):\n"
        "    next(answers)\n"
        "    print(one._process.pid, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "indexer._files = files\n"
        "one = indexer.Indexer()\n"
        "one.make({'a.html': '<html><body>a</body></html>'})\n"
    )
    said = run(sys.executable, str(script)).stdout
    until = time.monotonic() + 20
    while alive(int(said)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not alive(int(said))


def alive(process: int) -> bool:
    """Tell whether a process runs; one that has ended and that nobody has asked about does not."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"
