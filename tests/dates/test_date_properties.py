"""What holds for every text: no other exception, ordered bounds, a total order, linear work."""

from __future__ import annotations

import contextlib
import datetime
import pickle
import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.dates import Date, DateError, Day, Edge, Form, describe, iso_bounds, parse

CASES = [
    line.split(" | ")[0]
    for name in ("valid.tsv", "invalid.tsv")
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
marks = st.sampled_from(["", "", "", "?", "~", "%"])


def digits(width: int) -> st.SearchStrategy[str]:
    return st.text("0123456789X", min_size=width, max_size=width)


@st.composite
def singles(draw: st.DrawFn) -> str:
    text = draw(marks) + draw(st.sampled_from(["", "-"])) + draw(digits(4)) + draw(marks)
    month = st.one_of(st.integers(1, 12), st.integers(21, 41)).map("{:02d}".format)
    for part in (st.one_of(month, digits(2)), st.one_of(st.integers(1, 28).map("{:02d}".format), digits(2))):
        if draw(st.booleans()):
            text += "-" + draw(marks) + draw(part) + draw(marks)
    return text


years = st.builds("Y{}E{}S{}".format, st.integers(-99, 9999), st.integers(1, 9), st.integers(1, 5))
ends = st.one_of(singles(), singles(), years, st.sampled_from(["", ".."]))
ranges = st.builds("{}..{}".format, st.one_of(st.just(""), singles()), st.one_of(st.just(""), singles()))
sets = st.lists(st.one_of(singles(), ranges), min_size=1, max_size=4).map(",".join)
shapes = st.one_of(
    singles(),
    years,
    st.builds("{}/{}".format, ends, ends),
    sets.map("[{}]".format),
    sets.map("{{{}}}".format),
    st.sampled_from(CASES),
)
alphabet = "0123456789X-?~%/.,[]{}YEST:+Z "
noise = st.one_of(
    st.text(),
    st.text(alphabet, max_size=40),
    st.builds(
        lambda text, at, more: text[: at % (len(text) + 1)] + more + text[at % (len(text) + 1) :],
        st.sampled_from(CASES),
        st.integers(0, 60),
        st.text(max_size=3),
    ),
    shapes,
)


def try_parse(text: str) -> Date | None:
    try:
        return parse(text)
    except DateError as error:
        refused = error
    assert 0 <= refused.offset <= len(text)
    assert refused.message
    assert refused.remedy
    copy = pickle.loads(pickle.dumps(refused))
    assert (copy.message, copy.offset, copy.remedy) == (refused.message, refused.offset, refused.remedy)
    return None


@settings(deadline=None)
@given(noise)
@example("\u017fpring 2026")
@example("XXX1-02-29")
@example("0000-001")
@example("9999-W52")
@example("0001-W01")
def test_any_text_gives_a_date_or_a_date_error(text: str) -> None:
    date = try_parse(text)
    if date is not None:
        assert describe(date)
        assert describe(date, "ja")
        iso_bounds(date)


@settings(deadline=None)
@given(shapes)
def test_a_date_keeps_its_text_and_has_ordered_bounds(text: str) -> None:
    date = try_parse(text)
    if date is None:
        return
    assert date.text == text
    assert parse(date.text) == date
    assert pickle.loads(pickle.dumps(date)) == date
    assert hash(date) == hash(pickle.loads(pickle.dumps(date)))
    assert (date.earliest is None) == (date.start_edge is not Edge.KNOWN)
    assert (date.latest is None) == (date.end_edge is not Edge.KNOWN)
    if date.earliest and date.latest:
        assert date.earliest <= date.latest
        assert date.overlaps(date.earliest, date.latest)
        assert not date.overlaps(*(Day.from_ordinal(date.latest.ordinal + one) for one in (1, 2)))
        assert not date.overlaps(*(Day.from_ordinal(date.earliest.ordinal - one) for one in (2, 1)))
    for part in (*date.members, *filter(None, (date.start, date.end))):
        assert part.level <= date.level
        assert not part.uncertain or date.uncertain
        assert not part.approximate or date.approximate


@settings(deadline=None)
@given(st.tuples(shapes, shapes, shapes))
def test_sort_keys_are_totally_ordered(texts: tuple[str, str, str]) -> None:
    keys = [date.sort_key for date in map(try_parse, texts) if date is not None]
    for one in keys:
        for other in keys:
            assert (one < other) + (one == other) + (one > other) == 1
    keys.sort()
    assert all(one <= other for one, other in pairwise(keys))


def test_open_and_unknown_ends_sort_outside_known_ones() -> None:
    texts = ["../1985", "/1985", "1985", "1985-01-01", "1985/..", "1985/", "1985/1986", "Y-20000", "1985-02"]
    texts.sort(key=lambda text: (parse(text).sort_key, text))
    assert texts == [
        *("../1985", "/1985", "Y-20000", "1985-01-01", "1985"),
        *("1985/1986", "1985/", "1985/..", "1985-02"),
    ]


def test_dates_themselves_are_not_ordered() -> None:
    with pytest.raises(TypeError):
        sorted([parse("2026"), parse("2025")])  # type: ignore[type-var]


@settings(deadline=None)
@given(st.dates())
def test_ordinals_agree_with_the_standard_library(date: datetime.date) -> None:
    day = Day(date.year, date.month, date.day)
    assert day.ordinal == date.toordinal()
    assert Day.from_ordinal(date.toordinal()) == day
    assert day.isoformat() == date.isoformat()
    assert parse(day.isoformat()).is_exact_day


@given(st.integers(-(10**20), 10**20))
def test_ordinals_go_there_and_back_in_any_year(ordinal: int) -> None:
    day = Day.from_ordinal(ordinal)
    assert day.ordinal == ordinal
    assert Day.from_ordinal(ordinal + 1) > day


@settings(deadline=None)
@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_foreign_forms_of_a_day_are_answered_with_its_edtf(date: datetime.date) -> None:
    for form in ("%d %B %Y", "%b %d, %Y", "%Y/%m/%d", "%Y%m%d", "%Y-%j", "%G-W%V-%u"):
        with pytest.raises(DateError) as caught:
            parse(date.strftime(form))
        assert re.match(rf"write {date.isoformat()}\b", caught.value.remedy)


def calls_to_parse(text: str) -> int:
    """How many calls the interpreter makes, in Python and in C, until the text is read or refused."""
    calls = 0
    with contextlib.suppress(DateError):  # so that what is compiled or cached once is not counted
        parse.__wrapped__(text)

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        with contextlib.suppress(DateError):
            parse.__wrapped__(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "unit", ["[", "X", "-", "1", " ", "?", "Y", "T", ".", "..", ",", "/", "2026-", "\u2013", "1 to ", "(", "\u0661"]
)
def test_work_grows_no_faster_than_the_text(unit: str) -> None:
    small, large = (calls_to_parse(unit * (size // len(unit))) for size in (200, 1000))
    assert large <= 6 * small + 100


def test_work_for_a_set_grows_no_faster_than_its_members() -> None:
    small, large = (calls_to_parse("[" + ",".join(str(1000 + n) for n in range(size)) + "]") for size in (36, 180))
    assert large <= 6 * small + 100


def test_a_text_beyond_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(DateError, match="at most 1,000 characters"):
        parse("1" * 1001)
    assert calls_to_parse("[" + "1984," * 2_000_000) < 20
    with pytest.raises(DateError):
        parse("9" * 1000)


def test_ranges_inside_a_set_are_kept() -> None:
    date = parse("[1667,1668,1670..1672]")
    assert [member.form for member in date.members] == [Form.DATE, Form.DATE, Form.RANGE]
    assert [member.text for member in date.members] == ["1667", "1668", "1670..1672"]
    last = date.members[2]
    assert last.start is parse("1670") or last.start == parse("1670")
    assert last.end == parse("1672")
