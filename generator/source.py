"""Bytes of one YAML file → a tree of nodes that know their line and column, or findings that say why not.

YAML is read as the text that the contributor typed: libyaml's event parser with no resolver, so that
`2026-02-11`, `no`, `012` and `12:30` stay strings. What event files have no use for is refused here:
anchors, aliases, tags, merge keys, several documents, duplicate keys, control and bidirectional characters.
Events are read one at a time and depth is counted, so that neither an alias bomb nor a hundred thousand
brackets cost more than milliseconds.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator import syntax
from generator.diagnostics import BIDI_CONTROLS, Diagnostic, Position, Related, Severity, quoted
from generator.waivers import Waiver, waivers

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, the same events
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

MAX_BYTES = 1_000_000
MAX_DEPTH = 16


class Scalar:
    """A piece of text.

    `style` is YAML's sign for how it was written, one of ' " | > or, when unquoted, nothing; `cut` when a comment
    follows so closely that it may be text; `folded` when it stands on several lines.
    """

    __slots__ = ("column", "cut", "folded", "line", "style", "value")

    def __init__(  # noqa: PLR0917 - made for every value of every file, and names cost
        self, value: str, line: int, column: int, style: str = "", cut: bool = False, folded: bool = False
    ) -> None:
        self.value = value
        self.line = line
        self.column = column
        self.style = style
        self.cut = cut
        self.folded = folded


class Sequence:
    """A list. `flow` when written in brackets."""

    __slots__ = ("column", "flow", "items", "line")

    def __init__(self, line: int, column: int, flow: bool) -> None:
        self.items: list[Node] = []
        self.line = line
        self.column = column
        self.flow = flow


class Mapping:
    """Keys and values in the order written; a key that is repeated is reported and kept once."""

    __slots__ = ("column", "flow", "line", "pairs")

    def __init__(self, line: int, column: int, flow: bool) -> None:
        self.pairs: dict[str, tuple[Scalar, Node]] = {}
        self.line = line
        self.column = column
        self.flow = flow


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file as read: its root mapping (None when it could not be read), what was wrong with it, what is waived."""

    path: str
    root: Mapping | None
    findings: tuple[Diagnostic, ...]
    waivers: tuple[Waiver, ...] = ()


class Unreadable(Exception):
    """Raised inside this module to stop at a problem after which nothing more can be read."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message)
        self.finding = finding


def load(file: Path, path: str, data: bytes | None = None) -> Document:
    """Read one file, or take the bytes of it that are at hand. `path` is how findings name it."""
    if data is not None:
        return parse(data, path)
    try:
        data = read_bytes(file, path)
    except Unreadable as problem:
        return Document(path=path, root=None, findings=(problem.finding,))
    return parse(data, path)


def read_bytes(file: Path, path: str, most: int = MAX_BYTES) -> bytes:
    """Give the bytes of a regular file; anything else (link, device, FIFO, too large) is refused."""
    start = Position(path, 1, 1)

    def refuse(message: str, remedy: str) -> Unreadable:
        return Unreadable(_finding("Y101", message, remedy, start, 0))

    try:
        # O_NOFOLLOW and O_NONBLOCK: a link out of the project or a FIFO must neither be followed nor wait.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if file.is_symlink():
            raise refuse(
                "An event file must be a regular file, and this is a symbolic link.",
                "Replace the link by the file itself.",
            ) from None
        raise refuse(f"The file cannot be read: {error.strerror}.", "Make it a readable regular file.") from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise refuse("An event file must be a regular file, and this is not one.", "Remove it from events/.")
        if status.st_size > most:
            message = f"A file may hold at most {most:,} bytes; this one has {status.st_size:,}."
            remedy = "Split it: one event a file, with sources that several events cite in events/sources/."
            raise Unreadable(_finding("Y102", message, remedy, start, 0))
        parts = []
        while part := os.read(
            handle, status.st_size + 1
        ):  # far cheaper than a file object for thousands of small files
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(handle)


def parse(data: bytes, path: str) -> Document:
    """Parse the bytes of one file."""
    findings: list[Diagnostic] = []
    try:
        text = decode(data, path)
        root = _Builder(path, text, findings).build()
    except Unreadable as problem:
        return Document(path=path, root=None, findings=(*findings, problem.finding))
    if not text.isascii() and (finding := _not_composed(text, path)):
        findings.append(finding)
    return Document(path=path, root=root, findings=tuple(findings), waivers=tuple(waivers(text, path)))


def _not_composed(text: str, path: str) -> Diagnostic | None:
    """Find the first text that is not in Unicode's composed form (NFC): it looks alike, and no search finds it."""
    if unicodedata.is_normalized("NFC", text):
        return None
    for number, line in enumerate(syntax.LINE_BREAK.split(text), start=1):
        for match in _CHARACTER.finditer(line):
            written = match[0]
            if unicodedata.is_normalized("NFC", written):
                continue
            codes = " ".join(f"U+{ord(char):04X}" for char in written)
            return Diagnostic(
                code="Y119",
                message=f"Text is in Unicode’s composed form (NFC); {quoted(written)} is written {codes}.",
                remedy="Type the character as one, or run “chronology check --fix”.",
                position=Position(path, number, match.start() + 1),
                length=len(written),
                severity=Severity.WARNING,
            )
    return None


# A letter with the marks behind it (the blocks of combining marks of European, Arabic, Hebrew and Indic scripts), or
# the parts of a Korean syllable.
_CHARACTER = re.compile(
    "[\u1100-\u11ff]+|[^\\W\\d_]?[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670\u093c\u09bc\u0a3c\u3099\u309a]+|[^\\x00-\\x7f]"
)


# C0 and C1 controls but tab, line feed and carriage return; the bidirectional controls; a BOM that is not first;
# the line and paragraph separators, which YAML would fold as line breaks.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u2028\u2029" + "".join(sorted(BIDI_CONTROLS)) + "]"
)


def decode(data: bytes, path: str) -> str:
    """Decode UTF-8 and refuse what no event file may contain, by code point and place."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        offset = max(0, data.find(b"\0", 0, 2))
        message = f"A file must be UTF-8; byte 0x{data[offset]:02X} at offset {offset} is a sign of UTF-16."
        raise Unreadable(_finding("Y103", message, "Save it as UTF-8.", Position(path, 1, 1), 0))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        message = (
            f"A file must be UTF-8; byte 0x{data[error.start]:02X} at offset {error.start:,} is not part of any "
            "UTF-8 character."
        )
        raise Unreadable(_finding("Y103", message, "Save it as UTF-8.", _position(path, before, len(before)))) from None
    text = text.removeprefix("\ufeff")
    if match := _FORBIDDEN.search(text):
        raise Unreadable(_forbidden(match[0], _position(path, text, match.start())))
    return text


def _position(path: str, text: str, index: int) -> Position:
    start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index))
    line = len(re.findall(r"\r\n|\r|\n", text[: start + 1]))
    return Position(path, line + 1, index - start)


def _finding(code: str, message: str, remedy: str, position: Position, length: int = 1) -> Diagnostic:
    return Diagnostic(code=code, message=message, remedy=remedy, position=position, length=length)


def _forbidden(char: str, position: Position, *, escaped: bool = False) -> Diagnostic:
    name = unicodedata.name(char, "control character").lower()
    how = ", written as an escape" if escaped else ""
    if char in BIDI_CONTROLS:
        message = f"Text may not hold bidirectional control characters; here is U+{ord(char):04X} ({name}){how}."
        remedy = "Delete it: the site sets each script in its own direction."
        return _finding("Y106", message, remedy, position)
    if char == "\ufeff":
        message = f"A byte order mark (U+FEFF) may stand only at the very start of a file{how}."
        return _finding("Y104", message, "Delete it; it is invisible in most editors.", position)
    message = f"Text may not hold control characters; here is U+{ord(char):04X} ({name}){how}."
    return _finding("Y105", message, "Delete it, or type the character that was meant.", position)


class _Builder:
    """Builds the tree of one file from libyaml's events."""

    def __init__(self, path: str, text: str, findings: list[Diagnostic]) -> None:
        self.path = path
        self.text = text
        self.may_be_cut = " #" in text or "\t#" in text
        self.lines: list[str] = []
        self.findings = findings

    def build(self) -> Mapping | None:
        parser = _Loader(self.text)
        try:
            return self._document(parser)
        except yaml.YAMLError as error:
            raise Unreadable(syntax.explain(error, self.path, self.text)) from None
        finally:
            parser.dispose()

    def at(self, mark: Any) -> Position:
        return Position(self.path, mark.line + 1, mark.column + 1)

    def line(self, mark: Any) -> str:
        self.lines = self.lines or syntax.LINE_BREAK.split(self.text)
        return str(self.lines[mark.line])

    def _document(self, parser: _Loader) -> Mapping | None:
        parser.get_event()  # stream start
        # libyaml's events are loosely typed by the stubs; their kinds are told apart below.
        event: Any = parser.get_event()
        if isinstance(event, yaml.StreamEndEvent):
            remedy = "Write the fields, or delete the file."
            raise Unreadable(_finding("Y109", "The file is empty.", remedy, Position(self.path, 1, 1), 0))
        root = self._tree(parser)
        parser.get_event()  # document end
        event = parser.get_event()
        if isinstance(event, yaml.DocumentStartEvent):
            message = "A file holds one document; a second one starts here with “---”."
            raise Unreadable(
                _finding("Y110", message, "Put each event into a file of its own.", self.at(event.start_mark), 3)
            )
        if isinstance(root, Mapping):
            return root
        if isinstance(root, Scalar) and not root.value and not root.style:
            remedy = "Write the fields, or delete the file."
            raise Unreadable(_finding("Y109", "The file is empty.", remedy, Position(self.path, 1, 1), 0))
        found = "a list" if isinstance(root, Sequence) else "a piece of text"
        message = f"A file must be “key: value” fields at its top; this one is {found}."
        where = Position(self.path, root.line, root.column) if root else Position(self.path, 1, 1)
        raise Unreadable(_finding("Y111", message, "Start with a line such as “title: …”.", where))

    def _tree(self, parser: _Loader) -> Node | None:
        """Read one node and all below it with an explicit stack: depth in the file is no depth in Python."""
        stack: list[tuple[Mapping | Sequence, list[Scalar | None]]] = []
        root: Node | None = None
        next_event = parser.get_event
        while True:
            event: Any = next_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                node: Node = self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._refuse_decorations(event)
                mark = event.start_mark
                shape = Mapping if kind is yaml.MappingStartEvent else Sequence
                node = shape(mark.line + 1, mark.column + 1, bool(event.flow_style))
                if stack:
                    self._place(stack[-1], node)
                else:
                    root = node
                stack.append((node, [None]))
                if len(stack) > MAX_DEPTH:
                    message = f"Fields may be nested at most {MAX_DEPTH} deep."
                    remedy = "Look for brackets or indentation that should not be there."
                    raise Unreadable(_finding("Y116", message, remedy, self.at(mark)))
                continue
            elif kind is yaml.AliasEvent:
                raise self._decoration(
                    event.start_mark,
                    "Y113",
                    "Aliases",
                    "Write the value out, or quote the text if the asterisk is part of it.",
                )
            else:  # the end of a mapping or sequence
                stack.pop()
                if not stack:
                    return root
                continue
            if not stack:
                return node
            self._place(stack[-1], node)

    def _place(self, frame: tuple[Mapping | Sequence, list[Scalar | None]], node: Node) -> None:
        parent, pending = frame
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = pending[0]
        if key is None:
            if not isinstance(node, Scalar):
                where = Position(self.path, node.line, node.column)
                message = "A key must be a word; here a list or a group of fields stands in its place."
                raise Unreadable(_finding("Y108", message, "Quote the text if it is meant as text.", where))
            pending[0] = node
            return
        pending[0] = None
        if not key.style and key.value == "<<":
            message = "Merge keys (“<<”) are not used in event files."
            where = Position(self.path, key.line, key.column)
            raise Unreadable(_finding("Y115", message, "Write the fields out.", where, 2))
        name = key.value if key.value.isascii() else unicodedata.normalize("NFKC", key.value)
        if (first := parent.pairs.get(name)) is not None:
            where = Position(self.path, first[0].line, first[0].column)
            same = "was first given" if first[0].value == key.value else f"is another spelling of {quoted(name)}, given"
            message = f"A key may be given once; {quoted(key.value)} {same} on line {where.line}."
            finding = Diagnostic(
                code="Y112",
                message=message,
                remedy="Keep one of the two, or join their values into a list where the field takes one.",
                position=Position(self.path, key.line, key.column),
                length=len(key.value),
                related=(Related(where, "first given here"),),
            )
            self.findings.append(finding)
            return
        parent.pairs[name] = (key, node)

    def _scalar(self, event: Any) -> Scalar:
        if event.anchor is not None or event.tag:
            self._refuse_decorations(event)
        mark, value = event.start_mark, event.value
        style = "" if event.implicit[0] else event.style
        if style and not value.isprintable() and (match := _FORBIDDEN.search(value)):
            raise Unreadable(_forbidden(match[0], self.at(mark), escaped=True))
        cut = self.may_be_cut and not style and bool(value) and self._is_cut(event.end_mark)
        return Scalar(value, mark.line + 1, mark.column + 1, style, cut, event.end_mark.line != mark.line)

    def _is_cut(self, end: Any) -> bool:
        return bool(_CUT.match(self.line(end), end.column))

    def _refuse_decorations(self, event: Any) -> None:
        if event.anchor is not None:
            remedy = "Delete the anchor, or quote the text if the ampersand is part of it."
            raise self._decoration(event.start_mark, "Y113", "Anchors", remedy)
        if event.tag:
            remedy = "Delete the tag, or quote the text if the exclamation mark is part of it."
            raise self._decoration(event.start_mark, "Y114", "Tags", remedy)

    def _decoration(self, mark: Any, code: str, what: str, remedy: str) -> Unreadable:
        word = re.split(r"[\s,\[\]{}]", self.line(mark)[mark.column :], maxsplit=1)[0]
        message = f"{what} are not used in event files: {quoted(word)}."
        return Unreadable(_finding(code, message, remedy, self.at(mark), max(1, len(word))))


# A comment that starts "#word" or "# 3" right after unquoted text is more likely part of that text.
_CUT = re.compile(r"[ \t]+#(?:[^\s#]| ?\d)")
