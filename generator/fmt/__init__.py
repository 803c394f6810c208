"""The one layout of event files, and the proof that nothing but layout changes.

The order of the fields is that of the schema; two blanks a level; lists of ids in brackets; texts unquoted where that
is safe, and folded where they are long. Comments and the blank lines between entries stay.
"""

from __future__ import annotations

import re
from collections import Counter

from generator.comments import comments
from generator.corpus import FOLDERS, SETTINGS_FILE, YEAR_FOLDER
from generator.diagnostics import Diagnostic, Position, Severity, quoted
from generator.fmt.entries import annotate
from generator.fmt.layout import Layout
from generator.fmt.scalars import meaning
from generator.schema import RECORDS
from generator.source import Mapping, Node, Scalar, Sequence, Unreadable, decode, parse
from generator.waivers import waivers


class Unformattable(Exception):
    """Raised with a finding when a file cannot be read, or cannot be laid out without changing what it says."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message)
        self.finding = finding


def kind_of_path(relative: str) -> str | None:
    """Give the kind of file by its path below the folder of event files; None for redirects and others."""
    if relative == SETTINGS_FILE:
        return "chronology"
    folder = relative.rpartition("/")[0]
    return "event" if YEAR_FOLDER.match(folder) else FOLDERS.get(folder)


def formatted(data: bytes, path: str, kind: str | None) -> str:
    """Give the text of a file in the one layout; `kind` is a key of RECORDS, or None to keep the order of the keys.

    Raises Unformattable with the first problem of a file that cannot be read, or when the proof fails: read back, the
    result must hold the same keys, values, comments and waivers, and be its own layout.
    """
    try:
        text = decode(data, path)
    except Unreadable as problem:
        raise Unformattable(problem.finding) from None
    document = parse(data, path)
    errors = [finding for finding in document.findings if finding.severity is Severity.ERROR]
    if document.root is None or errors:
        raise Unformattable(errors[0])
    result = _laid_out(text, document.root, kind)
    again = parse(result.encode(), path)
    if again.root is None or (difference := _difference(text, document.root, result, again.root)):
        raise Unformattable(_refusal(path, difference if again.root is not None else "it could not be read back"))
    if _laid_out(result, again.root, kind) != result:
        raise Unformattable(_refusal(path, "laid out twice, it would change again"))
    return result


def _laid_out(text: str, root: Mapping, kind: str | None) -> str:
    lines = re.split(r"\r\n|\r|\n", text)
    layout = Layout(annotate(root, comments(text), [*lines, ""]))
    return "\n".join(line.rstrip() for line in layout.file(root, RECORDS[kind] if kind else None)) + "\n"


def _difference(before: str, root: Mapping, after: str, again: Mapping) -> str:
    """Say what a new layout has changed; empty when it has changed nothing else."""
    if (place := _differing(root, again)) is not None:
        return f"the text at {quoted(place)} would change" if place else "a field would be lost"
    told, kept = (Counter(comment.text for comment in comments(version)) for version in (before, after))
    if told != kept:
        return f"the comment {quoted(next(iter((told - kept) or (kept - told))))} would be lost or doubled"
    if _waived(before) != _waived(after):
        return "a waiver would speak of another line"
    return ""


def _differing(one: Node, two: Node) -> str | None:
    """Give the first text or key at which two trees differ, the order of keys aside; None when they do not."""
    stack: list[tuple[Node, Node, str]] = [(one, two, "")]
    while stack:
        left, right, name = stack.pop()
        if isinstance(left, Scalar) and isinstance(right, Scalar):
            if meaning(left) != meaning(right):
                return name or left.value
        elif isinstance(left, Sequence) and isinstance(right, Sequence) and len(left.items) == len(right.items):
            stack += [(a, b, name) for a, b in zip(left.items, right.items, strict=True)]
        elif isinstance(left, Mapping) and isinstance(right, Mapping) and left.pairs.keys() == right.pairs.keys():
            for key, (key_node, value) in left.pairs.items():
                stack += [(value, right.pairs[key][1], key), (key_node, right.pairs[key][0], key)]
        else:
            return name
    return None


def _waived(text: str) -> Counter[tuple[str, str, str]]:
    """Give each waiver with the first word of the line that it speaks of."""
    lines = re.split(r"\r\n|\r|\n", text)
    words = (
        (waiver.code, waiver.reason, re.search(r"[^\s{\[\"'-][^\s:,]*", lines[waiver.line - 1]))
        for waiver in waivers(text, "")
    )
    return Counter((code, reason, word[0] if word else "") for code, reason, word in words)


def _refusal(path: str, why: str) -> Diagnostic:
    return Diagnostic(
        code="F101",
        message=f"A layout changes nothing else; in this file {why}, so it is left as it is.",
        remedy="Move comments out of the middle of values, or lay this file out by hand.",
        position=Position(path, 1, 1),
        length=0,
    )


__all__ = ["Unformattable", "formatted", "kind_of_path"]
