"""Qualifiers, components and the calendar, by example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.localedata import locale_identifiers

from generator import translations
from generator.dates import (
    Clock,
    Components,
    Day,
    Qualifier,
    Qualifiers,
    Unspecified,
    describe,
    describe_day,
    localcalendar,
    parse,
    words,
)
from generator.dates.calendar import days_in_month, from_julian, is_leap, year_text
from generator.dates.phrases import ENGLISH, phrases

NONE, UNCERTAIN, APPROXIMATE, BOTH = Qualifier.NONE, Qualifier.UNCERTAIN, Qualifier.APPROXIMATE, Qualifier.BOTH


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("2004-06-11", NONE, NONE, NONE),
        ("2004-06-11%", BOTH, BOTH, BOTH),
        ("2004-06~-11", APPROXIMATE, APPROXIMATE, NONE),
        ("2004?-06-11", UNCERTAIN, NONE, NONE),
        ("?2004-06-~11", UNCERTAIN, NONE, APPROXIMATE),
        ("2004-%06-11", NONE, BOTH, NONE),
        ("2011-~06-~04?", UNCERTAIN, BOTH, BOTH),
        ("2004~-06?-11", BOTH, UNCERTAIN, NONE),
        ("?2004?-06", UNCERTAIN, NONE, NONE),
        ("2004-06?", UNCERTAIN, UNCERTAIN, NONE),
        ("2004?", UNCERTAIN, NONE, NONE),
        ("2001-~21", NONE, APPROXIMATE, NONE),
        ("Y170000002%", BOTH, NONE, NONE),
        ("~1950S2", APPROXIMATE, NONE, NONE),
    ],
)
def test_a_mark_on_the_right_reaches_left_and_one_on_the_left_stays(
    text: str, year: Qualifier, month: Qualifier, day: Qualifier
) -> None:
    date = parse(text)
    assert date.qualifiers == Qualifiers(year, month, day)
    assert date.uncertain == any(UNCERTAIN in one for one in date.qualifiers)
    assert date.approximate == any(APPROXIMATE in one for one in date.qualifiers)


def test_components_are_kept_as_typed() -> None:
    date = parse("?156X-12~-2X")
    assert date.components == Components("156X", "12", "2X")
    assert date.unspecified == Unspecified(year=True, month=False, day=True)
    assert date.year is None
    assert parse("-0043").year == -43
    assert parse("Y-17E7").year == -170_000_000
    assert (parse("1950S2").year, parse("1950S2").significant_digits) == (1950, 2)
    assert parse("1950").significant_digits is None


def test_a_time_keeps_its_clock_and_offset() -> None:
    assert parse("2026-02-11T14:30:05Z").clock == Clock(14, 30, 5, 0)
    assert parse("2026-02-11T14:30:05").clock == Clock(14, 30, 5, None)
    assert parse("2026-02-11T14:30:05+05:30").clock == Clock(14, 30, 5, 330)
    assert parse("2026-02-11T14:30:05-04").clock == Clock(14, 30, 5, -240)
    assert parse("2026-02-11").clock is None


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("2026-02-11", True),
        ("2026-02-11T14:30:00Z", True),
        ("-0043-03-15", True),
        ("2026-02", False),
        ("2026-02-11~", False),
        ("?2026-02-11", False),
        ("2004-06-3X", False),
        ("2026-02-11/2026-02-12", False),
        ("[2026-02-11]", False),
    ],
)
def test_only_one_known_day_is_an_exact_day(text: str, exact: bool) -> None:
    assert parse(text).is_exact_day is exact


@pytest.mark.parametrize(
    ("text", "overlapping"),
    [("2026-02", True), ("2026-01", False), ("../2026", True), ("/2025", False), ("2020/..", True), ("2027/", False)],
)
def test_overlap_with_february_2026(text: str, overlapping: bool) -> None:
    assert parse(text).overlaps(Day(2026, 2, 1), Day(2026, 2, 28)) is overlapping


def test_the_calendar_is_proleptic_gregorian_in_any_year() -> None:
    assert [year for year in range(-8, 9) if is_leap(year)] == [-8, -4, 0, 4, 8]
    assert not is_leap(-100)
    assert is_leap(-400)
    assert days_in_month(-4, 2) == 29
    assert Day(0, 12, 31).ordinal == 0
    assert Day(-400, 3, 1).ordinal == Day(0, 3, 1).ordinal - 146_097
    assert [year_text(year) for year in (0, -43, 9999, 10_000, -10_000)] == [
        *("0000", "-0043", "9999"),
        *("Y10000", "Y-10000"),
    ]


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("2026-02-11", "en-US", "February 11, 2026"),
        ("2026-02-26/2026-02-28", "en_US", "February 26, 2026 \u2013 February 28, 2026"),
        (
            "[2026-02-04,2026-02-11,2026-02-12]",
            "en_US",
            "one of February 4, 2026, February 11, 2026, or February 12, 2026",
        ),
        ("2026-02-11", "de", "11. Februar 2026"),
        ("2026-02-26/2026-02-28", "de", "26.\u201328. Februar 2026"),
        ("2026-02-28/2026-03-01", "es", "28 de febrero \u2013 1 de marzo de 2026"),
        ("2026-02", "fr", "f\u00e9vrier 2026"),
        ("-0043-03-15", "fr", "15 mars 44 av. J.-C."),
        ("-0043-03-15", "ja", "\u7d00\u5143\u524d44\u5e743\u670815\u65e5"),
        ("2026-02-11", "zh_Hant_TW", "2026\u5e742\u670811\u65e5"),
        ("2026-02-11", "xx-YY", "11 February 2026"),
        ("2026-02-11", "", "11 February 2026"),
        ("1560~", "de", "about 1560"),
    ],
)
def test_other_locales_have_their_own_calendar_around_english_words(text: str, locale: str, expected: str) -> None:
    assert describe(parse(text), locale) == expected


def test_a_day_is_described_alone() -> None:
    assert describe_day(Day(-43, 3, 15)) == "15 March 44 BCE"
    assert describe_day(Day(2026, 2, 11), "de") == "11. Februar 2026"
    assert describe_day(Day(170_000_002, 1, 1)) == "1 January 170,000,002"


def test_every_locale_of_babel_describes_a_date() -> None:
    for name in locale_identifiers():
        for text in ("2026-02-11", "2026-02", "2026", "-0043-03", "2026-02-26/2026-02-28", "XXXX-12-1X", "156X"):
            said = describe(parse(text), name)
            assert said == said.strip() != ""


GERMAN = """
msgctxt "date"
msgid "since {first}"
msgstr "seit {first}"

msgctxt "date"
msgid "{year}s"
msgstr "{year}er Jahre"

msgctxt "date"
msgid "{year} BCE"
msgstr "{year} v. u. Z."
"""


@pytest.fixture
def _german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "de").mkdir()
    (tmp_path / "de/site.po").write_text(GERMAN, encoding="utf-8")
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    _forget()
    yield
    _forget()


def _forget() -> None:
    for kept in (translations.words, phrases, localcalendar.local_calendar, describe):
        kept.cache_clear()


@pytest.mark.usefixtures("_german")
def test_another_language_is_one_more_table() -> None:
    assert describe(parse("2026-01-01/.."), "de") == "seit 1. Januar 2026"
    assert describe(parse("156X"), "de") == "1560er Jahre"
    assert describe(parse("-0043"), "de-AT") == "44 v. u. Z."
    assert describe(parse("1560~"), "de") == "about 1560"


def test_every_phrase_is_used() -> None:
    said = " ".join(path.read_text(encoding="utf-8") for path in Path(words.__file__).parent.glob("*words.py"))
    said += Path(localcalendar.__file__).read_text(encoding="utf-8")
    built = re.compile(r"(part|ordinal|component|note|any|every)-")
    assert [key for key in ENGLISH if not built.match(key) and f'"{key}"' not in said] == []


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ((1582, 10, 5), "1582-10-15"),  # the first day of the Gregorian calendar
        ((1752, 9, 3), "1752-09-14"),  # Great Britain
        ((1918, 2, 1), "1918-02-14"),  # Russia
        ((1500, 2, 29), "1500-03-10"),
        ((1, 1, 3), "0001-01-01"),
        ((1, 1, 1), "0000-12-30"),
        ((-746, 2, 26), "-0746-02-18"),  # the era of Nabonassar
        ((-4712, 1, 1), "-4713-11-24"),  # the day 0 of Julian day numbers
    ],
)
def test_days_of_the_julian_calendar_are_converted(julian: tuple[int, int, int], gregorian: str) -> None:
    found = from_julian(*julian)
    assert found is not None
    assert found.isoformat() == gregorian


@pytest.mark.parametrize(
    ("day", "number"),
    [(Day(-4713, 11, 24), 0), (Day(1858, 11, 17), 2_400_001), (Day(2000, 1, 1), 2_451_545), (Day(-4713, 11, 23), -1)],
)
def test_days_have_the_numbers_of_astronomers(day: Day, number: int) -> None:
    assert day.julian_day_number == number


def test_every_julian_day_follows_the_one_before() -> None:
    lengths = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    ordinals = [
        day.ordinal
        for year in range(-8, 9)
        for month in range(1, 13)
        for number in range(1, lengths[month - 1] + (month == 2 and year % 4 == 0) + 1)
        if (day := from_julian(year, month, number)) is not None
    ]
    assert ordinals == list(range(ordinals[0], ordinals[0] + 17 * 365 + 5))
    assert [from_julian(*text) for text in ((1, 2, 29), (4, 13, 1), (4, 1, 0), (4, 4, 31))] == [None] * 4
