"""What a report is made from, and what its forms share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from generator.diagnostics import Diagnostic, visible

ReadLines = Callable[[str], list[str]]
"""Gives the lines of a file by the path that findings name; none when it cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The findings to show, in order, and what was counted.

    `hidden` says in words what is left out; `changed` names the files of a pull request, None where that is not
    known; `site` is the address of the published site, empty where it has none.
    """

    findings: tuple[Diagnostic, ...]
    files: int
    events: int
    seconds: float
    lines: ReadLines
    waived: int = 0
    hidden: tuple[str, ...] = ()
    changed: frozenset[str] | None = None
    site: str = ""
    colour: bool = False
    version: str = field(default="")

    def help_of(self, code: str) -> str:
        """Give the address of the page that explains a code; empty without a site."""
        return f"{self.site.rstrip('/')}/contribute/rules/{code.lower()}/" if self.site else ""


def reader_of(base: Path) -> ReadLines:
    """Give a reader of lines for files below `base`; each file is read once."""
    cache: dict[str, list[str]] = {}

    def lines(path: str) -> list[str]:
        if path not in cache:
            file = base / path
            readable = file.is_file() and not file.is_symlink() and file.stat().st_size <= 1_000_000
            text = file.read_bytes().decode("utf-8", errors="replace") if readable else ""
            cache[path] = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
        return cache[path]

    return lines


def count(number: int, noun: str) -> str:
    """Give “1 file”, “1,204 files”."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def shown(text: str) -> str:
    """Make text safe for a terminal and for one line: no control character passes."""
    return "".join(visible(char) for char in text)


def end_column(finding: Diagnostic) -> int:
    """Give the column behind the last character that a finding underlines."""
    return finding.position.column + max(1, finding.length)
