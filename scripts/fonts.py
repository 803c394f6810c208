#!/usr/bin/env python3
"""Make the fonts of the site from those of the npm packages: only the letters and features that a page has use for.

fonts.py NODE_MODULES FOLDER
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TEXT = ("U+0020-007E", "U+00A0-00FF", "U+2013-2014", "U+2018-201E", "U+2026", "U+2190", "U+2192", "U+2212", "U+20AC")
MORE = ("U+0100-017F", "U+0192", "U+01E6-01E7", "U+0218-021B", "U+02BB-02BF", "U+1E00-1EFF", "U+2032-2033")
ARABIC = ("U+060C", "U+061B", "U+061F-065F", "U+0660-06FF", "U+200C-200F")
LATIN_FEATURES = ("kern", "liga", "tnum", "lnum", "ccmp", "mark", "calt", "locl")
FONTS = {
    # what is made: where from, the range of weights, letters, features
    "serif": ("source-serif-4/files/source-serif-4-latin-wght-normal.woff2", (400, 700), TEXT, LATIN_FEATURES),
    "serif-more": ("source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2", (400, 700), MORE, LATIN_FEATURES),
    "serif-italic": ("source-serif-4/files/source-serif-4-latin-wght-italic.woff2", 400, TEXT, LATIN_FEATURES),
    "naskh": ("noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2", (400, 700), ARABIC, ("*",)),
}


def letters(ranges: tuple[str, ...]) -> set[int]:
    """Give the code points of CSS unicode ranges."""
    found: set[int] = set()
    for text in ranges:
        first, _, last = text.removeprefix("U+").partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def made(source: Path, weight: int | tuple[int, int], ranges: tuple[str, ...], features: tuple[str, ...]) -> TTFont:
    """Give a font with some weights, letters and features of another."""
    cut = BytesIO()
    instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": weight}).save(cut)
    font = TTFont(BytesIO(cut.getvalue()), recalcTimestamp=False)
    options = Options()
    options.layout_features = list(features)
    options.flavor = "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters(ranges))
    subsetter.subset(font)
    font.flavor = "woff2"
    return font


def main() -> None:
    """Write all fonts and their licence."""
    packages, folder = Path(sys.argv[1]) / "@fontsource-variable", Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (source, *wanted) in FONTS.items():
        made(packages / source, *wanted).save(folder / f"{name}.woff2")
    licences = sorted({packages / source.split("/")[0] / "LICENSE" for source, *_ in FONTS.values()})
    text = "\n\n".join(f"{file.parent.name}\n\n{file.read_text(encoding='utf-8').strip()}" for file in licences)
    (folder / "LICENSE.txt").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
