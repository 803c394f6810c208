"""Why a text is not an EDTF date, and what to write instead.

Nothing here accepts a text: the parser has already found that it has no EDTF shape, and asks for the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from generator.dates.foreign import recognise
from generator.dates.proposals import quoted, reads, reads_in_turn
from generator.dates.refusedparts import (
    explain_draft_letters,
    explain_draft_words,
    explain_parts,
    explain_signs,
)
from generator.dates.refusedset import explain_set_signs
from generator.dates.refusedtime import explain_time
from generator.dates.refusedyear import explain_year
from generator.dates.value import DateError

_EXAMPLES = "write a day (2026-02-11), a month (2026-02) or a year (2026)"
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d")
_SIGNS = re.compile(r"[0-9XYEST?~%./,:{}\[\]Z+-]+")


def check_characters(text: str) -> None:
    """Refuse an empty text, blanks, and characters that only look like those of EDTF."""
    if not text:
        raise DateError("A date is needed here", 0, _EXAMPLES)
    stripped = text.strip()
    if not stripped:
        raise DateError("A date is needed here, not blanks", 0, _EXAMPLES)
    if stripped != text:
        ahead = text[0].isspace()
        offset = 0 if ahead else len(stripped)
        raise DateError(f"A date has no blank {'before' if ahead else 'after'} it", offset, _without_blanks(stripped))
    if error := recognise(text):
        raise error
    for offset, character in enumerate(text):
        if not "!" <= character <= "~":
            raise _character_error(text, offset, character)


def _without_blanks(text: str) -> str:
    if not _SIGNS.fullmatch(text):
        return "leave the blank out"
    if "," in text and text[0] not in "[{":
        return f"write [{text}] for one of these dates, or {{{text}}} for all of them"
    return f"write {text}"


def _character_error(text: str, offset: int, character: str) -> DateError:
    if character.isspace():
        closed = "".join(text.split())
        strange = (at for at, one in enumerate(text) if not (one.isspace() or _SIGNS.fullmatch(one)))
        first = next(strange, None)
        if first is not None and text[first].isascii():
            return DateError(f"{quoted(text)} is not an EDTF date", first, _EXAMPLES)
        return DateError("A date has no blank in it", offset, _without_blanks(closed))
    if character == "\u2026":
        return DateError("A range and an open end have two dots, not an ellipsis", offset, "write two dots")
    name = unicodedata.name(character, "a character without a name").lower()
    shown = f"U+{ord(character):04X} ({name})"
    ascii_text = "".join(_plain(one) for one in text)
    # An interval or a set is too much to prove here; a single date is not.
    whole = reads(ascii_text) or (any(sign in text for sign in "/[{") and _SIGNS.fullmatch(ascii_text))
    halves = text.split(character)
    if character in _DASHES and not reads(ascii_text) and len(halves) == 2 and reads_in_turn(*halves):
        return DateError(f"An interval has a slash between its ends, not {shown}", offset, f"write {'/'.join(halves)}")
    if character in _DASHES:
        remedy = f"write {ascii_text}" if whole else "type a hyphen"
        return DateError(f"The parts of a date are joined by a hyphen, not {shown}", offset, remedy)
    if whole:
        return DateError(f"A date is written in ASCII characters, not {shown}", offset, f"write {ascii_text}")
    return DateError(f"A date is written in ASCII characters, not {shown}", offset, "leave the character out")


def _plain(character: str) -> str:
    """The ASCII that a digit of another script, a dash or a full-width character stands for."""
    if character in _DASHES:
        return "-"
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else character


def explain(text: str) -> DateError:
    """Why a text without blanks, slashes or brackets around it is not a single date."""
    for reason in _REASONS:
        if error := reason(text):
            return error
    offset = next((at for at, character in enumerate(text) if character not in "0123456789-X?~%"), 0)
    return DateError(f"{quoted(text)} is not an EDTF date", offset, _EXAMPLES)


_REASONS: tuple[Callable[[str], DateError | None], ...] = (
    explain_draft_words,
    recognise,
    explain_draft_letters,
    explain_signs,
    explain_time,
    explain_set_signs,
    explain_year,
    explain_parts,
)
