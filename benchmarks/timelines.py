"""The timeline beside TimelineJS 3 and vis-timeline: the same events, one browser, one run.

`python -m benchmarks.timelines` installs the peers from the npm registry into a temporary folder, builds a site of
made-up events at each size, and prints, as medians of the rounds: milliseconds from the data being there to the first
drawing, frames a second while the window is moved along for 90 frames, and the size of the JavaScript heap.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import functools
import http.server
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from benchmarks import corpus
from benchmarks.checking import BIN

PEERS = ("@knight-lab/timelinejs@3.9.11", "vis-timeline@8.5.4")
PATIENCE = 60_000
"""Milliseconds after which a drawing counts as failed."""

MOVE = """async (step) => {
  const frames = []; let last = performance.now(), on = true;
  const loop = (time) => { frames.push(time - last); last = time; if (on) requestAnimationFrame(loop); };
  requestAnimationFrame(loop);
  for (let i = 0; i < 90; i++) { window.__step(i); await new Promise(requestAnimationFrame); }
  on = false; frames.shift();
  const mean = frames.reduce((a, b) => a + b, 0) / frames.length;
  return [1000 / mean, performance.memory.usedJSHeapSize / 1e6];
}"""

OURS = """<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/assets/chronology/chronology.css">
<body data-md-color-scheme="default"><div id="timeline" class="timeline"></div><script type="module">
const get = window.fetch;
window.fetch = async (...a) => { const r = await get(...a); const t = await r.text(); window.__data = performance.now();
  return new Response(t); };
new MutationObserver(() => { if (!window.__seen && document.querySelector(".timeline-stage")) { window.__seen = 1;
  requestAnimationFrame(() => requestAnimationFrame(() => { window.__drawn = performance.now(); })); }
}).observe(document.body, { childList: true, subtree: true });
window.__step = (i) => document.querySelector(".timeline-stage").dispatchEvent(
  new KeyboardEvent("keydown", { key: i % 30 < 15 ? "PageUp" : "PageDown", bubbles: true }));
await import("/assets/chronology/timeline.js");
</script></body>"""

VIS = """<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="/peers/vis-timeline/styles/vis-timeline-graph2d.min.css">
<div id="t" style="height:600px"></div>
<script src="/peers/vis-timeline/standalone/umd/vis-timeline-graph2d.min.js"></script>
<script>fetch("/plain.json").then((r) => r.json()).then((events) => { window.__data = performance.now();
const items = events.map((e, id) => ({ id, content: e.title, start: e.day, group: e.kind }));
const groups = [...new Set(events.map((e) => e.kind))].map((id) => ({ id, content: id }));
const last = Date.parse(events.at(-1).day), span = 75 * 864e5;
const t = new vis.Timeline(document.getElementById("t"), new vis.DataSet(items), new vis.DataSet(groups),
  { height: "600px", start: last - span, end: last });
t.on("changed", () => { window.__drawn ??= performance.now(); });
window.__step = (i) => { const { start, end } = t.getWindow(), by = (end - start) * (i % 30 < 15 ? -0.05 : 0.05);
  t.setWindow(+start + by, +end + by, { animation: false }); };
});</script>"""

KNIGHT = """<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="/peers/@knight-lab/timelinejs/dist/css/timeline.css">
<div id="t" style="height:600px;width:1200px"></div>
<script src="/peers/@knight-lab/timelinejs/dist/js/timeline.js"></script>
<script>fetch("/plain.json").then((r) => r.json()).then((events) => { window.__data = performance.now();
const slide = (e) => { const [year, month, day] = e.day.split("-").map(Number);
  return { start_date: { year, month, day }, text: { headline: e.title }, group: e.kind }; };
const t = new TL.Timeline("t", { events: events.map(slide) }, { start_at_end: true, font: null, language: "en" });
t.on("loaded", () => { requestAnimationFrame(() => { window.__drawn ??= performance.now(); }); });
window.__step = (i) => { if (i % 10 === 0) t.goToPrev(); };
});</script>"""


def main() -> int:
    """Measure, and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.timelines", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    print(f"Measured {datetime.date.today()} in Chromium on {os.cpu_count()} cores, shared; medians.\n")
    print("| events | timeline | first drawing | frames a second | heap |\n| ---: | --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as tools:
        root = Path(name)
        _install(root)
        for size in arguments.sizes:
            _events(root, size)
            browser = tools.chromium.launch(
                executable_path=os.environ.get("CHROMIUM"),
                args=["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"],
            )
            with _served(root) as address:
                for page in ("ours", "vis", "knight"):
                    runs = [_measured(browser, f"{address}/{page}.html") for _ in range(arguments.rounds)]
                    print(f"| {size:,} | {NAMES[page]} | {_said(runs)} |", flush=True)
            browser.close()
    return 0


NAMES = {"ours": "Chronology", "vis": "vis-timeline 8.5.4", "knight": "TimelineJS 3.9.11"}


def _install(root: Path) -> None:
    for name, text in (("ours", OURS), ("vis", VIS), ("knight", KNIGHT)):
        (root / f"{name}.html").write_text(text, encoding="utf-8")
    env = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"}
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", *PEERS]
    (root / "package.json").write_text('{"private": true}')
    subprocess.run(install, cwd=root, env=env, check=True)
    (root / "peers").symlink_to("node_modules")
    (root / "assets").symlink_to(Path(__file__).parent.parent / "generator/theme/assets")


def _events(root: Path, size: int) -> None:
    """Write the same events as our data and as a plain list."""
    from generator import timeline
    from generator.check import check
    from generator.chronology import Chronology

    with tempfile.TemporaryDirectory() as name:
        corpus.write(Path(name), corpus.made_up(size))
        made = check(Path(name) / "events", "events").corpus
        assert made is not None
        chronology = Chronology(made)
        (root / "timeline").mkdir(exist_ok=True)
        (root / timeline.PATH).write_bytes(timeline.data(chronology))
        plain = [{"title": e.title, "day": str(e.date.text), "kind": str(e.type)} for e in chronology.events]
    (root / "plain.json").write_text(json.dumps(plain))


@contextlib.contextmanager
def _served(root: Path) -> Iterator[str]:
    """Serve a folder on this machine, for as long as the block lasts."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _measured(browser: Browser, address: str) -> tuple[float, float, float] | None:
    """Give milliseconds to the first drawing, frames a second and megabytes; None where nothing was drawn in time."""
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    try:
        page.goto(address, timeout=PATIENCE)
        page.wait_for_function("() => window.__drawn", timeout=PATIENCE)
        drawn = page.evaluate("window.__drawn - window.__data")
        page.wait_for_timeout(500)
        frames, heap = page.evaluate(MOVE)
    except Error as problem:
        print(f"{address}: {problem.message.splitlines()[0]}", file=sys.stderr)
        return None
    else:
        return drawn, frames, heap
    finally:
        page.close()


def _said(runs: list[tuple[float, float, float] | None]) -> str:
    whole = [run for run in runs if run is not None]
    if len(whole) < len(runs):
        return f"{len(runs) - len(whole)} of {len(runs)} not drawn within {PATIENCE // 1000} s | – | –"
    drawn, frames, heap = (statistics.median(values) for values in zip(*whole, strict=True))
    return f"{drawn:,.0f} ms | {frames:.0f} | {heap:.0f} MB"


sys.exit(main())
