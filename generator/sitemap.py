"""The addresses of all pages for search engines (sitemaps.org), in as many files as the protocol asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape  # that of xml.sax brings a whole HTTP client along

MOST = 50_000
"""How many addresses a file may list."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def files(base: str, addresses: Sequence[str], changed: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files. `base` is the site’s address, `changed` the day of the last change of the pages it is known of.

    With more addresses than a file may list, sitemap.xml lists the files that list them.
    """
    ordered = sorted(addresses)
    pieces = [ordered[start : start + MOST] for start in range(0, len(ordered), MOST)]
    made = ["".join(_entry(base, address, changed.get(address, "")) for address in piece) for piece in pieces]
    if len(made) == 1:
        yield "sitemap.xml", f"{_HEAD}<urlset {_SPACE}>\n{made[0]}</urlset>\n".encode()
        return
    for number, entries in enumerate(made, 1):
        yield f"sitemap-{number}.xml", f"{_HEAD}<urlset {_SPACE}>\n{entries}</urlset>\n".encode()
    lines = "".join(
        f"<sitemap><loc>{escape(base, quote=False)}sitemap-{number}.xml</loc></sitemap>\n"
        for number in range(1, len(made) + 1)
    )
    yield "sitemap.xml", f"{_HEAD}<sitemapindex {_SPACE}>\n{lines}</sitemapindex>\n".encode()


def _entry(base: str, address: str, day: str) -> str:
    return f"<url><loc>{escape(base + address, quote=False)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>\n"
