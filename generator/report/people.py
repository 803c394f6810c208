"""For people: place, message, the line with a caret, the remedy; what the codes mean; and a closing line."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import click

from generator.codes import explanations
from generator.diagnostics import Diagnostic, Position, Severity, visible
from generator.report.findings import ReadLines, Report, count, shown

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
_WIDTH = 100


LIMIT = 20
"""How many findings of one code are shown in full for one file."""


def render(report: Report) -> Iterator[str]:
    """Give the whole report, block by block."""
    told: dict[tuple[str, str], int] = {}
    for finding in report.findings:
        key = (finding.position.path, finding.code)
        told[key] = told.get(key, 0) + 1
        if told[key] <= LIMIT:
            yield from (f"{block}\n" for block in describe([finding], report.lines, colour=report.colour))
    for (path, code), number in told.items():
        if number > LIMIT:
            yield f"{shown(path)}: {count(number - LIMIT, 'more finding')} of {code} there.\n"
    if report.findings:
        yield _legend(report) + "\n"
    yield summary(
        report.findings,
        report.files,
        report.events,
        report.seconds,
        waived=report.waived,
        hidden=report.hidden,
    )


def _legend(report: Report) -> str:
    """Say where each code is explained."""
    known = explanations()
    codes = sorted({finding.code for finding in report.findings})
    lines = [f"“chronology explain {codes[0]}” says more" + (", and so on:" if len(codes) > 1 else ":")]
    for code in codes:
        address = f"  {report.help_of(code)}" if report.help_of(code) else ""
        lines.append(f"  {code} {known[code].name if code in known else ''}{address}")
    return "\n".join(lines)


def describe(findings: Iterable[Diagnostic], lines: ReadLines, *, colour: bool = False) -> Iterator[str]:
    """Give each finding as a block of lines without a closing newline; `colour` adds ANSI styles."""

    def style(text: str, **how: object) -> str:
        return click.style(text, **how) if colour else text  # type: ignore[arg-type]

    for finding in findings:
        tone = _COLOURS[finding.severity]
        level = "" if finding.severity is Severity.ERROR else f"{finding.severity.value}: "
        head = f"{style(shown(str(finding.position)), bold=True)}: {style(finding.code, fg=tone)} {level}"
        block = [head + shown(finding.message)]
        block += _frame(finding.position, finding.length, lines, partial(style, fg=tone))
        for position, message in finding.related:
            block.append(f"  {shown(str(position))}: {shown(message)}")
            block += _frame(position, 1, lines, partial(style, dim=True))
        if finding.remedy:
            block.append(f"  {style('→', fg='green')} {shown(finding.remedy)}")
        yield "\n".join(block)


def summary(
    findings: Iterable[Diagnostic],
    files: int,
    events: int,
    seconds: float | None = None,
    *,
    waived: int = 0,
    hidden: Iterable[str] = (),
) -> str:
    """Give the closing line: what was checked, how much was found, waived and left unshown."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    found = [count(number, severity.value) for severity, number in counts.items() if number]
    took = f" in {seconds:.1f} s" if seconds is not None else ""
    rest = [f"{waived:,} waived"] if waived else []
    tail = "".join(f"; {part}" for part in (*rest, *hidden))
    checked = f"{count(files, 'file')} with {count(events, 'event')} checked{took}"
    return f"{checked}: {', '.join(found) or 'no problem found'}{tail}."


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
