"""Pages as Zensical leaves them → as the site has them: the second gate, the edit link, the policy’s digests."""

from __future__ import annotations

import re

from generator.policy import classed, secured
from generator.press import Leaf
from generator.rendering import sanitised, squeezed, valid

BEGIN, END = "<!-- chronology: begin -->", "<!-- chronology: end -->"
"""What stands around the content of a generated page; whatever else says the same is in between, and sanitised."""

APART = "x-chronology-as-it-stands:"
"""What stands before an address in HTML that Zensical would take for the way to a file."""

_CONTENT = re.compile(f"{BEGIN}(.*){END}", re.DOTALL)
_EDIT = re.compile(r'<a href="[^"]*"(?P<rest>[^>]* rel="edit"[^>]*>.*?</a>)', re.DOTALL)
_SLASH = re.compile("&#x2f;", re.IGNORECASE)


_RELATIVE = r"(?![a-zA-Z][\w+.-]*:|[/#?\"'\s,]|\d+[wx]\b)"
_ADDRESS = re.compile(rf"(?P<before>\b(?:href|src|action|poster)=[\"']){_RELATIVE}")
_ADDRESSES = re.compile(r"\bsrcset=([\"']).*?\1", re.DOTALL)
_STARTS = re.compile(rf"(?:(?<=[\"'])|(?<=,)|(?<=, )){_RELATIVE}(?=\S)")


def untouched(body: str) -> str:
    """Keep addresses in a page’s HTML as they stand: MkDocs does, and Zensical takes them for ways to files."""
    body = _ADDRESS.sub(rf"\g<before>{APART}", body)
    return _ADDRESSES.sub(lambda found: _STARTS.sub(APART, found[0]), body)


def finished(page: str, leaf: Leaf | None) -> str:
    """Give a page as it is published; `leaf` is what a generated one is made of."""
    # MiniJinja escapes slashes as well, which HTML does not ask for and programs that read addresses stumble over.
    page = valid(_SLASH.sub("/", page)).replace(APART, "")
    if leaf is None:
        return secured(classed(page))
    page = _CONTENT.sub(lambda content: sanitised(content[1]), page)
    edit = leaf.edit
    page = _EDIT.sub(lambda link: f'<a href="{edit}"{link["rest"]}' if edit else "", page)
    return secured(squeezed(page))
