"""The reference for contributors, made from the code: every field of every file, every code of every check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.codes import explanations
from generator.dates import Date, describe, parse
from generator.markdown import Markdown
from generator.schema import RECORDS
from generator.schema.compound import Either, Field, ListOf, Record, Table
from generator.schema.shapes import Shape, Term, Word

if TYPE_CHECKING:
    from generator.writer import Page, Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The fields of one record: `name` is the kind of file, or the field below which the record stands."""

    name: str
    noun: str
    inside: str
    fields: tuple[Field, ...]


EXAMPLE_PATH = "events/1869/1869-11-17-suez-canal-opens.yml"

DATES = (
    ("the day", "2026-02-11"),
    ("the month", "2026-02"),
    ("the year", "2026"),
    ("one day of a month, not which", "2026-05-XX"),
    ("the first and the last day", "2026-02-26/2026-02-28"),
    ("that it goes on", "2026-03-01/.."),
    ("one of several days", "[2026-02-10, 2026-02-11]"),
    ("early in a month", '"[2026-01-01..2026-01-10]"'),
    ("the day, but not for certain", "2026-02-11?"),
    ("about when", "1560~"),
    ("a year before the common era (44 BCE)", "-0043"),
)


def pages(writer: Writer) -> Iterator[Page]:
    """Yield the pages for contributors."""
    page = writer.page
    starter = Path(__file__).parent / "starter"
    lines = (starter / EXAMPLE_PATH).read_text(encoding="utf-8").splitlines()
    yield page(
        "contribute/index.md",
        "contribute",
        title="Add an event",
        example_path=Markdown(EXAMPLE_PATH),
        example=Markdown("\n".join(line for line in lines if not line.startswith("#"))),
        dates=[(known, text, describe(_date(text), writer.locale)) for known, text in DATES],
    )
    parts = [part for kind, record in RECORDS.items() for part in _parts(kind, record)]
    yield page("contribute/fields.md", "field_reference", title="Field reference", parts=parts, form=form)
    entries: Any = tuple(explanations().values())
    yield page("contribute/rules.md", "rule_reference", title="What the check says", entries=entries)


def _date(text: str) -> Date:
    return parse(text.strip('"').replace(", ", ","))


def _parts(kind: str, record: Record, inside: str = "") -> Iterator[Part]:
    yield Part(name=kind, noun=record.noun, inside=inside, fields=record.fields)
    for field in record.fields:
        below = _record(field.shape)
        # Sources have a part of their own; the vocabularies are explained where the default ones stand.
        if below is not None and below is not RECORDS["source"]:
            yield from _parts(field.name, below, kind)


def _record(shape: Shape) -> Record | None:
    if isinstance(shape, ListOf):
        return _record(shape.item)
    if isinstance(shape, Either | Table):
        return shape.record
    return shape if isinstance(shape, Record) else None


def form(shape: Shape) -> str:
    """Say in a few words what a field takes."""
    if isinstance(shape, ListOf):
        return f"list: {form(shape.item)}"
    if isinstance(shape, Word):
        return ", ".join(shape.words)
    if isinstance(shape, Term):
        return f"a word of {shape.table}"
    if isinstance(shape, Record) and shape.short:
        return f"{shape.label}, or {shape.short} alone"
    return shape.label
