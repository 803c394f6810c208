"""`python -m benchmarks`: make a corpus, measure, print Markdown tables."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import checking, corpus, duplicates


def main() -> int:
    """Run the benchmarks that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000, help="size of the made-up corpus (default: 10,000)")
    parser.add_argument("--rounds", type=int, default=5, help="counted rounds (default: 5)")
    parser.add_argument(
        "--icews", type=Path, help="a gzipped ICEWS extract; its first EVENTS rows in place of made-up ones"
    )
    parser.add_argument("--no-peers", action="store_true", help="measure this program alone")
    arguments = parser.parse_args()
    print(
        f"Measured {datetime.date.today()} with Python {platform.python_version()} on {os.cpu_count()} cores, shared.\n"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = corpus.icews(arguments.icews, arguments.events) if arguments.icews else corpus.made_up(arguments.events)
        rows = list(made)
        events = corpus.write(folder, iter(rows))
        subprocess.run([checking.BIN / "chronology", "schema"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        print(checking.compare(folder, events, arguments.rounds, peers=not arguments.no_peers))
        if arguments.icews:
            print(duplicates.measure(folder, rows))
    return 0


sys.exit(main())
