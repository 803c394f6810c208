"""A review as sections of entries, in order: what every form of it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.report.findings import count
from generator.review import Review
from generator.review.differences import Difference, Way

CONTEXT = 5
"""How many words are shown before and after those of a text that changed."""

LISTED = 40
"""How many pages, files or actors are named; the others are counted."""

NAMED = {"event": "Events", "actor": "Actors", "place": "Places", "topic": "Topics", "source": "Shared sources"}
NAMED |= {"chronology": "The chronology itself"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing said: `label`, and what was and is there; None where there was or is nothing."""

    label: str = ""
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A record with what is said of it; `page` is its page’s folder below the site’s root."""

    title: str
    id: str = ""
    page: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its entries."""

    title: str
    entries: tuple[Entry, ...]


def closing(review: Review) -> str:
    """Say in a sentence what a change holds."""
    counts = [
        f"{count(number, kind)} {way.value}"
        for kind in NAMED
        for way in Way
        if (number := sum(one.kind == kind and one.way is way for one in review.differences)) and kind != "chronology"
    ]
    if any(one.kind == "chronology" for one in review.differences):
        counts.append("the chronology itself changed")
    return f"Against {review.base}: {', '.join(counts) or 'no event file says anything new'}."


def sections(review: Review) -> Iterator[Section]:
    """Yield what there is to say, what to look at first."""
    found = [
        Entry(title=f"{finding.severity.value} {finding.code}: {finding.message}", id=str(finding.position))
        for finding in review.findings
    ]
    found += [Entry(title="could not be read as it was", id=path) for path in review.unread]
    yield from _section("To look at", found)
    for kind, name in NAMED.items():
        for way in Way:
            own = [_entry(one) for one in review.differences if one.kind == kind and one.way is way]
            yield from _section(f"{name} {way.value}" if kind != "chronology" else name, own)
    cited = (Entry(title=one.source, id=one.record, lines=tuple(_lines(one.notes))) for one in review.sources)
    yield from _section("Sources, as far as their form tells", cited)
    yield from _section("What follows", _follows(review))


def _section(title: str, entries: Iterable[Entry]) -> Iterator[Section]:
    if own := tuple(entries):
        yield Section(title=f"{title} ({len(own):,})" if title != "What follows" else title, entries=own)


def _entry(one: Difference) -> Entry:
    lines = [Line(label=change.field, **_short(change.before, change.after)) for change in one.changes]
    if one.was:
        lines.insert(0, Line(label="id", before=one.was, after=one.id))
    page = page_of(one) if one.way is not Way.REMOVED else ""
    return Entry(title=one.title, id=one.id if one.kind != "chronology" else "", page=page, lines=tuple(lines))


def page_of(one: Difference) -> str:
    """Give the folder of a record’s page below the site’s root, "" where it has none."""
    return f"{one.kind}s/{one.id}/" if one.kind in ("event", "actor", "place", "topic") else ""


def _follows(review: Review) -> Iterator[Entry]:
    pages = review.pages
    if review.actors:
        yield Entry(title="Actors touched", lines=_cut(review.actors))
    for title, paths in (("added", pages.added), ("made anew", pages.changed), ("gone", pages.gone)):
        if paths:
            yield Entry(title=f"{count(len(paths), 'page')} {title}", lines=_cut(paths))
    if pages.lists:
        yield Entry(title=f"{count(pages.lists, 'list')} made of everything")
    if review.layout:
        yield Entry(title="Layout or comments alone", lines=_cut(review.layout))
    if review.unformatted:
        yield Entry(title="“chronology fmt” would change", lines=_cut(review.unformatted))


def _cut(texts: Sequence[str]) -> tuple[Line, ...]:
    rest = (f"and {len(texts) - LISTED:,} more",) if len(texts) > LISTED else ()
    return tuple(_lines((*texts[:LISTED], *rest)))


def _lines(texts: Iterable[str]) -> Iterator[Line]:
    return (Line(after=text) for text in texts)


def _short(before: str | None, after: str | None) -> dict[str, str | None]:
    """Cut two long texts down to the words that differ, with some around them."""
    if before is None or after is None:
        return {"before": before, "after": after}
    old, new = before.split(), after.split()
    most = min(len(old), len(new))
    first = next((number for number in range(most) if old[number] != new[number]), most)
    last = next((number for number in range(most - first) if old[-1 - number] != new[-1 - number]), most - first)
    start, end = max(0, first - CONTEXT), max(0, last - CONTEXT)

    def cut(words: list[str]) -> str:
        shown = " ".join(words[start : len(words) - end])
        return f"{'… ' if start else ''}{shown}{' …' if end else ''}"

    return {"before": cut(old), "after": cut(new)}
