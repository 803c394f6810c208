"""Where an event is contested, its file says by whom and how.

An event whose standing is disputed or denied, or that another event contradicts, shows both sides: what each source
says stands under “accounts”, or in the words of those who said it under “statements”.

How to fix it: add an account (field, value, source) for each side that differs; or, where another event contradicts
this one, at least say so with “standing: disputed”.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Finding, Position, Related, Severity, quoted
from generator.model import Corpus, Event, Relation, Standing

CODE = "R410"
NAME = "difference not listed"
SEVERITY = Severity.WARNING
WAIVABLE = True

_CONTESTED = (Standing.DISPUTED, Standing.DENIED)


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each contested event that lists no account and no statement."""
    contradicted: dict[str, tuple[Event, Relation]] = {}
    for event in corpus.events.values():
        for relation in event.relations:
            if relation.type == "contradicts":
                contradicted.setdefault(str(relation.event), (event, relation))
    for event in corpus.events.values():
        listed = bool(event.accounts or event.statements)
        if event.standing in _CONTESTED and not listed:
            yield Finding(
                message=f"A contested event lists what each side says; this is {quoted(event.standing.value)}, "
                "with neither accounts nor statements.",
                remedy="Add what the sources say differently under “accounts”.",
                position=Position(event.position.path, event.title.line, event.title.column),
                length=len(event.title),
            )
        elif event.id in contradicted and not listed and event.standing is None:
            other, relation = contradicted[event.id]
            where = Position(relation.position.path, relation.position.line, relation.position.column)
            yield Finding(
                message=f"A contested event says so; {other.id} contradicts this one, and nothing here tells of it.",
                remedy="Add what differs under “accounts”, or write “standing: disputed”.",
                position=Position(event.position.path, event.title.line, event.title.column),
                length=len(event.title),
                related=(Related(where, "contradicted here"),),
            )
