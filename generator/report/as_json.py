"""JSON, for programs: every finding with its place, remedy and explanation, and the counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.codes import explanations
from generator.diagnostics import Diagnostic
from generator.report.findings import Report, end_column

VERSION = 1
"""Raised when a key changes its meaning or goes; keys may be added within a version."""


def render(report: Report) -> Iterator[str]:
    """Give one JSON object; lines and columns count characters from 1, `endColumn` is the one behind the last."""
    known = explanations()

    def described(finding: Diagnostic) -> dict[str, Any]:
        return {
            "code": finding.code,
            "name": known[finding.code].name if finding.code in known else "",
            "severity": finding.severity.value,
            "message": finding.message,
            "remedy": finding.remedy,
            "path": finding.position.path,
            "line": finding.position.line,
            "column": finding.position.column,
            "endColumn": end_column(finding),
            "wholeFile": not finding.length,
            "fix": finding.fix,
            "related": [
                {"path": position.path, "line": position.line, "column": position.column, "message": message}
                for position, message in finding.related
            ],
            "help": report.help_of(finding.code) or None,
        }

    yield json.dumps(
        {
            "version": VERSION,
            "files": report.files,
            "events": report.events,
            "waived": report.waived,
            "findings": [described(finding) for finding in report.findings],
        },
        ensure_ascii=True,  # no control or bidirectional character reaches a terminal
        indent=2,
    )
