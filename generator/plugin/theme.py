"""Renders generated pages with the theme's own templates, outside of MkDocs' build: to record and to prove frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from generator.policy import secured
from generator.press import CONTENT, ENTRY, Frame, Leaf, Press, Variant, frame_of, sign, variant_of
from generator.rendering import Content, Heading, nested, squeezed, valid

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

KNOWN_META = {"title", "kind", "description", "template", "search"}
"""What in a page’s front matter a frame knows of; a page with more is rendered by the theme."""


class Theme:
    """The theme of one build. `values` gives a template what else it needs for a page."""

    def __init__(
        self,
        config: MkDocsConfig,
        nav: Navigation,
        files: Files,
        env: Environment,
        values: Callable[[bool], dict[str, Any]],
    ) -> None:
        self.config, self.nav, self.files, self.env, self.values = config, nav, files, env, values

    def render(self, leaf: Leaf, content: Content) -> str:
        """Render a page as MkDocs would."""
        page = self._page(leaf.page.path, dict(leaf.page.meta), content.html, contents(content.headings))
        page.edit_url = leaf.edit or None
        return self._rendered(page, leaf.head, leaf.preview, variant_of(leaf))

    def record(self, leaf: Leaf, press: Press) -> Frame | None:
        """Record the frame of a page; None where filling it does not give what the theme renders."""
        if leaf.page.meta.keys() - KNOWN_META:
            return None
        variant = variant_of(leaf)
        meta = {**leaf.page.meta, "title": sign("title")}
        if variant.described:
            meta["description"] = sign("description")
        entries = [AnchorLink(sign("title"), sign("top", hard=False), 1)]
        if variant.contents:
            entries[0].children = [AnchorLink(ENTRY[1], ENTRY[0], 2)]
        path = f"{variant.folder}/chronology-frame.md" if variant.folder else "chronology-frame.md"
        page = self._page(path, meta, CONTENT, TableOfContents(entries))
        page.canonical_url = sign("address") if page.canonical_url else None
        page.edit_url = sign("edit") if variant.editable else None
        preview = sign("preview") if variant.pictured else ""
        frame = frame_of(self._rendered(page, sign("head", hard=False), preview, variant))
        content = press.content(leaf.page)
        if frame is None or press.framed(frame, leaf, content) != self.render(leaf, content):
            return None
        return frame

    def _page(self, path: str, meta: dict[str, Any], html: str, toc: TableOfContents) -> Page:
        page = Page(None, File.generated(self.config, path, content=""), self.config)
        page.markdown, page.content, page.meta, page.toc = "", html, meta, toc
        return page

    def _rendered(self, page: Page, head: str, preview: str, variant: Variant) -> str:
        page.active = True
        context: dict[str, Any] = dict(get_context(self.nav, self.files, self.config, page))
        context |= self.values(variant.scripted) | {"chronology_head": head, "chronology_preview": preview}
        try:
            return secured(squeezed(valid(self.env.get_template(variant.template).render(context))))
        finally:
            page.active = False


def contents(headings: Iterable[Heading]) -> TableOfContents:
    """Give headings as MkDocs has them."""
    found = list(headings)
    links = [AnchorLink(heading.name, heading.id, heading.level) for heading in found]
    if not links:
        return TableOfContents([])
    by_heading = dict(zip(map(id, found), links, strict=True))
    for heading, below in nested(found):
        own = by_heading[id(heading)]
        own.children = [by_heading[id(other)] for other in below]
        links[0].children.append(own)
    links[0].active = True  # type: ignore[attr-defined] # as MkDocs sets it
    return TableOfContents(links[:1])
