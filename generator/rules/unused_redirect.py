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


def check(corpus: Corpus, broken: Mapping[str, set[str]]) -> Iterator[Finding]:
    """Yield a finding for each redirect from a living id or to anything but a living one."""
    path = corpus.settings.position.path.rpartition("/")[0]
    for old, new in corpus.redirects.items():
        position = Position(f"{path}/redirects.yml", new.line, new.column)
        if old in corpus.events:
            yield Finding(
                message=f"The id {quoted(old)} is in use and cannot be redirected.",
                remedy="Delete the redirect, or rename the event.",
                position=position,
                length=len(new),
            )
        elif new in corpus.redirects:
            yield Finding(
                message=f"A redirect leads straight to an event; {quoted(new)} is itself redirected.",
                remedy=f"Write {corpus.redirects[new]} instead.",
                position=position,
                length=len(new),
            )
        elif new not in corpus.events and new not in broken.get("event", ()):
            yield Finding(
                message=f"{quoted(new)} is not the id of an event.",
                remedy=did_you_mean(new, corpus.events, "Name the event that readers should reach."),
                position=position,
                length=len(new),
            )
