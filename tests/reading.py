"""Helpers of the tests that read event files: one file by itself, its report, and its values as plain data."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.corpus import default_vocabulary
from generator.dates import Date, iso_bounds
from generator.diagnostics import Diagnostic
from generator.model import Dated, Text
from generator.report import describe, reader_of
from generator.schema import MISSING, RECORDS, Context
from generator.source import load

CASES = Path(__file__).parent / "cases"
VOCABULARY = default_vocabulary()
TERMS = {
    "event_types": VOCABULARY.event_types,
    "roles": VOCABULARY.roles,
    "relation_types": VOCABULARY.relation_types,
}


def read(file: Path) -> tuple[Any, list[Diagnostic]]:
    """Read a file as the kind that its folder is named for; give its value, if any, and the findings in order."""
    document = load(file, file.name)
    context = Context(path=file.name, terms=TERMS, findings=list(document.findings))
    value = MISSING
    if document.root is not None:
        kind = file.parent.name
        identity: dict[str, Any] = {"source": {"id": Text("x")}, "chronology": {}}.get(kind, {"id": "x"})
        value = RECORDS[kind].read_with(document.root, context, **identity)
    return None if value is MISSING else value, sorted(context.findings, key=lambda finding: finding.sort_key)


def reported(findings: Iterable[Diagnostic], folder: Path) -> str:
    """Give findings as the command line prints them."""
    return "\n\n".join(describe(findings, reader_of(folder)))


def report(file: Path) -> str:
    """Read a file and give the report of it."""
    return reported(read(file)[1], file.parent) + "\n"


def plain(value: Any) -> Any:
    """Give a value of the model as plain data: what is there, without positions and ids."""
    if isinstance(value, Dated):
        return {str(value.text): plain(value.value)}
    if isinstance(value, Date):
        return " to ".join(str(end) for end in iso_bounds(value))
    if dataclasses.is_dataclass(value):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {
            name: plain(content)
            for name, content in fields.items()
            if content not in (None, (), "x") and name != "position"
        }
    if isinstance(value, dict):
        return {key: plain(content) for key, content in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Text | enum.Enum) else value
