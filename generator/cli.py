"""The command line: `chronology check | build | serve | pages | init | new | explain`.

Exit status: 0 when all is well, 1 when something was found, 2 when the command was called wrongly.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from generator import __version__

EVENTS = click.Path(path_type=Path, file_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="chronology")
def main() -> None:
    """Keep a chronology: event files in YAML become a checked, searchable site.

    Run it in the project’s folder, beside mkdocs.yml and events/.
    """


@main.command("check")
@click.argument("events", type=EVENTS, default=Path("events"))
@click.option("--quiet", "-q", is_flag=True, help="Say nothing when no problem is found.")
def check_command(events: Path, quiet: bool) -> None:
    """Check all event files.

    EVENTS is their folder; “events” if not given.

    All problems of all files are reported in one run, each with its place, the line and what to do.
    Exits with 1 when there are errors; warnings alone do not fail the check.
    """
    from generator.check import check
    from generator.diagnostics import has_errors
    from generator.report import describe, reader_of, summary

    start = time.perf_counter()
    with progress("Reading event files") as advance:
        checked = check(events, shown(events), advance)
    seconds = time.perf_counter() - start
    base = events.resolve().parent if not events.is_absolute() else Path("/")
    lines = reader_of(Path.cwd() if not events.is_absolute() else base)
    for block in describe(checked.findings, lines, colour=sys.stdout.isatty()):
        click.echo(block + "\n")
    counted = len(checked.corpus.events) if checked.corpus is not None else 0
    if checked.findings or not quiet:
        click.echo(summary(checked.findings, checked.files, counted, seconds))
    sys.exit(1 if has_errors(checked.findings) else 0)


@main.command("build")
@click.option("--config-file", "-f", type=click.Path(exists=True, dir_okay=False), help="Another mkdocs.yml.")
@click.option("--site-dir", "-d", type=click.Path(file_okay=False), help="Where the site goes (default: site).")
@click.option("--strict", is_flag=True, help="Fail on any warning, such as a link that leads nowhere.")
def build_command(config_file: str | None, site_dir: str | None, strict: bool) -> None:
    """Build the site, as “mkdocs build” does.

    The event files are checked first; with an error in them, nothing is built and the last site stays.
    """
    with mkdocs_errors():
        from generator import plugin

        plugin.build(config_file, site_dir=site_dir, strict=strict)


@main.command("serve")
@click.option("--config-file", "-f", type=click.Path(exists=True, dir_okay=False), help="Another mkdocs.yml.")
@click.option("--address", "-a", metavar="HOST:PORT", help="Where to listen (default: 127.0.0.1:8000).")
def serve_command(config_file: str | None, address: str | None) -> None:
    """Show the site in a browser and rebuild it at every edit.

    A broken edit is reported on the page and here; the last good site stays until it is mended.
    """
    with mkdocs_errors():
        from generator import plugin

        plugin.serve(config_file, address=address)


@main.command("pages")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--events", type=EVENTS, default=Path("events"), help="The folder of event files.", show_default=True)
@click.option("--docs", type=EVENTS, default=Path("docs"), help="The hand-written pages.", show_default=True)
def pages_command(folder: Path, events: Path, docs: Path) -> None:
    """Write the pages as Markdown, for any builder.

    FOLDER gets the pages, the theme’s files and docs/. Any builder that reads Markdown can make a site of it.
    FOLDER must be empty, or have been written by this command before; files that have not changed are not
    touched.
    """
    from generator.check import check
    from generator.chronology import Chronology
    from generator.folder import FolderNotOurs, write
    from generator.report import describe, reader_of, summary

    checked = check(events, shown(events))
    for block in describe(checked.findings, reader_of(Path.cwd()), colour=sys.stderr.isatty()):
        click.echo(block + "\n", err=True)
    if not checked.ok or checked.corpus is None:
        counted = len(checked.corpus.events) if checked.corpus is not None else 0
        click.echo(summary(checked.findings, checked.files, counted), err=True)
        click.echo(f"Nothing was written to {folder}.", err=True)
        sys.exit(1)
    try:
        written, kept, removed = write(folder, Chronology(checked.corpus), docs)
    except FolderNotOurs as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"Error: {error.filename or folder}: {error.strerror}. Nothing else was changed.", err=True)
        sys.exit(1)
    click.echo(f"{folder}: {written:,} files written, {kept:,} unchanged, {removed:,} removed.")


@main.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--title", prompt="Title of the chronology", help="Its title.")
@click.option("--description", prompt="What it covers, in a sentence", help="A sentence on what it covers.")
@click.option("--language", default="en", show_default=True, help="The language it is written in (BCP 47).")
def init_command(folder: Path, title: str, description: str, language: str) -> None:
    """Start a chronology of your own.

    Writes mkdocs.yml, a README, the folder of event files with one example, and the schemas for editors into
    FOLDER (here if not given). Files that are already there are never overwritten.
    """
    from generator import scaffold

    try:
        created = scaffold.start(folder, title=title, description=description, language=language)
    except scaffold.Refused as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)
    for path in created:
        click.echo(f"wrote {path}")
    where = "Now" if folder == Path() else f"Now go to {folder},"
    click.echo(f"{where} run “chronology serve” to see the site, and “chronology new” to add an event.")


@main.command("new")
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
    from generator import interview, scaffold
    from generator.report import describe

    ask = click.prompt if sys.stdin.isatty() or not all((given["date"], given["title"])) else None
    try:
        drafted = interview.draft_event(events, given, ask)
        scaffold.write(drafted.path, drafted.text)
    except interview.Refused as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"Error: {error.filename}: {error.strerror}. Nothing was written.", err=True)
        sys.exit(1)
    click.echo(f"wrote {drafted.path}")
    for block in describe(drafted.findings, lambda _: drafted.text.splitlines(), colour=sys.stdout.isatty()):
        click.echo(block)


@main.command("explain")
@click.argument("code")
def explain_command(code: str) -> None:
    """Explain a code of the check.

    CODE is one such as S205; the text says what is required, why, and how to fix it.
    """
    from generator.codes import explanations
    from generator.diagnostics import did_you_mean, quoted

    known = explanations()
    entry = known.get(code.upper())
    if entry is None:
        listed = f"The codes are: {', '.join(known)}."
        raise click.UsageError(f"There is no code {quoted(code)}. {did_you_mean(code.upper(), known)} {listed}")
    click.echo(click.style(f"{entry.code} {entry.name} ({entry.severity.value})", bold=True))
    for paragraph in entry.text.split("\n\n"):
        click.echo()
        click.echo(textwrap.fill(paragraph, width=min(100, shutil.get_terminal_size().columns)))


@main.command("schema")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("schema"))
@click.option("--events", type=EVENTS, default=Path("events"), help="The folder of event files.", show_default=True)
def schema_command(folder: Path, events: Path) -> None:
    """Write the JSON Schemas for editors.

    FOLDER (“schema” if not given) gets one for each kind of file. They hold the words of this chronology’s
    vocabulary; an editor with YAML support completes and explains the fields by them.
    """
    from generator.corpus import default_vocabulary, read_corpus
    from generator.schema import json_schemas

    corpus = read_corpus(events, shown(events)).corpus
    folder.mkdir(parents=True, exist_ok=True)
    for kind, text in json_schemas(corpus.vocabulary if corpus else default_vocabulary()).items():
        (folder / f"{kind}.schema.json").write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"wrote {folder / f'{kind}.schema.json'}")


def shown(folder: Path) -> str:
    """Give a folder as findings name it."""
    return folder.as_posix().rstrip("/")


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


@contextlib.contextmanager
def mkdocs_errors() -> Iterator[None]:
    """Let MkDocs log as it does by itself, and turn its refusals into exit statuses."""
    import logging

    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-7s  %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO if sys.stderr.isatty() else logging.WARNING)
    from mkdocs.exceptions import Abort, BuildError, ConfigurationError

    try:
        yield
    except ConfigurationError as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(2)
    except (Abort, BuildError) as problem:
        click.echo(f"{problem}", err=True)
        sys.exit(1)


def run() -> None:
    """Run the command line as a program."""
    main(prog_name="chronology")
