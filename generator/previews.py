"""The pictures that other sites show with a link: the page's name over the chronology drawn as on the front page.

1200 by 630 pixels, as the Open Graph protocol's readers expect. Up to MOST_OWN pages each have a picture of their own;
in a larger chronology all pages of a kind share one, since the pictures would outgrow the pages.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from generator import overview
from generator.chronology import Chronology
from generator.dates import Date, describe
from generator.labels import label
from generator.model import Event
from generator.translations import mark

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FOLDER = "assets/previews"
WIDTH, HEIGHT = 1200, 630
MOST_OWN = 1_000
MARGIN, FLOOR, BARS = 72, 560, 120
"""The margin, where the bars stand, and how high they are at most, in pixels."""

PAPER, INK, QUIET, RULE = "#fbf9f4", "#1d1b18", "#5c564d", "#dcd6ca"
COLOURS = {
    "blue": "#1d4f86",
    "green": "#22623a",
    "amber": "#7a4d00",
    "red": "#9b1c1c",
    "violet": "#5f3a8c",
    "teal": "#0d5f63",
    "grey": "#4d4a45",
    "brown": "#6b4226",
}
"""The light palette of the site's style sheet."""

SHADES = 14
"""In how many steps the edges of letters go from ink to paper."""

FONTS = Path(__file__).parent / "theme/assets/chronology/fonts"
PLAIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100), 0x2013, 0x2014, *range(0x2018, 0x201F), 0x2026)))
MORE = frozenset(map(chr, (*range(0x100, 0x180), *range(0x218, 0x21C), *range(0x1E00, 0x1F00))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a picture says. `date` marks a time among the bars; `path` is the page it belongs to, or a kind of page."""

    path: str
    title: str
    above: str = ""
    colour: str = ""
    date: Date | None = None


KINDS = {
    "home": mark("Chronology"),
    "timeline": mark("Timeline"),
    "years": mark("Chronology"),
    "year": mark("Chronology"),
    "month": mark("Chronology"),
    "event": mark("Events"),
    "actors": mark("Actors"),
    "actor": mark("Actors"),
    "encounters": mark("Who deals with whom"),
    "places": mark("Places"),
    "place": mark("Places"),
    "topics": mark("Topics"),
    "topic": mark("Topics"),
    "kinds": mark("Kinds of event"),
    "kind": mark("Kinds of event"),
    "sources": mark("Sources"),
    "publisher": mark("Sources"),
    "search": mark("Search"),
    "contribute": mark("Add an event"),
    "field_reference": mark("Add an event"),
    "rules": mark("Add an event"),
    "rule": mark("Add an event"),
    "text": mark("Chronology"),
}
"""The kinds of pages that have a picture, with what it says; other pages have that of “text”."""


def path_of(page: str, kind: str, *, own: bool) -> str:
    """Give where the picture of a page stands below the site's root; `page` is relative to the docs folder.

    `own` tells whether entities have pictures of their own.
    """
    if own and kind in ("event", "actor", "place", "topic"):
        return f"{FOLDER}/{page.removesuffix('.md')}.png"
    return f"{FOLDER}/{kind if kind in KINDS else 'text'}.png"


def draw(chronology: Chronology, kept: Callable[[str, str], bool]) -> Iterator[tuple[str, str, bytes]]:
    """Draw pictures; yield each with its path below the site’s root, and a text that says all it is made of.

    `kept` tells of such a path and text that there is the picture already.
    """
    painter = Painter(chronology)
    ground = f"{chronology.settings.title} {painter.picture}"
    cards = [(f"{FOLDER}/{card.path}.png", f"{ground} {card}", card) for card in _cards(chronology)]
    wanted = [(path, made_of, card) for path, made_of, card in cards if not kept(path, made_of)]
    _ = painter.colours, painter.ground
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        drawn = pool.map(painter.draw, (card for _, _, card in wanted))
        for (path, made_of, _), content in zip(wanted, drawn, strict=True):
            yield path, made_of, content


def has_own(chronology: Chronology) -> bool:
    """Tell whether each event, actor, place and topic has a picture of its own."""
    own = (chronology.events, chronology.actors, chronology.places, chronology.topics)
    return sum(map(len, own)) <= MOST_OWN


def _cards(chronology: Chronology) -> Iterator[Card]:
    title = str(chronology.settings.title)
    for kind, name in KINDS.items():
        yield Card(path=kind, title=title if kind == "home" else chronology.words.say(name))
    if not has_own(chronology):
        return
    yield from (_event(chronology, event) for event in chronology.events)
    for actor in chronology.actors.values():
        yield Card(
            path=f"actors/{actor.id}", title=str(actor.name), above=label(chronology.words, actor.kind).capitalize()
        )
    for place in chronology.places.values():
        yield Card(path=f"places/{place.id}", title=str(place.name), above=chronology.words.say("Place"))
    for topic in chronology.topics.values():
        yield Card(path=f"topics/{topic.id}", title=str(topic.title), above=chronology.words.say("Topic"))


def _event(chronology: Chronology, event: Event) -> Card:
    kind = chronology.vocabulary.event_types[event.type]
    locale = str(chronology.settings.language).replace("-", "_")
    return Card(
        path=f"events/{event.id}",
        title=str(event.title),
        above=f"{describe(event.date.value, locale)} · {kind.label}",
        colour=str(chronology.vocabulary.groups[kind.group].colour),
        date=event.date.value,
    )


class Painter:
    """Draws the pictures of one chronology; what is the same on all of them is drawn once."""

    def __init__(self, chronology: Chronology) -> None:
        self.chronology = chronology
        self.picture = overview.overview(chronology)
        self.fonts: dict[tuple[str, int, int], FreeTypeFont] = {}
        for size in (64, 52, 42, 30):
            for weight in (400, 700):
                self.font("serif", size, weight)
                self.font("serif-more", size, weight)

    @cached_property
    def ground(self) -> Image:
        """Give what all pictures share: paper, mark, name of the chronology, bars."""
        from PIL import Image, ImageDraw

        image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        draw = ImageDraw.Draw(image)
        self.mark(draw)
        title = str(self.chronology.settings.title)
        if writable(title):
            self.say(draw, (MARGIN + 62, 62), self.shortened(title, 30, 700, WIDTH - 2 * MARGIN - 62), (30, 700), INK)
        draw.line((MARGIN, FLOOR, WIDTH - MARGIN, FLOOR), fill=QUIET, width=2)
        if self.picture is not None:
            self.bars(draw)
        return image

    def draw(self, card: Card) -> bytes:
        """Give a picture as PNG."""
        from PIL import ImageDraw
        from PIL.Image import Dither

        image = self.ground.copy()
        draw = ImageDraw.Draw(image)
        if card.date is not None:
            self.when(draw, card)
        top = 130
        if card.above and writable(card.above):
            self.say(draw, (MARGIN, top), self.shortened(card.above, 30, 400, WIDTH - 2 * MARGIN), (30, 400), QUIET)
        if writable(card.title):
            size, lines = self.wrapped(card.title)
            for number, line in enumerate(lines):
                self.say(draw, (MARGIN, top + 50 + round(number * size * 1.16)), line, (size, 700), INK)
        buffer = BytesIO()
        # A table of colours makes a third of the bytes in a fifth of the time.
        image.quantize(palette=self.colours, dither=Dither.NONE).save(buffer, "PNG", compress_level=6)
        return buffer.getvalue()

    @cached_property
    def colours(self) -> Image:
        """Give the colours that a picture is drawn with, and the shades at the edges of its letters."""
        from PIL import Image, ImageColor

        paper = ImageColor.getrgb(PAPER)
        table = [*paper]
        for colour in COLOURS.values():
            table += ImageColor.getrgb(colour)
        for colour in (INK, QUIET):
            ink = ImageColor.getrgb(colour)
            for step in range(SHADES):
                table += (round(of + (to - of) * step / SHADES) for of, to in zip(ink, paper, strict=True))
        image = Image.new("P", (1, 1))
        image.putpalette(table)
        return image

    def font(self, name: str, size: int, weight: int) -> FreeTypeFont:
        """Give a font; all that are used are made before several threads draw."""
        from PIL import ImageFont

        if (name, size, weight) not in self.fonts:
            font = ImageFont.truetype(FONTS / f"{name}.woff2", size, layout_engine=ImageFont.Layout.BASIC)
            font.set_variation_by_axes([weight])
            self.fonts[name, size, weight] = font
        return self.fonts[name, size, weight]

    def width(self, text: str, size: int, weight: int) -> float:
        """Give how wide a text is, in pixels."""
        return sum(self.font(name, size, weight).getlength(part) for name, part in parts(text))

    def say(self, draw: ImageDraw, at: tuple[float, float], text: str, style: tuple[int, int], colour: str) -> None:
        """Write a line; `style` is the size in pixels and the weight."""
        x, y = at
        size, weight = style
        for name, part in parts(text):
            font = self.font(name, size, weight)
            draw.text((x, y + size), part, font=font, fill=colour, anchor="ls")
            x += font.getlength(part)

    def shortened(self, text: str, size: int, weight: int, most: float) -> str:
        """Give a line, or as many of its words as there is room for."""
        if self.width(text, size, weight) <= most:
            return text
        words = text.split()
        while words and self.width(" ".join(words) + "…", size, weight) > most:
            words.pop()
        return " ".join(words) + "…"

    def wrapped(self, text: str) -> tuple[int, list[str]]:
        """Give the largest size in which a title fits, and its lines."""
        lines: list[str] = []
        for size, most in ((64, 3), (52, 3), (42, 4)):
            lines = [""]
            for word in text.split():
                longer = f"{lines[-1]} {word}".strip()
                if self.width(longer, size, 700) <= WIDTH - 2 * MARGIN or not lines[-1]:
                    lines[-1] = longer
                else:
                    lines.append(word)
            if len(lines) <= most:
                return size, lines
        return 42, [*lines[:3], self.shortened(" ".join(lines[3:]), 42, 700, WIDTH - 2 * MARGIN)]

    def mark(self, draw: ImageDraw) -> None:
        """Draw the mark of the site, as in its header."""
        x, y, unit = MARGIN, 62, 2
        draw.rectangle((x + 5 * unit, y, x + 7 * unit, y + 22 * unit), fill=INK)
        draw.rectangle((x + 11 * unit, y + 5 * unit, x + 23 * unit, y + 7 * unit), fill=INK)
        draw.rectangle((x + 11 * unit, y + 15 * unit, x + 19 * unit, y + 17 * unit), fill=INK)
        draw.circle((x + 6 * unit, y + 6 * unit), 3.6 * unit, fill=INK)
        draw.circle((x + 6 * unit, y + 16 * unit), 2.6 * unit, fill=PAPER, outline=INK, width=2 * unit)

    def bars(self, draw: ImageDraw) -> None:
        """Draw how much of each kind happened when, the kinds upon each other."""
        assert self.picture is not None
        steps = len(self.picture.units) * overview.STEPS
        groups = self.chronology.vocabulary.groups
        sums = [sum(lane.heights[step] for lane in self.picture.lanes) for step in range(steps)]
        scale = BARS / max(*sums, 1)
        wide = (WIDTH - 2 * MARGIN) / steps
        for step in range(steps):
            base = float(FLOOR)
            for lane in self.picture.lanes:
                tall = lane.heights[step] * scale
                if tall:
                    left = MARGIN + step * wide
                    colour = COLOURS.get(str(groups[lane.name].colour), QUIET)
                    draw.rectangle((left, base - tall, left + max(1.0, wide - 2), base - 1), fill=colour)
                    base -= tall

    def when(self, draw: ImageDraw, card: Card) -> None:
        """Show where among the bars an event stands."""
        span = overview.span(self.picture, card.date) if self.picture is not None and card.date is not None else None
        if span is None:
            return
        left, right = (MARGIN + share * (WIDTH - 2 * MARGIN) for share in span)
        middle = (left + right) / 2
        left, right = min(left, middle - 5), max(right, middle + 5)
        draw.rectangle((left, FLOOR + 8, right, FLOOR + 20), fill=COLOURS.get(card.colour, INK))


def writable(text: str) -> bool:
    """Tell whether the fonts of the site have all letters of a text."""
    return all(char in PLAIN or char in MORE for char in text)


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text with the font that has their letters."""
    for more, chars in groupby(text, lambda char: char in MORE):
        yield ("serif-more" if more else "serif"), "".join(chars)
