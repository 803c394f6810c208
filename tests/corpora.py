"""Helper of the tests that check whole folders: the report that the command line prints, without the time it took."""

from __future__ import annotations

from pathlib import Path

from generator.check import check
from generator.diagnostics import Severity
from generator.report import describe, reader_of, summary


def full_report(project: Path) -> str:
    """Check the folder events/ of a project and give the whole report."""
    checked = check(project / "events", "events")
    findings = [finding for finding in checked.findings if finding.severity is not Severity.HINT]
    counted = len(checked.corpus.events) if checked.corpus is not None else 0
    blocks = [*describe(findings, reader_of(project)), summary(findings, checked.files, counted)]
    return "\n\n".join(blocks) + "\n"
