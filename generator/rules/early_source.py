"""A source that reports an event is not older than the event.

A page published before the day can announce an event; it cannot know that it took place. The date of the event or
of the page may be mistaken, or the page belongs to a preview.

How to fix it: correct the date; or give the page’s own date as an account of “date”; or say in the source’s “note”
what it is there for, such as “Announced beforehand”.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Finding, Position, Severity
from generator.model import AccountField, Corpus, Event, Source, Status, Text

CODE = "R405"
NAME = "source older than its event"
SEVERITY = Severity.WARNING
WAIVABLE = True

_TELLING = (AccountField.DATE, AccountField.STATUS)


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each source of an event that was published before it."""
    for event in corpus.events.values():
        first = event.date.value.earliest
        if first is None or first > corpus.today or event.status not in (Status.OCCURRED, Status.ONGOING):
            continue  # what lies ahead cannot have been reported; another rule says so
        explained = {str(account.source) for account in event.accounts if account.field in _TELLING}
        for cited in event.sources:
            source = cited if isinstance(cited, Source) else corpus.sources.get(str(cited))
            if source is None or source.published is None or source.note is not None:
                continue
            last = source.published.value.latest
            if last is not None and last < first and str(source.id) not in explained:
                yield _finding(event, cited, source.published.text)


def _finding(event: Event, cited: Source | Text, published: Text) -> Finding:
    place = published if isinstance(cited, Source) else cited
    return Finding(
        message="A source that reports an event is not older; "
        f"this one is of {published}, the event of {event.date.text}.",
        remedy="Correct the date, or say in the source’s “note” what it is there for.",
        position=Position(event.position.path, place.line, place.column),
        length=len(place),
    )
