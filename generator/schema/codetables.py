"""Language tags (BCP 47) and country codes (ISO 3166-1 alpha-2), as Babel lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}|[0-9]{3}))?", re.IGNORECASE
)
_NO_COUNTRIES = frozenset(("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTable:
    """Codes with their English names; `spellings` leads from any of them, and from older codes, to the code."""

    names: Mapping[str, str]
    spellings: Mapping[str, str]
    tags: bool
    takes: str
    register: str

    def meant(self, text: str) -> str:
        """Give the code for which a text stands, as it is written; empty when it stands for none."""
        if code := self.spellings.get(text.casefold(), ""):
            return code
        match = _TAG.fullmatch(text) if self.tags else None
        code = self.spellings.get(match["language"].casefold(), "") if match else ""
        if match is None or not code:
            return ""
        parts = (code, (match["script"] or "").capitalize(), (match["region"] or "").upper())
        return "-".join(part for part in parts if part)

    def nearest(self, text: str) -> str:
        """Suggest the code whose English name is spelt much like the text; empty when none is."""
        names = {name.casefold(): code for code, name in self.names.items()}
        near = [names[name] for name in get_close_matches(text.casefold(), names, n=1, cutoff=0.8)]
        return f"Did you mean {near[0]} ({self.names[near[0]]})?" if near else ""


@cache
def languages() -> CodeTable:
    """Give the table of languages."""
    return _table(
        "language",
        tags=True,
        takes="a BCP 47 language tag such as en, fa, ur or zh-Hant",
        register="the language subtag registry of IANA",
    )


@cache
def territories() -> CodeTable:
    """Give the table of countries."""
    return _table(
        "territory",
        tags=False,
        takes="a two-letter country code (ISO 3166-1) such as PK",
        register="ISO 3166-1",
    )


def _table(kind: str, *, tags: bool, takes: str, register: str) -> CodeTable:
    from babel import Locale  # loaded only where a file uses a code
    from babel.core import get_global

    listed = Locale("en").languages if tags else Locale("en").territories
    form = re.compile("[a-z]{2,3}" if tags else "[A-Z]{2}")
    names = {code: name for code, name in listed.items() if form.fullmatch(code) and code not in _NO_COUNTRIES}
    spellings = {name.casefold(): code for code, name in names.items()}
    for alias, codes in get_global("language_aliases" if tags else "territory_aliases").items():
        code = codes if isinstance(codes, str) else codes[0]
        if code in names:
            spellings[alias.casefold()] = code
    spellings |= {code.casefold(): code for code in names}
    return CodeTable(names=names, spellings=spellings, tags=tags, takes=takes, register=register)
