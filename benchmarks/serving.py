"""An edit of one event until a browser shows it: this program's server beside Hugo's, Zensical's and MkDocs' own.

`python -m benchmarks.serving` writes made-up events and gives the others the same pages as `benchmarks.building` does.
Each server runs alone, one after the other, while Chromium, 390 pixels wide, shows the page of one event, scrolled
down. Once the server has come to rest, the file that the program reads of that event (ours YAML, the others' Markdown)
is replaced by one with a new summary, as editors do that save safely, and the clock runs from then until the new words
stand in the page that has been loaded anew; `NEXT` seconds after they were seen comes another edit, while a server may
still be busy with the one before. Printed are the medians of the rounds (of one for MkDocs, which makes everything at
every edit), the shortest and the longest, how often the page was loaded for an edit, and whether it kept its place.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import os
import platform
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Request, sync_playwright
from playwright.sync_api import TimeoutError as TimedOut

from benchmarks.building import PEERS, prepare
from benchmarks.checking import BIN
from benchmarks.measure import used

SLOW = 1
"""In how many rounds MkDocs is measured."""

NEXT = 7
"""Seconds between an edit that is seen and the next one; in them the page may be loaded once more."""

PATIENCE = 300
"""Seconds to wait for a server, or for an edit to be seen."""

REST = 6
"""Seconds that a server has to spend doing next to nothing: longer than any of them puts work off."""

RESTLESS = 60
"""Seconds after which a server is taken to rest that never does: MkDocs looks at all its files all the time."""

PLACE = 300
"""How far down the page is scrolled."""

SHOWN = "words => document.body !== null && document.body.innerText.includes(words)"
KEPT = f"() => Math.abs(scrollY - {PLACE}) < 60"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What came of one edit."""

    seconds: float
    loads: int
    kept: bool


@dataclass(kw_only=True)
class Server:
    """One program: its command, but for the port, the file that is edited, and what came of the edits."""

    name: str
    command: Sequence[str]
    edited: Path
    rounds: int = 1_000
    rested: list[Edit] = field(default_factory=list)
    following: list[Edit] = field(default_factory=list)
    failed: str = ""


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--events", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--only", default="", help="names of servers, beginning so, separated by commas")
    chosen = options.parse_args()
    with sync_playwright() as tools, tempfile.TemporaryDirectory(prefix="chronology-bench-") as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        servers, event = servers_of(folder, chosen.events)
        if chosen.only:
            servers = [one for one in servers if one.name.lower().startswith(tuple(chosen.only.lower().split(",")))]
        browser = tools.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"])
        for server in servers:
            measure(server, folder, browser, f"events/{event}/", min(chosen.rounds, server.rounds))
        browser.close()
    print(table(servers, chosen))
    return 0


def servers_of(folder: Path, number: int) -> tuple[list[Server], str]:
    """Write all that the servers read; give them, and the event that is edited."""
    builders = {one.name: one for one in prepare(folder, number)}
    # What the others' pages refer to: Hugo has one of our pages as its layout.
    shutil.copytree(folder / "own-false/assets", folder / "hugo/static/assets")
    own, hugo = builders["Chronology with search"].edited, builders["Hugo"].edited
    page = builders["Zensical"].edited
    listen = ["-a", "127.0.0.1:{port}"]
    return [
        Server(
            name="Chronology", command=[str(BIN / "chronology"), "serve", "-f", "own-true.yml", *listen], edited=own
        ),
        Server(
            name="Hugo", command=[str(PEERS / "hugo"), "server", "--source", "hugo", "--port", "{port}"], edited=hugo
        ),
        Server(name="Zensical", command=[str(PEERS / "zensical"), "serve", "-f", "mkdocs.yml", *listen], edited=page),
        Server(
            name="MkDocs, Material, its search",
            command=[str(BIN / "mkdocs"), "serve", "-f", "mkdocs.yml", *listen],
            edited=page,
            rounds=SLOW,
        ),
    ], own.stem


def measure(server: Server, folder: Path, browser: Browser, path: str, rounds: int) -> None:
    """Edit the event that a page shows, again and again."""
    with started(server, folder, path) as (process, address):
        page = browser.new_page(viewport={"width": 390, "height": 600})
        asked: list[str] = []

        def note(request: Request) -> None:
            if request.is_navigation_request() and request.frame == page.main_frame:
                asked.append(request.url)

        page.on("request", note)
        page.goto(f"{address}{path}", timeout=PATIENCE * 1000)
        try:
            for number in range(rounds):
                rest(process)
                server.rested.append(edit(server, page, asked, folder / "saved"))
                server.following.append(edit(server, page, asked, folder / "saved"))
                print(
                    f"round {number + 1}: {server.name} {server.rested[-1].seconds:.2f} s, "
                    f"{server.following[-1].seconds:.2f} s",
                    file=sys.stderr,
                    flush=True,
                )
        except TimedOut:
            server.failed = f"the page did not reload within {PATIENCE} s"
        page.close()


@contextlib.contextmanager
def started(server: Server, folder: Path, path: str) -> Iterator[tuple[int, str]]:
    """Start a server, and give its process and address when the page is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [part.format(port=port) for part in server.command]
    (folder / "temporary").mkdir(exist_ok=True)
    env = {**os.environ, "TMPDIR": str(folder / "temporary")}  # a server that is stopped may leave its site there
    with (folder / "log").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=said, stderr=said, start_new_session=True)
        try:
            until = time.monotonic() + PATIENCE
            while not answers(f"http://127.0.0.1:{port}/{path}"):
                if process.poll() is not None or time.monotonic() > until:
                    said.seek(0)
                    raise RuntimeError(f"{' '.join(command)} does not answer: {said.read()[-2000:]}")
                time.sleep(0.2)
            yield process.pid, f"http://127.0.0.1:{port}/"
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=60)


def answers(address: str) -> bool:
    """Tell whether a page is there."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return "summary of this event" in answer.read().decode()
    except OSError:
        return False


def rest(process: int) -> None:
    """Wait until a server has used less than a tenth of a processor in each of some seconds."""
    quiet, before = 0, used(process)
    until = time.monotonic() + RESTLESS
    while quiet < REST and time.monotonic() < until:
        time.sleep(1)
        now = used(process)
        quiet = quiet + 1 if now - before < 0.1 else 0
        before = now


def edit(server: Server, page: Page, asked: Sequence[str], saved: Path) -> Edit:
    """Put a file with a new summary in the place of the old one, and wait until the page shows it."""
    page.evaluate(f"scrollTo({{top: {PLACE}, behavior: 'instant'}})")
    assert page.evaluate(KEPT), "the page is too short"
    number = time.time_ns()
    text, times = re.subn(
        r"The (\d+th )?summary of this", f"The {number}th summary of this", server.edited.read_text(encoding="utf-8")
    )
    assert times, "nothing to edit"
    saved.write_text(text, encoding="utf-8")
    before = len(asked)
    start = time.perf_counter()
    saved.replace(server.edited)
    page.wait_for_function(SHOWN, arg=f"The {number}th summary", timeout=PATIENCE * 1000)
    seen = time.perf_counter()
    page.wait_for_load_state()
    try:
        page.wait_for_function(KEPT, timeout=3_000)
        kept = True
    except TimedOut:
        kept = False
    page.wait_for_timeout(max(0, seen + NEXT - time.perf_counter()) * 1000)
    return Edit(seconds=seen - start, loads=len(asked) - before, kept=kept)


def table(servers: Sequence[Server], chosen: argparse.Namespace) -> str:
    """Give the medians as Markdown."""
    lines = [
        f"{chosen.events:,} events, {datetime.date.today()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, shared, medians of {chosen.rounds} rounds, until the browser shows an edit:\n",
        f"| server | an edit | min – max | another {NEXT} s later | min – max | loads an edit | place kept |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for one in servers:
        edits = [*one.rested, *one.following]
        if one.failed or not edits:
            lines.append(f"| {one.name} | {one.failed} | | | | | |")
            continue
        cells = []
        for some in (one.rested, one.following):
            seconds = [edit.seconds for edit in some]
            cells += [f"{statistics.median(seconds):.2f} s", f"{min(seconds):.2f} – {max(seconds):.2f} s"]
        loads = " – ".join(f"{number}" for number in sorted({edit.loads for edit in edits}))
        kept = sum(edit.kept for edit in edits)
        lines.append(f"| {one.name} | {' | '.join(cells)} | {loads} | {kept} of {len(edits)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
