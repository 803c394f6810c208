"""The command that checks."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import __version__
from generator.commands.terminal import EVENTS, progress, refusals, shown

if TYPE_CHECKING:
    from generator.cache import Kept
    from generator.diagnostics import Diagnostic
    from generator.report import Report

FORMATS = ("people", "concise", "json", "github", "sarif", "gitlab")


@click.command("check")
@click.argument("events", type=EVENTS, default=Path("events"))
@click.option("--format", "form", type=click.Choice(FORMATS), default="people", help="How findings are written.")
@click.option("--changed-since", metavar="REF", help="Show warnings only for files that changed since git’s REF.")
@click.option("--published", metavar="REF", help="Compare with the state REF: ids, redirects and events must stay.")
@click.option(
    "--max-drop",
    type=click.IntRange(0, 100),
    default=5,
    metavar="PERCENT",
    help="How many events may be missing from the published state (default: 5).",
)
@click.option("--hints", is_flag=True, help="Show hints as well, such as sources without an archived copy.")
@click.option("--fix", is_flag=True, help="Mend what is mechanical, and bring the files into the common layout.")
@click.option("--no-cache", is_flag=True, help="Check anew even when nothing has changed.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing when no problem is found.")
def check_command(
    *,
    events: Path,
    form: str,
    changed_since: str | None,
    published: str | None,
    max_drop: int,
    hints: bool,
    fix: bool,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Check all event files.

    EVENTS is their folder; “events” if not given.

    All problems of all files are reported in one run, each with its place, the line and what to do. Exits with 1
    when there are errors; warnings and hints alone do not fail the check.
    """
    from generator import report as reports
    from generator.git import GitError
    from generator.report import Report, github, reader_of

    start = time.perf_counter()
    name = shown(events)
    try:
        found = _found(events, name, fresh=no_cache or fix)
        if fix:
            mended = _mend(events, name, found.findings)
            found = _found(events, name, fresh=True) if mended else found
        findings, hidden, changed = _chosen(events, name, found.findings, changed_since, hints=hints)
        if published is not None:
            from generator.published import compare

            findings += compare(events, name, published, max_drop / 100)
    except (GitError, ValueError) as problem:
        raise click.UsageError(str(problem)) from None
    report = Report(
        findings=tuple(findings),
        files=found.files,
        events=found.events,
        seconds=time.perf_counter() - start,
        lines=reader_of(Path.cwd() if not events.is_absolute() else Path("/")),
        waived=found.waived,
        hidden=hidden,
        changed=changed,
        site=_site(events),
        colour=form == "people" and sys.stdout.isatty(),
        version=__version__,
    )
    if report.findings or not quiet or form not in ("people", "concise"):
        for block in reports.FORMATS[form].render(report):
            click.echo(block)
    if form == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(summary).open("a", encoding="utf-8") as stream:
            stream.write(github.job_summary(report))
    sys.exit(1 if _has_errors(report) else 0)


def _found(events: Path, name: str, *, fresh: bool) -> Kept:
    """Check the folder, or take what the last check found when nothing has changed since."""
    from generator import cache

    state = cache.state(events, name) if events.is_dir() else None
    if state is not None and not fresh and (kept := cache.load(events, state.key)) is not None:
        return kept
    from generator.check import check

    with progress("Reading event files") as advance:
        checked = check(events, name, advance, state.contents if state is not None else None)
    kept = cache.Kept(
        findings=checked.findings,
        files=checked.files,
        events=len(checked.corpus.events) if checked.corpus is not None else 0,
        waived=checked.waived,
    )
    if state is not None:
        cache.store(events, state.key, kept)
    return kept


def _mend(events: Path, name: str, findings: Iterable[Diagnostic]) -> int:
    """Mend the files, and tell of each on standard error."""
    from generator.fixes import mend
    from generator.putting import refuse_links

    paths = sorted(path.relative_to(events).as_posix() for path in (*events.glob("*.yml"), *events.glob("*/*.yml")))
    count = 0
    with refusals("Nothing more was mended"):
        refuse_links(events, events)
        for mended in mend(events, name, findings, paths):
            count += 1
            click.echo(f"mended {mended.path}" if mended.settled else f"formatted {mended.path}", err=True)
    return count


def _chosen(
    events: Path, name: str, findings: Iterable[Diagnostic], changed_since: str | None, *, hints: bool
) -> tuple[list[Diagnostic], tuple[str, ...], frozenset[str] | None]:
    """Give the findings to show, in words what is left out, and the files that changed.

    An error is always shown: it may stand in a file that did not change, because of one that did.
    """
    from generator.diagnostics import Severity
    from generator.git import changed as changed_files

    changed: frozenset[str] | None = None
    if changed_since is not None:
        changed = frozenset(f"{name}/{path}" for path in changed_files(events, changed_since))
    shown_here, elsewhere, unshown = [], 0, 0
    for finding in findings:
        places = {finding.position.path, *(related.position.path for related in finding.related)}
        if finding.severity is Severity.HINT and not hints:
            unshown += 1
        elif changed is not None and finding.severity is not Severity.ERROR and not places & changed:
            elsewhere += 1
        else:
            shown_here.append(finding)
    hidden = []
    if elsewhere:
        hidden.append(f"{elsewhere:,} warning{'s' * (elsewhere > 1)} in files that did not change")
    if unshown:
        hidden.append(f"{unshown:,} hint{'s' * (unshown > 1)} (shown with --hints)")
    return shown_here, tuple(hidden), changed


def _site(events: Path) -> str:
    """Give the address of the published site: from the environment, or as mkdocs.yml beside the folder has it."""
    if address := os.environ.get("CHRONOLOGY_SITE_URL"):
        return address
    settings = events.parent / "mkdocs.yml"
    try:
        text = settings.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    match = re.search(r"^site_url:\s*[\"']?(https?://[^\s\"'#]+)", text, re.MULTILINE)
    return match[1] if match else ""


def _has_errors(report: Report) -> bool:
    from generator.diagnostics import has_errors

    return has_errors(report.findings)
