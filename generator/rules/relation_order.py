"""A relation between two events agrees with their dates.

What follows another event, answers it or carries it out is not earlier; what announces it is not later; a part lies
within the time of the whole. The vocabulary says for each relation type how the two stand in time (“order”).

How to fix it: correct the date of one of the two, turn the relation round, or choose another type.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.dates import Date
from generator.diagnostics import Finding, Position, Related, Severity
from generator.model import Corpus

CODE = "R407"
NAME = "relation against the dates"
SEVERITY = Severity.WARNING
WAIVABLE = True

_WORDS = {"after": "not earlier than", "before": "not later than", "within": "within the time of"}


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each relation that the dates of the two events rule out."""
    for event in corpus.events.values():
        for relation in event.relations:
            kind = corpus.vocabulary.relation_types[relation.type]
            other = corpus.events.get(str(relation.event))
            if kind.order is None or other is None:
                continue
            own, theirs = event.date.value, other.date.value
            wrong = {
                "after": _before(own, theirs),
                "before": _before(theirs, own),
                "within": _before(own, theirs) or _before(theirs, own),
            }
            if wrong[kind.order]:
                name = relation.event
                yield Finding(
                    message=f"“{relation.type}” means that this event is {_WORDS[kind.order]} the other; "
                    f"this is of {event.date.text}, the other of {other.date.text}.",
                    remedy="Correct a date, turn the relation round, or choose another type.",
                    position=Position(event.position.path, name.line, name.column),
                    length=len(name),
                    related=(
                        Related(
                            Position(other.position.path, other.date.text.line, other.date.text.column), "its date"
                        ),
                    ),
                )


def _before(one: Date, other: Date) -> bool:
    """Tell whether one date surely lies before the other."""
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest
