"""Read a folder of event files and run the rules over it: the one entry that commands and the site share."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import rules, waivers
from generator.codes import CODES, WAIVABLE
from generator.corpus import Parts, Progress, read_corpus
from generator.diagnostics import Diagnostic, Severity, has_errors
from generator.model import Corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A corpus and all that was found. `corpus` is whole only where `ok`.

    `files` counts the files read, `waived` the findings that comments in the files waive.
    """

    corpus: Corpus | None
    findings: tuple[Diagnostic, ...]
    files: int
    waived: int

    @property
    def ok(self) -> bool:
        """Tell whether the corpus can be published."""
        return self.corpus is not None and not has_errors(self.findings)


def check(
    root: Path,
    name: str = "",
    progress: Progress | None = None,
    contents: Mapping[str, bytes] | None = None,
    parts: Parts | None = None,
    *,
    errors_only: bool = False,
) -> Checked:
    """Check the event folder `root`, which findings name `name`; findings come in the order of the report.

    `contents` are bytes at hand of its files, by path below the folder; `parts` is who reads them. With `errors_only`,
    rules that find no errors do not run; the warnings of the others, and of reading, are among the findings.
    """
    with no_collection():
        reading = read_corpus(root, name, progress, contents, parts)
        findings = list(reading.findings)
        if reading.corpus is not None:
            findings += rules.run(reading.corpus, errors_only=errors_only)
        findings, waived = waivers.apply(findings, reading.waivers, WAIVABLE, CODES)
    return Checked(
        corpus=reading.corpus,
        findings=tuple(sorted(findings, key=lambda finding: finding.sort_key)),
        files=reading.files,
        waived=waived,
    )


def errors_of(checked: Checked) -> list[Diagnostic]:
    """Give the findings that keep a corpus from being published."""
    return [finding for finding in checked.findings if finding.severity is Severity.ERROR]


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """Hold the garbage collector: nothing here has cycles, and looking for some takes a third of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if not gc.get_freeze_count():  # else somebody has set aside what stays
                # Straight into the oldest generation: without this, the next collection would walk through all of it.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
