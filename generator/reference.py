"""The reference for contributors, made from the code: every field of every file, every code of every check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.codes import Explanation, explanations
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFile:
    """One file of an example, as it is printed."""

    path: Markdown
    text: Markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Files that a code is reported for, what the check says of them, and files that it is not reported for."""

    bad: tuple[ExampleFile, ...]
    said: Markdown
    good: tuple[ExampleFile, ...]


EXAMPLES = Path(__file__).parent / "examples"

GROUPS = (
    ("Reading a file", ("Y",)),
    ("Fields and values", ("S", "D")),
    ("What must fit together", ("R3",)),
    ("What an editor should look at", ("R4",)),
    ("Layout", ("F",)),
    ("What was published", ("P",)),
    ("Waivers", ("W",)),
)
"""The codes by their first letters, in the order of the page."""

SHOWN = 2
"""How many files of an example are printed: one with many files repeats itself."""

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


def pages(writer: Writer) -> Iterator[tuple[str, Callable[[], Page]]]:
    """Yield the path of each page for contributors, and the function that renders it."""
    for path, make in (
        ("contribute/index.md", _guide),
        ("contribute/fields.md", _fields),
        ("contribute/rules/index.md", _rules),
    ):
        yield path, partial(make, writer, path)
    for entry in explanations().values():
        path = f"contribute/rules/{entry.code.lower()}.md"
        yield path, partial(_rule, writer, path, entry)


def _guide(writer: Writer, path: str) -> Page:
    starter = Path(__file__).parent / "starter"
    lines = (starter / EXAMPLE_PATH).read_text(encoding="utf-8").splitlines()
    return writer.page(
        path,
        "contribute",
        title=writer.guide.say("Add an event"),
        example_path=Markdown(EXAMPLE_PATH),
        example=Markdown("\n".join(line for line in lines if not line.startswith("#"))),
        dates=[(known, text, describe(_date(text), writer.locale)) for known, text in DATES],
    )


def _fields(writer: Writer, path: str) -> Page:
    parts = [part for kind, record in RECORDS.items() for part in _parts(kind, record)]
    return writer.page(path, "field_reference", title=writer.guide.say("Field reference"), parts=parts, form=form)


def _rules(writer: Writer, path: str) -> Page:
    entries = explanations()
    groups = [
        (title, [entry for entry in entries.values() if entry.code.startswith(letters)]) for title, letters in GROUPS
    ]
    return writer.page(path, "rules", title=writer.guide.say("What the check says"), groups=groups)


def _rule(writer: Writer, path: str, entry: Explanation) -> Page:
    say = writer.guide.say
    values: dict[str, Any] = {"entry": entry, "example": example(entry.code)}
    return writer.page(path, "rule", title=f"{entry.code}: {say(entry.name)}", description=say(entry.text), **values)


def example(code: str) -> Example | None:
    """Give the example of a code; None when it has none."""
    folder = EXAMPLES / code
    if not folder.is_dir():
        return None
    said = (folder / "expected.txt").read_text(encoding="utf-8")
    return Example(bad=_files(folder / "bad"), said=Markdown(_first(said)), good=_files(folder / "good"))


def _files(folder: Path) -> tuple[ExampleFile, ...]:
    found = sorted(path for path in folder.rglob("*") if path.suffix in (".yml", ".svg"))
    return tuple(
        ExampleFile(
            path=Markdown(f"`{path.relative_to(folder).as_posix()}`"),
            # Renderers of Markdown differ in what they do with tabs.
            text=Markdown(path.read_text(encoding="utf-8").rstrip("\n").expandtabs(4)),
        )
        for path in found[:SHOWN]
    )


def _first(said: str) -> str:
    blocks = said.rstrip("\n").split("\n\n")
    rest = len(blocks) - SHOWN
    return "\n\n".join(blocks[:SHOWN]) + (f"\n\n… and {rest} more of the kind." if rest > 0 else "")


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
