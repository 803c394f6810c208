"""The pictures that other sites show with a link: one for each page or kind of page, with words that its fonts have."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from conftest import ROOT, run
from PIL import Image

from generator import previews
from generator.dates import parse
from generator.previews import Card, Painter, writable


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Build this repository's site for an address and give its folder."""
    folder = tmp_path_factory.mktemp("previews")
    done = run("chronology", "build", "--site-dir", str(folder), CHRONOLOGY_SITE_URL="https://example.org/c/")
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_names_a_picture_that_is_there(published):
    shown = set()
    for page in published.rglob("index.html"):
        html = page.read_text(encoding="utf-8")
        if "og:title" not in html:
            continue  # the bare page for frames
        (name,) = re.findall(r'<meta property="og:image" content="https://example.org/c/([^"]+)">', html)
        assert (published / name).is_file(), page
        shown.add(name)
    assert f"{previews.FOLDER}/events/2026-02-11-dar-araghchi-call.png" in shown
    made = {file.relative_to(published).as_posix() for file in (published / previews.FOLDER).rglob("*.png")}
    assert shown <= made
    for name in made:
        with Image.open(published / name) as picture:
            assert picture.size == (previews.WIDTH, previews.HEIGHT)


def test_a_site_without_an_address_has_no_pictures(site):
    assert not (site / previews.FOLDER).exists()
    assert "og:image" not in (site / "index.html").read_text(encoding="utf-8")


def test_the_same_card_gives_the_same_bytes_and_another_word_others(real):
    card = Card(path="x", title="Dar and Araghchi speak", above="11 February 2026", date=parse("2026-02-11"))
    assert Painter(real).draw(card) == Painter(real).draw(card)
    other = Card(path="x", title="Dar and Araghchi spoke", above="11 February 2026", date=parse("2026-02-11"))
    assert Painter(real).draw(card) != Painter(real).draw(other)


def test_an_event_is_marked_below_the_bars_where_it_lies(real):
    places = []
    for date in ("2026-01-15", "2026-05-15"):
        content = Painter(real).draw(Card(path="x", title="T", colour="red", date=parse(date)))
        picture = Image.open(BytesIO(content)).convert("RGB")
        row = [picture.getpixel((x, previews.FLOOR + 14)) for x in range(previews.WIDTH)]
        places.append([x for x, colour in enumerate(row) if colour == (0x9B, 0x1C, 0x1C)])
    assert 8 < len(places[0]) < 30
    assert max(places[0]) < min(places[1])


@pytest.mark.parametrize(
    ("text", "known"),
    [("Erdoğan – “İstanbul” … Ḥasan", True), ("Привет", False), ("ڈار", False), ("東京", False), ("a\u202eb", False)],
)
def test_only_what_the_fonts_have_is_written(text, known):
    assert writable(text) is known


def test_a_title_that_the_fonts_cannot_write_leaves_the_picture_of_the_chronology(real):
    painter = Painter(real)
    assert painter.draw(Card(path="x", title="ڈار")) == painter.draw(Card(path="x", title="東京"))


@pytest.mark.parametrize("words", [3, 12, 30, 200])
def test_every_line_of_a_title_has_room(real, words):
    painter = Painter(real)
    size, lines = painter.wrapped("extraordinary " * words)
    assert len(lines) <= 4
    assert max(painter.width(line, size, 700) for line in lines) <= previews.WIDTH - 2 * previews.MARGIN


def test_the_colours_are_those_of_the_style_sheet():
    style = (ROOT / "generator/theme/assets/chronology/chronology.css").read_text(encoding="utf-8")
    light = style[style.index('[data-md-color-scheme="default"]') : style.index('[data-md-color-scheme="slate"]')]
    for name, colour in previews.COLOURS.items():
        assert f"--c-{name}: {colour};" in light


def test_a_large_chronology_has_one_picture_for_each_kind_of_page(real, monkeypatch):
    assert previews.has_own(real)
    assert previews.path_of("events/x.md", "event", own=True) == "assets/previews/events/x.png"
    monkeypatch.setattr(previews, "MOST_OWN", 10)
    assert not previews.has_own(real)
    assert previews.path_of("events/x.md", "event", own=False) == "assets/previews/event.png"
    assert previews.path_of("data/index.md", "data", own=False) == "assets/previews/text.png"
    assert {card.path for card in previews._cards(real)} == previews.KINDS.keys()
