"""What a reviewer has to know of a change of the event files: what differs, what follows from it, what to look at."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from generator import cache, fmt, git
from generator.check import check
from generator.chronology import Chronology
from generator.diagnostics import Diagnostic, Severity
from generator.keys import Keys
from generator.model import Corpus, Event, Source
from generator.pages import plan
from generator.review.differences import Difference, Way, differences, touched
from generator.review.words import title_of
from generator.source import Unreadable, read_bytes
from generator.writer import PageNameTaken, Writer


class Unreviewable(Exception):
    """Raised with words for the user when a state cannot be compared; `findings` say what is wrong with its files."""

    def __init__(self, words: str, findings: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(words)
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The paths of pages that are added, made anew or gone; `lists` counts those that are made of everything."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    lists: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source that is new or says something new: of which record, how it is cited, and what to look at."""

    record: str
    source: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All of it. `layout` are files in which nothing but layout or comments changed, `unformatted` those that
    “chronology fmt” would change; `unread` are files of the former state that could not be read."""

    base: str
    differences: tuple[Difference, ...]
    layout: tuple[str, ...]
    actors: tuple[str, ...]
    pages: Pages
    findings: tuple[Diagnostic, ...]
    sources: tuple[Cited, ...]
    unformatted: tuple[str, ...]
    unread: tuple[str, ...]


def review(root: Path, name: str, base: str) -> Review:
    """Compare the folder `root`, which findings name `name`, with where this branch left git’s state `base`.

    Raises GitError where git cannot tell, and Unreviewable where the files of either state cannot be read.
    """
    state = git.merge_base(root, base)
    changed = frozenset(git.changed(root, base))
    with tempfile.TemporaryDirectory(prefix="chronology-") as folder:
        former = Path(folder) / "events"
        former.mkdir()
        for path, content in git.tree(root, state):
            (former / path).parent.mkdir(parents=True, exist_ok=True)
            (former / path).write_bytes(content)
        before = check(former, name)
        old_digests = cache.state(former, name).digests
    after = check(root, name)
    if before.corpus is None:
        raise Unreviewable(f"The event files of {base} cannot be read.", before.findings)
    if after.corpus is None:
        raise Unreviewable("The event files cannot be read.", after.findings)
    found = tuple(differences(before.corpus, after.corpus))
    unread = {finding.position.path for finding in before.findings if finding.code[0] in "YSD" and is_error(finding)}
    return Review(
        base=base,
        differences=found,
        layout=tuple(_layout_alone(changed, found, after.corpus, after.findings, name)),
        actors=touched(before.corpus, after.corpus, found),
        pages=_pages(before.corpus, after.corpus, old_digests, cache.state(root, name).digests),
        findings=tuple(_of_changed(after.findings, {f"{name}/{path}" for path in changed})),
        sources=tuple(_sources(before.corpus, after.corpus, found)),
        unformatted=tuple(_unformatted(root, sorted(changed), name)),
        unread=tuple(sorted(unread)),
    )


def is_error(finding: Diagnostic) -> bool:
    """Tell whether a finding keeps a change from being published."""
    return finding.severity is Severity.ERROR


def _of_changed(findings: Iterable[Diagnostic], changed: set[str]) -> Iterator[Diagnostic]:
    """Yield the errors, and the warnings that have to do with a changed file."""
    for finding in findings:
        places = {finding.position.path, *(related.position.path for related in finding.related)}
        if is_error(finding) or (finding.severity is Severity.WARNING and places & changed):
            yield finding


def _layout_alone(
    changed: Iterable[str], found: Iterable[Difference], corpus: Corpus, findings: Iterable[Diagnostic], name: str
) -> Iterator[str]:
    """Yield the changed files of records that say what they said."""
    told = {difference.id for difference in found}
    broken = {finding.position.path for finding in findings if is_error(finding)}
    known = {
        record.position.path
        for records in (corpus.events, corpus.actors, corpus.places, corpus.topics, corpus.sources)
        for id_, record in records.items()
        if id_ not in told
    }
    yield from (path for path in sorted(f"{name}/{own}" for own in changed) if path in known - broken)


def _unformatted(root: Path, changed: Iterable[str], name: str) -> Iterator[str]:
    for path in changed:
        if not path.endswith(".yml") or path.startswith("media/"):
            continue
        try:
            content = read_bytes(root / path, path)
            if fmt.formatted(content, path, fmt.kind_of_path(path)).encode() != content:
                yield f"{name}/{path}"
        except (Unreadable, fmt.Unformattable):
            continue  # the check says what is wrong with it


def _pages(before: Corpus, after: Corpus, old: Mapping[str, str], new: Mapping[str, str]) -> Pages:
    try:
        first, second = _keys(before, old), _keys(after, new)
    except (PageNameTaken, KeyError):
        return Pages(added=(), changed=(), gone=(), lists=0)  # one of the states has errors: no site comes of it
    differing = [path for path in second if path in first and first[path] != second[path]]
    return Pages(
        added=tuple(path for path in second if path not in first),
        changed=tuple(path for path in differing if second[path][1]),
        gone=tuple(path for path in first if path not in second),
        lists=sum(not second[path][1] for path in differing),
    )


def _keys(corpus: Corpus, digests: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
    """Give the key of each page that is made of records, and whether it is made of less than all of them."""
    chronology = Chronology(corpus)
    keys = Keys(chronology, digests)
    keys.rest_on("")
    planned = plan(Writer(chronology), "", tuple)
    return {page.path: (keys.page(page), page.of is not None) for page in planned if page.of != ()}


def _sources(before: Corpus, after: Corpus, found: Iterable[Difference]) -> Iterator[Cited]:
    """Look at the sources that are new or say something new, without asking anybody."""
    known = {_shape(source) for source in _all(before)}
    hosts = Counter(_host(source) for source in _all(before))
    publishers = {str(source.publisher) for source in _all(before)}
    for difference in found:
        if difference.way is Way.REMOVED or difference.kind not in ("event", "source"):
            continue
        record = after.events.get(difference.id) if difference.kind == "event" else after.sources.get(difference.id)
        for source in _of(record):
            if _shape(source) in known:
                continue
            notes = list(_notes(source, hosts, publishers))
            shown = ", ".join(str(part) for part in (source.publisher, source.title, source.url) if part)
            yield Cited(record=difference.id, source=shown or title_of(source), notes=tuple(notes))


def _notes(source: Source, hosts: Mapping[str, int], publishers: set[str]) -> Iterator[str]:
    if source.url is None:
        yield "has no address"
    else:
        parts = urlsplit(str(source.url))
        if parts.path in ("", "/") and not parts.query:
            yield "its address leads to a front page, not to a page of its own"
        if parts.scheme == "http":
            yield "its address is not encrypted (http)"
        if "utm_" in parts.query:
            yield "its address says where the reader came from (utm_…)"
        cited = hosts.get(_host(source), 0)
        yield f"{_host(source)} is cited {cited:,} times already" if cited else f"{_host(source)} is not cited yet"
    if source.publisher is not None and str(source.publisher) not in publishers:
        yield "its publisher is new"
    yield from (
        f"has no {said}"
        for said, value in (("headline", source.title), ("date", source.published), ("archived copy", source.archived))
        if value is None
    )


def _all(corpus: Corpus) -> Iterator[Source]:
    yield from corpus.sources.values()
    for event in corpus.events.values():
        yield from _of(event)


def _of(record: Event | Source | None) -> Iterator[Source]:
    if isinstance(record, Source):
        yield record
    elif record is not None:
        yield from (source for source in record.sources if isinstance(source, Source))


def _shape(source: Source) -> tuple[str, ...]:
    return tuple(map(str, (source.url, source.title, source.publisher, source.published and source.published.text)))


def _host(source: Source) -> str:
    return (urlsplit(str(source.url or "")).hostname or "").removeprefix("www.")
