"""The command that brings event files into the common layout."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

import click


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 when a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def fmt_command(paths: tuple[Path, ...], only_check: bool, diff: bool) -> None:
    """Bring event files into the common layout.

    PATHS are files or folders; “events” if none is given. Order, indentation, quotation marks and line lengths become
    the same everywhere. Every comment stays, and each file is read back and compared before it is written: nothing
    but layout changes. A file that cannot be read is reported and left as it is.
    """
    from generator import fmt
    from generator.diagnostics import Diagnostic
    from generator.putting import refuse_links, replace
    from generator.report import describe, reader_of
    from generator.source import Unreadable, read_bytes

    files = list(_files(paths or (Path("events"),)))
    if not files:
        raise click.UsageError("No event file was found: name a folder of event files, or files that end in .yml.")
    problems: list[Diagnostic] = []
    changed = refused = 0
    for file in files:
        path = file.as_posix()
        try:
            data = read_bytes(file, path)
            refuse_links(file, _events_of(file))
            text = fmt.formatted(data, path, fmt.kind_of_path(_below_events(file)))
        except (Unreadable, fmt.Unformattable) as problem:
            problems.append(problem.finding)
            continue
        except OSError as error:
            click.echo(f"Error: {error.filename}: {error.strerror}. {path} is left as it is.", err=True)
            refused += 1
            continue
        if text.encode() == data:
            continue
        changed += 1
        if diff:
            before = data.decode("utf-8").splitlines(keepends=True)
            click.echo("".join(difflib.unified_diff(before, text.splitlines(keepends=True), path, path)), nl=False)
        elif only_check:
            click.echo(f"{path} would change")
        else:
            replace(file, text.encode(), _events_of(file))
            click.echo(f"formatted {path}")
    for block in describe(problems, reader_of(Path.cwd()), colour=sys.stderr.isatty()):
        click.echo(block + "\n", err=True)
    word = "would change" if only_check or diff else "changed"
    left = len(problems) + refused
    click.echo(
        f"{len(files):,} file{'s' * (len(files) != 1)}: {changed:,} {word}, {left:,} left as they are.", err=True
    )
    sys.exit(1 if left or (changed and (only_check or diff)) else 0)


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*.yml") if "media" not in file.relative_to(path).parts)
        elif path.suffix == ".yml":
            yield path
        else:
            raise click.UsageError(f"{path} is neither a folder nor a file that ends in .yml.")


def _below_events(file: Path) -> str:
    """Give what tells a file’s kind: its name and that of its folder."""
    absolute = file.absolute()
    return f"{absolute.parent.name}/{absolute.name}" if absolute.name not in _SETTINGS else absolute.name


def _events_of(file: Path) -> Path:
    """Give the folder of event files that a file belongs to, or its own folder where it stands by itself."""
    from generator.corpus import FOLDERS, YEAR_FOLDER

    folder = file.absolute().parent
    return file.parent.parent if folder.name in FOLDERS or YEAR_FOLDER.match(folder.name) else file.parent


_SETTINGS = ("chronology.yml", "redirects.yml")
