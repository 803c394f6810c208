"""The files of data of one build: kept where nothing has changed, made here, or made of what single events add."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from generator import exports, printing, timeline, workers
from generator.chronology import Chronology
from generator.exports import Site, Written
from generator.jobs import ExportsJob
from generator.pieces import Damaged, Kept, Packed, Portion, Store, packed
from generator.staging import Stage
from generator.workers import Shared

log = logging.getLogger("mkdocs.plugins.chronology")

_FIRST = ("sqlite",), ("parquet",), ("api", timeline.NAME)
SHARES = (*_FIRST, tuple(export.name for export in exports.EXPORTS if export.name not in chain(*_FIRST)))
"""The exports and the timeline in parts, those first that take longest."""

_BESIDE = (timeline.PATH, "data/", "llms.txt", "robots.txt", "opensearch.xml")
"""Where these stand, by how the paths begin."""

Done = list[tuple[list[Written], list[tuple[str, str, bool]]]]


@dataclass(slots=True, kw_only=True)
class Data:
    """Makes the files. `key` is of all that they are made of; `here` tells whether other processes share the disk.

    `begin`, then `take` for each portion of `missing` and `complete`, if there are any; `written` waits for the end.
    Without `begin` all is made in this process. What the timeline is drawn from is made here too once this has `begun`.
    """

    chronology: Chronology
    stage: Stage
    site: Site
    key: str
    portions: Sequence[Portion] = ()
    missing: Sequence[Portion] = ()
    executor: Callable[[], Shared | None] = lambda: None
    here: bool = True
    kept: bool = False
    begun: bool = False
    _store: Store | None = None
    _pieces: Kept | None = None
    _making: Future[Done] | None = None
    _written: tuple[Written, ...] = ()
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def keep(self) -> None:
        """Keep what the site has, if nothing has changed: it is then `kept`."""
        self.kept = self.stage.keep_all(self.key.__eq__)

    def begin(self, file: Path, executor: Callable[[], Shared | None], *, here: bool) -> None:
        """Look what of the pieces in a file has to be made anew; a little is made at once, more is `missing`."""
        self.executor, self.here = executor, here
        if self.kept:
            with contextlib.suppress(OSError):
                os.utime(file)  # what nobody uses is deleted some day
            return
        self.begun = True
        with self._refused():
            self._store = Store(file)
            self.missing = self._store.missing(self.portions)
        if self._store is None or sum(len(portion.events) for portion in self.missing) >= printing.SHARED_FROM:
            return
        for portion in self.missing:
            self.take(portion, packed(self.chronology, self.site, portion.events))
        self.missing = ()
        self.complete()

    def take(self, portion: Portion, made: Packed) -> None:
        """Keep what the events of a portion add."""
        with self._refused():
            if self._store is not None:
                self._store.put(portion, made)

    def complete(self) -> None:
        """Have the files made: all pieces are there."""
        with self._refused():
            if self._store is not None:
                self._pieces = self._store.finish()
                self._store = None
        if self._pieces is None:
            return
        if not self.here:
            self.write()
            return
        known = {path: digest for beginning in _BESIDE for path, digest in self.stage.digests(beginning).items()}
        outline = exports.outlined(self.chronology, self.site, self._pieces)
        jobs = [ExportsJob(outline=outline, names=names, known=known, into=str(self.stage.next)) for names in SHARES]
        self._making = self._thread.submit(lambda: list(workers.finished(self.executor(), jobs)))

    @contextlib.contextmanager
    def _refused(self) -> Iterator[None]:
        """Do without pieces where the disk keeps none: the files are then made here."""
        try:
            yield
        except (OSError, Damaged) as problem:
            log.debug("%s", problem)
            if self._store is not None:
                self._store.abandon()
                if isinstance(problem, Damaged):
                    _delete(self._store.file)
            self._store, self._pieces, self.missing = None, None, ()

    def write(self) -> None:
        """Make all files in this process."""
        put = partial(self.stage.put, key=self.key)
        if self.begun:
            put(timeline.PATH, timeline.data(self.chronology))
        try:
            outline = exports.outlined(self.chronology, self.site, self._pieces)
            self._written = tuple(exports.assemble(outline, put))
        except Damaged as problem:
            log.debug("%s", problem)
            self._forget()
            self.write()

    def _forget(self) -> None:
        """Do without what is kept; the next build begins anew."""
        if self._pieces is not None:
            _delete(Path(self._pieces.file))
        self._pieces = None

    def written(self) -> tuple[Written, ...]:
        """Wait for the files, and tell what came of them: the page on data says so."""
        done: Done = []
        if self._making is not None:
            making, self._making = self._making, None
            try:
                done = making.result()
            except Damaged as problem:
                log.debug("%s", problem)
                self._forget()
        if done:
            for path, digest, fresh in chain.from_iterable(files for _, files in done):
                self.stage.took(path, self.key, digest, fresh=fresh)
            order = [export.name for export in exports.EXPORTS]
            found = chain.from_iterable(some for some, _ in done)
            self._written = tuple(sorted(found, key=lambda one: order.index(one.export.name)))
        if not self._written:
            self.write()  # kept as they are, and yet the page that tells of them has to be made anew
        return self._written

    def abandon(self) -> None:
        """Give up."""
        if self._store is not None:
            self._store.abandon()
            self._store = None
        self._thread.shutdown(wait=False, cancel_futures=True)


def _delete(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()
