"""The commands that start something: a chronology, an event."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.commands.terminal import EVENTS


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--title", prompt="Title of the chronology", help="Its title.")
@click.option("--description", prompt="What it covers, in a sentence", help="A sentence on what it covers.")
@click.option("--language", default="en", show_default=True, help="The language it is written in (BCP 47).")
def init_command(folder: Path, title: str, description: str, language: str) -> None:
    """Start a chronology of your own.

    Writes mkdocs.yml, a README, the folder of event files with one example, workflows and forms for GitHub, and the
    schemas for editors into FOLDER (here if not given). Files that are already there are never overwritten.
    """
    from generator import scaffold

    try:
        created = scaffold.start(folder, title=title, description=description, language=language)
    except scaffold.Refused as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"Error: {error.filename}: {error.strerror}. Nothing more was written.", err=True)
        sys.exit(1)
    for path in created:
        click.echo(f"wrote {path}")
    where = "Now" if folder == Path() else f"Now go to {folder},"
    click.echo(f"{where} run “chronology serve” to see the site, and “chronology new” to add an event.")


@click.command("new")
@click.option("--events", type=EVENTS, default=Path("events"), help="The folder of event files.", show_default=True)
@click.option("--date", help="When it happened, in EDTF: 2026-02-11, 2026-02, 2026-02-26/2026-02-28 …")
@click.option("--date-note", help="How the date is known, or why it is not.")
@click.option("--title", help="One line that says who did what.")
@click.option("--type", "kind", help="The kind of event.")
@click.option("--actor", "actors", multiple=True, help="Who took part: an id or part of a name, and :role (repeat it).")
@click.option("--place", "places", multiple=True, help="Where: an id or part of a name (repeat it).")
@click.option("--topic", "topics", multiple=True, help="A thread it belongs to (repeat it).")
@click.option("--summary", help="What happened, in one to four sentences of your own.")
@click.option("--headline", help="The headline of the source, as printed.")
@click.option("--publisher", help="Who published the source.")
@click.option("--url", help="The address of the source.")
@click.option("--published", help="When the source was published.")
@click.option("--source", help="The id of a file in events/sources/, in place of publisher and url.")
@click.option("--quote", help="A short quotation from the source, unaltered.")
@click.option("--speaker", help="Who said it: an id or part of a name.")
@click.option("--id", "identifier", help="The event’s id and name of its file (default: date and words of the title).")
def new_command(events: Path, **given: str | tuple[str, ...] | None) -> None:
    """Write the file of a new event.

    Asks for what the options leave open. Known actors, places and topics are proposed as you type part of a
    name. The file passes the check; an existing file is never overwritten. What is not asked for (accounts that
    differ, relations to other events, more sources) is added in the file, as the contribute page shows.
    """
    from generator import interview, putting
    from generator.diagnostics import Severity
    from generator.report import describe

    ask = click.prompt if sys.stdin.isatty() or not all((given["date"], given["title"])) else None
    try:
        drafted = interview.draft_event(events, given, ask)
        putting.new(drafted.path, drafted.text, events)
    except interview.Refused as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"Error: {error.filename}: {error.strerror}. Nothing was written.", err=True)
        sys.exit(1)
    click.echo(f"wrote {drafted.path}")
    warnings = [finding for finding in drafted.findings if finding.severity is not Severity.HINT]
    for block in describe(warnings, lambda _: drafted.text.splitlines(), colour=sys.stdout.isatty()):
        click.echo(block)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--events", type=EVENTS, default=Path("events"), help="The folder of event files.", show_default=True)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["timelinejs", "csv", "markwhen"]),
    help="What FILE is (default: by its ending, .json, .csv or .mw).",
)
def import_command(file: Path, events: Path, kind: str | None) -> None:
    """Draft event files from another timeline.

    Reads TimelineJS JSON, a table (TimelineJS’s columns, or title, date, summary, url and publisher) or markwhen, and
    writes one draft an event, in the layout of “chronology fmt”. What the other format does not say is not made up:
    it is named, for you to fill in before the check passes. No file is overwritten.
    """
    from generator import importing, putting

    kind = kind or importing.FORMATS.get(file.suffix.lower())
    if kind is None:
        raise click.UsageError(f"What {file.name} is cannot be told by its ending; say it with --format.")
    try:
        entries = importing.read(file.read_bytes(), kind)
    except (importing.Unreadable, OSError) as problem:
        click.echo(f"Error: {file}: {problem}", err=True)
        sys.exit(1)
    refused = 0
    for entry in entries:
        try:
            draft = importing.draft(entry)
            path = putting.free(events / draft.year / f"{draft.identifier}.yml")
            putting.new(path, draft.text, events)
        except importing.Unreadable as problem:
            click.echo(f"Error: {file}: {problem}", err=True)
            refused += 1
            continue
        except OSError as error:
            click.echo(f"Error: {error.filename}: {error.strerror}. Nothing more was written.", err=True)
            sys.exit(1)
        click.echo(f"wrote {path}; still missing: {', '.join(draft.missing)}")
    click.echo(f"{len(entries) - refused:,} drafted, {refused:,} refused.")
    if refused:
        sys.exit(1)
