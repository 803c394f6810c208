"""How a build grows with the chronology: time, memory and bytes at several sizes, as a table and a picture.

`python -m benchmarks.growth` builds a site of each size anew, with search, and prints what it took; `--plot FILE` draws
it as SVG. Events are rows of an ICEWS extract where one is given (`--icews FILE`, its first rows; more than it has are
not measured), made up where not. It exits with 1 where 50,000 events of the largest size's bytes each would not fit the
gigabyte that GitHub Pages allows, or where any page has more than 250 kB.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import corpus
from benchmarks.building import OWN
from benchmarks.checking import BIN
from benchmarks.measure import watched

ALLOWED, EVENTS = 1_000_000_000, 50_000
LARGEST = 250_000
Row = tuple[int, float, float, float]
"""Events, seconds, megabytes of memory, megabytes of the site."""

WIDTH, HEIGHT, LEFT, TOP, FLOOR = 300, 220, 52, 34, 180


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 3_000, 10_000, 30_000, 100_000])
    options.add_argument("--icews", type=Path)
    options.add_argument("--plot", type=Path)
    chosen = options.parse_args()
    rows: list[Row] = []
    largest = 0
    print("| events | time | memory | site | files | bytes an event | largest page |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory(prefix="chronology-bench-") as name:
            folder = Path(name)
            os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
            made = corpus.icews(chosen.icews, size) if chosen.icews else corpus.made_up(size)
            events = corpus.write(folder, made)
            (folder / "docs").mkdir()
            (folder / "mkdocs.yml").write_text(OWN.format(search="true", site="site"))
            run = watched([str(BIN / "chronology"), "build"], folder)
            files = [path for path in (folder / "site").rglob("*") if path.is_file()]
            total = sum(path.stat().st_size for path in files)
            page = max(path.stat().st_size for path in files if path.name == "index.html")
        rows.append((events, run.seconds, run.megabytes, total / 1e6))
        largest = max(largest, page)
        print(
            f"| {events:,} | {run.seconds:.1f} s | {run.megabytes:,.0f} MB | {total / 1e6:,.0f} MB | {len(files):,} "
            f"| {total / events:,.0f} | {page / 1000:,.0f} kB |",
            flush=True,
        )
    if chosen.plot:
        chosen.plot.write_text(drawn(rows), encoding="utf-8")
    needed = rows[-1][3] * 1e6 / rows[-1][0] * EVENTS
    print(f"\n{EVENTS:,} events of that size are {needed / 1e6:,.0f} MB; GitHub Pages allows {ALLOWED / 1e6:,.0f} MB.")
    return int(needed > ALLOWED or largest > LARGEST)


def drawn(rows: Sequence[Row]) -> str:
    """Draw the three columns over the number of events, both axes from zero."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {3 * WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="11" role="img"><title>Time, memory and bytes of a build over the number of events</title>'
        f'<rect width="{3 * WIDTH}" height="{HEIGHT}" fill="#fbf9f4"/>'
    ]
    most = max(row[0] for row in rows)
    for place, (title, unit) in enumerate((("Time", "s"), ("Memory", "MB"), ("Site", "MB"))):
        values = [row[place + 1] for row in rows]
        high = max(values)
        start, wide = place * WIDTH + LEFT, WIDTH - LEFT - 20
        points = [
            (start + row[0] / most * wide, FLOOR - value / high * (FLOOR - TOP))
            for row, value in zip(rows, values, strict=True)
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(
            f'<text x="{start}" y="20" font-weight="bold" fill="#1d1b18">{title}</text>'
            f'<path d="M{start} {TOP}V{FLOOR}H{start + wide}" fill="none" stroke="#5c564d"/>'
            f'<polyline points="{line}" fill="none" stroke="#1d4f86" stroke-width="2"/>'
            + "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#1d4f86"/>' for x, y in points)
            + f'<text x="{start - 6}" y="{TOP + 4}" text-anchor="end" fill="#5c564d">{high:,.0f} {unit}</text>'
            f'<text x="{start - 6}" y="{FLOOR}" text-anchor="end" fill="#5c564d">0</text>'
            f'<text x="{start + wide}" y="{FLOOR + 16}" text-anchor="end" fill="#5c564d">{most:,} events</text>'
        )
    return "".join((*parts, "</svg>\n"))


if __name__ == "__main__":
    sys.exit(main())
