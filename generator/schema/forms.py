"""The shapes of values with a standard of their own: dates, addresses, codes, numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from generator.dates import Date, DateError
from generator.dates import parse as parse_date
from generator.diagnostics import did_you_mean, quoted
from generator.model import Dated, Text
from generator.schema.shapes import MISSING, Context, Json, Missing, Shape
from generator.source import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Edtf(Shape):
    """A date in EDTF (ISO 8601-2), also as a set in YAML's own brackets."""

    label = "a date"

    def read(self, node: Node, name: str, context: Context) -> Dated | Missing:
        """Give the date beside its text."""
        text = _set_text(node)
        if text is None:
            scalar = self.scalar(node, name, context)
            if scalar is MISSING:
                return MISSING
            text = Text(scalar.value, scalar.line, scalar.column)
        date = read_date(text, name, context, quote=isinstance(node, Scalar) and not node.plain)
        return MISSING if date is MISSING else Dated(text=text, value=date)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """EDTF is text; a set may be a list; a bare year is a number to YAML."""
        return {"type": ["string", "integer", "array", "object"]}


def _set_text(node: Node) -> Text | None:
    """Give the text of an EDTF set that YAML has taken for a list or a group of fields in braces."""
    if isinstance(node, Sequence) and node.flow and all(isinstance(item, Scalar) for item in node.items):
        parts = [item.value for item in node.items if isinstance(item, Scalar)]
        return Text(f"[{','.join(parts)}]", node.line, node.column)
    if isinstance(node, Mapping) and node.flow:
        values = [value for _, value in node.pairs.values()]
        if all(isinstance(value, Scalar) and not value.value for value in values):
            return Text(f"{{{','.join(key.value for key, _ in node.pairs.values())}}}", node.line, node.column)
    return None


def read_date(text: Text, name: str, context: Context, *, quote: bool = False) -> Date | Missing:
    """Parse a date and report what is wrong with it at the very character."""
    try:
        return parse_date(str(text))
    except DateError as error:
        offset = error.offset + quote
        message = f"“{name}” takes a date in EDTF; {quoted(text)} is none: {error.message}"
        length = max(1, len(text) - error.offset)
        return context.report(
            "D301", text, message.rstrip(".") + ".", error.remedy, offset=offset, length=length
        )


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
        return {"type": "string", "pattern": "^https?://[^\\s<>\"]+$", "maxLength": 2000}


def url_problem(url: str) -> str:
    """Say what keeps a text from being a plain http(s) address (RFC 3986); empty when nothing does."""
    if len(url) > 2000:
        return "is longer than 2,000 characters"
    if re.search(r"[\s<>\"\\^`{|}\x00-\x1f]", url):
        return "holds a blank or a character that must be percent-encoded"
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "is not a well-formed address"
    if parts.scheme not in ("http", "https"):
        return f"starts with “{parts.scheme}:”" if parts.scheme else "does not start with https://"
    if not parts.hostname or "." not in parts.hostname:
        return "names no host"
    if "@" in parts.netloc:
        return "holds a user name"
    return ""


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
        known = _codes(self.table)
        value = scalar.value
        if self.table == "languages":
            match = re.fullmatch(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|\d{3}))?", value)
            if match and match[1] in known:
                return Text(value, scalar.line, scalar.column)
            message = f"“{name}” takes a BCP 47 language tag such as en, fa, ur or zh-Hant; this is {quoted(value)}."
        elif value in known:
            return Text(value, scalar.line, scalar.column)
        else:
            message = f"“{name}” takes a two-letter country code (ISO 3166-1) such as PK; this is {quoted(value)}."
        by_name = {label: code for code, label in known.items()}
        near = did_you_mean(value, by_name)
        remedy = "Use the code."
        for label, code in by_name.items():
            if near and f"“{label}”" in near:
                remedy = f"Write {code} for {label}."
        if value.upper() in known and self.table == "territories":
            remedy = f"Write {value.upper()}."
        return context.report("S212", scalar, message, remedy)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """The form of a code."""
        if self.table == "languages":
            return {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"}
        return {"type": "string", "pattern": "^[A-Z]{2}$"}


@cache
def _codes(table: str) -> dict[str, str]:
    from babel import Locale  # loaded only where a file uses a code

    names: dict[str, str] = getattr(Locale("en"), table)
    return {code: label for code, label in names.items() if table == "languages" or re.fullmatch("[A-Z]{2}", code)}


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
        if not re.fullmatch(self.regex, scalar.value):
            message = f"“{name}” takes {self.form}; this is {quoted(scalar.value)}."
            return context.report("S207", scalar, message, "Correct it, or leave the field out.")
        return Text(scalar.value, scalar.line, scalar.column)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """The form."""
        return {"type": "string", "pattern": f"^({self.regex})$"}


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
