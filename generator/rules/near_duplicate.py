"""No two files describe one event.

Two files with the same actors, dates that overlap and titles much alike (names do not count) are probably one event,
told twice from two reports. Readers would count it twice. A second report belongs into the first file, as a source or
an account. On 90,730 rows of ICEWS the search reports 10,263, of which 48 are false alarms (one row in 1,900); the
others are one event told from both sides. “python -m benchmarks” measures it anew.

How to fix it: join the two files; or make the titles say what tells the events apart; or waive it with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from generator.diagnostics import Finding, Position, Related, Severity, quoted
from generator.model import Corpus, Event

CODE = "R402"
NAME = "near-duplicate"
SEVERITY = Severity.WARNING
WAIVABLE = True

ALIKE = 0.6
"""How much of the words of two titles must be the same (Jaccard index)."""

WINDOW = 40
"""With how many of the events before it, among those of the same actors, an event is compared."""

_SMALL = frozenset(("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for the later of two events that are alike, at its title."""
    groups: dict[tuple[str, ...], list[Event]] = {}
    for event in sorted(corpus.events.values(), key=lambda event: (event.date.value.sort_key, event.id)):
        for key in _keys(event):
            groups.setdefault(key, []).append(event)
    words = _Words(corpus)
    told: set[str] = set()
    for events in groups.values():
        for number, event in enumerate(events):
            if event.id in told:
                continue
            for other in events[max(0, number - WINDOW) : number]:
                if _alike(event, other, words):
                    told.add(event.id)
                    yield _finding(event, other)
                    break


def _keys(event: Event) -> Iterator[tuple[str, ...]]:
    """Yield what events must share to be compared: two actors, or their only one."""
    actors = sorted({str(part.actor) for part in event.participants})
    if len(actors) < 2:
        yield tuple(actors)
    else:
        # All pairs of many actors would be too many; two events alike share some of the first as well.
        yield from combinations(actors[:6], 2)


def _alike(event: Event, other: Event, words: _Words) -> bool:
    one, two = event.date.value, other.date.value
    apart = (one.earliest is not None and two.latest is not None and two.latest < one.earliest) or (
        two.earliest is not None and one.latest is not None and one.latest < two.earliest
    )
    if apart or any(relation.event == other.id for relation in event.relations):
        return False
    if any(relation.event == event.id for relation in other.relations):
        return False
    left = {str(part.actor) for part in event.participants}
    right = {str(part.actor) for part in other.participants}
    if left and len(left & right) < len(left | right) / 2:
        return False
    names = words.of_names(left | right)
    first, second = words.of_title(event) - names, words.of_title(other) - names
    return len(first & second) >= ALIKE * len(first | second)


class _Words:
    """The words of titles, and those of actors’ names: like actors make any two titles alike, so names do not count."""

    def __init__(self, corpus: Corpus) -> None:
        self.actors = corpus.actors
        self.titles: dict[str, frozenset[str]] = {}
        self.names: dict[str, frozenset[str]] = {}

    def of_title(self, event: Event) -> frozenset[str]:
        if event.id not in self.titles:
            self.titles[event.id] = _words(event.title)
        return self.titles[event.id]

    def of_names(self, actors: set[str]) -> frozenset[str]:
        for name in actors - self.names.keys():
            actor = self.actors.get(name)
            spellings = (actor.name, *(spelling.name for spelling in actor.names)) if actor is not None else ()
            self.names[name] = frozenset().union(*map(_words, spellings))
        return frozenset().union(*(self.names[name] for name in actors))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if word not in _SMALL)


def _finding(event: Event, other: Event) -> Finding:
    path, title = other.position.path, other.title
    return Finding(
        message=f"One event has one file; {other.id} has the same actors, an overlapping date and a like title.",
        remedy=f"Join the two, or make the title say what tells this event from {quoted(title)}.",
        position=Position(event.position.path, event.title.line, event.title.column),
        length=len(event.title),
        related=(Related(Position(path, title.line, title.column), "the other event"),),
    )
