"""The words of a described date, by language and message id.

The English ones stand here; those of other languages are in their catalogues. What the calendar
itself says (names of months, the order of day, month and year, eras of a language without a table) comes
from CLDR through Babel.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from generator.translations import words

ENGLISH: Mapping[str, str] = {
    # Years
    "bce": "{year} BCE",
    "ce": "{year} CE",
    "long-year": "year {year}",
    "decade": "{year}s",
    "century": "{ordinal} century",
    "millennium": "{ordinal} millennium",
    "ordinal-one": "{number}st",
    "ordinal-two": "{number}nd",
    "ordinal-few": "{number}rd",
    "ordinal-other": "{number}th",
    "significant": "about {year} (between {first} and {last})",
    # Parts of a year
    "season-of-year": "{part} {year}",
    "part-of-year": "{part} of {year}",
    "northern": "{date} (northern hemisphere)",
    "southern": "{date} (southern hemisphere)",
    "spring": "spring",
    "summer": "summer",
    "autumn": "autumn",
    "winter": "winter",
    "part-33": "first quarter",
    "part-34": "second quarter",
    "part-35": "third quarter",
    "part-36": "fourth quarter",
    "part-37": "first third",
    "part-38": "second third",
    "part-39": "last third",
    "part-40": "first half",
    "part-41": "second half",
    # Unspecified digits
    "the": "the {date}",
    "unknown-year": "an unknown year",
    "year-in": "a year in {span}",
    "year-between": "a year between {first} and {last}",
    "of-year": "{date} of {year}",
    "one-month-in": "one month in {span}",
    "one-month-between": "one month between {first} and {last}",
    "one-day-in": "one day in {span}",
    "one-day-between": "one day between {first} and {last}",
    "one-day-written": "one day between {first} and {last} ({text})",
    "day-of-unknown-month": "day {day} of an unknown month in {span}",
    # Qualifiers
    "uncertain": "possibly {date}",
    "approximate": "about {date}",
    "both": "possibly about {date}",
    "with-notes": "{date} ({notes})",
    "note-uncertain": "{parts} uncertain",
    "note-approximate": "{parts} approximate",
    "note-both": "{parts} uncertain and approximate",
    "component-year": "year",
    "component-month": "month",
    "component-season": "season",
    "component-day": "day",
    # Times
    "day-and-time": "{date}, {time}",
    "utc": "{time} UTC",
    "utc-offset": "{time} UTC{offset}",
    # Intervals
    "range-tight": "{first}\u2013{last}",
    "range-spaced": "{first} \u2013 {last}",
    "from-to": "from {first} to {last}",
    "since": "since {first}",
    "until": "until {last}",
    "end-unknown": "from {first}, end unknown",
    "start-unknown": "until {last}, start unknown",
    # Sets
    "one-of": "one of {dates}",
    "between": "between {first} and {last}",
    "early-in": "early in {month}",
    "mid": "mid-{month}",
    "late-in": "late in {month}",
    "or-earlier": "{date} or earlier",
    "or-later": "{date} or later",
    "any-day-from": "any day from {date} on",
    "any-month-from": "any month from {date} on",
    "any-year-from": "any year from {date} on",
    "any-date-from": "any date from {date} on",
    "any-day-to": "any day up to {date}",
    "any-month-to": "any month up to {date}",
    "any-year-to": "any year up to {date}",
    "any-date-to": "any date up to {date}",
    "every-day-from": "every day from {date} on",
    "every-month-from": "every month from {date} on",
    "every-year-from": "every year from {date} on",
    "every-date-from": "every date from {date} on",
    "every-day-to": "every day up to {date}",
    "every-month-to": "every month up to {date}",
    "every-year-to": "every year up to {date}",
    "every-date-to": "every date up to {date}",
    "every-day-between": "every day from {first} to {last}",
    "every-month-between": "every month from {first} to {last}",
    "every-year-between": "every year from {first} to {last}",
    "every-date-between": "every date from {first} to {last}",
}

CONTEXT = "date"
"""The context under which catalogues hold these words."""


@lru_cache(maxsize=64)
def phrases(language: str) -> Mapping[str, str] | None:
    """Give the words of a language; None when it has no catalogue, and its dates are said in English."""
    own = words(language)
    if own.locale.language == "en":
        return ENGLISH
    return {name: own.term(CONTEXT, text) for name, text in ENGLISH.items()} if own.translated else None
