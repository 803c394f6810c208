"""Why a text of numbers, hyphens and marks is not a single date; and the draft of 2012."""

from __future__ import annotations

import re

from generator.dates.calendar import year_text
from generator.dates.proposals import reads
from generator.dates.value import DateError

_DRAFT = str.maketrans({"u": "X", "x": "X", "y": "Y", "e": "E", "p": "S", "s": "S", "t": "T", "z": "Z"})
_DRAFT_MESSAGES = {
    "u": "An unspecified digit is X; u was its sign in the draft of 2012",
    "x": "An unspecified digit is an upper-case X",
    "y": "The prefix of a long year is an upper-case Y",
    "e": "The exponent of a year follows an upper-case E",
    "p": "The number of significant digits follows S; p was its sign in the draft of 2012",
    "s": "The number of significant digits follows an upper-case S",
    "t": "A time follows an upper-case T",
    "z": "The sign for UTC is an upper-case Z",
}
_DRAFT_WORDS = {
    "open": "write .. for an open end, as in 2026-01-01/..",
    "unknown": "leave an unknown end empty, as in 2026-01-01/",
}
_MARKS = re.compile(r"[?~%]{2,}")
_LOOSE = re.compile(
    r"[?~%]?(?P<year>-?[0-9X]*)[?~%]?"
    r"(?:-[?~%]?(?P<month>[0-9X]*)[?~%]?(?:-[?~%]?(?P<day>[0-9X]*)[?~%]?(?P<more>-.*)?)?)?"
)


def explain_draft_words(text: str) -> DateError | None:
    """The words and parentheses of the draft, dots alone, and durations; None when there is none."""
    if text == "..":
        remedy = "write 2026-01-01/.. or ../2026-01-01"
        return DateError("Two dots are an open end of an interval, not a date", 0, remedy)
    word = text.lower()
    if word in _DRAFT_WORDS:
        return DateError(f"The word {word} is from the draft of 2012", 0, _DRAFT_WORDS[word])
    if re.match(r"P[0-9]", text):
        remedy = "write an interval’s start and end, such as 2026-01-01/2026-01-31"
        return DateError("EDTF has no durations", 0, remedy)
    if parenthesis := re.search(r"[()]", text):
        remedy = "write the mark beside its part: 2004?-06 for all up to there, ?2004-06 for the year alone"
        return DateError("Parentheses are from the draft of 2012", parenthesis.start(), remedy)
    return None


def explain_draft_letters(text: str) -> DateError | None:
    """A letter of the draft or in lower case; None when another letter would not make it a date."""
    candidate = text.translate(_DRAFT)
    if candidate == text or not reads(candidate):
        return None
    offset = next(at for at, (old, new) in enumerate(zip(text, candidate, strict=True)) if old != new)
    return DateError(_DRAFT_MESSAGES[text[offset]], offset, f"write {candidate}")


def explain_signs(text: str) -> DateError | None:
    """A plus sign, doubled marks or a mark behind a minus sign; None when there is none."""
    if text.startswith("+"):
        remedy = f"write {text[1:]}" if reads(text[1:]) else "leave the sign out; a long year takes the prefix Y"
        return DateError("A year has no plus sign", 0, remedy)
    if match := _MARKS.search(text):
        marks = set(match[0])
        mark = marks.pop() if len(marks) == 1 else "%"
        candidate = text[: match.start()] + mark + text[match.end() :]
        remedy = f"write {candidate}" if reads(candidate) else "write ? for uncertain, ~ for about or % for both"
        return DateError("A part of a date takes one mark: ?, ~ or %", match.start() + 1, remedy)
    if match := re.match(r"-([?~%])", text):
        return DateError("A mark stands before a year’s minus sign", 1, f"write {match[1]}-{text[2:]}")
    return None


def explain_parts(text: str) -> DateError | None:
    """A part that is missing or has too few or too many digits; None when other characters are in the way."""
    match = _LOOSE.fullmatch(text)
    if not match:
        return None
    if match["more"] is not None:
        remedy = f"write {text[: match.start('more')]}; join two dates with a slash"
        return DateError("A date has a year, a month and a day, no more", match.start("more"), remedy)
    if error := _year_width(text, match["year"], match.start("year"), alone=match["month"] is None):
        return error
    for name in ("month", "day"):
        part, offset = match[name], match.start(name)
        if part == "":
            remedy = f"write the {name}, or leave the hyphen out"
            return DateError(f"A {name} is missing after the hyphen", offset, remedy)
        if part is not None and len(part) == 1:
            candidate = _padded(match)
            remedy = f"write {candidate}" if reads(candidate) else f"write the {name} with two digits"
            return DateError(f"A {name} has two digits; {part} has one", offset, remedy)
        if part is not None and len(part) > 2:
            remedy = f"write the {name} with two digits"
            return DateError(f"A {name} has two digits; {part} has {len(part)}", offset, remedy)
    return None


def _padded(match: re.Match[str]) -> str:
    """The text with every one-digit month and day padded."""
    text, pieces, at = match[0], [], 0
    for name in ("month", "day"):
        if match[name] is not None and len(match[name]) == 1:
            pieces += [text[at : match.start(name)], "XX" if match[name] == "X" else f"0{match[name]}"]
            at = match.end(name)
    return "".join([*pieces, text[at:]])


def _year_width(text: str, year: str, offset: int, *, alone: bool) -> DateError | None:
    digits = year.removeprefix("-")
    sign = "-" if year.startswith("-") else ""
    if not digits:
        remedy = "write the year with four digits, such as 2026-02-11"
        return DateError("A date starts with a year", offset, remedy)
    if len(digits) == 4:
        return None
    short = len(digits) < 4
    remedy = _short_year(digits, sign, alone=alone) if short else _long_year(text, digits, sign, offset)
    return DateError(f"A year has four digits; {year} has {len(digits)}", offset, remedy)


def _short_year(digits: str, sign: str, *, alone: bool) -> str:
    if not digits.isdecimal() or not int(digits) or (len(digits) < 3 and not sign):
        return "write the year in full, such as 2026"
    number = int(digits)
    if sign:
        return f"write {year_text(1 - number)} for {number} BCE, {year_text(-number)} for {number + 1} BCE"
    decade = f", or {digits}X for one in that decade" if alone else ""
    return f"write 0{digits} for the year {number}{decade}"


def _long_year(text: str, digits: str, sign: str, offset: int) -> str:
    rest = text[offset + len(sign + digits) :]
    shorter = text[:offset] + sign + digits.lstrip("0").rjust(4, "0") + rest
    candidate = shorter if digits.startswith("0") else f"{text[:offset]}Y{text[offset:]}"
    return f"write {candidate}" if reads(candidate) else "write a year of more than four digits after Y, alone"
