"""What the frame of a page says of it, from the chronology: linked data, the picture for links, the edit link."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from generator import describing, previews
from generator.chronology import Chronology
from generator.exports import Site
from generator.press import Leaf
from generator.rendering import address
from generator.writer import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Binder:
    """Makes leaves of pages.

    `edit` is the address below which event files are edited, "" where that is not known; `pictured` tells whether pages
    have pictures for links, `own_pictures` whether those of entities are their own.
    """

    site: Site
    edit: str
    pictured: bool
    own_pictures: bool

    def leaf(self, chronology: Chronology, page: Page) -> Leaf:
        """Bind a generated page."""
        kind = str(page.meta["kind"])
        return Leaf(
            page=page,
            head=self.head(chronology, page.path, str(page.meta["title"])),
            preview=self.preview(page.path, kind),
            edit=f"{self.edit}{quote(page.source)}" if self.edit and page.source else "",
        )

    def head(self, chronology: Chronology, path: str, title: str) -> str:
        """Give the HTML that describes the page at a path, relative to the docs folder."""
        return describing.head(chronology, path, title, self.site, "../" * address(path).count("/"))

    def preview(self, path: str, kind: str) -> str:
        """Give the address of a page’s picture, "" where it has none."""
        return self.site.address(previews.path_of(path, kind, own=self.own_pictures)) if self.pictured else ""
