"""The content security policy (CSP Level 3) of every page: nothing from elsewhere, no script that is not the site's.

Pages carry it themselves, because GitHub Pages lets nobody set headers. The override `partials/policy.html` says the
same where another engine renders it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence

POLICY: dict[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'", "'wasm-unsafe-eval'"),
    "img-src": ("'self'", "data:"),
    "object-src": ("'none'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
}
"""By directive, what is allowed: the search is WebAssembly, and the theme's icons are data: addresses in its styles."""

KNOWN = frozenset(
    (*POLICY, "style-src", "font-src", "connect-src", "media-src", "frame-src", "worker-src", "manifest-src")
)
"""The directives that a project can widen."""

_SOURCE = re.compile(r"'(?:self|unsafe-inline|unsafe-eval|wasm-unsafe-eval|sha(?:256|384|512)-[\w+/=-]+)'|[\w*.:/%-]+")
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r"\s(?:src=|type=[\"']?(?!module|text/javascript)[\w.+-]+/)", re.IGNORECASE)


def policy(more: Mapping[str, Sequence[str]] | None = None) -> str:
    """Give the policy, with more sources by directive. Raises ValueError with words for the user."""
    directives = {name: list(sources) for name, sources in POLICY.items()}
    for name, sources in (more or {}).items():
        if name not in KNOWN:
            raise ValueError(f"{name!r} is no directive that can be widened; they are: {', '.join(sorted(KNOWN))}.")
        if isinstance(sources, str) or not all(isinstance(source, str) for source in sources):
            raise ValueError(f'{name} takes a list of sources, such as ["https://example.org"].')
        for source in sources:
            if not _SOURCE.fullmatch(source):
                raise ValueError(f"{source!r} is no source of {name}: a host, a scheme, or a keyword in quotes.")
        known = directives.setdefault(name, list(POLICY["default-src"]))
        directives[name] = [*(source for source in known if source != "'none'"), *sources]
    return ";".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def secured(page: str) -> str:
    """Allow the scripts that stand in a finished page, each by its digest: the theme’s, and those written by hand.

    What comes from event files has been sanitised before, and brings none.
    """
    head, found, rest = page.partition("script-src 'self'")
    if not found:
        return page
    digests = dict.fromkeys(
        f" 'sha256-{base64.b64encode(hashlib.sha256(script['text'].encode()).digest()).decode()}'"
        for script in _SCRIPT.finditer(rest)
        if not _DATA.search(script["attributes"]) and script["text"].strip()
    )
    return f"{head}{found}{''.join(digests)}{rest}" if digests else page


_ALIGNED = re.compile(r' style="text-align: (left|right|center);"')


def classed(content: str) -> str:
    """Give the cells of hand-written tables their alignment by a class: a policy allows no style in an attribute."""
    return _ALIGNED.sub(r' class="at-\1"', content)
