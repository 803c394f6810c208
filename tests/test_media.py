"""Pictures: what is taken, in which sizes it is published, and that nothing but the picture is."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from zlib import crc32

import pytest
from corpora import full_report
from PIL import Image, ImageDraw

from generator import assets, media, pages
from generator.media import Unusable

EVENT = """title: A bridge opens
date: 2020-05-06
type: ceremony
summary: It was opened.
media:
  - file: bridge.jpg
    alt: A bridge "seen" from below & above
    credit: Ann Åström
    licence: CC-BY-4.0
    caption: The *old* bridge stood here.
    url: https://example.org/photo
sources:
  - {title: A page, publisher: A paper, url: https://example.org/a}
"""


def drawn(width: int, height: int, **saved: object) -> bytes:
    """Give a picture whose left half is red."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height), fill="red")
    buffer = BytesIO()
    image.save(buffer, saved.pop("format", "JPEG"), **saved)
    return buffer.getvalue()


@pytest.fixture
def shown(make, chronology):
    """Give a function that makes a chronology whose event shows a picture."""

    def build(content: bytes):
        folder = make({"2020/2020-05-06-bridge.yml": EVENT})
        (folder / "events/media").mkdir(exist_ok=True)
        (folder / "events/media/bridge.jpg").write_bytes(content)
        return chronology({})

    return build


def test_a_picture_is_published_in_a_few_widths_and_never_wider_than_it_is(shown):
    own = shown(drawn(1200, 800))
    files = dict(assets.made(own))
    sizes = {path: Image.open(BytesIO(data)).size for path, data in files.items() if path.startswith("assets/media/")}
    assert sorted(sizes.values()) == [(480, 320), (960, 640), (1200, 800)]
    page = next(page.markdown for page in pages.render(own) if page.path == "events/2020-05-06-bridge.md")
    for path in sizes:
        assert f"../../{path} " in page
    assert 'alt="A bridge &quot;seen&quot; from below &amp; above"' in page
    assert 'width="960" height="640"' in page
    assert 'loading="lazy"' in page


def test_a_small_picture_is_published_as_it_is(shown):
    files = dict(assets.made(shown(drawn(300, 200))))
    assert [Image.open(BytesIO(data)).size for path, data in files.items() if "media" in path] == [(300, 200)]


def test_the_same_picture_gives_the_same_bytes_and_another_one_another_path(shown):
    first = dict(assets.made(shown(drawn(500, 300))))
    media.published.cache_clear()
    assert dict(assets.made(shown(drawn(500, 300)))) == first
    assert first.keys() != dict(assets.made(shown(drawn(500, 301)))).keys()


def test_nothing_but_the_pixels_is_published_and_they_stand_upright(shown):
    exif = Image.Exif()
    exif[0x010E] = "where it was taken"
    exif[0x0112] = 6  # to be turned by a quarter
    content = drawn(600, 400, exif=exif, comment=b"a note of the camera")
    assert b"where it was taken" in content
    ((_, data),) = [(path, data) for path, data in assets.made(shown(content)) if "media" in path and "-400-" in path]
    picture = Image.open(BytesIO(data))
    assert picture.size == (400, 600)
    assert picture.getpixel((200, 50))[1] < 60
    assert picture.getpixel((200, 550))[1] > 200
    assert b"where" not in data
    assert b"note" not in data
    assert dict(picture.getexif()) == {}


HEAD = b"IHDR" + (60_000).to_bytes(4) * 2 + b"\x08\x02\x00\x00\x00"
HUGE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\r" + HEAD + crc32(HEAD).to_bytes(4) + b"\x00\x00\x00\x00IDAT"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.jpg", drawn(900, 600)[:2000], "not a whole"),
        ("a.png", drawn(90, 60), "is a JPEG picture"),
        ("a.jpg", b"<svg onload=alert(1)>", "not a whole"),
        ("a.jpg", b"", "not a whole"),
        ("a.png", drawn(90, 60, format="GIF"), "not a whole"),
        ("a.png", HUGE, "60,000,000 pixels at most"),
        ("a.jpg", b"\xff" * (media.MAX_BYTES + 1), "20,000,000 bytes"),
    ],
    ids=("truncated", "misnamed", "active", "empty", "other format", "bomb", "too large"),
)
def test_what_cannot_be_shown_is_refused(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Unusable, match=message):
        media.read(tmp_path / name)


def test_a_link_and_a_pipe_are_not_followed(tmp_path):
    (tmp_path / "secret").write_bytes(drawn(90, 60))
    (tmp_path / "a.jpg").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "b.jpg")
    for name in ("a.jpg", "b.jpg"):
        with pytest.raises(Unusable, match="regular file"):
            media.read(tmp_path / name)


def test_every_problem_with_pictures_is_reported_where_it_is(make):
    folder = make({"2020/2020-05-06-bridge.yml": EVENT})
    (folder / "events/media").mkdir()
    for name, content in {
        "other.png": drawn(9, 6, format="PNG"),
        "Bad Name.png": b"",
        "plan.svg": b"<svg/>",
        "twice.png": drawn(9, 6, format="PNG"),
        "twice.webp": drawn(9, 6, format="WEBP"),
        "torn.webp": b"RIFF",
    }.items():
        Path(folder, "events/media", name).write_bytes(content)
    said = full_report(folder)
    for line in (
        "events/2020/2020-05-06-bridge.yml:6:11: R301 “bridge.jpg” is not a file in media/.",
        "events/media/Bad Name.png:1:1: S217",
        "events/media/plan.svg:1:1: S217",
        "events/media/torn.webp:1:1: S217 The file is not a whole JPEG, PNG or WebP picture.",
        "events/media/twice.webp:1:1: S217 Two pictures may not differ in their endings alone; “twice.png” is",
    ):
        assert line in said
    for name in ("Bad Name.png", "plan.svg", "twice.webp", "torn.webp"):
        (folder / "events/media" / name).unlink()
    (folder / "events/media/bridge.jpg").write_bytes(drawn(9, 6))
    unused = "events/media/other.png:1:1: R406 warning: Every picture is shown by some event; none shows “other.png”."
    assert unused in full_report(folder)
