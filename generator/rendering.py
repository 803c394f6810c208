"""A generated page's Markdown → the HTML of its content, as MkDocs' own renderer makes it and two hundred times sooner.

The templates keep to what CommonMark, GitHub's tables and Python-Markdown read alike. What MkDocs adds is added here:
ids of headings and links to them, and addresses in place of paths. Both ways end in `sanitised`, so that they end in
the same bytes; tests compare them for every kind of page.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyromark
from markdown.extensions.toc import slugify, slugify_unicode, unique  # type: ignore[import-untyped]

from generator.sanitise import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """An entry of the table of contents; `name` is text with `&`, `<` and `>` escaped."""

    level: int
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a page shows, and its headings in their order."""

    html: str
    headings: tuple[Heading, ...]


_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_OWN_ID = re.compile(r'<(?:div|figure|figcaption)\b[^>]* id="([^"]*)"')
_TO_PAGE = re.compile(r'href="([^":#?]+)\.md([#?"])')
_BLOCKS = (
    *("p", "div", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"),
    *("h1", "h2", "h3", "h4", "figure", "figcaption", "hr", "pre"),
)
_STARTS = tuple(f"<{slash}{name}{end}" for name in _BLOCKS for slash in ("", "/") for end in (">", " "))
_ENDINGS = (*(f"<{slash}{name}>" for name in _BLOCKS for slash in ("", "/")), '">')
_LINED = ("<li>", "<p>", "<div", "<ul>", "<ol>", "<h2", "<h3", "<blockquote>", "<tr>")
_NOT_TEXT = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
_ENDS = re.compile(r"[ \t\r\f]*\n\s*")


def render(path: str, body: str, *, permalinks: bool, ascii_ids: bool) -> Content:
    """Render the body of the page at `path`, relative to the docs folder.

    `permalinks` adds to each heading a link to itself; `ascii_ids` makes ids as English pages have them.
    """
    text: str = pyromark.html(body, options=pyromark.Options.ENABLE_TABLES)
    headings: list[Heading] = []
    taken = set(_OWN_ID.findall(text))
    counters: dict[str, int] = {}

    def named(match: re.Match[str]) -> str:
        level, inner = match[1], match[2]
        name = html.unescape(_TAG.sub("", inner)).strip()
        own = unique(_slug(name, ascii_ids), taken, counters)
        headings.append(Heading(level=int(level), id=own, name=plain_text(name)))
        way = f'<a class="headerlink" href="#{own}" title="Permanent link">¶</a>' if permalinks else ""
        return f'<h{level} id="{own}">{inner}{way}</h{level}>'

    text = _HEADING.sub(named, text)
    text = _TO_PAGE.sub(lambda match: f'href="{_address(path, match[1])}{match[2]}', text)
    return Content(html=sanitised(text), headings=tuple(headings))


def plain_text(text: str) -> str:
    """Escape text as the sanitiser does."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def sanitised(text: str) -> str:
    """Let nothing active through, and set block elements one a line, whichever renderer they come from."""
    return tight(clean(text))


def tight(text: str) -> str:
    """Break lines before block elements, nowhere else around them: white space there says nothing."""
    if "<pre" not in text:
        return _tight(text).strip()
    parts = _NOT_TEXT.split(text)
    return "".join(part if number % 3 else _tight(part) for number, part in enumerate(parts) if number % 3 != 2).strip()


def _tight(text: str) -> str:
    pieces: list[str] = []
    before = True
    for line in text.split("\n"):
        own = line.strip()
        if not own:
            continue
        if not (before or own.startswith(_STARTS)):
            pieces.append("\n")
        pieces.append(own)
        before = own.endswith(_ENDINGS)
    joined = "".join(pieces)
    for start in _LINED:
        joined = joined.replace(start, f"\n{start}")
    return joined


def squeezed(text: str) -> str:
    """Take from HTML the indentation and the empty lines that templates leave, where they are not shown."""
    if "<pre" not in text and "<textarea" not in text:
        return _ENDS.sub("\n", text).strip()
    parts = _NOT_TEXT.split(text)
    for number in range(0, len(parts), 3):
        parts[number] = _ENDS.sub("\n", parts[number])
    return "".join(parts[number] for number in range(len(parts)) if number % 3 != 2).strip()


def valid(page: str) -> str:
    """Take from a page what the theme's templates hold and the HTML standard does not allow; no browser misses it."""
    page = page.replace(' autocomplete="off">', ">").replace(' tabindex=""', "")
    if 'id="__toc"' not in page:  # a page without a table of contents has nothing that its title could open
        page = page.replace('<label class="md-nav__title" for="__toc">', '<label class="md-nav__title">')
    return page


@lru_cache(maxsize=1 << 12)
def _slug(name: str, ascii_ids: bool) -> str:
    slug: str = slugify(name, "-") if ascii_ids else slugify_unicode(name, "-")
    return slug


@lru_cache(maxsize=1 << 16)
def _address(page: str, target: str) -> str:
    """Give the way to the page made of the file `target`.md, which is relative to that of the page."""
    return relative(address(posixpath.normpath(posixpath.join(posixpath.dirname(page), f"{target}.md"))), address(page))


def address(path: str) -> str:
    """Give a page's address below the site's root, "" for the front page: each page stands in a folder of its own."""
    path = path.removesuffix(".md")
    return "" if path == "index" else f"{path.removesuffix('/index')}/"


def relative(target: str, page: str) -> str:
    """Give the way from one page's address to another, as MkDocs writes it."""
    here, there = page.split("/")[:-1], target.split("/")[:-1]
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:] or ["."]) + "/"


def nested(headings: Sequence[Heading]) -> list[tuple[Heading, list[Heading]]]:
    """Give the table of contents below the page's title: second headings with their third ones."""
    found: list[tuple[Heading, list[Heading]]] = []
    for heading in headings[1:]:
        if heading.level == 2 or not found:
            found.append((heading, []))
        else:
            found[-1][1].append(heading)
    return found
