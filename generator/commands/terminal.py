"""What the commands share: options, names of folders, a progress bar."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

EVENTS = click.Path(path_type=Path, file_okay=False)


def shown(folder: Path) -> str:
    """Give a folder as findings name it."""
    return folder.as_posix().rstrip("/")


@contextlib.contextmanager
def refusals(what: str = "Nothing more was written") -> Iterator[None]:
    """Turn what the disk refuses, and a symbolic link in the way, into words and the exit status 1."""
    try:
        yield
    except OSError as error:
        click.echo(f"Error: {error.filename}: {error.strerror}. {what}.", err=True)
        sys.exit(1)


@contextlib.contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar on a terminal when the work takes a while; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total) if done % 50 == 0 else None
