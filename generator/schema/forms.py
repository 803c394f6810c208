"""The shapes of values with a standard of their own: dates, addresses, codes, numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.addresses import url_problem
from generator.dates import Date, DateError
from generator.dates import parse as parse_date
from generator.diagnostics import quoted
from generator.model import Dated, Text
from generator.schema.codetables import languages, territories
from generator.schema.shapes import MISSING, Context, Json, Line, Missing, Shape, kind_of
from generator.source import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Edtf(Shape):
    """A date in EDTF (ISO 8601-2), also as a set in YAML's own brackets."""

    label = "a date"

    def read(self, node: Node, name: str, context: Context) -> Dated | Missing:
        """Give the date beside its text."""
        text = _set_text(node)
        if text is None and not isinstance(node, Scalar):
            remedy = "Write one date; several are [2026-02-10, 2026-02-11] (one of these) or {…} (all of these)."
            return context.report("S203", node, f"“{name}” takes a date; here is {kind_of(node)}.", remedy)
        if text is None:
            scalar = self.scalar(node, name, context)
            if scalar is MISSING:
                return MISSING
            text = Text(scalar.value, scalar.line, scalar.column)
        date = read_date(text, node, name, context)
        return MISSING if date is MISSING else Dated(text=text, value=date)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """EDTF is text; a set may be a list; a bare year is a number to YAML."""
        return {"type": ["string", "integer", "array", "object"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOrSet(Line):
    """One line of text, or an EDTF set in YAML's own brackets."""

    def read(self, node: Node, name: str, context: Context) -> Text | Missing:
        """Give the text."""
        text = _set_text(node)
        return Line.read(self, node, name, context) if text is None else text

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """One line of text, or what YAML makes of a set or a year."""
        return {"type": ["string", "integer", "array", "object"], "minLength": 1, "maxLength": self.limit}


def _set_text(node: Node) -> Text | None:
    """Give the text of an EDTF set that YAML has taken for a list or a group of fields in braces."""
    parts = _set_parts(node)
    if not parts:
        return None
    written = ",".join(part.value for part in parts)
    return Text(f"[{written}]" if isinstance(node, Sequence) else f"{{{written}}}", node.line, node.column)


def _set_parts(node: Node) -> list[Scalar]:
    """Give the members of such a set; none when the node is no set."""
    if isinstance(node, Sequence) and node.flow:
        parts = [item for item in node.items if isinstance(item, Scalar)]
        return parts if len(parts) == len(node.items) else []
    if isinstance(node, Mapping) and node.flow:
        bare = all(isinstance(value, Scalar) and not value.value for _, value in node.pairs.values())
        return [key for key, _ in node.pairs.values()] if bare else []
    return []


def _place(node: Node, offset: int) -> tuple[Text, int]:
    """Find the character `offset` of a date's text in the file; also give how much of its line is left."""
    start = 1
    for part in _set_parts(node):
        if start <= offset <= start + len(part.value):
            return _place(part, offset - start)
        start += len(part.value) + 1
    if isinstance(node, Scalar) and not node.folded:
        return Text("", node.line, node.column + offset + len(node.style)), len(node.value) - offset
    return Text("", node.line, node.column), 1


def read_date(text: Text, node: Node, name: str, context: Context) -> Date | Missing:
    """Parse a date and report what is wrong with it at the very character."""
    try:
        return parse_date(str(text))
    except DateError as error:
        place, length = _place(node, error.offset)
        message = f"“{name}” takes a date in EDTF, and {quoted(text)} is none. {_sentence(error.message)}"
        return context.report("D301", place, message, _sentence(error.remedy), length=max(1, length))


def _sentence(words: str) -> str:
    words = re.sub(r'"([^"]*)"', r"“\1”", words)
    return words[:1].upper() + words[1:] + ("" if not words or words.endswith(".") else ".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Url(Shape):
    """An http or https address."""

    label = "a web address"

    def read(self, node: Node, name: str, context: Context) -> Text | Missing:
        """Give the address as typed."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        problem = url_problem(scalar.value)
        if problem:
            message = f"“{name}” takes an http(s) address; {quoted(scalar.value)} {problem}."
            remedy = "Copy the address from the browser, starting with https://."
            return context.report("S209", scalar, message, remedy)
        return Text(scalar.value, scalar.line, scalar.column)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """An http(s) address."""
        return {"type": "string", "pattern": '^https?://[^\\s<>"]+$', "maxLength": 2000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Shape):
    """A code from a list that Babel carries: `languages` (BCP 47) or `territories` (ISO 3166-1 alpha-2)."""

    table: str
    label = "a code"

    def read(self, node: Node, name: str, context: Context) -> Text | Missing:
        """Give the code."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        table = languages() if self.table == "languages" else territories()
        code = table.meant(scalar.value)
        if code == scalar.value:
            return Text(code, scalar.line, scalar.column)
        near = f"Write {code}." if code else table.nearest(scalar.value) if context.may_suggest() else ""
        message = f"“{name}” takes {table.takes}; this is {quoted(scalar.value)}."
        remedy = near or f"Look the code up in {table.register}."
        return context.report("S212", scalar, message, remedy, fix=code or None)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """The form of a code."""
        if self.table == "languages":
            return {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"}
        return {"type": "string", "pattern": "^[A-Z]{2}$"}


FILE_NAME = r"[a-z0-9]+(-[a-z0-9]+){0,20}\.(jpg|jpeg|png|webp)"
FILE_FORM = "the name of a picture, lower-case ASCII words joined by hyphens and .jpg, .jpeg, .png or .webp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern(Shape):
    """A short text of a fixed form."""

    regex: str
    form: str
    label = "text of a fixed form"

    def read(self, node: Node, name: str, context: Context) -> Text | Missing:
        """Give the text."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        if not re.fullmatch(self.regex, scalar.value, re.ASCII):
            message = f"“{name}” takes {self.form}; this is {quoted(scalar.value)}."
            return context.report("S212", scalar, message, "Write it in that form.")
        return Text(scalar.value, scalar.line, scalar.column)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """The form."""
        return {"type": "string", "pattern": f"^({self.regex})$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileName(Shape):
    """The name of a file in a folder beside the event files; whether it is there is a matter of the whole corpus."""

    folder: str
    label = "the name of a file"

    def read(self, node: Node, name: str, context: Context) -> Text | Missing:
        """Give the name."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        if not re.fullmatch(FILE_NAME, scalar.value, re.ASCII):
            message = f"“{name}” takes {FILE_FORM}; this is {quoted(scalar.value)}."
            return context.report("S212", scalar, message, f"Name the file like that, in events/{self.folder}/.")
        text = Text(scalar.value, scalar.line, scalar.column)
        context.references.append((context.path, self.folder, text))
        return text

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """The form of the name."""
        return {"type": "string", "pattern": f"^({FILE_NAME})$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Shape):
    """A decimal number between two bounds."""

    low: float
    high: float
    label = "a number"

    def read(self, node: Node, name: str, context: Context) -> float | Missing:
        """Give the number."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,8})?", scalar.value, re.ASCII) or not (
            self.low <= float(scalar.value) <= self.high
        ):
            message = (
                f"“{name}” takes a decimal number from {self.low:g} to {self.high:g}; this is {quoted(scalar.value)}."
            )
            return context.report("S211", scalar, message, "Write it like 33.68, with a point and no unit.")
        return float(scalar.value)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """A number within its bounds."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Shape):
    """true or false."""

    label = "true or false"

    def read(self, node: Node, name: str, context: Context) -> bool | Missing:
        """Give the truth value."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        if scalar.value not in ("true", "false"):
            message = f"“{name}” takes true or false; this is {quoted(scalar.value)}."
            return context.report("S205", scalar, message, "Write true, or leave the field out.")
        return scalar.value == "true"

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """A truth value."""
        return {"type": "boolean"}
