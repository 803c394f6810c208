"""All exports of a large chronology: seconds, files, bytes and memory.

`python -m benchmarks.exports ICEWS.tsv.gz` makes event files of the rows of an ICEWS extract (Date, actor, relation,
actor), reads them, writes every export into a temporary folder and prints what each took. The folder is made in DIR,
by default the system's: on a disk the time of some hundred thousand small files depends on the disk.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import corpus
from generator import exports
from generator.check import check
from generator.chronology import Chronology


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("rows", type=Path, nargs="?", help="an ICEWS extract; made-up events without one")
    options.add_argument("--number", type=int, default=10_000, help="how many made-up events, without an extract")
    options.add_argument("--folder", metavar="DIR", help="where the files are written")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as name:
        folder = Path(name)
        corpus.write(folder, corpus.icews(chosen.rows) if chosen.rows else corpus.made_up(chosen.number))
        made = check(folder / "events", "events").corpus
        assert made is not None
        chronology = Chronology(made)
        print(f"{len(chronology.events):,} events\n")
        print("| format | seconds | files | MB |\n| --- | ---: | ---: | ---: |")
        start = before = time.perf_counter()
        for written in exports.write(
            chronology, exports.Site(base="https://example.org/"), exports.to_folder(folder / "out")
        ):
            now = time.perf_counter()
            size = written.total / 1e6
            print(f"| {written.export.title} | {now - before:.1f} | {written.files:,} | {size:,.1f} |", flush=True)
            before = now
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"\nTogether {time.perf_counter() - start:.1f} s; {peak:,.0f} MB of memory, the events read included.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
