"""Findings as text for people: place, message, the line with a caret, the remedy; and a closing line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import click

from generator.diagnostics import Diagnostic, Position, Severity, visible

ReadLines = Callable[[str], list[str]]
"""Gives the lines of a file by the path that findings name; none when it cannot be read."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
_WIDTH = 100


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


def describe(findings: Iterable[Diagnostic], lines: ReadLines, *, colour: bool = False) -> Iterator[str]:
    """Give each finding as a block of lines without a closing newline; `colour` adds ANSI styles."""

    def style(text: str, **how: object) -> str:
        return click.style(text, **how) if colour else text  # type: ignore[arg-type]

    for finding in findings:
        tone = _COLOURS[finding.severity]
        level = "" if finding.severity is Severity.ERROR else f"{finding.severity.value}: "
        head = f"{style(_shown(str(finding.position)), bold=True)}: {style(finding.code, fg=tone)} {level}"
        block = [head + _shown(finding.message)]
        block += _frame(finding.position, finding.length, lines, partial(style, fg=tone))
        for position, message in finding.related:
            block.append(f"  {_shown(str(position))}: {_shown(message)}")
            block += _frame(position, 1, lines, partial(style, dim=True))
        if finding.remedy:
            block.append(f"  {style('→', fg='green')} {_shown(finding.remedy)}")
        yield "\n".join(block)


def summary(findings: Iterable[Diagnostic], files: int, events: int, seconds: float | None = None) -> str:
    """Give the closing line: what was checked and how much was found."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    found = [_count(number, severity.value) for severity, number in counts.items() if number]
    took = f" in {seconds:.1f} s" if seconds is not None else ""
    checked = f"{_count(files, 'file')} with {_count(events, 'event')} checked{took}"
    return f"{checked}: {', '.join(found) or 'no problem found'}."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _shown(text: str) -> str:
    """Make text safe for a terminal: no control character passes."""
    return "".join(visible(char) for char in text)


def _frame(position: Position, length: int, lines: ReadLines, style: Callable[[str], str]) -> list[str]:
    """Give the line with carets below it; nothing where the file as a whole is meant (length 0) or has no such line."""
    if not length:
        return []
    content = lines(position.path)
    if position.line > len(content) or not any(content):
        return []
    line, start = content[position.line - 1], position.column - 1
    first = max(0, start - _WIDTH * 2 // 3)
    cut = line[first : first + _WIDTH]
    before, marked = cut[: start - first], cut[start - first : start - first + length]
    gutter = f"{position.line:>5}"
    carets = style("^" * max(1, _columns(marked)))
    return [f"{gutter} | {_line(cut)}".rstrip(), f"{' ' * len(gutter)} | {' ' * _columns(before)}{carets}"]


def _line(text: str) -> str:
    """Give a line of a file as it is shown: a tab as one blank."""
    return "".join(" " if char == "\t" else visible(char) for char in text)


def _columns(text: str) -> int:
    """Count the columns of a terminal that a shown text takes: East Asian characters take two, marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in _line(text)
    )
