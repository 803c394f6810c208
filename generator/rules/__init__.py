"""The rules: checks over the whole corpus, one a module, in the order in which they run.

A rule is a module with `CODE`, `NAME`, `SEVERITY`, `WAIVABLE` (whether a comment may waive what it finds), a docstring
(what is required, why, how to fix it) and `check(corpus)`, a generator of findings. Its examples stand in
`examples/<module>/`: a file that it reports, with the exact report, and one that it does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from generator.diagnostics import Diagnostic, Severity
from generator.model import Corpus
from generator.rules import (
    agreeing_account,
    date_in_id,
    early_source,
    future_event,
    invented_precision,
    near_duplicate,
    office_not_held,
    redirect,
    relation_cycle,
    relation_order,
    repeated_participant,
    reversed_tenure,
    same_url,
    similar_names,
    single_source,
    unarchived_source,
    unexplained_date,
    unknown_reference,
    unlisted_difference,
    unused_entity,
)

RULES: tuple[ModuleType, ...] = (
    unknown_reference,
    date_in_id,
    relation_cycle,
    same_url,
    redirect,
    future_event,
    office_not_held,
    reversed_tenure,
    invented_precision,
    near_duplicate,
    similar_names,
    single_source,
    early_source,
    unused_entity,
    relation_order,
    unarchived_source,
    agreeing_account,
    unlisted_difference,
    unexplained_date,
    repeated_participant,
)


def run(corpus: Corpus, *, errors_only: bool = False) -> Iterator[Diagnostic]:
    """Run every rule, or those that find errors, and stamp its code and severity on what it finds."""
    for rule in RULES:
        if errors_only and rule.SEVERITY is not Severity.ERROR:
            continue
        for finding in rule.check(corpus):
            yield Diagnostic(
                code=rule.CODE,
                severity=rule.SEVERITY,
                message=finding.message,
                remedy=finding.remedy,
                position=finding.position,
                length=finding.length,
                related=finding.related,
                fix=finding.fix,
            )
