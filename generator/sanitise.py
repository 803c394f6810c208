"""What may stand on a generated page after rendering: an allow-list for nh3 (ammonia).

The templates are ours and the texts in them are escaped; this is the second gate, for the day when one of the
two is wrong.
"""

from __future__ import annotations

import re
from typing import Any

import nh3

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

_TEXT_OF = r"[^<>&\r\0\xa0]*"
_VALUE = r'"[^"<>&\r\0\xa0]*(?:&amp;[^"<>&\r\0\xa0]*)*"'
_OWN = "|".join(f" {name}={_VALUE}(?![^>]* {name}=)" for name in ("class", "id", "lang", "dir", "title"))
_HOST = r"(?!(?:[a-z0-9-]+\.)*xn--)(?:[a-z0-9-]+\.)+[a-z]+(?=[/?#\"])"
_WAY = rf'"(?:https?://{_HOST}|\.\.?/|#)[^"<>&\r\0\xa0]*(?:&amp;[^"<>&\r\0\xa0]*)*"'
_PLAIN = re.compile(
    rf"(?!\ufeff){_TEXT_OF}(?:(?:"
    r"</?(?:p|em|strong|code|q|sup|bdi|span|time|blockquote|h[1-4]|ul|ol|li|div)>|</a>"
    r"|<t[hd]>|</table>|(?:<table>|</?(?:thead|tbody|tr)>|</t[hd]>)(?=[ \n]*<)"
    rf"|<(?:span|div|p|bdi|q|sup|h[1-4])(?:{_OWN})+>"
    rf"|<a(?: class={_VALUE}(?![^>]* class=))? href={_WAY}(?:{_OWN})*>"
    rf"|<time datetime={_VALUE}>"
    r"|&(?:amp|lt|gt);"
    rf"){_TEXT_OF})*"
)
"""HTML of the simplest elements, written as the sanitiser writes it."""

_Inside = dict[str, Any]
"""Which elements may stand in one, each with what may stand in it in turn."""

_LINKED: _Inside = {}
_LINKED.update(dict.fromkeys(("em", "strong", "code", "q", "sup", "bdi", "span", "time"), _LINKED))
_LINE: _Inside = {}
_LINE.update(dict.fromkeys(_LINKED, _LINE), a=_LINKED)
_FLOW: _Inside = {**_LINE, **dict.fromkeys(("p", *_HEADINGS), _LINE)}
_FLOW.update(dict.fromkeys(("div", "blockquote"), _FLOW))
_LIST: _Inside = {"li": _FLOW}
_FLOW.update(ul=_LIST, ol=_LIST)
_ROW: _Inside = {"tr": {"th": _FLOW, "td": _FLOW}}
_FLOW["table"] = {"thead": _ROW, "tbody": _ROW}

_TAGS = re.compile(r"<(/?)([a-z0-9]+)")


def _nested(text: str) -> bool:
    """Tell whether elements stand in one another as a parser has them, so that it would move and close none."""
    names: list[str] = []
    around: list[_Inside] = []
    inside = _FLOW
    for slash, name in _TAGS.findall(text):
        if not slash:
            within = inside.get(name)
            if within is None:
                return False
            names.append(name)
            around.append(inside)
            inside = within
        elif names and names.pop() == name:
            inside = around.pop()
        else:
            return False
    return not names


_BETWEEN = re.compile(r">[^<>]*<")


def clean(text: str) -> str:
    """Give HTML with nothing in it that the policy does not allow; what is plainly allowed needs no parser."""
    text = text.replace(' markdown="1"', "")  # marks for Python-Markdown
    plain = text
    if "&quot;" in text:  # the one reference that the sanitiser writes as the character
        plain = _BETWEEN.sub(lambda match: match[0].replace("&quot;", '"'), text)
    return plain if _PLAIN.fullmatch(plain) and _nested(plain) else nh3.clean(text, **POLICY)
