"""Where a site may go: it takes the whole place of a folder, so that must be empty, or a site that was built before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_OURS = "assets/chronology/chronology.css"
"""A file that every site of this program has, whatever its theme."""

_BUILT = re.compile(rb'<meta name="generator" content="(?:mkdocs|zensical)|\bMkDocs version : ', re.IGNORECASE)
"""What the front page says that MkDocs or Zensical made without this program: its first build may replace that too."""


class NotOurs(Exception):
    """Raised with words for the user where a folder holds anything but a site."""


def claim(site: Path, sources: Iterable[Path]) -> None:
    """Raise NotOurs where a folder is neither empty nor a site, or where what a site is made of stands in it.

    `sources` are that: the configuration, the event files, the pages written by hand.
    """
    own = site.resolve()
    for source in sources:
        known = source.resolve()
        if known == own or own in known.parents:
            raise NotOurs(f"The site would take the place of {source}; name another folder for it.")
        if known in own.parents:
            raise NotOurs(f"The site would stand inside {source}; name another folder for it.")
    if site.is_symlink():
        raise NotOurs(f"{site} is a symbolic link; name the folder itself.")
    if own.exists() and not own.is_dir():
        raise NotOurs(f"{site} is a file; name a folder for the site.")
    if own.is_dir() and any(own.iterdir()) and not (own / _OURS).is_file() and not _built(own / "index.html"):
        raise NotOurs(
            f"{site} is not empty, and no site that was built before. The site would take the place of all that is in "
            "it: name another folder, or empty this one."
        )


def _built(page: Path) -> bool:
    try:
        return _BUILT.search(page.read_bytes()) is not None
    except OSError:
        return False
