"""When each event file was added, corrected and removed, as git knows it: the record's own dates, never the event's.

The record is what stood on the branch itself, whose readers saw what a merge brought when it was merged.

A correction is a change of what a file says: a commit that changes layout or comments alone is none. What two versions
of a file differ in is kept in the user's cache folder, by the names that git gives to their bytes.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator import cache, git
from generator.corpus import FOLDERS, YEAR_FOLDER
from generator.packing import packs_quickly
from generator.source import Mapping as Group
from generator.source import Node, Scalar, parse
from generator.source import Sequence as List

SHORT = ("title", "name", "date", "type", "status", "standing")
"""Fields short enough for a history to say what they were."""


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """When a file was added and last changed, how often it was corrected after that, and in which fields last."""

    added: datetime.datetime
    changed: datetime.datetime
    corrections: int
    fields: tuple[str, ...] = ()


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a commit did to a record: `way` is added, corrected or removed.

    `fields` are those that a correction changed, `values` what short ones of them were before and after ("" for
    nothing); `title` is what a removed record was called. The moment is in UTC.
    """

    moment: datetime.datetime
    path: str
    kind: str
    id: str
    way: str
    fields: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The records of files, by path below the folder of event files, and all that was done to them, newest first.

    `whole` is false where git's own history is cut short or there is none, `shallow` where it is cut short.
    """

    records: Mapping[str, Record] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    whole: bool = True
    shallow: bool = False


def read(folder: Path, until: str = "HEAD") -> History:
    """Read the history of a folder up to a commit; without git, outside of a repository, or in a shallow clone, none.

    A shallow clone would date every record to its first commit, which is worse than saying nothing.
    """
    try:
        if git.is_shallow(folder):
            return History(whole=False, shallow=True)
        log = [(moment, list(filter(_named, changes))) for moment, changes in git.log(folder, until)]
        differences = _differences(folder, [change for _, changes in log for change in changes])
    except git.GitError:
        return History(whole=False)
    entries = tuple(
        entry for moment, changes in log for change in changes if (entry := _entry(moment, change, differences))
    )
    return History(records=_records(entries), entries=entries)


Said = dict[str, tuple[str, str]]
"""What two versions differ in: by field, what it was and what it is; "" where that is nothing or long."""


def _entry(moment: datetime.datetime, change: git.Change, differences: Mapping[str, Said]) -> Entry | None:
    kind, id_ = _named(change) or ("", "")
    differing = differences.get(_pair(change), {})
    made = partial(Entry, moment=moment, path=change.path, kind=kind, id=id_)
    if change.way == "A":
        return made(way="added")
    if change.way == "D":
        title = next((differing[name][0] for name in ("title", "name", "publisher") if name in differing), "")
        return made(way="removed", title=title)
    if not differing:
        return None
    values = {name: pair for name, pair in differing.items() if name in SHORT}
    return made(way="corrected", fields=tuple(differing), values=values)


def _records(entries: Iterable[Entry]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for entry in reversed(tuple(entries)):
        path = entry.path
        old = found.get(path)
        if entry.way == "removed":
            found.pop(path, None)
        elif old is None:
            found[path] = Record(added=entry.moment, changed=entry.moment, corrections=0)
        else:
            # A commit may be dated before the one that it follows: clocks differ.
            found[path] = Record(
                added=min(old.added, entry.moment),
                changed=max(old.changed, entry.moment),
                corrections=old.corrections + 1,
                fields=entry.fields,
            )
    return dict(sorted(found.items()))


def _named(change: git.Change) -> tuple[str, str] | None:
    """Give the kind and id of the record that a file holds; None for other files."""
    folder, _, name = change.path.partition("/")
    kind = "event" if YEAR_FOLDER.match(folder) else FOLDERS.get(folder)
    return (kind, name.removesuffix(".yml")) if kind and name.endswith(".yml") and "/" not in name else None


def _pair(change: git.Change) -> str:
    return f"{change.old} {change.new}"


def _differences(folder: Path, changes: Iterable[git.Change]) -> dict[str, Said]:
    """Give what each change says otherwise, by the names of the two versions."""
    wanted = {_pair(change): change for change in changes if change.way != "A"}
    kept = cache.folder() / f"history-{cache.name_of(folder)}.json"
    known: dict[str, Said] = {}
    with contextlib.suppress(OSError, ValueError):
        stored = json.loads(kept.read_bytes())
        if stored["program"] == cache.program():
            known = {
                pair: {name: (old, new) for name, (old, new) in said.items()}
                for pair, said in stored["said"].items()
                if pair in wanted
            }
    missing = {pair: change for pair, change in wanted.items() if pair not in known}
    if not missing:
        return known
    blobs = git.blobs(folder, {name for change in missing.values() for name in (change.old, change.new)})
    for pair, change in missing.items():
        known[pair] = _differing(blobs.get(change.old, b""), blobs.get(change.new, b""))
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}.part")
        beside.write_text(json.dumps({"program": cache.program(), "said": known}), encoding="utf-8")
        os.replace(beside, kept)
    return known


def _differing(old: bytes, new: bytes) -> Said:
    before, after = _fields(old), _fields(new)
    names = (*after, *(name for name in before if name not in after))
    return {
        name: (_short(before.get(name)), _short(after.get(name)))
        for name in names
        if _plain(before.get(name)) != _plain(after.get(name))
    }


def _fields(content: bytes) -> dict[str, Node]:
    root = parse(content, "").root if content else None
    return {name: value for name, (_, value) in root.pairs.items()} if root is not None else {}


def _short(node: Node | None) -> str:
    return node.value if isinstance(node, Scalar) and len(node.value) <= 200 else ""


def _plain(node: Node | None) -> object:
    """Give what a node says, without how it is written."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, List):
        return [_plain(item) for item in node.items]
    if isinstance(node, Group):
        return {name: _plain(value) for name, (_, value) in node.pairs.items()}
    return None
