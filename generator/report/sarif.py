"""SARIF 2.1.0 (OASIS), for code scanning on GitHub and elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from generator.codes import explanations
from generator.diagnostics import Diagnostic, Position, Severity
from generator.report.findings import Report, end_column

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def render(report: Report) -> Iterator[str]:
    """Give one log with one run; columns count Unicode characters."""
    known = explanations()
    codes = sorted({finding.code for finding in report.findings} & known.keys())
    run = {
        "tool": {
            "driver": {
                "name": "chronology",
                "semanticVersion": report.version,
                "rules": [_rule(code, report) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"PROJECT": {"description": {"text": "The folder in which the check ran."}}},
        "results": [_result(finding, codes) for finding in report.findings],
    }
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=True, indent=2)


def _rule(code: str, report: Report) -> dict[str, Any]:
    entry = explanations()[code]
    rule: dict[str, Any] = {
        "id": code,
        "name": entry.name,
        "shortDescription": {"text": entry.text.split("\n\n", 1)[0].replace("\n", " ")},
        "fullDescription": {"text": entry.text},
        "defaultConfiguration": {"level": _LEVELS[entry.severity]},
    }
    if report.help_of(code):
        rule["helpUri"] = report.help_of(code)
    return rule


def _result(finding: Diagnostic, codes: list[str]) -> dict[str, Any]:
    basis = f"{finding.position.path}\0{finding.code}\0{finding.message}"
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message} {finding.remedy}".strip()},
        "locations": [{"physicalLocation": _location(finding.position, end_column(finding) if finding.length else 0)}],
        "partialFingerprints": {"chronology/v1": hashlib.sha256(basis.encode()).hexdigest()},
    }
    if finding.code in codes:
        result["ruleIndex"] = codes.index(finding.code)
    if finding.related:
        result["relatedLocations"] = [
            {"physicalLocation": _location(position, position.column + 1), "message": {"text": message}}
            for position, message in finding.related
        ]
    return result


def _location(position: Position, end: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(position.path), "uriBaseId": "PROJECT"}}
    if end:
        place["region"] = {
            "startLine": position.line,
            "startColumn": position.column,
            "endLine": position.line,
            "endColumn": end,
        }
    return place
