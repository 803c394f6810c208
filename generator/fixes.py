"""Mends what is mechanical: renamed ids, codes, blanks at the ends of a text, Unicode form, and the layout.

Each file is mended in memory and proved before it is written: read back, it must say what it said, but for the
values that were to change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import fmt, putting
from generator.diagnostics import Diagnostic
from generator.source import Mapping, Node, Scalar, Sequence, Unreadable, decode, parse, read_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """One file that was written anew, and how many findings that settled."""

    path: str
    settled: int


def mend(root: Path, name: str, findings: Iterable[Diagnostic], paths: Iterable[str]) -> Iterator[Mended]:
    """Mend the files `paths` (relative to the folder `root`, which findings name `name`), and yield those changed.

    A file that cannot be read, that a symbolic link leads to, or for which the proof fails, is left as it is: its
    findings stay.
    """
    by_path: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        if finding.fix is not None or finding.code == "Y119":
            by_path.setdefault(finding.position.path, []).append(finding)
    for relative in paths:
        path = f"{name}/{relative}"
        try:
            putting.refuse_links(root / relative, root)
            data = read_bytes(root / relative, path)
            text = decode(data, path)
        except (putting.Linked, Unreadable):
            continue
        mended = _mended(text, by_path.get(path, []), path)
        try:
            written = fmt.formatted(mended.encode(), path, fmt.kind_of_path(relative))
        except fmt.Unformattable:
            written = mended
        if written.encode() != data:
            putting.replace(root / relative, written.encode(), root)
            yield Mended(path=path, settled=len(by_path.get(path, [])) if mended != text else 0)


def _mended(text: str, findings: list[Diagnostic], path: str) -> str:
    """Write each fix in its place; give the text unchanged where the proof fails."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    done = 0
    for finding in sorted(findings, key=lambda finding: finding.sort_key, reverse=True):
        if finding.fix is None:
            continue
        line = lines[finding.position.line - 1]
        start = finding.position.column - 1
        start += line[start : start + 1] in ('"', "'")
        end = start + finding.length
        lines[finding.position.line - 1] = line[:start] + finding.fix + line[end:]
        done += 1
    result = "".join(lines)
    if done and not _differs_only(text, result, [str(finding.fix) for finding in findings if finding.fix is not None]):
        result = text
    composed = unicodedata.normalize("NFC", result)
    before, after = (leaves(parse(version.encode(), path).root) for version in (result, composed))
    return composed if [unicodedata.normalize("NFC", leaf) for leaf in before] == after else result


def _differs_only(before: str, after: str, fixes: list[str]) -> bool:
    """Tell whether both read alike but for as many values as were mended, each now being its fix."""
    old, new = leaves(parse(before.encode(), "").root), leaves(parse(after.encode(), "").root)
    changed = [now for was, now in zip(old, new, strict=False) if was != now]
    return len(old) == len(new) and sorted(changed) == sorted(fixes)


def leaves(node: Node | None) -> list[str]:
    """Give every key and value of a tree, in the order written."""
    found: list[str] = []
    stack: list[Node | None] = [node]
    while stack:
        here = stack.pop()
        if isinstance(here, Scalar):
            found.append(here.value)
        elif isinstance(here, Sequence):
            stack += reversed(here.items)
        elif isinstance(here, Mapping):
            for key, value in reversed(here.pairs.values()):
                stack += [value, key]
    return found
