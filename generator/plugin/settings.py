"""What MkDocs’ settings and files say of a project, as the other parts of the program want to know it."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.utils.meta import get_data

from generator.exports import Site
from generator.rendering import render

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File


def site_of(config: MkDocsConfig) -> Site:
    """Give where the site will stand."""
    return Site(base=f"{config.site_url.rstrip('/')}/" if config.site_url else "")


def project(config: MkDocsConfig) -> Path:
    """Give the folder of mkdocs.yml."""
    return Path(config.config_file_path).parent.resolve() if config.config_file_path else Path.cwd()


def edit_base(config: MkDocsConfig) -> str:
    """Give the address below which event files are edited, "" where the repository is not known."""
    if not config.repo_url:
        return ""
    edit = config.edit_uri or "edit/main/docs/"
    root = edit.rsplit("docs/", 1)[0] if "docs/" in edit else edit
    return f"{config.repo_url.rstrip('/')}/{root.strip('/')}/"


def title_of(file: File) -> tuple[str, str]:
    """Give the title of a page written by hand, and its content in HTML, before MkDocs reads it."""
    body, meta = get_data(file.content_string)
    content = render(file.src_uri, body, permalinks=False, ascii_ids=True)
    first = html.unescape(content.headings[0].name) if content.headings else file.name.capitalize()
    named = file.page.title if file.page is not None else None
    return str(meta.get("title") or named or first), content.html
