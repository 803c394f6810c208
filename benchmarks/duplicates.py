"""How often the search for near-duplicates is wrong: measured on ICEWS, whose rows tell what each event was.

Two rows of one day and one pair of actors with the same relation are one event told from both sides (A consults B,
B consults A): a finding there is right. A finding between rows of different relations is a false alarm.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from benchmarks.checking import BIN
from benchmarks.corpus import ROW


def measure(folder: Path, rows: list[ROW]) -> str:
    """Check the corpus in `folder`, made of the rows, and give what was found as a Markdown table."""
    done = subprocess.run(
        [BIN / "chronology", "check", "--no-cache", "--format", "json"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    pairs = [
        (_row(finding["path"], rows), _row(finding["related"][0]["path"], rows))
        for finding in json.loads(done.stdout)["findings"]
        if finding["code"] == "R402"
    ]
    wrong = sum(one[2] != other[2] for one, other in pairs)
    lines = [
        "| ICEWS rows | reported as near-duplicates | one event told from both sides | false alarms | of all rows |",
        "| ---: | ---: | ---: | ---: | ---: |",
        f"| {len(rows):,} | {len(pairs):,} | {len(pairs) - wrong:,} | {wrong:,} | {wrong / len(rows):.3%} |",
    ]
    return "\n".join(lines) + "\n"


def _row(path: str, rows: list[ROW]) -> ROW:
    return rows[int(Path(path).stem.rsplit("-", 1)[1]) - 1]
