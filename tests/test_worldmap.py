"""The map of places: every place in its frame has its circle, and land is cut at the frame."""

from __future__ import annotations

import math
import re

import pytest

from generator import worldmap
from generator.diagnostics import Position
from generator.model import Place, Text
from generator.translations import words
from generator.worldmap import WIDTH, Frame

HERE = Position("x", 1, 1)


def place(name: str, lat: float, lon: float) -> Place:
    return Place(id=name.lower(), name=Text(name), lat=lat, lon=lon, position=HERE)


TEHRAN, MUSCAT, DOHA = place("Tehran", 35.69, 51.39), place("Muscat", 23.59, 58.41), place("Doha", 25.29, 51.53)
WASHINGTON, SUVA, BEIJING = (
    place("Washington", 38.9, -77.04),
    place("Suva", -18.14, 178.44),
    place("Beijing", 39.9, 116.4),
)


def points(picture: str) -> list[tuple[float, float]]:
    """Give every point of the land and the borders, in pixels."""
    found = []
    for data in re.findall(r' d="([^"]*)"', picture):
        x = y = 0
        for sign, dx, dy in re.findall(r"([Ml])(-?\d+) (-?\d+)", data):
            x, y = (int(dx), int(dy)) if sign == "M" else (x + int(dx), y + int(dy))
            found.append((x, y))
    return found


def test_a_place_stands_where_it_is():
    frame = Frame(west=50, south=20, east=60, north=30)
    assert frame.place((50, 30)) == (0, 0)
    assert frame.place((60, 20)) == pytest.approx((WIDTH, frame.height), abs=0.6)
    assert frame.stretch == pytest.approx(1 / math.cos(math.radians(25)))


@pytest.mark.parametrize(
    "counted",
    [
        [(TEHRAN, 5)],
        [(TEHRAN, 9), (MUSCAT, 4), (DOHA, 4), (WASHINGTON, 2), (BEIJING, 1)],
        [(WASHINGTON, 3), (BEIJING, 3)],
        [(SUVA, 2), (place("Apia", -13.83, -171.77), 1)],
        [(place("Pole", 89.9, 0), 1), (place("Rothera", -67.6, -68.1), 1)],
    ],
    ids=lambda counted: "-".join(place.id for place, _ in counted),
)
def test_every_place_in_a_frame_is_drawn_and_nothing_far_outside_of_it(counted):
    frames = worldmap.maps(counted)
    assert frames
    drawn: set[str] = set()
    for frame in frames:
        picture = worldmap.draw(frame, tuple(counted), words("en"))
        assert "nan" not in picture.lower().replace("antarctica", "")
        drawn |= set(re.findall(r'<a href="([^"/]+)/"', picture))
        assert picture.count("<circle") == sum(worldmap._holds(frame, where) for where, _ in counted)
        slack = WIDTH * 0.3
        assert all(-slack <= x <= WIDTH + slack and -slack <= y <= frame.height + slack for x, y in points(picture))
    assert drawn >= {where.id for where, _ in counted if -60 < where.lat < 84}


def test_where_most_events_lie_close_together_they_get_a_closer_map():
    counted = [(TEHRAN, 9), (MUSCAT, 4), (DOHA, 4), (WASHINGTON, 2), (BEIJING, 1)]
    closer, whole = worldmap.maps(counted)
    assert closer.east - closer.west < 30 < whole.east - whole.west
    assert "Washington" not in worldmap.draw(closer, tuple(counted), words("en"))
    assert len(worldmap.maps([(WASHINGTON, 3), (BEIJING, 3)])) == 1
    assert worldmap.maps([]) == []


def test_a_line_over_the_date_line_goes_on_beyond_it():
    assert worldmap._unwrapped([1790, 0, -1790, 0, 1790, 10]) == [(179, 0), (181, 0), (179, 1)]


def test_a_ring_is_cut_at_the_frame():
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    cut = worldmap._clipped(square, 5, 5, 20, 20)
    assert sorted(set(cut)) == [(5, 5), (5, 10), (10, 5), (10, 10)]
    assert worldmap._clipped(square, 20, 20, 30, 30) == []


def test_names_do_not_lie_over_each_other():
    crowd = [(place(f"Place number {n}", 25 + n * 0.05, 51 + n * 0.05), 1) for n in range(30)]
    picture = worldmap.draw(worldmap.maps(crowd)[0], tuple(crowd), words("en"))
    spots = [(float(x), float(y)) for x, y in re.findall(r'<text x="([\d.-]+)" y="([\d.-]+)"', picture)]
    assert 1 <= len(spots) < 30
    assert picture.count("<circle") == 30
