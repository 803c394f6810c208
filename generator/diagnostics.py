"""What a stage found wrong, and where: plain frozen values, no I/O.

A stage yields findings; it never prints, raises or counts them. `report.py` turns them into text.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple


class Severity(enum.Enum):
    """How a finding counts: an error makes the check fail, a warning and a hint do not."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Position(NamedTuple):
    """A place in a file. `path` is relative to the project; `line` and `column` count characters from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Related(NamedTuple):
    """A second place that a finding refers to, and why ("first given here")."""

    position: Position
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding.

    `message` states the requirement and quotes the value; `remedy` says what to do about it. `length` is the
    number of characters to underline from `position`, 0 where the file as a whole is meant. `fix` is what to write
    in place of the underlined characters, where that is beyond doubt.
    """

    code: str
    message: str
    position: Position
    remedy: str = ""
    severity: Severity = Severity.ERROR
    length: int = 1
    related: tuple[Related, ...] = ()
    fix: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order in a report: by file, then place, then code."""
        return (*self.position, self.code, self.message)


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding makes a check fail."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def quoted(text: str, limit: int = 60) -> str:
    """Quote a contributor's text for a message: one line, printable, at most `limit` characters."""
    shown = "".join(visible(char) for char in text[: limit + 1])
    return f"“{shown[:limit]}…”" if len(text) > limit else f"“{shown}”"


def visible(char: str) -> str:
    """Give a character as it may be printed: controls and bidirectional marks become U+XXXX."""
    if char == " " or (char.isprintable() and char not in BIDI_CONTROLS):
        return char
    return f"U+{ord(char):04X}"


BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of the text around them (Unicode UAX #9)."""


def did_you_mean(word: str, known: Iterable[str], fallback: str = "") -> str:
    """Suggest the nearest known word, or say `fallback` when none is near."""
    choices = {choice.casefold(): choice for choice in known}
    near = get_close_matches(word.casefold().replace(" ", "-").replace("_", "-"), choices, n=1, cutoff=0.6)
    near = near or get_close_matches(word.casefold(), choices, n=1, cutoff=0.6)
    return f"Did you mean “{choices[near[0]]}”?" if near else fallback


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule yields: a diagnostic without code and severity, which the runner stamps."""

    message: str
    position: Position
    remedy: str = ""
    length: int = 1
    related: tuple[Related, ...] = ()
    fix: str | None = None
