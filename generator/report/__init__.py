"""Findings in print: for people, and in the forms that other programs read."""

from __future__ import annotations

from types import ModuleType

from generator.report import as_json, concise, github, gitlab, people, sarif
from generator.report.findings import ReadLines, Report, reader_of
from generator.report.people import describe, summary

FORMATS: dict[str, ModuleType] = {
    "people": people,
    "concise": concise,
    "json": as_json,
    "github": github,
    "sarif": sarif,
    "gitlab": gitlab,
}
"""Modules with `render(report)`, which yields text block by block, by the word that chooses them."""

__all__ = ["FORMATS", "ReadLines", "Report", "describe", "reader_of", "summary"]
