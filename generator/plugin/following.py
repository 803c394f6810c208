"""What a server makes after an edit is on the screen: the search index and the data."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from threading import Lock

from generator import exports, pagefind, search
from generator.chronology import Chronology
from generator.exports import Site
from generator.search import Entry, Item
from generator.staging import Memory

log = logging.getLogger("mkdocs.plugins.chronology")

PAUSE = 3
"""For how many seconds after an edit a server waits for the next one before it makes the search anew."""

BESIDE = ("data/", f"{pagefind.FOLDER}/")
"""What is made so, by where it stands."""


class Follower:
    """Makes it, unless the next edit comes first. While `lock` is held, nobody else changes the site."""

    def __init__(self) -> None:
        self.memory: Memory | None = None
        self.lock = Lock()
        self._asked = 0
        self._index: pagefind.Index | None = None

    def asked(self) -> None:
        """Give up what is being made: what it is made of has changed."""
        self._asked += 1
        if self._index is not None:
            self._index.cancel()

    @property
    def turn(self) -> int:
        """Tell how often something has been asked for."""
        return self._asked

    def follow(
        self,
        chronology: Chronology,
        texts: Mapping[str, Entry],
        folder: Path,
        site: Site | None,
        *,
        first: bool,
        asked: int,
    ) -> None:
        """Make what the site in a folder still lacks, and put it there; the data where it is said where they stand.

        `asked` was the `turn` when the site was made.
        """
        with self.lock:
            if self._asked != asked or self.memory is None:
                return
            self.memory.prepare(folder)
        time.sleep(0 if first else PAUSE)

        def wanted(found: Iterable[Item]) -> Iterator[Item]:
            return takewhile(lambda _: self._asked == asked, found)

        try:
            if self._asked != asked:
                return
            found = wanted(search.items(chronology, texts=texts.values()))
            about = search.count(chronology) + len(texts)
            index = pagefind.Index(str(chronology.settings.language), about=about, patient=True)
            self._index = index
            index.make(found)
            files = {path: content for path, content, _ in index.files()}
            self._index = None
            self._put(files, folder, asked)
            if site is not None and self._asked == asked:
                files.clear()
                list(exports.write(chronology, site, files.__setitem__))
                self._put(files, folder, asked)
        except pagefind.IndexFailed as problem:
            if self._asked == asked:
                log.error("%s", problem)  # noqa: TRY400 - its words say it all
        except OSError:
            log.debug("The site was built anew while its search index was written.")

    def _put(self, files: Mapping[str, bytes], folder: Path, asked: int) -> None:
        # What an index begins with comes last: until then the old one is whole.
        for path in sorted(files, key=pagefind.begins_with):
            with self.lock:  # for one file at a time: an edit is to wait for no more
                if self._asked != asked or self.memory is None:
                    return
                self.memory.put(folder, path, files[path])
