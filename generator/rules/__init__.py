"""The rules: checks over the whole corpus, one a module, in the order in which they run.

A rule is a module with `CODE`, `NAME`, `SEVERITY`, a docstring (what is required, why, how to fix it) and
`check(corpus, broken)`, a generator of findings. `broken` names, by kind, the ids whose files could not be
read: a rule keeps silent about what they may hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType

from generator.diagnostics import Diagnostic
from generator.model import Corpus
from generator.rules import date_in_id, relation_cycle, same_url, unknown_reference, unused_redirect

RULES: tuple[ModuleType, ...] = (unknown_reference, date_in_id, relation_cycle, same_url, unused_redirect)


def run(corpus: Corpus, broken: Mapping[str, set[str]]) -> Iterator[Diagnostic]:
    """Run every rule and stamp its code and severity on what it finds."""
    for rule in RULES:
        for finding in rule.check(corpus, broken):
            yield Diagnostic(
                code=rule.CODE,
                severity=rule.SEVERITY,
                message=finding.message,
                remedy=finding.remedy,
                position=finding.position,
                length=finding.length,
                related=finding.related,
            )
