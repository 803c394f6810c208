"""The command that tells a reviewer what a change holds."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from generator.commands.terminal import EVENTS, shown


def _preview(_: click.Context, __: click.Parameter, value: str) -> str:
    if value and not re.fullmatch(r"(?!//)(https?://[^\s<>\"]+|[\w./-]+)", value):
        raise click.BadParameter("give an http(s) address, or a folder beside the page.")
    return value if not value or value.endswith("/") else f"{value}/"


@click.command("diff")
@click.argument("base")
@click.argument("events", type=EVENTS, default=Path("events"))
@click.option(
    "--format",
    "form",
    type=click.Choice(("people", "markdown", "html")),
    default="people",
    show_default=True,
    help="How it is written: for a terminal, for GitHub’s summary of a job, or as a page.",
)
@click.option("--preview", default="", callback=_preview, help="Where the site built of it stands: entries link there.")
def diff_command(base: str, events: Path, form: str, preview: str) -> None:
    """Say what changed since git’s state BASE.

    EVENTS is the folder of event files; “events” if not given.

    Compares the event files with where this branch left BASE: records added, removed, renamed and changed, field by
    field; the findings and sources to look at; the actors and pages that are touched. Exits with 1 when the files of
    one of the two states cannot be read.
    """
    from generator.git import GitError
    from generator.report import describe, reader_of
    from generator.review import Unreviewable, review
    from generator.review.forms import FORMS

    if not events.is_dir():
        raise click.UsageError(f"There is no folder {shown(events)}.")
    try:
        found = review(events, shown(events), base)
    except GitError as problem:
        raise click.UsageError(str(problem)) from None
    except Unreviewable as problem:
        for block in describe(problem.findings, reader_of(Path.cwd())):
            click.echo(f"{block}\n", err=True)
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)
    click.echo(FORMS[form](found, preview), nl=False)
