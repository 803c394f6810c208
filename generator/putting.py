"""Puts files where they belong: new ones, and others in the place of those that are there.

A project may hold what a stranger sent, and a symbolic link in it may lead anywhere: nothing is written by way of one.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

LINK = "this is a symbolic link, and nothing is written by way of one; put the folder or file itself in its place"


class Linked(OSError):
    """Raised where a path leads over a symbolic link, which is its `filename`; nothing was written."""


def refuse_links(path: Path, root: Path | None = None) -> None:
    """Raise Linked where a path, or a folder that it lies in, is a symbolic link of the project.

    The project is the working folder. Where the user named a folder elsewhere, the `root` of what is written, it is
    that folder with what it holds; how to get there is the user's own affair.
    """
    here = Path.cwd()
    if root is not None and not _absolute(root).is_relative_to(here):
        here = _absolute(root).parent
    for place in (*reversed(path.parents), path):
        lies = _absolute(place)
        if lies != here and lies.is_relative_to(here) and place.is_symlink():
            raise Linked(errno.ELOOP, LINK, place.as_posix())


def new(path: Path, text: str, root: Path) -> None:
    """Write a new file below a root; raises FileExistsError rather than overwrite one, and Linked."""
    refuse_links(path, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def replace(path: Path, content: bytes, root: Path) -> None:
    """Put content in the place of a file below a root at one stroke, keeping the permissions of one that is there.

    Raises Linked.
    """
    refuse_links(path, root)
    path.parent.mkdir(parents=True, exist_ok=True)
    swap_in(path, content)


def swap_in(path: Path, content: bytes) -> None:
    """Write beside a file and swap that in, so that a reader never sees half a file."""
    beside = path.with_name(f".{path.name}.part")
    # What a run that was cut short has left goes; a link with this name would lead elsewhere.
    beside.unlink(missing_ok=True)
    with beside.open("xb") as stream:
        stream.write(content)
    with contextlib.suppress(FileNotFoundError):
        beside.chmod(path.stat().st_mode)
    os.replace(beside, path)


def free(path: Path) -> Path:
    """Give a path that nothing has: the one given, or with a number behind its stem."""
    found, number = path, 2
    while found.exists() or found.is_symlink():
        found = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return found


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - nothing is to be resolved here, but “..” is to go
