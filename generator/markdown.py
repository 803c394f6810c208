"""Contributors' text as Markdown that says just that text: nothing in it can become markup.

Characters with a meaning in Markdown or HTML are written as numeric character references, which CommonMark,
Python-Markdown and its extensions all leave alone. `Markdown` marks text that is already safe; the templates
escape everything else by themselves (`finalize`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape as escape_html
from urllib.parse import quote

_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>&|~^=$#\"'@]|:(?=\S)|(?<=\S):|!(?=\[)|--+|\+\++|\.\.+|(?<=www)\.|\(c\)|\(r\)|\(tm\)", re.IGNORECASE
)
_AT_START = re.compile(r"\A(?:[-+*>=:!?]|\d+(?=[.)]))")
_INLINE = re.compile(
    r"\[(?P<text>[^\[\]\n]{1,300})\]\((?P<url>https?://[^\s()<>\"]{1,2000})\)"
    r"|\*\*(?P<strong>(?! +\*)[^*\n]{1,500})\*\*|\*(?P<em>[^*\s][^*\n]{0,500})\*|`(?P<code>[^`\n]{1,300})`"
)


_AS_TYPED = "!#$%&'()*+,/:;=?@[]~"
"""What stands in an address as it is, beside letters, digits and “-._” (RFC 3986)."""


class Markdown(str):
    """Markdown that is safe to put on a page as it is."""

    __slots__ = ()


@lru_cache(maxsize=1 << 16)
def escape(text: str) -> Markdown:
    """Give plain text as Markdown: one line that shows every character as typed."""
    line = " ".join(str(text).split())
    safe = _SPECIAL.sub(_reference, line)
    return Markdown(_AT_START.sub(_reference, safe))


def _reference(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in match[0])


def finalize(value: object) -> str:
    """Escape what a template prints unless it is already Markdown."""
    return value if isinstance(value, Markdown) else escape(str(value))


def prose(text: str) -> Markdown:
    """Give a contributor's running text: paragraphs, with emphasis, code and http(s) links kept."""
    return Markdown("\n\n".join(_inline(paragraph) for paragraph in str(text).split("\n\n")))


def _inline(text: str) -> str:
    # As elements: renderers differ in which asterisks beside letters and points they take for emphasis.
    parts, end = [], 0
    for match in _INLINE.finditer(text):
        parts.append(plain(text[end : match.start()]))
        if match["url"]:
            parts.append(link(match["text"], match["url"]))
        elif match["strong"]:
            parts.append(f"<strong>{plain(match['strong']).strip()}</strong>")
        elif match["em"]:
            parts.append(f"<em>{plain(match['em']).strip()}</em>")
        else:
            parts.append(f"<code>{plain(match['code'])}</code>")
        end = match.end()
    parts.append(plain(text[end:]))
    return _AT_START.sub(_reference, "".join(parts)) if not _INLINE.match(text) else "".join(parts)


def plain(text: str) -> str:
    """Escape a part of a line, keeping one blank where it began or ended with some."""
    if not text.strip():
        return " " if text else ""
    head = " " if text[0].isspace() else ""
    tail = " " if text[-1].isspace() else ""
    return f"{head}{escape(text)}{tail}"


def link(text: str, target: str) -> Markdown:
    """Give a link; `target` is an address without blanks or angle brackets. Text is escaped unless it is Markdown.

    What is not ASCII in an address is encoded (RFC 3987, 3.1), as some renderers of Markdown would do and others not.
    """
    address = target if target.isascii() else quote(target, safe=_AS_TYPED)
    return Markdown(f"[{finalize(text)}](<{address}>)")


def attribute(text: str) -> Markdown:
    """Give text for a double-quoted HTML attribute that stands in Markdown."""
    return Markdown(re.sub(r"[\\`*_{}\[\]]", _reference, escape_html(" ".join(text.split()))))
