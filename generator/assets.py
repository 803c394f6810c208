"""The theme's own files: styles and scripts that are published with the site, from inside the package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

THEME = Path(__file__).parent / "theme"
MARK = "assets/chronology/mark.svg"
STYLES = ("assets/chronology/chronology.css",)


def files() -> Iterator[tuple[str, bytes]]:
    """Yield path below the docs folder and content of each published file, in the order of the paths."""
    root = THEME / "assets"
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        yield f"assets/{file.relative_to(root).as_posix()}", file.read_bytes()
