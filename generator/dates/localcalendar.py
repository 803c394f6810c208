"""Days, months and years as a locale writes them, for any year.

Babel formats `datetime.date` alone, which ends at the years 1 and 9999; so CLDR's patterns are filled here.

Decisions: "en" alone is written day first, like British English; `en-US` is American. Years before 1 and from
1 to 999 name their era; a year of more than four digits is grouped. Digits are Western in every locale.
"""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import tokenize_pattern
from babel.lists import format_list
from babel.numbers import format_decimal

from generator.dates.phrases import ENGLISH, phrases

Tokens = list[tuple[str, str | tuple[str, int]]]
_DEFAULT = "en_GB"
_FIRST_BARE_YEAR = 1000
_FALLBACK_PATTERNS = {"yMMMM": "MMMM y", "MMMMd": "d MMMM", "y": "y"}


def _locale(name: str) -> Locale:
    """The locale of that name, else of its language, else British English."""
    normal = name.replace("-", "_")
    for candidate in (normal, normal.partition("_")[0]):
        try:
            return Locale.parse(_DEFAULT if candidate.lower() == "en" else candidate)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_DEFAULT)


class LocalCalendar:
    """How one locale says days, months, years and words; cached by `local_calendar`."""

    def __init__(self, name: str) -> None:
        """Take a locale such as "en", "en-US" or "ur_PK"."""
        self._locale = _locale(name)
        own = phrases(self._locale.language)
        translated = own is not None
        self._phrases = own or ENGLISH
        self._words_locale = self._locale if translated else Locale.parse(_DEFAULT)
        self._own_words = translated
        self._date = _tokens(str(self._locale.date_formats["long"].pattern))
        self._month = self._skeleton("yMMMM")
        self._month_day = self._skeleton("MMMMd")
        self._year = self._skeleton("y")
        era = _tokens(str(getattr(self._locale.datetime_skeletons.get("Gy"), "pattern", "y G")))
        self._era_last = translated or self._order(era) == "yG"

    def say(self, message: str, **values: str) -> str:
        """The phrase with that id, filled in."""
        return self._phrases[message].format(**values)

    def list_of(self, items: list[str], style: str) -> str:
        """The items as a list that ends in "or" (`style` "or") or "and" ("standard")."""
        return format_list(items, style="or" if style == "or" else "standard", locale=self._words_locale)

    def ordinal(self, number: int) -> str:
        """A number as "21st"."""
        form = self._words_locale.ordinal_form(number)
        message = f"ordinal-{form}" if f"ordinal-{form}" in self._phrases else "ordinal-other"
        return self.say(message, number=str(number))

    def year_number(self, year: int, *, era: bool = True) -> str:
        """The year as it stands inside a date: `2026`, `44 BCE`, `738 CE`; `era=False` leaves the era out."""
        count = year if year > 0 else 1 - year
        text = format_decimal(count, locale=self._locale) if count > 9999 else str(count)
        if not era or year >= _FIRST_BARE_YEAR:
            return text
        if self._own_words:
            return self.say("ce" if year > 0 else "bce", year=text)
        name = str(self._locale.eras["abbreviated"][1 if year > 0 else 0])
        return f"{text} {name}" if self._era_last else f"{name}{text}"

    def shares_era(self, years: list[int]) -> bool:
        """Whether the era of the last of several years, named after it, does for all of them."""
        return self._era_last and years[-1] < _FIRST_BARE_YEAR and len({year > 0 for year in years}) == 1

    def day(self, year: str, month: int, day: int) -> str:
        """A whole day; `year` is already in words."""
        return self._fill(self._date, {"y": year, "M": month, "d": day})

    def month(self, year: str, month: int) -> str:
        """A month of a year."""
        return self._fill(self._month, {"y": year, "M": month})

    def month_day(self, month: int, day: int) -> str:
        """A day of a month in whatever year."""
        return self._fill(self._month_day, {"M": month, "d": day})

    def month_alone(self, month: int) -> str:
        """A month of whatever year."""
        return str(self._locale.months["stand-alone"]["wide"][month])

    def year(self, year: str) -> str:
        """A year standing alone."""
        return self._fill(self._year, {"y": year})

    def shortened_day(self, month: int, day: int, *, same_month: bool) -> str | None:
        """A day without its year, or without its month too, to stand before a whole one that says them.

        None in a locale that does not write day, month, year in this order.
        """
        if self._order(self._date) != "dMy":
            return None
        return self._fill(_before(self._date, "M" if same_month else "y"), {"M": month, "d": day})

    def shortened_month(self, month: int) -> str | None:
        """A month without its year, to stand before a whole one; None where the year comes first."""
        return self._fill(_before(self._month, "y"), {"M": month}) if self._order(self._month) == "My" else None

    def _skeleton(self, name: str) -> Tokens:
        pattern = self._locale.datetime_skeletons.get(name)
        return _tokens(str(pattern.pattern) if pattern else _FALLBACK_PATTERNS[name])

    @staticmethod
    def _order(tokens: Tokens) -> str:
        return "".join(value[0].replace("L", "M") for _, value in tokens if isinstance(value, tuple))

    def _fill(self, tokens: Tokens, values: dict[str, int | str]) -> str:
        parts = (self._field(value[0], value[1], values) if isinstance(value, tuple) else value for _, value in tokens)
        return "".join(parts).replace("  ", " ").strip()

    def _field(self, letter: str, width: int, values: dict[str, int | str]) -> str:
        if letter in "ML":
            month = int(values["M"])
            if width < 3:
                return f"{month:0{width}d}"
            return str(self._locale.months["format" if letter == "M" else "stand-alone"]["wide"][month])
        if letter == "d":
            return f"{int(values['d']):0{width}d}"
        # An era in the pattern itself (Thai) is left out: the year names its own where one is needed.
        return str(values["y"]) if letter == "y" else ""


def _tokens(pattern: str) -> Tokens:
    return list(tokenize_pattern(pattern))


def _before(tokens: Tokens, letter: str) -> Tokens:
    """The tokens up to a field, without the words that lead over to it: "d. " keeps its full stop."""
    fields = [value[0].replace("L", "M") if isinstance(value, tuple) else "" for _, value in tokens]
    kept = tokens[: fields.index(letter)]
    words = ""
    while kept and isinstance(kept[-1][1], str):
        words = f"{kept.pop()[1]}{words}"
    return [*kept, ("chars", words.partition(" ")[0].rstrip(","))]


@lru_cache(maxsize=256)
def local_calendar(name: str) -> LocalCalendar:
    """The calendar of a locale."""
    return LocalCalendar(name)
