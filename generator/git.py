"""What git knows of the event files: what changed since another state, and what that state held."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


class GitError(Exception):
    """Raised with words for the user when git cannot answer."""


def changed(folder: Path, since: str) -> set[str]:
    """Give the files below `folder`, relative to it, that differ from where this branch left `since`.

    Files that git does not know yet count as changed. Raises GitError.
    """
    try:
        differing = _git(
            folder, "diff", "--name-only", "-z", "--relative", "--merge-base", "--end-of-options", since, "--", "."
        )
    except GitError as problem:
        if "merge base" in str(problem):
            words = (
                f"The history is too short to find where this branch left {since}; fetch all of it (fetch-depth: 0)."
            )
            raise GitError(words) from None
        raise
    new = _git(folder, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")
    return {name for name in (differing + new).split("\0") if name}


def files(folder: Path, state: str) -> list[str]:
    """Give the files that a state (a branch, tag or commit) held below `folder`, relative to it. Raises GitError."""
    resolved = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{state}^{{tree}}").strip()
    listed = _git(folder, "ls-tree", "-r", "-z", "--name-only", resolved, "--", ".")
    return [name for name in listed.split("\0") if name]


def content(folder: Path, state: str, name: str) -> bytes:
    """Give the bytes of a file of that state. Raises GitError."""
    resolved = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{state}:./{name}").strip()
    return _run(folder, "cat-file", "blob", resolved)


def merge_base(folder: Path, since: str) -> str:
    """Give the commit at which this branch left a state. Raises GitError."""
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{since}^{{commit}}").strip()
    try:
        return _git(folder, "merge-base", commit, "HEAD").strip()
    except GitError:
        raise GitError(
            f"The history is too short to find where this branch left {since}; fetch all of it (fetch-depth: 0)."
        ) from None


def commit_before(folder: Path, moment: datetime.datetime) -> str:
    """Give the last commit of this branch's own line that was made up to a moment, "" for none. Raises GitError.

    What a merged branch held before it was merged is not counted: no reader could have seen it.
    """
    if is_shallow(folder):
        raise GitError("The history was fetched in part only; fetch all of it (fetch-depth: 0).")
    return _git(folder, "rev-list", "-1", "--first-parent", f"--before={int(moment.timestamp())}", "HEAD").strip()


def tree(folder: Path, commit: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path below `folder` and the bytes of each regular file that a commit held there. Raises GitError."""
    listed = _git(folder, "ls-tree", "-r", "-z", commit, "--", ".")
    entries = [entry.split("\t", 1) for entry in listed.split("\0") if entry]
    regular = [(fields.split(), path) for fields, path in entries if fields.startswith("100")]
    contents = blobs(folder, {fields[2] for fields, _ in regular})
    yield from ((path, contents[fields[2]]) for fields, path in regular)


def _git(folder: Path, *arguments: str) -> str:
    return _run(folder, *arguments).decode("utf-8", errors="surrogateescape")


def _run(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and every name stands behind “--end-of-options” or “--”
            ["git", "-c", "core.quotePath=false", *arguments],  # noqa: S607 - whichever git the user has
            cwd=folder,
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}.") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        named = arguments[-1] if arguments[0] == "rev-parse" else " ".join(arguments[:2])
        raise GitError(said[0] if said else f"git does not know {named.split('^')[0]!r}.")
    return done.stdout


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit did to a file: `way` is A, M or D; `old` and `new` are git's names of its bytes."""

    path: str
    way: str
    old: str
    new: str


def log(folder: Path, until: str = "HEAD") -> Iterator[tuple[datetime.datetime, list[Change]]]:
    """Yield each commit's time (UTC) and what it did to the files below `folder`, newest first. Raises GitError.

    Only the branch's own line counts, as for `commit_before`: a merge is one change at its own time, which holds all
    that the branch brought and what was done in the merge itself. A renamed file counts as removed and added.
    """
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{until}^{{commit}}").strip()
    line = ("--first-parent", "-m", "--format=%x1e%ct")
    form = ("--raw", "-z", "--no-abbrev", "--relative", "--no-renames")
    text = _git(folder, "log", *line, *form, commit, "--", ".")
    for entry in text.split("\x1e")[1:]:
        stamp, _, rest = entry.partition("\0")
        words = iter(rest.lstrip("\n").split("\0"))
        changes = []
        for word in words:
            if word.startswith(":"):
                _, _, old, new, way = word.split(" ")
                changes.append(Change(next(words), "M" if way == "T" else way[0], old, new))
        yield datetime.datetime.fromtimestamp(int(stamp), datetime.UTC), changes


def blobs(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Give the bytes that git has by these names; none for a name of nothing. Raises GitError."""
    asked = sorted(name for name in names if name.strip("0"))
    given = _run(folder, "cat-file", "--batch", given="".join(f"{name}\n" for name in asked).encode()) if asked else b""
    return dict(zip(asked, _contents(given, len(asked)), strict=True))


def _contents(given: bytes, number: int) -> Iterator[bytes]:
    """Yield the contents in what “cat-file --batch” printed."""
    place = 0
    for _ in range(number):
        end = given.index(b"\n", place)
        words = given[place:end].split()
        size = int(words[2]) if len(words) == 3 else -1
        yield given[end + 1 : end + 1 + size] if size >= 0 else b""
        place = end + 1 + (size + 1 if size >= 0 else 0)


def is_shallow(folder: Path) -> bool:
    """Tell whether the history was fetched in part only. Raises GitError."""
    return _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true"
