"""Relations that order events may not lead round in a circle, nor from an event to itself.

“Follows”, “part of” and the like have a direction: if A follows B, B cannot follow A. The vocabulary says
which relation types are acyclic.

How to fix it: turn one of the relations round, or delete it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diagnostics import Finding, Position, Severity, quoted
from generator.model import Corpus, Relation

CODE = "R303"
NAME = "circle of relations"
SEVERITY = Severity.ERROR
WAIVABLE = False

_LONGEST = 6
"""How many events of a circle a message names."""


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for the relation that closes each circle."""
    kinds: dict[str, dict[str, list[Relation]]] = {}
    for event in corpus.events.values():
        for relation in event.relations:
            if relation.event == event.id:
                yield _finding(relation, [event.id])
            elif corpus.vocabulary.relation_types[relation.type].acyclic:
                kinds.setdefault(relation.type, {}).setdefault(event.id, []).append(relation)
    for edges in kinds.values():
        yield from _circles(edges)


def _circles(edges: Mapping[str, list[Relation]]) -> Iterator[Finding]:
    """Walk depth first with an explicit stack; an edge back into the open path closes a circle."""
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        path: list[str] = [start]
        on_path = {start}
        stack = [iter(edges[start])]
        while stack:
            relation = next(stack[-1], None)
            if relation is None:
                stack.pop()
                done.add(path[-1])
                on_path.discard(path.pop())
            elif relation.event in on_path:
                yield _finding(relation, path[path.index(str(relation.event)) :])
            elif relation.event not in done and relation.event in edges:
                path.append(str(relation.event))
                on_path.add(path[-1])
                stack.append(iter(edges[path[-1]]))


def _finding(relation: Relation, circle: list[str]) -> Finding:
    if len(circle) == 1:
        message = f"An event cannot have the relation {quoted(relation.type)} to itself."
        remedy = "Name the other event, or delete the relation."
    else:
        shown = circle if len(circle) <= _LONGEST else [*circle[: _LONGEST - 1], "…", circle[-1]]
        way = " → ".join([*shown, circle[0]])
        remedy = "Turn one of these relations round, or delete it."
        message = f"Relations of type {quoted(relation.type)} may not lead round in a circle: {way}."
    name = relation.event
    return Finding(
        message=message,
        remedy=remedy,
        position=Position(relation.position.path, name.line, name.column),
        length=len(name),
    )
