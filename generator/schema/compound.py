"""The shapes made of others: lists, records, tables, and an id or the thing itself."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Position, did_you_mean, quoted
from generator.schema.shapes import MISSING, Context, Identifier, Json, Missing, Shape, Term, kind_of, says_nothing
from generator.source import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf(Shape):
    """A list of one shape."""

    item: Shape
    at_least: int = 0
    limit: int = 500
    label = "a list"

    def read(self, node: Node, name: str, context: Context) -> tuple[Any, ...] | Missing:
        """Give the items that could be read, or MISSING when any could not."""
        if not isinstance(node, Sequence):
            if isinstance(node, Scalar) and says_nothing(node):
                return context.report(
                    "S204", node, f"“{name}” has no value.", "Give a list, or leave the field out altogether."
                )
            example = f"- {node.value}" if isinstance(node, Scalar) else "- …"
            message = f"“{name}” takes a list; here is {kind_of(node)}."
            return context.report("S203", node, message, f"Write it as a list item: {quoted(example)}.")
        if len(node.items) > self.limit:
            message = f"“{name}” takes at most {self.limit:,} items; here are {len(node.items):,}."
            return context.report("S206", node, message, "Split the event, or keep what matters.")
        if len(node.items) < self.at_least:
            return context.report("S204", node, f"“{name}” needs at least one item.", "Add one.")
        values = [self.item.read(item, name, context) for item in node.items]
        return MISSING if any(value is MISSING for value in values) else tuple(values)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """A list."""
        return {"type": "array", "items": self.item.schema(terms), "minItems": self.at_least}


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record. `attr` is its name in the model where that differs; `example` is for the reference."""

    name: str
    shape: Shape
    doc: str
    required: bool = False
    attr: str = ""
    example: str = ""


Extra = Callable[[dict[str, Any], Mapping, Context], bool]
"""A check over those fields of a record that could be read: reports, and tells whether the record can stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Shape):
    """A group of fields that becomes one value of the model.

    `short` names the field that a bare piece of text stands for: `- ismail-pasha` for `- {actor: ismail-pasha}`.
    """

    noun: str
    make: Callable[..., Any]
    fields: tuple[Field, ...]
    short: str = ""
    extra: Extra | None = None
    by_name: Map[str, Field] = field(init=False, repr=False)
    required: tuple[Field, ...] = field(init=False, repr=False)
    label = "a group of fields"

    def __post_init__(self) -> None:
        """Index the fields: a record is read thousands of times."""
        object.__setattr__(self, "by_name", {field.name: field for field in self.fields})
        object.__setattr__(self, "required", tuple(field for field in self.fields if field.required))

    def read(self, node: Node, name: str, context: Context) -> Any | Missing:
        """Give the model's value."""
        return self.read_with(node, context)

    def read_with(self, node: Node, context: Context, **given: Any) -> Any | Missing:
        """Give the model's value, with attributes that stand outside the file (an id)."""
        if self.short and isinstance(node, Scalar):
            node = _expanded(node, self.short)
        if not isinstance(node, Mapping):
            message = f"{self.noun} is a group of fields (“key: value”); here is {kind_of(node)}."
            keys = ", ".join(field.name for field in self.required or self.fields)
            return context.report("S203", node, message, f"Write its fields: {keys}.")
        values: dict[str, Any] = {}
        lost: set[str] = set()
        misspelt: set[str] = set()
        by_name = self.by_name
        for key, (key_node, child) in node.pairs.items():
            field = by_name.get(key_node.value)
            if field is None:
                misspelt.add(_unknown_key(self, key, key_node, by_name, context))
                continue
            value = field.shape.read(child, key, context)
            if value is MISSING:
                lost.add(key)
            else:
                values[field.attr or key] = value
        whole = not lost
        for field in self.required:
            if (field.attr or field.name) not in values and field.name not in lost:
                whole = False
                if field.name not in misspelt:
                    message = f"{self.noun} needs “{field.name}”."
                    remedy = f"Add “{field.name}: {_example(field, context)}”. {field.doc}"
                    context.report("S202", node, message, remedy, length=1)
        if self.extra is not None:
            whole = self.extra(values, node, context) and whole
        if not whole:
            return MISSING
        return self.make(**values, **given, position=Position(context.path, node.line, node.column))

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """An object; with `short`, also the bare form."""
        properties = {field.name: {"description": field.doc} | field.shape.schema(terms) for field in self.fields}
        record: Json = {
            "type": "object",
            "additionalProperties": False,
            "properties": properties,
            "required": [field.name for field in self.fields if field.required],
        }
        if not self.short:
            return record
        brief = next(field for field in self.fields if field.name == self.short)
        return {"anyOf": [brief.shape.schema(terms), record]}


def _expanded(node: Scalar, key: str) -> Mapping:
    mapping = Mapping(node.line, node.column, True)
    mapping.pairs[key] = (Scalar(key, node.line, node.column), node)
    return mapping


def _example(field: Field, context: Context) -> str:
    """Give what a field may say; of a word the first that the chronology knows."""
    if isinstance(field.shape, Term):
        return next(iter(context.terms.get(field.shape.table, ())), "…")
    return field.example if field.example and "\n" not in field.example else "…"


def _unknown_key(record: Record, key: str, node: Scalar, known: Map[str, Field], context: Context) -> str:
    """Report a key the record does not have; give the one that was probably meant."""
    meant = did_you_mean(key, known) if context.may_suggest() else ""
    remedy = f"{meant} " if meant else ""
    remedy += f"The fields are: {', '.join(known)}."
    context.report("S201", node, f"{record.noun} has no field {quoted(node.value)}.", remedy)
    return next((name for name in known if f"“{name}”" in meant), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Either(Shape):
    """The id of a shared file, or the same thing described in place."""

    identifier: Identifier
    record: Record
    label = "an id or a group of fields"

    def read(self, node: Node, name: str, context: Context) -> Any | Missing:
        """Give an id as Text, or the record's value."""
        if isinstance(node, Scalar):
            return self.identifier.read(node, name, context)
        return self.record.read(node, name, context)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """Either form."""
        return {"anyOf": [self.identifier.schema(terms), self.record.schema(terms)]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Shape):
    """Records by id, as the vocabularies are written."""

    record: Record
    label = "a table"

    def read(self, node: Node, name: str, context: Context) -> dict[str, Any] | Missing:
        """Give the records by id, in the order written."""
        if not isinstance(node, Mapping):
            message = f"“{name}” takes a table of words; here is {kind_of(node)}."
            return context.report("S203", node, message, "Write “word: {label: …}”.")
        table: dict[str, Any] = {}
        whole = True
        for key, (key_node, child) in node.pairs.items():
            identifier = Identifier().read(key_node, name, context)
            value = self.record.read(child, key, context)
            if identifier is MISSING or value is MISSING:
                whole = False
            else:
                table[key] = value
        return table if whole else MISSING

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """Any word with such a record."""
        return {"type": "object", "additionalProperties": self.record.schema(terms)}
