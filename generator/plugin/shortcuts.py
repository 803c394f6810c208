"""Where generated pages need not go through MkDocs: what speaks against it, and what MkDocs has to know still."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mkdocs
from mkdocs.structure.files import File, Files

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

EXTENSIONS = {"toc", "tables", "fenced_code", "md_in_html"}
NEEDED = {"tables", "md_in_html"}
"""The extensions of Markdown that generated pages need, and those that change nothing on them."""


class KnownFiles(Files):
    """The files of a site, and those of pages that are made beside it, so that links to them can be written."""

    def __init__(self, files: Files, planned: Collection[str], file: Callable[[str], File]) -> None:
        super().__init__(list(files))
        self._planned = planned
        self._file = file
        self._met: dict[str, File] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """Give the file of a path, relative to the docs folder."""
        found = super().get_file_from_path(path)
        if found is None and path in self._planned:
            found = self._met.setdefault(path, self._file(path))
        return found

    @property
    def met(self) -> dict[str, File]:
        """The files of such pages that were asked for, by path."""
        return self._met


def plain_because(config: MkDocsConfig) -> str:
    """Say what keeps generated pages from being made beside MkDocs; "" where nothing does."""
    names = {name.removeprefix("markdown.extensions.") for name in config.markdown_extensions}
    others = sorted(name for name in config.plugins if name != "chronology")
    if others:
        return f"other plugins could change them ({', '.join(others)})"
    if config.hooks:
        return "hooks could change them"
    if names - EXTENSIONS:
        return f"extensions of Markdown could change them ({', '.join(sorted(names - EXTENSIONS))})"
    if NEEDED - names:
        return f"extensions of Markdown that they need are missing ({', '.join(sorted(NEEDED - names))})"
    if config.mdx_configs.get("toc", {}).keys() - {"permalink", "slugify"}:
        return "the extension toc has settings of its own"
    if config.mdx_configs.get("toc", {}).get("permalink", False) not in (True, False):
        return "the extension toc has settings of its own"
    if not config.use_directory_urls:
        return "use_directory_urls is off"
    if config.theme.name != "material":
        return f"the theme is {config.theme.name or 'one of its own'}"
    return ""


def wanted_by_nav(nav: Any) -> set[str]:
    """Give the paths that stand in the navigation of mkdocs.yml."""
    return set(_paths(nav))


def _paths(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for value in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _paths(value)


def theme_digest(config: MkDocsConfig) -> str:
    """Give a digest of all that the frames of pages depend on, besides the navigation and the program."""
    digest = hashlib.blake2b(digest_size=16)
    known = {key: value for key, value in config.items() if key not in ("plugins", "theme", "site_dir")}
    theme = {name: config.theme[name] for name in sorted(config.theme)}
    said = f"{mkdocs.__version__} {version('mkdocs-material')} {sorted(map(str, known.items()))} {theme}"
    # Functions among the settings are told apart by their names; where they stand in memory changes at every run.
    digest.update(re.sub(r" at 0x[0-9a-f]+", "", said).encode())
    for folder in config.theme.dirs:
        root = Path(folder)
        if "site-packages" in root.parts:
            continue
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            digest.update(f"{file.relative_to(root)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
