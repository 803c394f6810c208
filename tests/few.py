"""Helper of the tests that build this repository’s chronology again and again: a part of it that stands by itself."""

from __future__ import annotations

import re
from pathlib import Path

from generator.check import check

DAY = "2026-02-11"
"""The day on which this chronology began."""


def leave_one_day(events: Path) -> None:
    """Leave the events of one day in a copy of the events, and what they name."""
    kept = {path.stem for path in events.glob(f"[0-9]*/{DAY}-*.yml")}
    assert len(kept) > 2
    for path in events.glob("[0-9]*/*.yml"):
        if path.stem not in kept:
            path.unlink()
            continue
        text = re.sub(
            r"^  - \{type: [\w-]+, event: ([\w-]+).*\}\n",
            lambda found: found[0] if found[1] in kept else "",
            path.read_text(encoding="utf-8"),
            flags=re.MULTILINE,
        )
        path.write_text(re.sub(r"^relations:\n(?! )", "", text, flags=re.MULTILINE), encoding="utf-8")
    (events / "redirects.yml").unlink()
    while unnamed := {found.position.path for found in check(events, "events").findings if found.code == "R406"}:
        for path in unnamed:
            (events.parent / path).unlink()
    assert check(events, "events").ok
