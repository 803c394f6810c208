"""Fields → the text of a new event file, and the id that goes with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from generator.dates import Date
from generator.paths import year_name

MODELINE = "# yaml-language-server: $schema=../../schema/event.schema.json"
"""Tells an editor with YAML support what the file holds."""

_SMALL_WORDS = frozenset(("a", "an", "the", "and", "of", "in", "on", "at", "to", "by", "with", "for", "from"))


def event_id(date: Date, title: str) -> str:
    """Make an event's id: the date as far as it is certain, and the first words of the title.

    Raises ValueError for a date without any known end.
    """
    first, last = date.earliest or date.latest, date.latest or date.earliest
    if first is None or last is None:
        raise ValueError("A new event needs a date with at least one known end.")
    prefix = year_name(first.year)
    one_month = first[:2] == last[:2] or date.start is not None
    if first.year > 0 and one_month:
        prefix += f"-{first.month:02}"
        if first == last or date.start is not None:
            prefix += f"-{first.day:02}"
    plain = folded(title.replace("’s ", " ").replace("'s ", " ")).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _SMALL_WORDS]
    return f"{prefix}-{'-'.join(words[:6] or ['event'])}"[:100].rstrip("-")


def folded(text: str) -> str:
    """Give a text without case and without marks on letters, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def as_yaml(fields: Mapping[str, Any]) -> str:
    """Write an event's fields, in the order given, in the style of the project.

    `participants` and `relations` are written one in braces a line, lists of ids in brackets, all else as lists
    of fields.
    """
    lines = [MODELINE]
    for key, value in fields.items():
        if isinstance(value, str):
            lines.append(f"{key}: {scalar(value)}")
        elif key in ("participants", "relations"):
            lines += [f"{key}:", *(f"  - {{{_inline(item)}}}" for item in value)]
        elif key in ("sources", "statements"):
            lines += [f"{key}:", *(line for item in value for line in _item(item))]
        else:
            lines.append(f"{key}: [{', '.join(value)}]")
    return "\n".join(lines) + "\n"


def _inline(item: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {scalar(text)}" for name, text in item.items())


def _item(item: Mapping[str, str] | str) -> Sequence[str]:
    pairs = [item] if isinstance(item, str) else [f"{name}: {scalar(text)}" for name, text in item.items()]
    return [f"{'    ' if number else '  - '}{pair}" for number, pair in enumerate(pairs)]


def scalar(text: str) -> str:
    """Write text as one YAML scalar on one line, quoted only where it must be."""
    # Lists and groups in brackets are how event files write EDTF sets.
    if re.fullmatch(r"[\[{][\dX?~%., /+-]+[\]}]", text):
        return text
    written = yaml.safe_dump(text, allow_unicode=True, width=10**9, default_flow_style=True)
    line = written.removesuffix("\n...\n").removesuffix("\n")
    # PyYAML quotes what other readers would take for a date or number; event files keep dates as typed.
    return text if re.fullmatch(r"'[\d./~?%X-]+'", line) and "'" not in text else line
