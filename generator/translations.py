"""What the site says in its own voice, in the language of the chronology.

English is the language of the sources; every other one has a folder of gettext catalogues below `locale/`, read
through Babel: `site.po` for what readers see, `guide.po` for the contributors' guide and its reference. What a
catalogue lacks is said in English. Messages name what is filled in by braces, as in “{n} events”.
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALE = Path(__file__).parent / "locale"
SITE, GUIDE = "site", "guide"
SCRIPTS = "scripts"
"""The comment that marks, in the catalogue, what the scripts of the site say."""

_FILLED = re.compile(r"\{(\w+)\}")
_RIGHT_TO_LEFT = frozenset(("Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"))
_SAMPLES = range(201)
"""Numbers among which every plural form of a language occurs."""


def mark(message: str) -> str:
    """Mark a message that is said elsewhere, so that catalogues know of it."""
    return message


class Words:
    """The messages of one domain in one language."""

    def __init__(self, language: str, domain: str = SITE) -> None:
        self.locale = parse(language)
        self.catalogue = _catalogue(self.locale, domain)
        self.messages = _compiled(self.catalogue)

    @property
    def translated(self) -> bool:
        """Whether there is a catalogue for the language."""
        return self.catalogue is not None

    def say(self, message: str, **values: object) -> str:
        """Give a message, filled in."""
        return fill(self.messages.gettext(message) if message else "", values)

    def many(self, number: int, one: str, many: str, **values: object) -> str:
        """Give the message for a number, which fills in `n`, grouped as the language groups it."""
        return fill(self.messages.ngettext(one, many, number), {"n": self.number(number), **values})

    def term(self, context: str, message: str) -> str:
        """Give a message that means different things in different places, told apart by a context."""
        return self.messages.pgettext(context, message)

    def number(self, number: int) -> str:
        """Give a number as the language groups it."""
        return str(format_decimal(number, locale=self.locale))


def fill(message: str, values: dict[str, object]) -> str:
    """Fill a message in; what no value is given for stays as it is."""
    return _FILLED.sub(lambda name: str(values.get(name[1], name[0])), message)


@lru_cache(maxsize=32)
def words(language: str, domain: str = SITE) -> Words:
    """Give the messages of a BCP 47 language; those of an unknown one are English."""
    return Words(language, domain)


def parse(language: str) -> Locale:
    """Give the locale of a BCP 47 language, or of what is nearest to it; English where nothing is."""
    normal = language.replace("-", "_")
    for candidate in (normal, normal.partition("_")[0]):
        try:
            return Locale.parse(candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


def right_to_left(language: str) -> bool:
    """Tell whether a BCP 47 language is written from right to left, by its script, said or likely (CLDR)."""
    parts = language.replace("_", "-").split("-")
    script = next((part.title() for part in parts[1:] if len(part) == 4 and part.isalpha()), None)
    if script is None:
        likely = get_global("likely_subtags")
        whole = likely.get("_".join(parts[:2])) or likely.get(parts[0].lower()) or ""
        script = next((part for part in whole.split("_")[1:] if len(part) == 4), "")
    return script in _RIGHT_TO_LEFT


def languages() -> Iterator[str]:
    """Yield the languages that have a catalogue, beside English."""
    yield from sorted(file.parent.name for file in LOCALE.glob(f"*/{SITE}.po"))


def for_scripts(language: str) -> bytes:
    """Give as JSON what the site’s scripts say: the text of a message, or one for each plural form (CLDR’s names)."""
    own = words(language)
    said: dict[str, object] = {}
    for message in own.catalogue or ():
        if SCRIPTS not in message.auto_comments:
            continue
        if isinstance(message.id, list | tuple):
            one, many = message.id
            forms = {
                str(own.locale.plural_form(number)): own.messages.ngettext(one, many, number) for number in _SAMPLES
            }
            said[many] = dict(sorted(forms.items()))
        elif isinstance(message.id, str) and message.id:
            said[message.id] = own.messages.gettext(message.id)
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _catalogue(locale: Locale, domain: str) -> Catalog | None:
    for name in (str(locale), locale.language):
        file = LOCALE / name / f"{domain}.po"
        if file.is_file():
            with file.open("rb") as stream:
                return read_po(stream, locale=name)
    return None


def _compiled(catalogue: Catalog | None) -> gettext.NullTranslations:
    if catalogue is None:
        return gettext.NullTranslations()
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)
