"""What a remedy may propose: texts that have been read as dates, and words around them."""

from __future__ import annotations

import re
from itertools import pairwise

from generator.dates import single
from generator.dates.value import DateError, Form


def pattern(text: str) -> re.Pattern[str]:
    """A pattern for words of dates: of ASCII, in either case."""
    return re.compile(text, re.IGNORECASE | re.ASCII)


def reads(text: str) -> bool:
    """Whether the text is a single EDTF date, so that a remedy may name it."""
    try:
        return single.read(text) is not None
    except DateError:
        return False


def reads_in_turn(*texts: str) -> bool:
    """Whether the texts are dates, each wholly after the one before, so that a remedy may join them."""
    try:
        dates = [single.read(text) for text in texts]
    except DateError:
        return False
    days = [date for date in dates if date is not None and date.form is not Form.TIME]
    if len(days) < len(texts):
        return False
    return all(one.latest < other.earliest for one, other in pairwise(days) if one.latest and other.earliest)


def quoted(text: str) -> str:
    """The text in quotation marks, shortened, for a message."""
    shown = ascii(text[:40])[1:-1] if not text[:40].isprintable() else text[:40]
    return f'"{shown}{"…" if len(text) > 40 else ""}"'


def year_first(text: str, candidate: str, *, hint: str = "") -> DateError:
    """Propose a date in digits for one in another order or in words; or say why that does not exist."""
    try:
        single.read(candidate)
    except DateError as error:
        return DateError(error.message, 0, "write a date that exists, the year first, such as 2026-02-11")
    message = f"A date is written in digits, the year first, with hyphens; {quoted(text)} is not"
    return DateError(message, 0, f"write {candidate}{hint}")
