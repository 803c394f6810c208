"""Years with the prefix Y, an exponent or significant digits: `Y170000002`, `Y-17E7`, `1950S2`.

What the standard leaves open and this module decides:

- Significant digits count from the first digit that is not zero, and cannot be more than the year has.
  `1950S2` is 1900 to 1999, `-1950S2` is -1999 to -1900.
- An exponential year may be of any size (`Y20E2` is 2000); no year may have more than 18 digits.
- The precision of significant digits is the decade, century or millennium they leave; beyond that, the eon.
"""

from __future__ import annotations

import re

from generator.dates.calendar import Day, year_text
from generator.dates.existing import check_year
from generator.dates.value import (
    QUALIFIER_OF,
    UNQUALIFIED,
    Components,
    Date,
    DateError,
    Form,
    Precision,
    Qualifier,
    Qualifiers,
)

MAX_DIGITS = 18

_YEAR = re.compile(r"([?~%]?)(Y?)(-?)([0-9]+)(?:E([0-9]+))?(?:S([0-9]+))?([?~%]?)")
_PRECISIONS = {
    1: Precision.YEAR,
    10: Precision.DECADE,
    100: Precision.CENTURY,
    1000: Precision.MILLENNIUM,
}


def read_long_year(text: str) -> Date | None:
    """The year, or None when the text has not the shape of one.

    Raises `DateError` when it has the shape, but breaks a rule about the size of its numbers.
    """
    match = _YEAR.fullmatch(text)
    if not match:
        return None
    left, prefix, sign, digits, exponent, significant, right = match.groups()
    if not prefix and (len(digits) != 4 or exponent or not significant):
        return None
    _check_numbers(match)
    magnitude = int(digits) * 10 ** int(exponent or 0)
    low, high = _significant_years(magnitude, significant, match.start(6))
    precision = _PRECISIONS.get(high - low + 1, Precision.EON)
    if sign:
        low, high = -high, -low
    qualifier = QUALIFIER_OF[left] | QUALIFIER_OF[right]
    return Date(
        text=text,
        level=2 if left or exponent or significant else 1,
        form=Form.DATE,
        precision=precision,
        earliest=Day(low, 1, 1),
        latest=Day(high, 12, 31),
        uncertain=Qualifier.UNCERTAIN in qualifier,
        approximate=Qualifier.APPROXIMATE in qualifier,
        qualifiers=Qualifiers(year=qualifier) if qualifier else UNQUALIFIED,
        components=Components(year=text[match.start(2) : match.start(7)]),
        year=-magnitude if sign else magnitude,
        significant_digits=int(significant) if significant else None,
    )


def _check_numbers(match: re.Match[str]) -> None:
    _, prefix, sign, digits, exponent, significant, _ = match.groups()
    if not prefix:
        check_year(sign + digits, match.start(3))
    elif digits.startswith("0"):
        shorter = digits.lstrip("0")
        sample = f"Y{sign}{shorter}" if len(shorter) > 4 else f"{sign if shorter else ''}{shorter:0>4}"
        raise DateError("A year after Y starts with a digit from 1 to 9", match.start(4), f"write {sample}")
    elif not exponent and len(digits) <= 4:
        suffix = f"S{significant}" if significant else ""
        message = f"The prefix Y is for years of more than four digits, not {digits}"
        raise DateError(message, match.start(2), f"write {sign}{digits:0>4}{suffix}")
    if len(digits) > MAX_DIGITS:
        raise DateError(f"A year has at most {MAX_DIGITS} digits", match.start(4), "write a year nearer to ours")
    if exponent is None:
        return
    if exponent.startswith("0"):
        shorter = exponent.lstrip("0")
        rest = match.string[match.end(5) :]
        remedy = f"write {match.string[: match.start(5)]}{shorter}{rest}" if shorter else "leave the exponent out"
        raise DateError("An exponent is a whole number from 1 up", match.start(5), remedy)
    if len(exponent) > 2 or len(digits) + int(exponent) > MAX_DIGITS:
        raise DateError(f"A year has at most {MAX_DIGITS} digits", match.start(5), "write a smaller exponent")


def _significant_years(magnitude: int, significant: str | None, offset: int) -> tuple[int, int]:
    if significant is None:
        return magnitude, magnitude
    length = len(str(magnitude))
    if significant.startswith("0") or len(significant) > 2 or int(significant) > length:
        message = f"{year_text(magnitude)} has 1 to {length} significant digits, not {significant}"
        raise DateError(message, offset, f"write S and a number from 1 to {length}")
    block = 10 ** (length - int(significant))
    low = magnitude // block * block
    return low, low + block - 1
