"""What a round of the cited pages found: for a terminal, and as Markdown for the summary of a job."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.diagnostics import Position
from generator.links.record import Reason, Record, State, Stretch, counted
from generator.model import Source
from generator.report.findings import count, shown
from generator.report.github import as_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round: how many addresses were asked, and the record after it of all that are cited, with their sources."""

    asked: int
    record: Record
    sources: Mapping[str, Sequence[Source]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something for a person to do: where, what was found, and the line to write."""

    position: Position
    found: str
    remedy: str


def people(found: Round) -> Iterator[str]:
    """Give the lines for a terminal."""
    for task in tasks(found):
        yield f"{task.position}: {shown(task.found)}"
        yield f"  → {shown(task.remedy)}"
    yield _closing(found)


def markdown(found: Round) -> str:
    """Give the whole as Markdown that shows nothing but itself, whatever an address holds."""
    lines = ["### Do the cited pages still answer?", "", _closing(found), ""]
    rows = [
        f"| {as_text(str(task.position))} | {as_text(task.found)} | {as_text(task.remedy)} |" for task in tasks(found)
    ]
    if rows:
        lines += ["| where | what | what to do |", "| --- | --- | --- |", *rows, ""]
    return "\n".join(lines)


def tasks(found: Round) -> Iterator[Task]:
    """Give what there is to do, in the order of the files."""
    given = ((source, found.record[url][-1]) for url in found.record for source in found.sources.get(url, ()))
    for source, last in sorted(given, key=lambda pair: (pair[0].position.path, pair[0].position.line)):
        if last.state is State.DEAD or (last.state is State.UNKNOWN and last.archived):
            yield Task(position=source.position, found=_gone(last), remedy=_instead(last, source))
        elif last.reason is Reason.MOVED:
            words = f"{last.url} has moved for good."
            yield Task(position=source.position, found=words, remedy=f"Write its new address: {last.moved}")


def _gone(last: Stretch) -> str:
    since = f"since {last.first}, asked on {count(last.days, 'day')}"
    if last.state is State.DEAD:
        return f"{last.url} no longer answers ({last.reason}, {since})."
    return f"{last.url} does not answer as a page that is there ({last.reason}, {since})."


def _instead(last: Stretch, source: Source) -> str:
    if source.archived is not None:
        return f"Nothing: the archived copy {source.archived} is given."
    if last.archived:
        return f"Look whether this copy says the same, and add it as “archived: {last.archived}”."
    return "Look for a copy in a web archive and add it as “archived”, or for another source."


def _closing(found: Round) -> str:
    states = counted(found.record, found.sources)
    words = ", ".join(f"{states[state]:,} {state}" for state in State)
    return f"{count(found.asked, 'page')} asked; of {count(len(found.sources), 'page')} cited: {words}."
