"""The event files as they stood on a day: those of the last commit that readers could have seen built by then."""

from __future__ import annotations

import contextlib
import datetime
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import git


class NotThere(Exception):
    """Raised with words for the user where git has no event files of that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """A day; its end, in UTC, is the moment that counts."""

    date: datetime.date

    @classmethod
    def on(cls, text: str) -> AsOf:
        """Read a day, as ISO 8601 writes it in full. Raises ValueError with words for the user."""
        with contextlib.suppress(ValueError):
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                return cls(date=datetime.date.fromisoformat(text))
        raise ValueError(f"“{text}” is no day; write one as 2026-06-01.")

    def commit_of(self, folder: Path) -> str:
        """Give the commit that counts. Raises NotThere."""
        end = datetime.datetime.combine(self.date, datetime.time.max, datetime.UTC)
        try:
            commit = git.commit_before(folder, end)
        except git.GitError as problem:
            raise NotThere(f"What stood on {self.date} cannot be told: {problem}") from None
        if not commit:
            raise NotThere(f"Nothing stood on {self.date}: the first commit is later.")
        return commit

    @contextlib.contextmanager
    def folder_of(self, folder: Path, commit: str) -> Iterator[Path]:
        """Give a folder with the event files of a commit; it is gone afterwards. Raises NotThere where it has none."""
        with tempfile.TemporaryDirectory(prefix="chronology-") as name:
            found = Path(name) / folder.name
            found.mkdir()
            try:
                for path, content in git.tree(folder, commit):
                    (found / path).parent.mkdir(parents=True, exist_ok=True)
                    (found / path).write_bytes(content)
            except git.GitError as problem:
                raise NotThere(f"The files of {self.date} cannot be read: {problem}") from None
            if not any(found.iterdir()):
                raise NotThere(f"On {self.date} there were no event files in {folder.name} yet.")
            yield found
