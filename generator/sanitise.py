"""What may stand on a generated page after rendering: an allow-list for nh3 (ammonia).

The templates are ours and the texts in them are escaped; this is the second gate, for the day when one of the
two is wrong.
"""

from __future__ import annotations

from typing import Any

_TEXT = ("p", "br", "hr", "em", "strong", "code", "q", "sup", "bdi", "span", "time", "a", "blockquote", "pre")
_HEADINGS = ("h1", "h2", "h3", "h4")
_LISTS = ("ul", "ol", "li", "dl", "dt", "dd", "div", "figure", "figcaption")
_TABLES = ("table", "thead", "tbody", "tr", "th", "td")
_PICTURES = ("img", "svg", "rect", "path", "circle", "text", "title")

_PICTURE_ATTRIBUTES = {"viewbox", "viewBox", "width", "height", "role", "aria-label", "aria-hidden", "x", "y"}
_SHOWN = {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"}
_SCALING = {"preserveaspectratio", "preserveAspectRatio"}
_DRAWN = {"d", "cx", "cy", "r", "x", "y", "text-anchor"}

POLICY: dict[str, Any] = {
    "tags": {*_TEXT, *_HEADINGS, *_LISTS, *_TABLES, *_PICTURES},
    "attributes": {
        "*": {"class", "id", "lang", "dir", "title"},
        "a": {"href", "aria-hidden", "aria-label"},
        "time": {"datetime"},
        "ol": {"start"},
        "svg": _PICTURE_ATTRIBUTES | _SCALING,
        "rect": _PICTURE_ATTRIBUTES,
        "path": _DRAWN,
        "circle": _DRAWN,
        "text": _DRAWN,
        "img": _SHOWN,
    },
    "url_schemes": {"http", "https", "mailto"},
    "link_rel": None,
    "strip_comments": True,
}
