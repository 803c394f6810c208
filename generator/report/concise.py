"""One line a finding: path:line:column: CODE severity: message. For editors, grep and terminals without much room."""

from __future__ import annotations

from collections.abc import Iterator

from generator.report.findings import Report, shown
from generator.report.people import summary


def render(report: Report) -> Iterator[str]:
    """Give a line for each finding, and the closing line."""
    for finding in report.findings:
        remedy = f" {finding.remedy}" if finding.remedy else ""
        yield shown(f"{finding.position}: {finding.code} {finding.severity.value}: {finding.message}{remedy}")
    yield summary(
        report.findings, report.files, report.events, report.seconds, waived=report.waived, hidden=report.hidden
    )
