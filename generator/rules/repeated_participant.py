"""An actor is listed once for each part played in an event.

The same actor twice in one role is a slip, and counts double in the lists of who deals with whom.

How to fix it: delete one of the two, or give the other its own role.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Finding, Position, Related, Severity, quoted
from generator.model import Corpus, Text

CODE = "R412"
NAME = "participant listed twice"
SEVERITY = Severity.WARNING
WAIVABLE = True


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each participant that is there before in the same role."""
    for event in corpus.events.values():
        if len(event.participants) < 2:
            continue
        first: dict[tuple[str, str, str], Text] = {}
        for part in event.participants:
            key = (str(part.actor), str(part.role), str(part.on_behalf_of))
            known = first.setdefault(key, part.actor)
            if known is not part.actor:
                path = event.position.path
                yield Finding(
                    message=f"An actor is listed once for each part; {quoted(part.actor)} is here twice "
                    f"as {quoted(part.role)}.",
                    remedy="Delete one of the two, or give it another role.",
                    position=Position(path, part.actor.line, part.actor.column),
                    length=len(part.actor),
                    related=(Related(Position(path, known.line, known.column), "first listed here"),),
                )
