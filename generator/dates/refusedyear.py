"""Why a text with Y, E or S is not a year."""

from __future__ import annotations

import re

from generator.dates.proposals import reads
from generator.dates.value import DateError

_WITH_MONTH = re.compile(r"(Y-?[0-9]+)-.*")
_UNSPECIFIED = re.compile(r"Y(-?)([0-9X]*X[0-9X]*)")
_LETTERS = re.compile(r"[?~%]?[-Y0-9][-+0-9XYES?~%.,]*")
_MARKED = re.compile(r"([^?~%]+)([?~%])(S[0-9]+)")


def explain_year(text: str) -> DateError | None:
    """The reason, or None when the text is not made of a year's characters with Y, E or S among them."""
    if not _LETTERS.fullmatch(text) or not set(text) & set("YES"):
        return None
    if "E" in text and reads(f"Y{text}"):
        return DateError("An exponential year has the prefix Y", 0, f"write Y{text}")
    if (match := _WITH_MONTH.fullmatch(text)) and match[1] != "Y":
        message = "A year with the prefix Y has no month or day"
        return DateError(message, match.end(1), f"write {_four_digits(match[1])}, or give the month in a note")
    if match := _UNSPECIFIED.fullmatch(text):
        return _unspecified(match)
    if match := _MARKED.fullmatch(text):
        message = "A qualifier follows the number of significant digits"
        return DateError(message, match.start(2), f"write {match[1]}{match[3]}{match[2]}")
    if text.startswith("Y+"):
        return DateError(
            "A year has no plus sign", 1, f"write Y{text[2:]}" if reads("Y" + text[2:]) else "leave it out"
        )
    return _missing_number(text)


def _four_digits(year: str) -> str:
    return year if reads(year) else year.removeprefix("Y") if reads(year.removeprefix("Y")) else "the year alone"


def _unspecified(match: re.Match[str]) -> DateError:
    sign, digits = match.groups()
    message = "A year with the prefix Y has significant digits, not X"
    if len(digits) == 4:
        return DateError("The prefix Y is for years of more than four digits", 0, f"write {sign}{digits}")
    kept = digits.rstrip("X")
    candidate = f"Y{sign}{digits.replace('X', '0')}S{len(kept)}"
    remedy = f"write {candidate}" if "X" not in kept and reads(candidate) else "write S and how many digits are known"
    return DateError(message, match.start(2) + digits.index("X"), remedy)


def _missing_number(text: str) -> DateError:
    for letter, name in (("E", "exponent"), ("S", "number of significant digits")):
        at = text.find(letter) + 1
        if at and not text[at : at + 1].isdecimal():
            remedy = f"write a whole number from 1 up after {letter}, or leave {letter} out"
            return DateError(f"The {name} is a whole number from 1 up", at, remedy)
    if match := re.fullmatch(r"([0-9]{5,})S[0-9]+", text):
        candidate = f"write Y{text}" if reads(f"Y{text}") else "write Y before it"
        return DateError("A year of more than four digits has the prefix Y", match.start(1), candidate)
    offset = max(text.find(letter) for letter in "YES")
    message = "A year is written 2026, Y20260, Y2E6 or 1950S2, alone"
    return DateError(message, offset, "write the year in one of these forms, without month, day or X")
