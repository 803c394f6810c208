"""What a published chronology promised and this one no longer keeps: ids, redirects, and the number of its events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator import git
from generator.corpus import FOLDERS, REDIRECTS_FILE, YEAR_FOLDER
from generator.diagnostics import Diagnostic, Position, did_you_mean, quoted
from generator.source import Mapping as Group
from generator.source import Scalar, load, parse

KINDS = ("event", "actor", "place", "topic")
"""What has a page of its own, and so an address to keep."""

Ids = dict[str, dict[str, str]]
"""By kind, each id and the file it stands in, relative to the folder of event files."""


def compare(root: Path, name: str, state: str, max_drop: float) -> Iterator[Diagnostic]:
    """Yield what the folder `root`, which findings name `name`, lacks of a published state.

    `max_drop` is the share of events (0 to 1) that may be missing. Raises git.GitError when git does not know the
    state.
    """
    before = _ids(git.files(root, state))
    now = _ids([path.relative_to(root).as_posix() for path in root.glob("*/*.yml")])
    led_before = _redirects(_published_redirects(root, state))
    led_now = _redirects(load(root / REDIRECTS_FILE, REDIRECTS_FILE).root if (root / REDIRECTS_FILE).exists() else None)
    for kind in KINDS:
        added = now[kind].keys() - before[kind].keys()
        for old, path in before[kind].items():
            if old not in now[kind] and old not in led_now[kind]:
                yield _gone(kind, old, f"{name}/{path}", added)
        for old, new in led_before[kind].items():
            if old not in now[kind] and old not in led_now[kind]:
                yield Diagnostic(
                    code="P502",
                    message=f"A published redirect stays; that of {quoted(old)} is gone.",
                    remedy=f"Put “{old}: {new}” back.",
                    position=Position(f"{name}/{REDIRECTS_FILE}", 1, 1),
                    length=0,
                )
    lost = len(before["event"]) - len(now["event"])
    if lost > max_drop * len(before["event"]):
        yield Diagnostic(
            code="P503",
            message=f"Events do not vanish: {state} has {len(before['event']):,} events, here are "
            f"{len(now['event']):,}, a drop of more than {max_drop:.0%}.",
            remedy="See whether files were lost; if they were merged on purpose, allow it with --max-drop.",
            position=Position(name, 1, 1),
            length=0,
        )


def _gone(kind: str, old: str, path: str, added: set[str]) -> Diagnostic:
    near = did_you_mean(old, sorted(added)) if len(added) <= 1000 else ""
    group = "" if kind == "event" else f" below “{kind}s:”"
    return Diagnostic(
        code="P501",
        message=f"A published id stays valid; the {kind} {quoted(old)} is gone, and no redirect leads from it.",
        remedy=f"Put the file back, or write “{old}: its-successor” into {REDIRECTS_FILE}{group}. {near}".strip(),
        position=Position(path, 1, 1),
        length=0,
    )


def _ids(paths: list[str]) -> Ids:
    found: Ids = {kind: {} for kind in (*KINDS, "source")}
    for path in paths:
        folder, _, file = path.partition("/")
        kind = "event" if YEAR_FOLDER.match(folder) else FOLDERS.get(folder)
        if kind and file.endswith(".yml") and "/" not in file:
            found[kind][file.removesuffix(".yml")] = path
    return found


def _published_redirects(root: Path, state: str) -> Group | None:
    try:
        return parse(git.content(root, state, REDIRECTS_FILE), REDIRECTS_FILE).root
    except git.GitError:
        return None  # it had none


def _redirects(root: Group | None) -> Mapping[str, dict[str, str]]:
    """Give retired ids and successors by kind, as far as the file can be read."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in (*KINDS, "source")}
    for key, (_, value) in root.pairs.items() if root else ():
        if isinstance(value, Scalar):
            found["event"][key] = value.value
        elif isinstance(value, Group) and key in FOLDERS:
            pairs = value.pairs.items()
            found[FOLDERS[key]] |= {old: new.value for old, (_, new) in pairs if isinstance(new, Scalar)}
    return found
