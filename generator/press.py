"""Fills the frame that the theme draws around pages: recorded once for each kind of page, then filled, not rendered.

A frame is recorded by rendering the theme's own template with marks in place of what differs from page to page. How a
mark comes out tells how the template escapes it. Whoever records a frame proves it on a real page before it is used.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from generator.rendering import Content, Heading, address, nested, render, squeezed
from generator.writer import Page

NEEDS_SCRIPT = ("tabbed-set", "mermaid", "md-annotation", "arithmatex", "md-code__button", "data-tabs")
"""What in a page, written by hand as it may be, works only with Material’s own script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page with what its frame says of it: the HTML that describes it to programs, its picture, its edit link."""

    page: Page
    head: str
    preview: str
    edit: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What a frame depends on besides the values that fill it."""

    folder: str
    kind: str
    template: str
    described: bool
    pictured: bool
    editable: bool
    contents: bool
    scripted: bool


def variant_of(leaf: Leaf) -> Variant:
    """Give the variant of the frame that a page stands in."""
    page = leaf.page
    folder = posixpath.dirname(page.path)
    own = folder if page.path.endswith("/index.md") else page.path.removesuffix(".md")
    return Variant(
        folder=posixpath.dirname(own),
        kind=str(page.meta["kind"]),
        template=str(page.meta.get("template", "main.html")),
        described="description" in page.meta,
        pictured=bool(leaf.preview),
        editable=bool(leaf.edit),
        contents="\n## " in page.body,
        scripted=any(needed in page.body for needed in NEEDS_SCRIPT),
    )


MARK = re.compile("\ue000(\\w+)([^\ue000\ue001]*)\ue001")
_HARD = "<&>\"'"
_ESCAPES: Mapping[str, Callable[[str], str]] = {
    "": lambda text: text,
    "<h1": lambda text: text,
    _HARD: lambda text: text,
    escape(_HARD): escape,
    escape(_HARD).replace("&quot;", "&#34;").replace("&#x27;", "&#39;"): lambda text: (
        escape(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
    ),
}
"""By what they make of five hard characters: the ways in which templates escape."""


def sign(name: str, hard: bool = True) -> str:
    """Give what stands for a value while a frame is recorded; `hard` tells how it is escaped."""
    return f"\ue000{name}{_HARD if hard else ''}\ue001"


CONTENT = "\ue000content<h1\ue001"
"""What stands for the content, with the heading that the theme looks for in it."""

ENTRY = (sign("entry", hard=False), sign("entryname", hard=False))
"""The id and the name of the one heading that a frame is recorded with."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame in pieces: text, and in between the names of the values and the ways in which they are escaped."""

    pieces: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]

    def fill(self, values: Mapping[str, str]) -> str:
        """Fill the frame."""
        parts = [self.pieces[0]]
        for (name, way), piece in zip(self.fields, self.pieces[1:], strict=True):
            parts += (_ESCAPES[way](values[name]), piece)
        return "".join(parts)


def frame_of(recorded: str) -> Frame | None:
    """Take a page rendered with marks apart; None where the theme does with them what a frame cannot."""
    whole = squeezed(recorded)
    whole = whole.replace(
        squeezed(contents_html([(Heading(level=2, id=ENTRY[0], name=ENTRY[1]), [])])), sign("toc", hard=False)
    )
    pieces, fields, end = [], [], 0
    for match in MARK.finditer(whole):
        if match[1] not in FIELDS or match[2] not in _ESCAPES:
            return None
        pieces.append(whole[end : match.start()])
        fields.append((match[1], match[2]))
        end = match.end()
    pieces.append(whole[end:])
    if any("\ue000" in piece for piece in pieces):
        return None
    return Frame(tuple(pieces), tuple(fields))


FIELDS = ("title", "description", "address", "edit", "preview", "head", "content", "top", "toc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """All that is needed to make finished pages, in this process or on another machine."""

    frames: Mapping[Variant, Frame]
    base: str
    permalinks: bool
    ascii_ids: bool

    def content(self, page: Page) -> Content:
        """Render what a page shows."""
        return render(page.path, page.body, permalinks=self.permalinks, ascii_ids=self.ascii_ids)

    def print(self, leaf: Leaf) -> str | None:
        """Give a finished page; None where there is no frame for it."""
        frame = self.frames.get(variant_of(leaf))
        return None if frame is None else self.framed(frame, leaf, self.content(leaf.page))

    def framed(self, frame: Frame, leaf: Leaf, content: Content) -> str:
        """Put the content of a page into its frame."""
        page = leaf.page
        return frame.fill(
            {
                "title": page.meta["title"],
                "description": page.meta.get("description", ""),
                "address": f"{self.base}{address(page.path)}" if self.base else "",
                "edit": leaf.edit,
                "preview": leaf.preview,
                "head": leaf.head,
                "content": content.html,
                "top": content.headings[0].id if content.headings else "",
                "toc": contents_html(nested(content.headings)),
            }
        )


def contents_html(entries: Sequence[tuple[Heading, Sequence[Heading]]]) -> str:
    """Give the entries of the table of contents as `partials/toc-item.html` does."""
    lines: list[str] = []
    for heading, below in entries:
        lines += _entry(heading)
        if below:
            label = escape(re.sub(r"<[^>]*>", "", heading.name)).replace("&amp;amp;", "&amp;")
            lines += (f'<nav class="md-nav" aria-label="{label}">', '<ul class="md-nav__list">')
            for other in below:
                lines += (*_entry(other), "</li>")
            lines += ("</ul>", "</nav>")
        lines.append("</li>")
    return "\n".join(lines)


def _entry(heading: Heading) -> tuple[str, ...]:
    return (
        '<li class="md-nav__item">',
        f'<a href="#{heading.id}" class="md-nav__link">',
        f'<span class="md-ellipsis">{heading.name}</span>',
        "</a>",
    )
