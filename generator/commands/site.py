"""The commands that make the site: build, serve, pages."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.terminal import EVENTS, shown

if TYPE_CHECKING:
    from generator.asof import AsOf


@click.command("build")
@click.option("--config-file", "-f", type=click.Path(exists=True, dir_okay=False), help="Another mkdocs.yml.")
@click.option("--site-dir", "-d", type=click.Path(file_okay=False), help="Where the site goes (default: site).")
@click.option("--strict", is_flag=True, help="Fail on any warning, such as a link that leads nowhere.")
@click.option("--no-fast", is_flag=True, help="Let MkDocs render every page by itself, which takes much longer.")
@click.option("--no-cache", is_flag=True, help="Make everything anew, whatever the last build has left.")
@click.option("--as-of", metavar="DATE", help="Build the chronology as it stood on a day (2026-06-01), as git has it.")
@click.option("--scheduler", metavar="ADDRESS", default="", help="Make pages on the Dask cluster of this scheduler.")
@click.option(
    "--engine",
    type=click.Choice(("mkdocs", "zensical")),
    default="mkdocs",
    show_default=True,
    help="What renders the pages.",
)
def build_command(  # noqa: PLR0917 - an option each
    config_file: str | None,
    site_dir: str | None,
    strict: bool,
    no_fast: bool,
    no_cache: bool,
    as_of: str | None,
    scheduler: str,
    engine: str,
) -> None:
    """Build the site.

    The event files are checked first; with an error in them, nothing is built and the last site stays. The new site
    is made beside the old one and put in its place when it is whole; only pages that have changed are made anew.
    """
    from generator.asof import AsOf, NotThere

    try:
        day = AsOf.on(as_of) if as_of is not None else None
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="--as-of") from None
    if engine == "zensical" and (no_fast or scheduler):
        raise click.UsageError("Zensical renders all pages itself: --no-fast and --scheduler are for MkDocs.")
    try:
        if engine == "zensical":
            _build_with_zensical(config_file, site_dir=site_dir, strict=strict, as_of=day)
            return
        with mkdocs_errors():
            from generator import plugin

            plugin.build(
                config_file,
                site_dir=site_dir,
                strict=strict,
                fast=not no_fast,
                cached=not no_cache,
                scheduler=scheduler,
                as_of=day,
            )
    except NotThere as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)


def _build_with_zensical(config_file: str | None, *, site_dir: str | None, strict: bool, as_of: AsOf | None) -> None:
    from generator.engine import NotBuilt, Unusable, build

    try:
        build(config_file, site_dir=site_dir, strict=strict, as_of=as_of)
    except Unusable as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(2)
    except NotBuilt as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
    except OSError as error:
        told = f"{error.filename or 'the disk'}: {error.strerror or error}"
        click.echo(f"Error: {told}. The site is as it was.", err=True)
        sys.exit(1)


@click.command("serve")
@click.option("--config-file", "-f", type=click.Path(exists=True, dir_okay=False), help="Another mkdocs.yml.")
@click.option("--address", "-a", metavar="HOST:PORT", help="Where to listen (default: 127.0.0.1:8000).")
def serve_command(config_file: str | None, address: str | None) -> None:
    """Show the site in a browser and rebuild it at every edit.

    A broken edit is reported on the page and here; the last good site stays until it is mended.
    """
    with mkdocs_errors():
        from generator import plugin

        plugin.serve(config_file, address=address)


@click.command("pages")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--events", type=EVENTS, default=Path("events"), help="The folder of event files.", show_default=True)
@click.option("--docs", type=EVENTS, default=Path("docs"), help="The hand-written pages.", show_default=True)
def pages_command(folder: Path, events: Path, docs: Path) -> None:
    """Write the pages as Markdown, for any builder.

    FOLDER gets the pages, the theme’s files and docs/. Any builder that reads Markdown can make a site of it.
    FOLDER must be empty, or have been written by this command before; files that have not changed are not
    touched.
    """
    from generator.check import check, errors_of
    from generator.chronology import Chronology
    from generator.folder import FolderNotOurs, write
    from generator.report import describe, reader_of, summary

    checked = check(events, shown(events))
    for block in describe(errors_of(checked), reader_of(Path.cwd()), colour=sys.stderr.isatty()):
        click.echo(block + "\n", err=True)
    if not checked.ok or checked.corpus is None:
        counted = len(checked.corpus.events) if checked.corpus is not None else 0
        click.echo(summary(errors_of(checked), checked.files, counted), err=True)
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
    except OSError as error:
        click.echo(
            f"Error: {error.filename or 'the disk'}: {error.strerror or error}. The site is as it was.", err=True
        )
        sys.exit(1)
