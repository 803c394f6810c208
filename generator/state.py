"""The event files as a build needs them: checked, and with a digest of each, by which it knows what has changed.

What came of reading them is kept in the user’s cache folder, in parts: only a part in which a file has changed is read
again. The parts are pickles, as trusted as the program’s own compiled files; nothing of a project is ever among them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator import cache
from generator.check import Checked, check
from generator.corpus import File, Part, Terms
from generator.jobs import ReadJob
from generator.keys import shared_out
from generator.workers import Shared, finished

PART = 100
"""About how many files are read and kept together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The digests of the files’ bytes, by path below the folder, and of the program."""

    digests: Mapping[str, str]
    program: str


def read(
    root: Path,
    name: str,
    *,
    cached: bool = True,
    executor: Callable[[int], Shared | None] = lambda _: None,
    memory: Memory | None = None,
    changed: Callable[[], object] = lambda: None,
) -> tuple[Checked, Kept]:
    """Read a folder, and check what could keep it from being published; findings name it `name`.

    `executor` gives, for a number of files, where they are read; `memory` holds what was read before in this process.
    `changed` is called when a file is not what it was.
    """
    cache.tidy()
    folder = _folder(root) if cached else None
    seen = _seen(folder, memory) if cached else None
    if not seen:
        changed()
    state = cache.state(root, name, seen)
    if seen and state.fresh:
        changed()
    reader = _Reader(root=root, name=name, state=state, folder=folder, executor=executor, memory=memory)
    checked = check(root, name, contents=state.contents, parts=reader.parts, errors_only=True)
    if state.seen != seen:
        reader.note(state.seen)
    return checked, Kept(digests=state.digests, program=cache.program())


@dataclass(slots=True)
class Memory:
    """What was read, by key, and what the files were."""

    parts: dict[str, Part] = field(default_factory=dict)
    seen: cache.Seen | None = None


SEEN = "seen"
"""The file that says what the event files were when they were read."""


def _seen(folder: Path | None, memory: Memory | None) -> cache.Seen:
    if memory is not None and memory.seen is not None:
        return memory.seen
    try:
        seen = pickle.loads((folder / SEEN).read_bytes()) if folder else {}  # noqa: S301 - the user’s own cache folder
    except Exception:
        return {}
    return seen if isinstance(seen, dict) else {}


@dataclass(slots=True, kw_only=True)
class _Reader:
    root: Path
    name: str
    state: cache.State
    folder: Path | None
    executor: Callable[[int], Shared | None]
    memory: Memory | None

    def parts(self, files: Sequence[File], terms: Terms) -> Iterator[Part]:
        """Read the files in parts, or take what was kept of them."""
        packed = pickle.dumps(terms, 5)
        missing: list[ReadJob] = []
        keys: dict[int, str] = {}
        for number, own in shared_out(files, lambda file: file[1], PART):
            keys[number] = self._key(own, packed)
            kept = self._kept(keys[number])
            if kept is not None:
                yield kept
                continue
            contents = {path: content for _, path in own if (content := self.state.contents.get(path)) is not None}
            keys[number] = self._key(own, packed)  # of the bytes that were read just now
            missing.append(
                ReadJob(number=number, root=self.root, name=self.name, files=own, terms=packed, contents=contents)
            )
        executor = self.executor(sum(len(job.files) for job in missing))
        for number, made in finished(executor, missing):
            self._keep(keys[number], made)
            part = pickle.loads(made)  # noqa: S301 - made by a worker of this build
            self._remember(keys[number], part)
            yield part
        self._forget({*keys.values(), SEEN})

    def _key(self, files: Sequence[File], terms: bytes) -> str:
        digests = self.state.digests
        parts = [cache.program(), self.name, hashlib.blake2b(terms).hexdigest()]
        # A file whose bytes are not at hand is never taken as read.
        parts += [
            f"{kind} {path} {digests[path] if path in self.state.contents else os.urandom(8).hex()}"
            for kind, path in files
        ]
        return hashlib.blake2b("\0".join(parts).encode(errors="surrogateescape"), digest_size=16).hexdigest()

    def _kept(self, key: str) -> Part | None:
        if self.memory is not None and key in self.memory.parts:
            return self.memory.parts[key]
        if self.folder is None:
            return None
        try:
            part = pickle.loads((self.folder / key).read_bytes())  # noqa: S301 - from the user’s own cache folder
        except Exception:
            return None
        if not isinstance(part, Part):
            return None
        self._remember(key, part)
        return part

    def _remember(self, key: str, part: Part) -> None:
        if self.memory is not None:
            self.memory.parts[key] = part

    def note(self, seen: cache.Seen) -> None:
        """Keep what the files were."""
        if self.memory is not None:
            self.memory.seen = seen
        self._keep(SEEN, pickle.dumps(seen, 5))

    def _keep(self, key: str, made: bytes) -> None:
        if self.folder is None:
            return
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            beside = self.folder / f".{key}.{os.getpid()}"
            beside.write_bytes(made)
            os.replace(beside, self.folder / key)

    def _forget(self, used: set[str]) -> None:
        """Delete the parts that no file of the folder is in any more."""
        if self.memory is not None:
            self.memory.parts = {key: value for key, value in self.memory.parts.items() if key in used}
        if self.folder is None:
            return
        with contextlib.suppress(OSError):
            for file in self.folder.iterdir():
                if file.name not in used:
                    file.unlink(missing_ok=True)


def _folder(root: Path) -> Path:
    return cache.folder() / f"read-{cache.name_of(root)}"
