"""The command that asks the cited pages whether they still answer."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.terminal import EVENTS, progress, refusals, shown

if TYPE_CHECKING:
    from generator.model import Source


def _gate(_: click.Context, __: click.Parameter, value: str) -> str:
    from generator.addresses import url_problem

    if value and (problem := url_problem(value)):
        raise click.BadParameter(f"it {problem}.")
    return value


@click.command("links")
@click.argument("events", type=EVENTS, default=Path("events"))
@click.option("--every", type=click.IntRange(1), default=6, show_default=True, help="Ask a page after so many days.")
@click.option("--most", type=click.IntRange(1), default=200, show_default=True, help="How many pages to ask at most.")
@click.option("--pause", type=click.FloatRange(0, 60), default=1.0, show_default=True, help="Seconds between requests.")
@click.option("--timegate", default="https://web.archive.org/web/", callback=_gate, help="A web archive; “” for none.")
@click.option("--intranet", is_flag=True, help="Also ask addresses that are not public.")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="Where to write the outcome.")
def links_command(  # noqa: PLR0917 - an option each
    events: Path, every: int, most: int, pause: float, timegate: str, intranet: bool, report: Path | None
) -> None:
    """Ask the cited pages whether they still answer.

    EVENTS is the folder of event files; “events” if not given.

    What they answer is recorded in links.csv beside the event files, and told on the site’s page of sources. One
    request at a time goes to a host, and robots.txt is heeded. A page counts as dead only where it failed on several
    days. Nothing is decided by this: whatever is found, the exit status is 0. It is 1 where nothing could be asked.
    """
    from generator.check import check, errors_of
    from generator.chronology import Chronology
    from generator.links import record as links
    from generator.links import rounds
    from generator.links.asking import Asker
    from generator.putting import refuse_links, replace
    from generator.report import describe, reader_of
    from generator.report import links as told
    from generator.today import today

    file = events / links.FILE
    with refusals("No page was asked"):
        refuse_links(file, events)
        if report is not None:
            refuse_links(report)
    checked = check(events, shown(events), errors_only=True)
    if not checked.ok or checked.corpus is None:
        for block in describe(errors_of(checked), reader_of(Path.cwd())):
            click.echo(f"{block}\n", err=True)
        click.echo("Error: the event files have errors. No page was asked.", err=True)
        sys.exit(1)
    chronology = Chronology(checked.corpus)
    sources = chronology.pages_cited
    now = today()
    day = datetime.date(now.year, now.month, now.day)
    manners = rounds.Manners(every=every, most=most, pause=pause)
    site = os.environ.get("CHRONOLOGY_SITE_URL") or os.environ.get("CHRONOLOGY_REPO_URL")
    asker = Asker(agent=rounds.AGENT + (f" (+{site})" if site else ""), anywhere=intranet)
    old = checked.corpus.links
    wanted = rounds.due(old, sources, day, manners)
    with progress("Asking pages") as advance:
        answers = rounds.ask(wanted, asker, manners, advance)
    if rounds.cut_off(answers):
        click.echo("Error: no host could be reached; is this machine connected? Nothing was recorded.", err=True)
        sys.exit(1)
    record = rounds.recorded(old, answers, sources, day)
    if timegate:
        archive = rounds.Archive(asker=asker, timegate=timegate)
        record = rounds.suggested(record, _wished(sources, day), archive, manners)
    found = told.Round(asked=len(answers), record=record, sources=sources)
    try:
        replace(file, links.write(record).encode(), events)
    except OSError as error:
        click.echo(f"Error: {file}: {error.strerror}. The record is as it was.", err=True)
        sys.exit(1)
    for line in told.people(found):
        click.echo(line)
    if report is not None:
        report.write_text(told.markdown(found), encoding="utf-8")


def _wished(sources: Mapping[str, tuple[Source, ...]], today: datetime.date) -> dict[str, datetime.date]:
    """Give of which day a copy is wished of each page that none is named of: of the day it was published or read."""
    found = {}
    for url, own in sources.items():
        if any(source.archived is not None for source in own):
            continue
        dates = [dated.value.earliest for source in own for dated in (source.published, source.accessed) if dated]
        known = next((date for date in dates if date is not None and 1990 < date.year <= today.year), None)
        found[url] = datetime.date(known.year, known.month, known.day) if known else today
    return found
