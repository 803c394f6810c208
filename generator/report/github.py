"""Annotations for GitHub Actions, and the table of the job summary.

GitHub shows ten annotations of a kind in a step and drops the rest in silence. So at most ten are given, those in
changed files first, the tenth saying how many more there are; the table in the summary holds all of them.
Commands are written as the toolkit of GitHub Actions escapes them: “%”, line breaks, and in properties “:” and “,”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Severity
from generator.report.findings import Report, count, end_column, shown
from generator.report.people import summary

LIMIT = 10
"""How many annotations of a kind GitHub shows in a step."""

SUMMARY_LIMIT = 900_000
"""How many bytes of the summary are filled: GitHub refuses one of more than a mebibyte."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def render(report: Report) -> Iterator[str]:
    """Give the annotations, then the closing line, as a workflow’s log shows them."""
    for severity, command in _COMMANDS.items():
        found = [finding for finding in report.findings if finding.severity is severity]
        found.sort(key=lambda finding: not _is_changed(finding, report))
        told = found if len(found) <= LIMIT else found[: LIMIT - 1]
        for finding in told:
            yield _annotation(command, finding)
        if len(told) < len(found):
            rest = count(len(found) - len(told), f"more {severity.value}")
            yield f"::{command} title=chronology check::{_data(f'{rest}: all are in the summary of this job.')}"
    closing = summary(
        report.findings, report.files, report.events, report.seconds, waived=report.waived, hidden=report.hidden
    )
    yield _line(closing)


def job_summary(report: Report) -> str:
    """Give all findings as a Markdown table, for the file that $GITHUB_STEP_SUMMARY names."""
    closing = summary(
        report.findings, report.files, report.events, report.seconds, waived=report.waived, hidden=report.hidden
    )
    lines = ["### Check of the event files", "", as_text(closing), ""]
    if report.findings:
        lines += ["| | where | what | what to do |", "| --- | --- | --- | --- |"]
    size = sum(len(line.encode()) + 1 for line in lines)
    found = sorted(report.findings, key=lambda finding: not _is_changed(finding, report))
    for number, finding in enumerate(found):
        code = as_text(finding.code)
        code = f"[{code}]({report.help_of(finding.code)})" if report.help_of(finding.code) else code
        place = f"{as_text(str(finding.position))}{'' if _is_changed(finding, report) else ' (not changed here)'}"
        row = f"| {finding.severity.value} {code} | {place} | {as_text(finding.message)} | {as_text(finding.remedy)} |"
        size += len(row.encode()) + 1
        if size > SUMMARY_LIMIT:
            lines += ["", f"{count(len(found) - number, 'more finding')} did not fit: run “chronology check”."]
            break
        lines.append(row)
    return "\n".join(lines) + "\n"


def _is_changed(finding: Diagnostic, report: Report) -> bool:
    return report.changed is None or finding.position.path in report.changed


def _annotation(command: str, finding: Diagnostic) -> str:
    properties = {"file": finding.position.path, "line": finding.position.line}
    if finding.length:
        properties |= {"col": finding.position.column, "endColumn": end_column(finding) - 1}
    properties["title"] = finding.code
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{command} {written}::{_data(f'{finding.message} {finding.remedy}'.strip())}"


def _data(text: str) -> str:
    return shown(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _line(text: str) -> str:
    """Give a line that the runner takes for no command, whatever it holds."""
    return re.sub(r"^(\s*)(::|##)", "\\1\u200b\\2", shown(text))


def as_text(text: str) -> str:
    """Give text as Markdown, for a table’s cell too, that shows just it: no markup, no HTML, no mention."""
    return re.sub(r"[\\`*_{}\[\]<>&|~#@!$^=]|:(?=//)|(?<=www)\.", lambda match: f"&#{ord(match[0])};", shown(text))
