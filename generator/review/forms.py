"""The forms of a review: for a terminal, as Markdown for GitHub, as a page. What comes from files is text in each."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from generator.report.findings import shown
from generator.report.github import as_text
from generator.review import Review
from generator.review.outline import Entry, Line, closing, sections

MOST = 900_000
"""How many bytes of Markdown are written: GitHub refuses a summary of more than a mebibyte."""


def people(review: Review, preview: str = "") -> str:
    """Give a review for a terminal."""
    blocks = [shown(closing(review))]
    for section in sections(review):
        blocks.append("\n" + section.title)
        for entry in section.entries:
            blocks.append(f"  {shown(entry.title)}{f'  [{shown(entry.id)}]' if entry.id else ''}")
            blocks += (f"    {_said(line, shown)}" for line in entry.lines)
    return "\n".join(blocks) + "\n"


def markdown(review: Review, preview: str = "") -> str:
    """Give a review as GitHub’s Markdown; `preview` is where the site that comes of it stands, if anywhere."""
    lines = ["### What the event files say now", "", as_text(closing(review)), ""]
    size = 0
    for section in sections(review):
        lines += [f"#### {section.title}", ""]
        for number, entry in enumerate(section.entries):
            block = list(_item(entry, preview))
            size += sum(len(line.encode()) + 1 for line in block)
            if size > MOST:
                return "\n".join([*lines, "", f"{len(section.entries) - number:,} entries and more did not fit.", ""])
            lines += block
        lines.append("")
    return "\n".join(lines)


def _item(entry: Entry, preview: str) -> Iterator[str]:
    title = f"**{as_text(entry.title)}**"
    if preview and entry.page:
        title = f"[{title}](<{preview}{entry.page}>)"
    yield f"- {title}{f' {as_text(entry.id)}' if entry.id else ''}"
    yield from (f"  - {_said(line, as_text)}" for line in entry.lines)


def _said(line: Line, safe: Callable[[str], str]) -> str:
    label = f"{safe(line.label)}: " if line.label else ""
    match line.before, line.after:
        case None, after:
            return f"{label}{safe(after or '')}"
        case before, None:
            return f"{label}no longer {safe(before or '')}"
        case before, after:
            return f"{label}{safe(before or '')} → {safe(after or '')}"


def html(review: Review, preview: str = "") -> str:
    """Give a review as one page that needs nothing else, and allows nothing."""
    template = (Path(__file__).parent / "page.html.jinja").read_text(encoding="utf-8")
    style = template.partition("<style>")[2].partition("</style>")[0]
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(
        closing=closing(review),
        sections=list(sections(review)),
        preview=preview,
        digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        shown=shown,
    )


FORMS = {"people": people, "markdown": markdown, "html": html}
"""The forms by the word that chooses them."""
