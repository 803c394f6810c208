"""Starts a new chronology in an empty folder."""

from __future__ import annotations

import re
from pathlib import Path

from generator import fmt, putting
from generator.corpus import default_vocabulary
from generator.draft import scalar
from generator.issueforms import forms
from generator.schema import json_schemas


class Refused(Exception):
    """Raised with words for the user when nothing can be written."""


def start(folder: Path, *, title: str, description: str, language: str) -> list[Path]:
    """Write the files of a new chronology; give those written. Files already there are never overwritten.

    Raises Refused, or OSError where the disk refuses.
    """
    example = Path(__file__).parent / "starter"
    wanted = {path.relative_to(example).as_posix(): path for path in sorted(example.rglob("*")) if path.is_file()}
    targets = {name: folder / _unmasked(name) for name in wanted}
    words = default_vocabulary()
    made = {folder / "schema" / f"{kind}.schema.json": text for kind, text in json_schemas(words).items()}
    made |= {folder / ".github/ISSUE_TEMPLATE" / form: text for form, text in forms(words).items()}
    taken = [str(path) for path in (*targets.values(), *made) if path.exists() or path.is_symlink()]
    if taken:
        raise Refused(f"{taken[0]} is already there, and nothing was written. Start in an empty folder.")
    for path in (*targets.values(), *made):
        putting.refuse_links(path, folder)
    values = {"TITLE": title, "DESCRIPTION": description, "LANGUAGE": language}
    for name, source in wanted.items():
        text = source.read_text(encoding="utf-8")
        for key, value in values.items():
            shown = value if targets[name].suffix == ".md" else scalar(value)
            text = text.replace(f"@{key}@", shown)
        if name.startswith("events/"):
            inside = name.removeprefix("events/")
            text = fmt.formatted(text.encode(), inside, fmt.kind_of_path(inside))
        putting.new(targets[name], text, folder)
    for path, text in made.items():
        putting.new(path, text, folder)
    return [*targets.values(), *made]


def _unmasked(name: str) -> str:
    """Give the real name of a starter file: dot files are stored without their dot."""
    return re.sub(r"(^|/)dot-", r"\1.", name)
