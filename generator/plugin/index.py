"""The index of the search in one build: kept where nothing has changed, else made by Pagefind while pages are made."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator import pagefind, search, shell
from generator.chronology import Chronology
from generator.keys import Keys, joined
from generator.search import Entry
from generator.staging import Stage


@dataclass(slots=True, kw_only=True)
class Index:
    """Makes the index.

    `base` is of what all of it rests on, `texts` are the pages that stand for themselves, by address. `found` for each
    of these, `start`, then `put`; `stop` gives up.
    """

    chronology: Chronology
    stage: Stage
    keys: Keys
    base: str
    key: str = ""
    texts: dict[str, Entry] = field(default_factory=dict)
    _making: pagefind.Index | None = None

    def found(self, place: str, title: str, content: str) -> None:
        """Take in the page at an address: its title, and its content in HTML."""
        self.texts[place] = shell.found(place, title, content)

    def start(self) -> None:
        """Keep the index of the standing site if it is the one that would be made; else have it made."""
        key = self.key = joined((self.base, self.keys.everything, *map(repr, self.texts.values())))
        if self.stage.keep_all(lambda own: own.startswith(key)):
            return
        self.chronology.prepare()
        language = str(self.chronology.settings.language)
        about = search.count(self.chronology) + len(self.texts)
        self._making = pagefind.Index(language, about=about, base=self.base)
        self._making.start(
            search.items(self.chronology, self.keys.said, self.texts.values()),
            lambda part: self.stage.keep_all(lambda own: own.endswith(f" {part}"), f"{key} {part}"),
        )

    def put(self) -> None:
        """Wait for the index, and put it into the stage. Raises pagefind.IndexFailed."""
        if self._making is None:
            return
        for path, content, part in self._making.files():
            self.stage.put(path, content, f"{self.key} {part}")
        self._making = None

    def stop(self) -> None:
        """Give up."""
        if self._making is not None:
            self._making.stop()
            self._making = None
