"""The places of a chronology on a map: drawn when the site is built, so that it needs neither script nor tile server.

Coasts and borders are Natural Earth's (public domain), at 1:50 million. The projection is equirectangular, with the
middle latitude of the map true to scale.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from generator.markdown import Markdown, attribute
from generator.model import Place
from generator.translations import Words

Point = tuple[float, float]
"""Degrees east and north, or pixels from the left and the top."""

WIDTH = 900
SHARE = 0.72
"""What share of all events the closer map shows at least."""

LABELS = 60
"""How many places are named on a map; the others are named when pointed at."""

_LETTER, _LINE = 6.4, 13
_FINEST = 1.2
"""Points closer than so many pixels are drawn as one."""

_SMALLEST = 1.5
"""Islands narrower than so many pixels are left out."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The part of the world that a map shows, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        """Pixels a degree of longitude."""
        return WIDTH / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """How much longer a degree of latitude is than one of longitude, in the middle of the map."""
        return 1 / max(0.2, math.cos(math.radians((self.south + self.north) / 2)))

    @property
    def height(self) -> int:
        """The height in pixels."""
        return round((self.north - self.south) * self.scale * self.stretch)

    def place(self, point: Point) -> Point:
        """Give where a point of the world stands on the map."""
        return (point[0] - self.west) * self.scale, (self.north - point[1]) * self.scale * self.stretch


def maps(places: Sequence[tuple[Place, int]]) -> list[Frame]:
    """Give the frames worth drawing: the world’s part with all places, and a closer one where most events lie."""
    if not places:
        return []
    whole = _around([(place.lon, place.lat) for place, _ in places], 0.08)
    dense = _densest(places)
    closer = _around([(place.lon, place.lat) for place, _ in dense], 0.12)
    if len(dense) < 2 or (closer.east - closer.west) > 0.6 * (whole.east - whole.west):
        return [whole]
    return [closer, whole]


def _densest(places: Sequence[tuple[Place, int]]) -> list[tuple[Place, int]]:
    """Take away the places farthest from the middle of what is left, while SHARE of the events stay."""
    left = list(places)
    total = sum(count for _, count in places)
    while len(left) > 2:
        weight = sum(count for _, count in left)
        lon = sum(place.lon * count for place, count in left) / weight
        lat = sum(place.lat * count for place, count in left) / weight
        away = [math.hypot(place.lon - lon, place.lat - lat) for place, _ in left]
        farthest = left[away.index(max(away))]
        if weight - farthest[1] < SHARE * total:
            break
        left.remove(farthest)
    return left


def _around(points: Iterable[Point], margin: float) -> Frame:
    """Give a frame around points, wider than high, and never smaller than a few degrees."""
    lons, lats = zip(*points, strict=True)
    wide = max(max(lons) - min(lons), 8) * (1 + 2 * margin)
    high = max(max(lats) - min(lats), 5) * (1 + 2 * margin)
    stretch = 1 / max(0.2, math.cos(math.radians((max(lats) + min(lats)) / 2)))
    high = max(high, wide * 0.5 / stretch)
    wide = max(wide, high * stretch * 1.25)
    lon, lat = (max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2
    north, south = min(84.0, lat + high / 2), max(-60.0, lat - high / 2)
    return Frame(west=lon - wide / 2, south=south, east=lon + wide / 2, north=north)


@lru_cache(maxsize=8)
def draw(frame: Frame, places: tuple[tuple[Place, int], ...], words: Words) -> Markdown:
    """Draw a map: land, borders, and a circle for each place that leads to its page, larger where more happened."""
    world = _world()
    land = "".join(_paths(frame, world["land"], closed=True))
    borders = "".join(_paths(frame, world["borders"], closed=False))
    inside = [entry for entry in places if _holds(frame, entry[0])]
    marks = "".join(_marks(frame, inside, words))
    label = words.say("Places, by how many events they saw")
    return Markdown(
        f'<figure class="map"><svg viewBox="0 0 {WIDTH} {frame.height}" role="group" aria-label="{attribute(label)}">'
        f'<path class="land" d="{land}"></path><path class="borders" d="{borders}"></path>{marks}</svg></figure>'
    )


def _holds(frame: Frame, place: Place) -> bool:
    return frame.west <= place.lon <= frame.east and frame.south <= place.lat <= frame.north


def _marks(frame: Frame, places: Sequence[tuple[Place, int]], words: Words) -> Iterator[str]:
    """Yield circles, those with most events first, and the names for which there is room."""
    taken: list[Box] = []
    circles = []
    for place, count in places:
        x, y = frame.place((place.lon, place.lat))
        radius = 3 + 1.7 * math.sqrt(count)
        circles.append((place, count, x, y, radius))
        taken.append((x - radius, y - radius, x + radius, y + radius))
    for number, (place, count, x, y, radius) in enumerate(circles):
        said = attribute(words.many(count, "{place}: {n} event", "{place}: {n} events", place=place.name))
        name = ""
        if number < LABELS and (spot := _spot(frame, str(place.name), (x, y, radius), taken)) is not None:
            left, top, anchor = spot
            name = f'<text x="{left:.0f}" y="{top:.0f}" text-anchor="{anchor}">{attribute(str(place.name))}</text>'
        yield (
            f'<a href="{place.id}/" aria-label="{said}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
            f"<title>{said}</title></circle>{name}</a>"
        )


def _spot(
    frame: Frame, name: str, circle: tuple[float, float, float], taken: list[Box]
) -> tuple[float, float, str] | None:
    """Find room for a name: right of its circle, left, above or below; None when there is none."""
    x, y, radius = circle
    long = len(name) * _LETTER
    spots = (
        (x + radius + 3, y + 4, "start", x + radius + 2),
        (x - radius - 3, y + 4, "end", x - radius - 3 - long),
        (x, y - radius - 4, "middle", x - long / 2),
        (x, y + radius + _LINE, "middle", x - long / 2),
    )
    for left, top, anchor, start in spots:
        box: Box = (start, top - _LINE + 3, start + long, top + 3)
        fits = box[0] > 0 and box[2] < WIDTH and box[1] > 0 and box[3] < frame.height
        if fits and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            return left, top, anchor
    return None


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _paths(frame: Frame, lines: Iterable[Sequence[int]], *, closed: bool) -> Iterator[str]:
    """Yield SVG path data of the lines that the frame touches, cut a little outside of it."""
    pad = (frame.east - frame.west) * 0.02
    west, east = frame.west - pad, frame.east + pad
    south, north = frame.south - pad, frame.north + pad
    for flat in lines:
        points = _unwrapped(flat)
        for turn in (-360, 0, 360):  # a map may reach over the date line
            shifted = [(x + turn, y) for x, y in points] if turn else points
            xs, ys = [x for x, _ in shifted], [y for _, y in shifted]
            if max(xs) < west or min(xs) > east or max(ys) < south or min(ys) > north:
                continue
            if closed and (max(xs) - min(xs)) * frame.scale < _SMALLEST:
                continue
            if closed:
                parts = [_clipped(shifted, west, south, east, north)]
            else:
                parts = list(_runs(shifted, west, south, east, north))
            for part in parts:
                yield _path([frame.place(point) for point in part], closed=closed)


def _unwrapped(flat: Sequence[int]) -> list[Point]:
    """Give a line in degrees, going on beyond 180 where it crosses the date line."""
    points: list[Point] = []
    turn = 0
    for i in range(0, len(flat), 2):
        x, y = flat[i] / 10 + turn, flat[i + 1] / 10
        if points and abs(x - points[-1][0]) > 180:
            step = 360 if x < points[-1][0] else -360
            turn, x = turn + step, x + step
        points.append((x, y))
    return points


def _clipped(points: list[Point], west: float, south: float, east: float, north: float) -> list[Point]:
    """Cut a ring at the four sides of a frame (Sutherland and Hodgman 1974)."""
    for axis, edge, keep_less in ((0, west, False), (0, east, True), (1, south, False), (1, north, True)):
        result: list[Point] = []
        for here, there in zip(points, [*points[1:], *points[:1]], strict=True):
            inside, next_inside = ((p[axis] <= edge) == keep_less or p[axis] == edge for p in (here, there))
            if inside:
                result.append(here)
            if inside != next_inside:
                share = (edge - here[axis]) / (there[axis] - here[axis])
                result.append((here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1])))
        points = result
        if not points:
            return []
    return points


def _runs(points: list[Point], west: float, south: float, east: float, north: float) -> Iterator[list[Point]]:
    """Yield the parts of a line that lie in a frame, each with the point before and behind it."""
    run: list[Point] = []
    before: Point | None = None
    for point in points:
        if west <= point[0] <= east and south <= point[1] <= north:
            if not run and before is not None:
                run.append(before)
            run.append(point)
        elif run:
            yield [*run, point]
            run = []
        before = point
    if run:
        yield run


def _path(points: Sequence[Point], *, closed: bool) -> str:
    kept: list[tuple[int, int]] = []
    for x, y in points:
        here = (round(x), round(y))
        if not kept or math.hypot(here[0] - kept[-1][0], here[1] - kept[-1][1]) > _FINEST:
            kept.append(here)
    if len(kept) < (3 if closed else 2):
        return ""
    steps = [f"M{kept[0][0]} {kept[0][1]}"]
    for (x, y), (to_x, to_y) in pairwise(kept):
        steps.append(f"l{to_x - x} {to_y - y}")
    return "".join(steps) + ("z" if closed else "")


@cache
def _world() -> dict[str, list[list[int]]]:
    """Read coasts and borders, in tenths of a degree."""
    world: dict[str, list[list[int]]] = json.loads((Path(__file__).parent / "map/world.json").read_bytes())
    return world
