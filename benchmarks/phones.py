"""A page on a throttled phone beside the one that stock MkDocs and Material make of the same Markdown.

`python -m benchmarks.phones` makes both sites of made-up events, serves them packed with gzip, and opens the same event
on each in Chromium, 390 pixels wide, with a processor four times slower and a line of 1.6 Mbit/s and 150 ms of delay
(the phone of Lighthouse). Printed are the medians of the rounds: the bytes of the HTML and of everything fetched,
packed, and the milliseconds until its first text is drawn (first contentful paint) and until it has loaded.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.searches import Line, build, served

LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
PAINTED = """() => {
  const [painted] = performance.getEntriesByName("first-contentful-paint");
  const [loaded] = performance.getEntriesByType("navigation");
  return painted && loaded.loadEventEnd ? [painted.startTime, loaded.loadEventEnd] : null;
}"""


def opened(browser: Browser, address: str) -> tuple[float, float, float]:
    """Open a page on a phone that has nothing of the site; give kilobytes and milliseconds."""
    with contextlib.closing(browser.new_context(viewport={"width": 390, "height": 844})) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        Line.sent = 0
        page.goto(address, wait_until="networkidle")
        painted, loaded = page.wait_for_function(PAINTED).json_value()
        return Line.sent / 1000, painted, loaded


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--events", type=int, default=1_000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    print("| page of an event | HTML | fetched | first text | loaded |\n| --- | ---: | ---: | ---: | ---: |")
    with sync_playwright() as tools, tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        sites = build(Path(name), chosen.events)
        event = sorted(path.name for path in (sites["own"] / "events").iterdir())[chosen.events // 2]
        browser = tools.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"])
        addresses = {key: stack.enter_context(served(folder)) for key, folder in sites.items()}
        runs: dict[str, list[tuple[float, float, float]]] = {key: [] for key in sites}
        for number in range(chosen.rounds + 1):
            for key, address in addresses.items():
                took = opened(browser, f"{address}events/{event}/")
                if number:
                    runs[key].append(took)
        browser.close()
        for key, label in (("own", "Chronology"), ("stock", "MkDocs and Material")):
            sent, painted, loaded = (statistics.median(values) for values in zip(*runs[key], strict=True))
            size = (sites[key] / f"events/{event}/index.html").stat().st_size / 1000
            print(f"| {label} | {size:.1f} kB | {sent:,.0f} kB | {painted:,.0f} ms | {loaded:,.0f} ms |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
