"""What git knows of the event files: what changed since another state, and what that state held."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Iterator
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


def tree(folder: Path, commit: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path below `folder` and the bytes of each regular file that a commit held there. Raises GitError."""
    listed = _git(folder, "ls-tree", "-r", "-z", commit, "--", ".")
    entries = [entry.split("\t", 1) for entry in listed.split("\0") if entry]
    regular = [(fields.split(), path) for fields, path in entries if fields.startswith("100")]
    asked = "".join(f"{fields[2]}\n" for fields, _ in regular).encode()
    given = _run(folder, "cat-file", "--batch", given=asked)
    place = 0
    for _, path in regular:
        end = given.index(b"\n", place)
        size = int(given[place:end].split()[2])
        yield path, given[end + 1 : end + 1 + size]
        place = end + 2 + size


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


def log(folder: Path) -> Iterator[tuple[datetime.datetime, list[str]]]:
    """Yield each commit's time (UTC) and the files below `folder` that it wrote, newest first. Raises GitError.

    A renamed file counts as added where it got its name.
    """
    form = "--format=%x1e%ct"
    text = _git(folder, "log", form, "--name-only", "-z", "--relative", "--no-renames", "--diff-filter=AMT", "--", ".")
    for entry in text.split("\x1e")[1:]:
        stamp, _, names = entry.replace("\n", "\0").partition("\0")
        moment = datetime.datetime.fromtimestamp(int(stamp), datetime.UTC)
        yield moment, [name for name in names.split("\0") if name]


def is_shallow(folder: Path) -> bool:
    """Tell whether the history was fetched in part only. Raises GitError."""
    return _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true"
