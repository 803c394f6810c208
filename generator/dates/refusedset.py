"""Why a text with the signs of an interval or set is neither."""

from __future__ import annotations

import re

from generator.dates.proposals import reads, reads_in_turn
from generator.dates.value import DateError

_ELIDED = re.compile(r"[0-9]{2}(-[0-9]{2})?")
_PLAIN = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


def check_shortened_end(first: str, last: str) -> None:
    """Refuse the shortened end that ISO 8601 allows and EDTF does not: `2004-06-01/05`."""
    if _PLAIN.fullmatch(first) and _ELIDED.fullmatch(last):
        candidate = first[: -len(last)] + last
        remedy = f"write {first}/{candidate}" if reads(candidate) else "write the end like the start"
        raise DateError("The end of an interval is written in full", len(first) + 1, remedy)


def check_set_character(character: str, offset: int) -> None:
    """Refuse a character that cannot stand between the brackets of a set."""
    if character in "[]{}":
        raise DateError("A set has no set in it", offset, "write one list of dates, such as [1667,1668,1670..1672]")
    if character == "/":
        raise DateError("A set has ranges, not intervals", offset, "write .. in place of the slash, such as 1670..1672")
    if character == ";":
        raise DateError("The members of a set are separated by commas", offset, "write a comma")


def unclosed_set(text: str, close: str) -> DateError:
    """Why a text that starts a set is not one: its closing bracket is missing, wrong or not at the end."""
    at = text.find(close)
    if at < 0:
        whole = text[:-1] if text[-1] in "]}" else text
        dates = [date for date in re.split(r",|\.\.", whole[1:]) if date]
        remedy = (
            f"write {whole}{close}" if dates and all(map(reads, dates)) else f"write the dates and {close} after them"
        )
        return DateError(f"A set that starts with {text[0]} ends with {close}", len(whole), remedy)
    if text[at + 1] in "?~%":
        return DateError("A qualifier stands on a date, not on a set", at + 1, "write it on each member it applies to")
    return DateError("Nothing follows the end of a set", at + 1, f"write {text[: at + 1]} alone")


def explain_set_signs(text: str) -> DateError | None:
    """The reason, or None when a single date has no dots, comma or bracket in it."""
    if ".." in text:
        start, _, end = text.partition("..")
        remedy = "write an interval (2004/2006) or a set ([2004..2006])"
        if reads_in_turn(start, end):
            remedy = f"write {start}/{end} for the whole span, or [{text}] for one unknown date in it"
        elif reads(start or end) and not (start and end):
            remedy = f"write {start or '..'}/{end or '..'} for a span, or [{text}] for one unknown date in it"
        return DateError("Two dots stand in a set, or for an open end beside a slash", len(start), remedy)
    if "," in text:
        remedy = "write the dates in brackets, such as [1667,1668] or {1667,1668}"
        if all(map(reads, text.split(","))):
            remedy = f"write [{text}] for one of these dates, or {{{text}}} for all of them"
        return DateError("Several dates stand in brackets", text.index(","), remedy)
    offset = next((at for at, character in enumerate(text) if character in "[]{}"), -1)
    if offset >= 0:
        return DateError(
            "A bracket stands at the start and the end of a set",
            offset,
            "write a set as [1667,1668] or {1667,1668}",
        )
    return None
