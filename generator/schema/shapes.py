"""What every field's shape has in common, and the shapes of text: lines, prose, words and ids.

A shape reads a node into a value and describes itself as JSON Schema. It reports every problem it sees and
returns `MISSING` when no value can be had, so that one run reports all problems of a file and a later stage
never sees half a value.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Diagnostic, Position, Severity, did_you_mean, quoted
from generator.model import Text
from generator.source import Mapping, Node, Scalar, Sequence

Json = dict[str, Any]


class Missing(enum.Enum):
    """The value of a field that could not be read; its problem has been reported."""

    MISSING = "missing"


MISSING = Missing.MISSING


@dataclass(slots=True, kw_only=True)
class Context:
    """What a reader knows beside the node: the file, the words in force, and where findings go.

    `references` collects the ids of other files that this one names, as (path, folder, id): also those of a file
    that cannot be read whole, so that they are checked in the same run.
    """

    path: str
    terms: Map[str, Iterable[str]] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    references: list[tuple[str, str, Text]] = field(default_factory=list)
    suggestions: int = 50

    def may_suggest(self) -> bool:
        """Tell whether to look for what was meant: that is slow, and of no use after the fiftieth time in a file."""
        self.suggestions -= 1
        return self.suggestions >= 0

    def report(
        self,
        code: str,
        node: Node | Text,
        message: str,
        remedy: str,
        *,
        offset: int = 0,
        length: int | None = None,
        severity: Severity = Severity.ERROR,
        fix: str | None = None,
    ) -> Missing:
        """Record a finding at a node; give MISSING, so that a shape can return it."""
        if length is None:
            text = node if isinstance(node, Text) else node.value if isinstance(node, Scalar) else " "
            length = max(1, len(text.split("\n", 1)[0]) - offset)
        finding = Diagnostic(
            code=code,
            message=message,
            remedy=remedy,
            position=Position(self.path, node.line, node.column + offset),
            length=length,
            severity=severity,
            fix=fix,
        )
        self.findings.append(finding)
        return MISSING


class Shape:
    """What a field's value looks like."""

    label = "text"

    def read(self, node: Node, name: str, context: Context) -> Any | Missing:
        """Read a node; `name` is the field's name in messages."""
        raise NotImplementedError

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """Describe the shape as JSON Schema draft-07; `terms` are the vocabulary's words and definitions."""
        raise NotImplementedError

    def scalar(self, node: Node, name: str, context: Context) -> Scalar | Missing:
        """Give the node if it is text that says something; report it otherwise."""
        if not isinstance(node, Scalar):
            found = kind_of(node)
            remedy = "Write one value after the colon."
            if isinstance(node, Mapping) and node.pairs:
                remedy = "Write one value after the colon; quote it if it holds “: ” or braces."
            return context.report("S203", node, f"“{name}” takes {self.label}; here is {found}.", remedy)
        if says_nothing(node):
            shown = f" ({node.value})" if node.value.strip() else ""
            return context.report(
                "S204", node, f"“{name}” has no value{shown}.", "Give one, or leave the field out altogether."
            )
        if node.cut:
            context.report(
                "Y117",
                node,
                f"The text of “{name}” ends at “ #”: what follows is read as a comment.",
                "Quote the text if “#…” belongs to it, or put a blank after “#” if it is a comment.",
                severity=Severity.WARNING,
            )
        return node


def says_nothing(node: Scalar) -> bool:
    """Tell whether a text is empty, blank, or one of YAML's words for no value."""
    return not node.value.strip() or (not node.style and node.value in _NULLS)


def kind_of(node: Node) -> str:
    """Say what stands in a place where something else was expected."""
    if isinstance(node, Scalar):
        return "nothing" if says_nothing(node) else "a piece of text"
    return "a list" if isinstance(node, Sequence) else "a group of fields"


_NULLS = frozenset(("~", "null", "Null", "NULL"))

_ACTIVE = (
    (re.compile(r"<[A-Za-z/!?]"), "raw HTML", "Write the words without tags."),
    (re.compile(r"!\["), "an image", "Link to the page that shows it, as a source."),
    # Braces but those of an EDTF set: Python-Markdown's attribute lists need no colon.
    (re.compile(r"\{(?!\d|\.\.)"), "templating or an attribute list", "Write the words without braces."),
    (re.compile(r"-8<-"), "a snippet include", "Write the words without “-8<-”."),
    (re.compile(r"(?:\A|\n)\s*\*?\[[^\]\n]*\]:"), "a definition of a link, note or abbreviation", "Write a sentence."),
    (
        re.compile(r"\]\((?!https?://)"),
        "a link that is not http(s)",
        "Write [text](https://…), or no brackets before a parenthesis.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Shape):
    """One line of plain text."""

    limit: int = 300
    label = "one line of text"

    def read(self, node: Node, name: str, context: Context) -> Text | Missing:
        """Give the text."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        value = scalar.value.rstrip("\n")
        if value != value.strip():
            message = f"“{name}” may not start or end with a blank: {quoted(value)}."
            return context.report("S208", scalar, message, "Delete the blanks.", fix=value.strip())
        if "\n" in value or "\t" in value:
            return context.report(
                "S208",
                scalar,
                f"“{name}” takes one line; this text has several or holds a tab.",
                "Write it on one line.",
            )
        return _checked(scalar, value, name, self.limit, context)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """One line of text."""
        return {"type": "string", "minLength": 1, "maxLength": self.limit}


_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_BLANK_LINES_FOLDED = re.compile(r"\n[ \t]*\n\s*|\n(?![ \t])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose(Shape):
    """Running text: paragraphs, with inline emphasis, code and http(s) links."""

    limit: int = 2000
    label = "text"

    def read(self, node: Node, name: str, context: Context) -> Text | Missing:
        """Give the text; lines are joined, blank lines part paragraphs."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        # YAML has already joined the lines of all but a literal block, and made one line break of one blank line.
        between = _BLANK_LINES if scalar.style == "|" else _BLANK_LINES_FOLDED
        paragraphs = between.split(scalar.value.strip())
        value = "\n\n".join(" ".join(part.split()) for part in paragraphs)
        return _checked(scalar, value, name, self.limit, context)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """Text of a stated length."""
        return {"type": "string", "minLength": 1, "maxLength": self.limit}


def _checked(scalar: Scalar, value: str, name: str, limit: int, context: Context) -> Text | Missing:
    if len(value) > limit:
        message = f"“{name}” may be at most {limit:,} characters long; this has {len(value):,}."
        return context.report("S206", scalar, message, "Shorten it; details belong to the sources.")
    for pattern, what, remedy in _ACTIVE:
        if match := pattern.search(value):
            message = f"“{name}” is plain text and may not hold {what}: {quoted(value[match.start() :].lstrip(), 20)}."
            return context.report("S210", scalar, message, remedy)
    return Text(value, scalar.line, scalar.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Shape):
    """One of the words of an enumeration that the code knows; `docs` explains each."""

    words: type[enum.StrEnum]
    label = "one word"

    def read(self, node: Node, name: str, context: Context) -> enum.StrEnum | Missing:
        """Give the enumeration's member."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        try:
            return self.words(scalar.value)
        except ValueError:
            return unknown_word(scalar, name, list(self.words), context)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """The words."""
        return {"enum": [str(word) for word in self.words]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Shape):
    """One of a few fixed words that the model keeps as text."""

    words: tuple[str, ...]
    label = "one of a few words"

    def read(self, node: Node, name: str, context: Context) -> Text | Missing:
        """Give the word."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        if scalar.value not in self.words:
            return unknown_word(scalar, name, self.words, context)
        return Text(scalar.value, scalar.line, scalar.column)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """The words."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Shape):
    """A word of one of the chronology's vocabularies, named by its table in chronology.yml."""

    table: str
    label = "one word of the vocabulary"

    def read(self, node: Node, name: str, context: Context) -> Text | Missing:
        """Give the word."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        if self.table in context.terms and scalar.value not in context.terms[self.table]:
            return unknown_word(scalar, name, context.terms[self.table], context)
        return Text(scalar.value, scalar.line, scalar.column)

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """The words, each with its definition for an editor to show."""
        words = terms.get(self.table, {})
        return {"enum": list(words), "enumDescriptions": list(words.values())} if words else {"type": "string"}


def unknown_word(scalar: Scalar | Text, name: str, known: Iterable[str], context: Context) -> Missing:
    """Report a word that a vocabulary does not have."""
    words = [str(word) for word in known]
    value = scalar.value if isinstance(scalar, Scalar) else str(scalar)
    listed = ", ".join(words)
    remedy = did_you_mean(value, words) if context.may_suggest() else ""
    remedy = f"{remedy} The words are: {listed}." if remedy else f"Use one of: {listed}."
    return context.report("S205", scalar, f"{quoted(value)} is not a word that “{name}” knows.", remedy)


ID_WORDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def ascii_words(text: str) -> str:
    """Give the id that a name would have; empty when it has no ASCII letters or is too long for one."""
    plain = unicodedata.normalize("NFKD", text[:101]).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall("[a-z0-9]+", plain)) if len(text) <= 100 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier(Shape):
    """The id of another file, or (with no `kind`) one that is only used inside this file."""

    kind: str = ""
    label = "an id"

    def read(self, node: Node, name: str, context: Context) -> Text | Missing:
        """Give the id; whether it exists is a matter of the whole corpus."""
        scalar = self.scalar(node, name, context)
        if scalar is MISSING:
            return MISSING
        if not ID_WORDS.match(scalar.value) or len(scalar.value) > 100:
            message = (
                f"“{name}” takes an id, lower-case ASCII words joined by hyphens (at most 100 characters); "
                f"this is {quoted(scalar.value)}."
            )
            near = ascii_words(scalar.value)
            remedy = f"Write {near}." if near else "Choose other words."
            if self.kind:
                remedy = f"Use the name of a file in events/{self.kind}/ without “.yml”"
                remedy += f", such as {near}." if near else "."
            return context.report("S207", scalar, message, remedy)
        identifier = Text(scalar.value, scalar.line, scalar.column)
        if self.kind:
            context.references.append((context.path, self.kind, identifier))
        return identifier

    def schema(self, terms: Map[str, Map[str, str]]) -> Json:
        """The form of an id."""
        return {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 100}
