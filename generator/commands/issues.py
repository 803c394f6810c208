"""The commands for events that are reported without git: the forms, and a draft of what an issue says."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

import click

from generator.commands.terminal import EVENTS, refusals, shown


@click.command("forms")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path(".github/ISSUE_TEMPLATE"))
@click.option("--events", type=EVENTS, default=Path("events"), help="The folder of event files.", show_default=True)
def forms_command(folder: Path, events: Path) -> None:
    """Write the forms for issues on GitHub.

    FOLDER (“.github/ISSUE_TEMPLATE” if not given) gets a form for an event, which asks for the kinds of this
    chronology’s vocabulary, and one for a correction. “chronology draft” reads what is reported by them.
    """
    from generator.corpus import default_vocabulary, read_corpus
    from generator.issueforms import forms
    from generator.putting import replace

    corpus = read_corpus(events, shown(events)).corpus
    with refusals():
        for name, text in forms(corpus.vocabulary if corpus else default_vocabulary()).items():
            replace(folder / name, text.encode(), folder)
            click.echo(f"wrote {folder / name}")


@click.command("draft")
@click.argument("file", type=click.File("rb"))
@click.option("--events", type=EVENTS, default=Path("events"), help="The folder of event files.", show_default=True)
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Where to write what is left to do.")
def draft_command(file: BinaryIO, events: Path, report: Path | None) -> None:
    """Draft an event, or a correction, from an issue.

    FILE is the body of an issue that was made with one of the forms of “chronology forms”; “-” reads it from standard
    input. A new event gets a file of its own, a correction changes one field; what is not known is left out and named.
    Exits with 1 when nothing could be drafted.
    """
    from generator import drafting
    from generator.putting import new, refuse_links, replace
    from generator.report.findings import shown as visible
    from generator.report.github import as_text

    body = file.read().decode("utf-8", errors="replace")
    try:
        if report is not None:
            refuse_links(report)
        made = drafting.draft(events, body)
        if made.path.exists():
            replace(made.path, made.text.encode(), events)
        else:
            new(made.path, made.text, events)
        told = drafting.report(made, events)
        click.echo(f"drafted {shown(made.path)}")
    except drafting.Undraftable as problem:
        told = f"Nothing could be drafted: {as_text(str(problem))}\n"
        click.echo(f"Error: {visible(str(problem))}", err=True)
        made = None
    except OSError as error:
        click.echo(f"Error: {error.filename}: {error.strerror}. Nothing was written.", err=True)
        sys.exit(1)
    for text in made.missing if made is not None else ():
        click.echo(f"  {visible(text)}")
    if report is not None:
        report.write_text(told, encoding="utf-8")
    sys.exit(0 if made is not None else 1)
