"""A redirect leads from an id that is no longer used straight to one that is.

A published id stays valid: when an event is renamed or merged, its old id stands in events/redirects.yml with
its successor. A redirect from a living id would hide that event, one to nowhere would strand the reader, and
a chain would break with its next link.

How to fix it: name the event that readers should reach, and delete entries whose old id is in use again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.diagnostics import Finding, Position, Severity, did_you_mean, quoted
from generator.model import Corpus

CODE = "R305"
NAME = "redirect"
SEVERITY = Severity.ERROR

SUGGESTED = 20
"""For how many redirects the nearest event is looked for: the search is slow in a large chronology."""


def check(corpus: Corpus, broken: Mapping[str, set[str]]) -> Iterator[Finding]:
    """Yield a finding for each redirect from a living id or to anything but a living one."""
    path = corpus.settings.position.path.removesuffix("chronology.yml") + "redirects.yml"
    suggestions = SUGGESTED
    for old, new in corpus.redirects.items():
        position = Position(path, new.line, new.column)
        if old in corpus.events:
            yield Finding(
                message=f"The id {quoted(old)} is in use and cannot be redirected.",
                remedy="Delete the redirect, or rename the event.",
                position=position,
                length=len(new),
            )
        elif new in corpus.redirects:
            end = _end(corpus.redirects, new)
            yield Finding(
                message=f"A redirect leads straight to an event; {quoted(new)} is itself redirected.",
                remedy=f"Write {end} instead." if end else "Name the event that readers should reach.",
                position=position,
                length=len(new),
            )
        elif new not in corpus.events and new not in broken.get("event", ()):
            suggestions -= 1
            yield Finding(
                message=f"{quoted(new)} is not the id of an event.",
                remedy=did_you_mean(
                    new, corpus.events if suggestions >= 0 else (), "Name the event that readers should reach."
                ),
                position=position,
                length=len(new),
            )


def _end(redirects: Mapping[str, str], name: str) -> str:
    """Follow a chain of redirects to its end; empty when it has none within a hundred steps."""
    for _ in range(100):
        if name not in redirects:
            return str(name)
        name = redirects[name]
    return ""
