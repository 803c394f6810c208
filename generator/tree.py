"""Files below a folder: written, linked, listed; never by way of a file that stands there."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path


def digest_of(content: bytes) -> str:
    """Give the digest by which files are told apart."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def write_below(folder: str, path: str, content: bytes) -> None:
    """Write a new file below a folder."""
    target = f"{folder}/{path}"
    if path.endswith("/index.html"):  # most often the first file of a new folder
        with contextlib.suppress(OSError):
            os.mkdir(target.rpartition("/")[0])
    try:
        write_new(target, content)
    except (FileNotFoundError, NotADirectoryError):
        make_folder(Path(folder), path.rpartition("/")[0])
        write_new(target, content)


def write_new(path: str, content: bytes) -> None:
    """Write a file that is not there, or in place of one: never into one, which may be the standing site’s as well.

    With hundreds of thousands of small files, a file object for each would take longer than their bytes, and so would
    threads: each would wait for the interpreter's lock after every call.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, 0o666)
    except FileExistsError:
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        else:
            os.unlink(path)
        handle = os.open(path, flags, 0o666)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(handle, view) :]
    finally:
        os.close(handle)


def files_below(
    folder: Path | str, below: str = "", empty: set[str] | None = None
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield every file below a folder with its path there; a link is a file of its own. Note folders without any."""
    entry = None
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                path = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    yield from files_below(entry.path, f"{path}/", empty)
                else:
                    yield path, entry
    except FileNotFoundError:
        return
    if entry is None and empty is not None:
        empty.add(below.rstrip("/"))


def make_folder(root: Path, folder: str) -> None:
    """Make a folder below another, whatever stood in its way."""
    try:
        (root / folder).mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        # An older site has a file where this one has a folder.
        for part in (*reversed(Path(folder).parents), Path(folder)):
            if (root / part).is_file() or (root / part).is_symlink():
                (root / part).unlink()
        (root / folder).mkdir(parents=True, exist_ok=True)


def link(old: str, new: str) -> None:
    """Give a file a second name, in place of what has that name; a copy where there are no second names."""
    with contextlib.suppress(FileNotFoundError):
        if os.path.isdir(new) and not os.path.islink(new):
            shutil.rmtree(new)
    try:
        os.link(old, new)
    except FileExistsError:
        os.unlink(new)
        link(old, new)
    except OSError:
        shutil.copy2(old, new)  # a file system without second names


def drop_if_empty(root: Path | str, folder: str) -> None:
    """Delete a folder below another, and what is above it, as far as nothing else stands there."""
    while folder:
        try:
            os.rmdir(f"{root}/{folder}")
        except OSError:
            return
        folder = folder.rpartition("/")[0]
