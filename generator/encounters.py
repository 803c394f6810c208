"""Who deals with whom: how many events two actors share, for a table that shows it at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from generator.chronology import Chronology
from generator.model import Actor, ActorKind, Event

MOST = 16
"""How many actors a table has: more cannot be taken in at a glance."""

STEPS = 5
"""In how many shades the counts are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounters:
    """The actors that share most events, and for each pair (in that order) how many."""

    actors: tuple[Actor, ...]
    counts: Mapping[tuple[str, str], int]

    def count(self, one: Actor, other: Actor) -> int:
        """Give how many events two actors share, in whichever order they are named."""
        return self.counts.get((one.id, other.id), 0) or self.counts.get((other.id, one.id), 0)

    def shade(self, one: Actor, other: Actor) -> int:
        """Give the shade of a cell: 0 for no event, STEPS for the most, and one less each time the count is halved."""
        most = max(self.counts.values(), default=1)
        count = self.count(one, other)
        if not count:
            return 0
        return max(1, STEPS - (most // count).bit_length() + 1)


def encounters(chronology: Chronology, kind: ActorKind) -> Encounters:
    """Count the events that any two actors of a kind share; a state shares those of who acted for it."""
    pairs: Counter[tuple[str, str]] = Counter()
    for event in chronology.events:
        present = sorted(_present(chronology, event, kind))
        pairs.update(combinations(present, 2))
    weights: Counter[str] = Counter()
    for pair, count in pairs.items():
        for name in pair:
            weights[name] += count
    names = sorted(weights, key=lambda name: (-weights[name], chronology.actors[name].name, name))[:MOST]
    kept = {pair: count for pair, count in pairs.items() if pair[0] in names and pair[1] in names}
    return Encounters(actors=tuple(chronology.actors[name] for name in names), counts=kept)


def _present(chronology: Chronology, event: Event, kind: ActorKind) -> set[str]:
    found: set[str] = set()
    for part in chronology.parts[event.id]:
        found.update(
            name for name in (part.actor.id, *chronology.bodies_of(part)) if chronology.actors[name].kind is kind
        )
    return found
