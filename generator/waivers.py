"""Comments that waive a finding: `# allow: CODE reason`, on the line of the finding or alone on the line above it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from generator.comments import comments
from generator.diagnostics import Diagnostic, Position, Severity, quoted

MARK = "allow"
_ANY = re.compile(rf"#+\s*{MARK}\b", re.IGNORECASE)
_FORM = re.compile(rf"#\s*{MARK}:\s*(?P<codes>[A-Z]\d{{3}}(?:\s*,\s*[A-Z]\d{{3}})*)\s*[:–—-]?\s*(?P<reason>.*)\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """One code that a comment waives. `line` is the line that it speaks of; `position` where the comment stands."""

    code: str
    reason: str
    line: int
    position: Position
    length: int


def waivers(text: str, path: str) -> list[Waiver]:
    """Give the waivers in the text of a readable file; one that names no code has an empty one."""
    if MARK not in text.lower():
        return []
    lines = re.split(r"\r\n|\r|\n", text)
    found = []
    for comment in comments(text):
        if not _ANY.match(comment.text):
            continue
        match = _FORM.match(comment.text)
        below = range(comment.line, len(lines)) if comment.alone else ()
        # Comments and blank lines between the waiver and what it speaks of do not count.
        line = next((n + 1 for n in below if lines[n].strip() and not lines[n].lstrip().startswith("#")), comment.line)
        found += [
            Waiver(
                code=code,
                reason=match["reason"].strip() if match else "",
                line=line,
                position=Position(path, comment.line, comment.column),
                length=len(comment.text),
            )
            for code in (re.findall(r"[A-Z]\d{3}", match["codes"]) if match else [""])
        ]
    return found


def apply(
    findings: Iterable[Diagnostic], given: Sequence[Waiver], waivable: Collection[str], known: Collection[str]
) -> tuple[list[Diagnostic], int]:
    """Take out what is waived and add what is wrong with the waivers; also give how many findings were waived."""
    by_place: dict[tuple[str, int, str], Waiver] = {}
    for waiver in given:
        if waiver.reason and waiver.code in waivable:
            by_place.setdefault((waiver.position.path, waiver.line, waiver.code), waiver)
    kept, used = [], set()
    waived = 0
    for finding in findings:
        waived_by = by_place.get((finding.position.path, finding.position.line, finding.code))
        if waived_by is None:
            kept.append(finding)
        else:
            used.add(waived_by)
            waived += 1
    return kept + [problem for waiver in given if (problem := _problem(waiver, used, waivable, known))], waived


def _problem(
    waiver: Waiver, used: Collection[Waiver], waivable: Collection[str], known: Collection[str]
) -> Diagnostic | None:
    if not waiver.code:
        message = f"A waiver is written “# {MARK}: CODE reason”; this one names no code."
        return _finding(waiver, "W101", message, f"Write for example “# {MARK}: R404 no second report was found”.")
    if waiver.code not in known:
        message = f"There is no code {quoted(waiver.code)}."
        return _finding(waiver, "W101", message, "Give the code as the check prints it.")
    if waiver.code not in waivable:
        message = f"{waiver.code} cannot be waived: the site cannot be made, or would mislead, while it stands."
        return _finding(waiver, "W102", message, "Mend what it reports, and delete the waiver.")
    if not waiver.reason:
        message = f"A waiver says why: {waiver.code} is waived here without a reason."
        return _finding(waiver, "W103", message, f"Add the reason after the code: “# {MARK}: {waiver.code} …”.")
    if waiver not in used:
        message = f"{waiver.code} is waived here, and nothing on line {waiver.line} is reported under it."
        return _finding(waiver, "W104", message, "Delete the waiver, or move it to the line that it speaks of.")
    return None


def _finding(waiver: Waiver, code: str, message: str, remedy: str) -> Diagnostic:
    severity = Severity.WARNING if code == "W104" else Severity.ERROR
    return Diagnostic(
        code=code,
        message=message,
        remedy=remedy,
        position=waiver.position,
        length=waiver.length,
        severity=severity,
    )
