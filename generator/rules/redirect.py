"""A redirect leads from an id that is no longer used straight to one that is.

A published id stays valid: when an event, an actor, a place or a topic is renamed or merged, its old id stands in
events/redirects.yml with its successor. A redirect from a living id would hide its page, one to nowhere would strand
the reader, and a chain would break with its next link.

How to fix it: name the id that readers should reach, and delete entries whose old id is in use again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diagnostics import Finding, Position, Severity, did_you_mean, quoted
from generator.model import Corpus, Located

CODE = "R305"
NAME = "redirect"
SEVERITY = Severity.ERROR
WAIVABLE = False

SUGGESTED = 20
"""For how many redirects the nearest id is looked for: the search is slow in a large chronology."""


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each redirect from a living id or to anything but a living one."""
    living: dict[str, Mapping[str, Located]] = {
        "event": corpus.events,
        "actor": corpus.actors,
        "place": corpus.places,
        "topic": corpus.topics,
        "source": corpus.sources,
    }
    path = corpus.settings.position.path.removesuffix("chronology.yml") + "redirects.yml"
    suggestions = SUGGESTED
    for kind, redirects in corpus.redirects.items():
        here = living[kind]
        for old, new in redirects.items():
            end, remedy = "", "Name the id that readers should reach."
            if old in here:
                message = f"The id {quoted(old)} is in use and cannot be redirected."
                remedy = f"Delete the redirect, or rename the {kind}."
            elif new in redirects:
                end = _end(redirects, new)
                message = f"A redirect leads straight to {_ONE[kind]}; {quoted(new)} is itself redirected."
                remedy = f"Write {end} instead." if end else remedy
            elif new not in here and new not in corpus.broken.get(kind, ()):
                suggestions -= 1
                message = f"{quoted(new)} is not the id of {_ONE[kind]}."
                remedy = did_you_mean(new, here if suggestions >= 0 else (), remedy)
            else:
                continue
            position = Position(path, new.line, new.column)
            yield Finding(message=message, remedy=remedy, position=position, length=len(new), fix=end or None)


_ONE = {"event": "an event", "actor": "an actor", "place": "a place", "topic": "a topic", "source": "a source"}


def _end(redirects: Mapping[str, str], name: str) -> str:
    """Follow a chain of redirects to its end; empty when it has none within a hundred steps."""
    for _ in range(100):
        if name not in redirects:
            return str(name)
        name = redirects[name]
    return ""
