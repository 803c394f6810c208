"""Dates as EDTF (ISO 8601-2:2019): text to bounds, precision and plain words.

`parse` reads a text, `describe` says it in words, `iso_bounds` gives its earliest and latest day for exports.

What the standard leaves open is decided once, in the docstring of the module concerned: `value` (bounds, order),
`single` (seasons, precision, levels), `unspecified`, `longyear`, `timeofday`, `parser` (intervals and sets) and
`words` (wording).
"""

from generator.dates.calendar import Day
from generator.dates.parser import parse
from generator.dates.value import (
    Clock,
    Components,
    Date,
    DateError,
    Edge,
    Form,
    Precision,
    Qualifier,
    Qualifiers,
    Unspecified,
    iso_bounds,
)
from generator.dates.words import describe, describe_day, describe_year

__all__ = [
    "Clock",
    "Components",
    "Date",
    "DateError",
    "Day",
    "Edge",
    "Form",
    "Precision",
    "Qualifier",
    "Qualifiers",
    "Unspecified",
    "describe",
    "describe_day",
    "describe_year",
    "iso_bounds",
    "parse",
]
