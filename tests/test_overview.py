"""The chronology in one picture: units that read alike, and events spread over all that their dates allow."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from generator import charts
from generator.chronology import shelf
from generator.overview import HEIGHT, STEPS, Unit, overview

SOURCE = "sources:\n  - {title: A page, publisher: A paper, url: https://example.org/a}\n"


def files(*dates: str) -> dict[str, str]:
    """Give one event a date, the last of them a strike."""
    found = {}
    for number, date in enumerate(dates):
        kind = "strike" if number == len(dates) - 1 else "meeting"
        text = f"title: T{number}\ndate: {date}\ntype: {kind}\nsummary: It happened.\ndate_note: So said.\n{SOURCE}"
        year = date.strip("[\"'")[:4]
        year = f"bce{int(date[1:5]) + 1}" if date.startswith("-") else year
        found[f"{year}/{year}-event-{'abcdefgh'[number]}.yml"] = text
    return found


@pytest.mark.parametrize(
    ("dates", "first", "units", "years"),
    [
        (("2020-11-30", "2021-02-01"), Unit(year=2020, month=11), 4, 1),
        (("2019-01-01", "2020-04-30"), Unit(year=2019, month=1), 16, 1),
        (("2019-01-01", "2020-05-01"), Unit(year=2019), 2, 1),
        (("1969", "2026"), Unit(year=1965, years=5), 13, 5),
        (("-0043-03-15", "2026"), Unit(year=-199, years=200), 12, 200),  # from 200 BCE, as there is no year 0
    ],
)
def test_units_are_as_many_as_can_be_read(chronology, dates, first, units, years):
    picture = overview(chronology(files(*dates)))
    assert picture.units[0] == first
    assert len(picture.units) == units
    assert {unit.years for unit in picture.units} == {years}


def test_a_day_is_a_mark_and_an_uncertain_date_is_spread_over_its_bounds(chronology):
    talk, force = overview(chronology(files("2020-01-01", "2020-02", "2020-03-31"))).lanes
    assert (talk.count, force.count) == (2, 1)
    assert talk.heights[0] == HEIGHT
    assert [height > 0 for height in talk.heights[STEPS : 2 * STEPS]] == [True] * STEPS
    assert max(talk.heights[STEPS : 2 * STEPS]) < HEIGHT / 4
    assert force.heights == (0,) * (3 * STEPS - 1) + (HEIGHT,)


def test_what_fills_less_than_two_units_has_no_picture(chronology):
    assert overview(chronology(files("2020-01-01", "2020-01-31"))) is None


def test_the_activity_of_every_actor_stands_on_the_axis_of_the_whole(real):
    words = real.words
    whole = charts.activity(real.events, words)
    axis = re.search(r"<figcaption>(.*?)</figcaption>", whole)[1]
    drawn = 0
    for actor in real.actors.values():
        events = real.events_of(actor)
        picture = charts.activity(events, words, charts.span(real.events))
        months = Counter(shelf(event.date.value) for event in events if shelf(event.date.value)[1])
        assert bool(picture) == bool(months), actor.id
        if months:
            assert re.search(r"<figcaption>(.*?)</figcaption>", picture)[1] == axis
            assert picture.count("<rect") == len(months)
            drawn += 1
    assert drawn > 80


def test_many_years_are_drawn_as_years(chronology):
    own = chronology(files("1969-05-01", "1969-06-01", "2026-01-01"))
    picture = charts.activity(own.events, own.words)
    assert picture.count("<rect") == 2
    assert "<figcaption>1969 – 2026</figcaption>" in picture
