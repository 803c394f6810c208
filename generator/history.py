"""When each event file was added and last changed, as git knows it: the record's own dates, never the event's."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator import git


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """When a file was added and last changed, and how often it was changed after it was added."""

    added: datetime.datetime
    changed: datetime.datetime
    corrections: int


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The records of files, by path below the folder of event files; `whole` is false where git's own is cut short."""

    records: Mapping[str, Record] = field(default_factory=dict)
    whole: bool = True


def read(folder: Path) -> History:
    """Read the history of a folder; without git, outside of a repository, or in a shallow clone, there is none.

    A shallow clone would date every record to its first commit, which is worse than saying nothing.
    """
    try:
        if git.is_shallow(folder):
            return History(whole=False)
        log = list(git.log(folder))
    except git.GitError:
        return History(whole=False)
    added: dict[str, datetime.datetime] = {}
    changed: dict[str, datetime.datetime] = {}
    counts: dict[str, int] = {}
    for moment, names in log:  # newest first
        for name in names:
            changed.setdefault(name, moment)
            added[name] = min(moment, added.get(name, moment))
            counts[name] = counts.get(name, -1) + 1
    records = {
        name: Record(added=added[name], changed=max(changed[name], added[name]), corrections=counts[name])
        for name in sorted(added)
    }
    return History(records=records)
