"""Helper of the tests that run the rules' examples: what the check says of one, laid over the common base."""

from __future__ import annotations

import shutil
from pathlib import Path

from conftest import ROOT

from generator.check import check
from generator.report import describe, reader_of

EXAMPLES = ROOT / "generator/examples"
BASE = EXAMPLES / "base"


def said_of(example: Path, folder: Path) -> str:
    """Copy the base and one example over it into an empty folder, check that, and give the findings in print."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    shutil.copytree(example, folder, dirs_exist_ok=True)
    findings = check(folder / "events", "events").findings
    return "".join(f"{block}\n\n" for block in describe(findings, reader_of(folder)))
