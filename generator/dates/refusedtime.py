"""Why a text with a T is not a day with a time of day."""

from __future__ import annotations

import re

from generator.dates import single
from generator.dates.proposals import reads
from generator.dates.value import DateError

_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})(?::?(?P<minute>[0-9]{1,2})(?::?(?P<second>[0-9]{1,2})(?P<fraction>[.,][0-9]*)?)?)?"
    r"(?P<zone>Z|[+-][0-9]{1,2}(?::?[0-9]{2})?|[A-Za-z]+)?"
)
_EXAMPLE = "write a time as in 2026-02-11T14:30:00Z"
_NAMES = {"UTC": "Z", "GMT": "Z", "Z": "Z"}


def explain_time(text: str) -> DateError | None:
    """The reason, or None when there is no T, or no number before it."""
    date, t, clock = text.partition("T")
    if not t or not date.strip("?~%-")[:1].isdecimal():
        return None
    at = len(date) + 1
    if not re.fullmatch(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}", date):
        remedy = f"write {date} alone, or the whole day" if reads(date) else _EXAMPLE
        return DateError("A time follows a whole day, without a qualifier or X", len(date), remedy)
    single.read(date)
    if not clock:
        return DateError("A time is missing after T", at, f"write {date}, or the time after it")
    for offset, character in enumerate(clock, at):
        if character in "?~%":
            remedy = f"write {date}{character} for the day alone, or the time without the mark"
            return DateError("A qualifier stands on a date, not on a time", offset, remedy)
        if character == "X":
            return DateError("A time has no unspecified digits", offset, f"write {date} and leave the time to a note")
    match = _CLOCK.fullmatch(clock)
    if not match:
        return DateError("A time is written hh:mm:ss, with Z or an offset after it", at, _EXAMPLE)
    return _explain_clock(date, match, at)


def _explain_clock(date: str, match: re.Match[str], at: int) -> DateError:
    hour, minute, second, fraction, zone = match.group("hour", "minute", "second", "fraction", "zone")
    fixed = _fixed_zone(zone or "")
    candidate = f"{date}T{hour:0>2}:{minute or '00':0>2}:{second or '00':0>2}{fixed or ''}"
    remedy = f"write {candidate}" if reads(candidate) else _EXAMPLE
    if fraction:
        return DateError("A time has whole seconds", at + match.start("fraction"), remedy)
    if minute is None or second is None:
        missing = at + match.end("minute" if minute else "hour")
        return DateError("A time has hours, minutes and seconds", missing, remedy)
    for name in ("hour", "minute", "second"):
        if len(match[name]) == 1:
            return DateError(f"The {name} has two digits; {match[name]} has one", at + match.start(name), remedy)
    for name in ("minute", "second"):
        before = match.start(name) - 1
        if match[0][before] != ":":
            return DateError("A time has colons between its parts", at + before + 1, remedy)
    if fixed is None:
        message = f"A time ends with Z or an offset from UTC, not {zone}"
        return DateError(message, at + match.start("zone"), "write the offset, such as +05:00")
    return DateError("An offset from UTC is written +hh:mm, +hh or Z", at + match.start("zone"), remedy)


def _fixed_zone(zone: str) -> str | None:
    if not zone or zone.upper() in _NAMES:
        return _NAMES.get(zone.upper(), "")
    digits = zone[1:].replace(":", "")
    if not digits.isdecimal():
        return None
    hours, minutes = (digits, "") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    return f"{zone[0]}{hours:0>2}{':' + minutes if minutes else ''}"
