"""GitLab’s Code Quality report (a subset of the Code Climate format), shown in merge requests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from generator.diagnostics import Severity
from generator.report.findings import Report

_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.HINT: "info"}


def render(report: Report) -> Iterator[str]:
    """Give one JSON list; a finding keeps its fingerprint when lines above it come or go."""
    seen: dict[str, int] = {}
    issues = []
    for finding in report.findings:
        basis = f"{finding.position.path}\0{finding.code}\0{finding.message}"
        seen[basis] = seen.get(basis, 0) + 1
        issues.append(
            {
                "description": f"{finding.message} {finding.remedy}".strip(),
                "check_name": finding.code,
                "fingerprint": hashlib.sha256(f"{basis}\0{seen[basis]}".encode()).hexdigest(),
                "severity": _LEVELS[finding.severity],
                "location": {"path": finding.position.path, "lines": {"begin": finding.position.line}},
            }
        )
    yield json.dumps(issues, ensure_ascii=True, indent=2)
