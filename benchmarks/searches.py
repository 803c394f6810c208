"""The search beside the one that MkDocs and Material bring: the same pages, one browser, one run.

`python -m benchmarks.searches` makes a site of made-up events at each size, once with this program and once from the
same Markdown with Material's own search, serves both packed with gzip, and prints, as medians of the rounds: the bytes
that a reader has fetched who opens the front page and has a first answer, all of the page included; the milliseconds
from asking to that answer on a page that has settled; and those from following a link to the page to the answer, asked
as soon as the page takes keys, over a line of 1.6 Mbit/s with 150 ms of delay.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import corpus
from benchmarks.checking import BIN

ROUNDS = 5
PATIENCE = 180_000
WORD = "negotiation"
STOCK = """site_name: Stock
theme: {{name: material, font: false}}
plugins: [search]
markdown_extensions: [md_in_html, tables]
docs_dir: {docs}
site_dir: {site}
nav: [index.md]
validation:
  nav: {{omitted_files: ignore}}
  links: {{not_found: ignore, anchors: ignore, unrecognized_links: ignore}}
"""
OWN = """site_name: Own
theme: {{name: material}}
plugins: [chronology]
markdown_extensions: [md_in_html, tables]
site_dir: {site}
nav: [index.md]
"""
DELAY, RATE, CHUNK = 0.15, 200_000, 10_000
"""Seconds, bytes a second and bytes in a piece of the slow line."""

PACKED: dict[Path, bytes] = {}

Measured = tuple[float, float, float]
"""Kilobytes, milliseconds on a settled page, milliseconds over a slow line."""


class Line:
    """What has been sent, and whether it is to be sent slowly: all connections share the line."""

    slow = False
    sent = 0
    turn = threading.Lock()


class Packing(http.server.SimpleHTTPRequestHandler):
    """Serves files packed with gzip, as pages on the web are, except those that are packed already."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with the packed file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        plain = path.suffix in (".html", ".js", ".css", ".json", ".svg")
        if path not in PACKED:
            PACKED[path] = gzip.compress(path.read_bytes(), 6) if plain else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(PACKED[path])))
        if plain:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        content = PACKED[path]
        Line.sent += len(content)
        if not Line.slow:
            self.wfile.write(content)
            return
        time.sleep(DELAY)
        for place in range(0, len(content), CHUNK):
            with Line.turn:
                time.sleep(min(CHUNK, len(content) - place) / RATE)
                self.wfile.write(content[place : place + CHUNK])


def own(page: Page) -> None:
    """Ask our search."""
    page.keyboard.press("/")
    page.keyboard.type(WORD)
    page.locator(".search-results li").first.wait_for(timeout=PATIENCE)


def stock(page: Page) -> None:
    """Ask Material's search."""
    page.keyboard.press("/")
    page.keyboard.type(WORD)
    page.locator(".md-search-result__item").first.wait_for(timeout=PATIENCE)


def measured(browser: Browser, address: str, ask: Callable[[Page], None]) -> Measured:
    """Open the front page, ask, and give what it took: once when it has settled, once over a slow line."""
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        Line.slow, Line.sent = False, 0
        page.goto(address, wait_until="networkidle", timeout=PATIENCE)
        start = time.perf_counter()
        ask(page)
        settled = time.perf_counter() - start
        sent = Line.sent
    with contextlib.closing(browser.new_context()) as context:
        page = context.new_page()
        Line.slow = True
        start = time.perf_counter()
        page.goto(address, wait_until="load", timeout=PATIENCE)
        ask(page)
        slow = time.perf_counter() - start
        Line.slow = False
    return sent / 1000, settled * 1000, slow * 1000


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder for as long as the block lasts."""
    handler = functools.partial(Packing, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def build(folder: Path, size: int) -> dict[str, Path]:
    """Make both sites of one size."""
    corpus.write(folder, corpus.made_up(size))
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(OWN.format(site=folder / "own"))
    pages = folder / "pages"
    run(folder, "chronology", "pages", str(pages))
    (pages / "timeline/embed.md").unlink()  # its template is our theme's
    shutil.rmtree(pages / "assets")  # the theme's own scripts and styles are not part of what is compared
    (folder / "stock.yml").write_text(STOCK.format(docs=pages, site=folder / "stock"))
    run(folder, "chronology", "build")
    run(folder, "mkdocs", "build", "-q", "-f", "stock.yml")
    return {"own": folder / "own", "stock": folder / "stock"}


def run(folder: Path, *command: str) -> None:
    """Run a command of this environment."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([BIN / command[0], *command[1:]], cwd=folder, env=env, check=True, capture_output=True)


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="+", default=[200, 10_000])
    options.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = options.parse_args()
    print(
        "| events | search | fetched for page and answer | answer on a settled page | page and answer on a slow line |"
    )
    print("| ---: | --- | ---: | ---: | ---: |")
    names = {"own": ("Chronology (Pagefind)", own), "stock": ("Material’s own", stock)}
    with sync_playwright() as tools:
        browser = tools.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox", "--disable-gpu"]
        )
        for size in chosen.sizes:
            with tempfile.TemporaryDirectory() as name:
                sites = build(Path(name), size)
                runs: dict[str, list[Measured]] = {key: [] for key in sites}
                with contextlib.ExitStack() as stack:
                    addresses = {key: stack.enter_context(served(folder)) for key, folder in sites.items()}
                    for number in range(chosen.rounds + 1):
                        for key, address in addresses.items():
                            took = measured(browser, address, names[key][1])
                            if number:  # the first round fills the caches of the machine
                                runs[key].append(took)
                for key, (label, _) in names.items():
                    sent, settled, slow = (statistics.median(values) for values in zip(*runs[key], strict=True))
                    print(f"| {size:,} | {label} | {sent:,.0f} kB | {settled:,.0f} ms | {slow:,.0f} ms |", flush=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
