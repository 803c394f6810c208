"""Files that are published beside the pages: the theme's styles and scripts, and data made from the chronology."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator import media, timeline
from generator.chronology import Chronology
from generator.translations import for_scripts

THEME = Path(__file__).parent / "theme"
WORDS = "assets/chronology/words.json"
MARK = "assets/chronology/mark.svg"
STYLES = ("assets/chronology/chronology.css",)


def files() -> Iterator[tuple[str, bytes]]:
    """Yield path below the docs folder and content of each published file, in the order of the paths."""
    root = THEME / "assets"
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        yield f"assets/{file.relative_to(root).as_posix()}", file.read_bytes()


def made(chronology: Chronology) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file that is made from the events."""
    yield from shown(chronology)
    yield timeline.PATH, timeline.data(chronology)


def shown(chronology: Chronology) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each picture, and of the words of scripts."""
    names = {str(item.file) for event in chronology.events for item in event.media}
    for name in sorted(names):
        picture = chronology.corpus.pictures[name]
        for width, height in picture.sizes():
            yield picture.path(width), media.published(picture, width, height)
    if chronology.words.translated:
        yield WORDS, for_scripts(str(chronology.settings.language))
