"""The site is made beside the one that stands, and swapped in whole: whatever happens before, the old one stays.

Three folders: the site; one beside it, which becomes the site, while the old one stays there as `.site.next`, the start
of the next build, which first makes of it a twin of the site; and `.site.made`, an empty folder for MkDocs, which
writes as it pleases. One build at a time holds the file `.site.lock`. A file that has not changed is one file under two
names. What is known of the files of the site lies in the user’s cache folder: by path, the key of what each was made of
and the digest of its bytes, with the size and the time that the file must still have. A file that somebody touched is
made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import secrets
import shutil
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import filelock
import platformdirs

from generator.looking import Known, Looked, LookJob, noted_by, said_by
from generator.swap import swap
from generator.tree import digest_of, drop_if_empty, files_below, link, make_folder, write_below

log = logging.getLogger("mkdocs.chronology")


@dataclass(slots=True)
class Memory:
    """What a server knows of the two folders, which are its own: it need not look at them before every build."""

    site: dict[str, Known] = field(default_factory=dict)
    next: dict[str, Known] = field(default_factory=dict)

    def put(self, site: Path, path: str, content: bytes) -> None:
        """Put a file into the site as it stands, unless it is there; and into the other folder, if that is ready."""
        digest = digest_of(content)
        known = self.site.get(path)
        if known is not None and known.digest == digest:
            return
        write_below(str(site), path, content)
        self.site[path] = Known("", digest, (0, 0))
        if self.next:
            following = next_to(site)
            make_folder(following, path.rpartition("/")[0])
            link(f"{site}/{path}", f"{following}/{path}")
            self.next[path] = self.site[path]

    def prepare(self, site: Path) -> None:
        """Make the other folder ready, so that the first edit need not wait for thousands of links."""
        following = next_to(site)
        if self.next:
            return
        shutil.rmtree(following, ignore_errors=True)
        for path in self.site:
            make_folder(following, path.rpartition("/")[0])
            link(f"{site}/{path}", f"{following}/{path}")
        self.next = dict(self.site)


class Stage:
    """One build of the folder `site`; another build of the same site waits until this one has ended.

    Raises OSError where the disk refuses; the site is then as it was. `finish` or `abandon` must follow. With `memory`,
    which holds between the builds of one process, nothing is kept on the disk. What stands there is looked at when it
    is first asked for, or before in another process with `look`.
    """

    def __init__(self, site: Path, memory: Memory | None = None, *, cached: bool = True) -> None:
        self.memory = memory
        self.site = site.resolve()
        # Processes of a build that was killed may write on for a while: each build has folders of its own.
        own = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.next = self.site.with_name(f".{self.site.name}.next-{own}")
        self.made = self.site.with_name(f".{self.site.name}.made")
        self.record = _record(self.site)
        self._remembered = bool(memory and memory.site)
        self._noting = str(self.record) if cached else ""
        self._noted: dict[str, Known] = {}
        self._released = False
        self._looking: Future[Looked] | None = None
        self._wanted: dict[str, Known] = {}
        self._fresh: set[str] = set()
        self._folders: set[str] = set()
        self.lock = _locked(lock_of(self.site))
        try:
            shutil.rmtree(self.made, ignore_errors=True)
            self.made.mkdir()
            self._take_next()
        except BaseException:
            self.abandon()
            raise

    def look(self, start: Callable[[LookJob], Future[Looked]]) -> None:
        """Have the look at what stands there taken by somebody else."""
        if not self._remembered:
            self._looking = start(self._job(self._noting))

    def _job(self, record: str) -> LookJob:
        return LookJob(site=str(self.site), twin=str(self.next), record=record)

    @cached_property
    def _looked(self) -> Looked:
        if self._remembered:
            return Looked(record="", lost=frozenset(), others={})
        found = self._looking.result() if self._looking is not None else self._job(self._noting).run()
        said = said_by(self._noting)
        if digest_of(said) != found.record:  # somebody has cleared the cache folder since
            said, found = b"", self._job("").run()
        self._noted = noted_by(said)
        return found

    @cached_property
    def _known(self) -> dict[str, Known]:
        """What is known of the files that are as they were when it was noted."""
        lost = self._looked.lost
        if self._remembered and self.memory is not None:
            return self.memory.site
        return {path: known for path, known in self._noted.items() if path not in lost}

    @cached_property
    def _broken(self) -> set[str]:
        """The keys of files that are not as they were."""
        return {self._noted[path].key for path in self._looked.lost}

    def _take_next(self) -> None:
        """Take the folder that the last build left as a start, and delete those of builds that were killed."""
        left = re.compile(rf"\.{re.escape(self.site.name)}\.next-[0-9]+-[0-9a-f]{{8}}")
        with os.scandir(self.site.parent) as entries:
            for entry in entries:
                if left.fullmatch(entry.name):
                    shutil.rmtree(entry.path, ignore_errors=True)
        try:
            os.rename(next_to(self.site), self.next)
        except FileNotFoundError:
            self.next.mkdir()

    def keep(self, path: str, key: str) -> bool:
        """Keep a file of the site that was made with this key; tell whether there is one."""
        known = self._known.get(path)
        if known is None or not key or known.key != key:
            return False
        self._wanted[path] = known
        return True

    def keep_all(self, made: Callable[[str], bool], key: str = "") -> bool:
        """Keep all files of the site with a key that `made` accepts; tell whether these are all there were.

        From now on they have the key `key`, if one is given.
        """
        own = {path: known for path, known in self._known.items() if known.key and made(known.key)}
        if not own or any(map(made, self._broken)):
            return False
        self._wanted |= {path: replace(known, key=key) for path, known in own.items()} if key else own
        return True

    def carry(self, beginnings: tuple[str, ...]) -> None:
        """Keep what the site has at paths that begin so and that nothing else was put at."""
        others = {path: Known("", "", stamp) for path, stamp in self._looked.others.items()}
        for path, known in (self._known | others).items():
            if path.startswith(beginnings) and path not in self._wanted:
                self._wanted[path] = known

    def put(self, path: str, content: bytes, key: str = "") -> bool:
        """Give a file its content; tell whether it differs from what the site has."""
        digest = digest_of(content)
        known = self._known.get(path)
        if known is not None and known.digest == digest:
            self._wanted[path] = Known(key, digest, known.stamp)
            return False
        self._fresh.add(path)
        self._wanted[path] = Known(key, digest, (0, 0))
        write_below(str(self.next), path, content)
        return True

    def took(self, path: str, key: str, digest: str, *, fresh: bool = True) -> None:
        """Note a file that a worker has written below `next`, or left as the site has it because of its digest."""
        if fresh:
            self._fresh.add(path)
        self._wanted[path] = Known(key, digest, (0, 0) if fresh else self._known[path].stamp)

    def digests(self, beginning: str) -> dict[str, str]:
        """Give the digests of the site’s files whose paths begin so."""
        return {path: known.digest for path, known in self._known.items() if path.startswith(beginning)}

    def content(self, path: str) -> bytes:
        """Give the bytes of a file that was put, kept or taken."""
        return Path(f"{self.next if path in self._fresh else self.site}/{path}").read_bytes()

    def _folder(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            make_folder(self.next, folder)
            self._folders.add(folder)

    def finish(self) -> None:
        """Make of all that was put, kept and written by MkDocs the site."""
        try:
            for path, entry in files_below(self.made):
                if path not in self._wanted:
                    self.put(path, Path(entry.path).read_bytes())
            if self._remembered and self.memory is not None:
                self._settle_remembered(self.memory)
            else:
                self._settle()
            swap(self.next, self.site)
            with contextlib.suppress(FileNotFoundError):  # there was no site before
                os.rename(self.next, next_to(self.site))
            if self.memory is None:
                self._note()
            else:
                self._remember(self.memory)
        except BaseException:
            self.abandon()
            raise
        self._release()

    def abandon(self) -> None:
        """Leave the site as it is. Once a build has ended this does nothing: another may be under way."""
        if self._released:
            return
        if self._looking is not None:
            wait([self._looking])
        if self._touched() or self.memory is not None:
            shutil.rmtree(self.next, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                os.rename(self.next, next_to(self.site))
        if self.memory is not None:
            self.memory.next.clear()
        self._release()

    def _release(self) -> None:
        self._released = True
        shutil.rmtree(self.made, ignore_errors=True)
        self.lock.release()

    def _touched(self) -> bool:
        """Tell whether anybody may have written into the folder that becomes the site: a look comes before."""
        return "_looked" in vars(self)

    def _settle(self) -> None:
        """Bring the folder that becomes the site, the twin of what is known of it, to just what is wanted."""
        left: set[str] = set()
        for path in self._known.keys() - self._wanted.keys():
            left.add(path.rpartition("/")[0])
            target = f"{self.next}/{path}"
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                if os.path.islink(target) or not os.path.isdir(target):  # a folder stands where it was
                    os.unlink(target)
        for path in self._wanted.keys() - self._known.keys() - self._fresh:
            self._folder(path)
            link(f"{self.site}/{path}", f"{self.next}/{path}")
        for folder in left:
            drop_if_empty(self.next, folder)

    def _settle_remembered(self, memory: Memory) -> None:
        """Do the same with the differences alone."""
        for path in memory.next.keys() - self._wanted.keys():
            with contextlib.suppress(OSError):
                os.unlink(f"{self.next}/{path}")
                os.removedirs(f"{self.next}/{path.rpartition('/')[0]}")
        for path, known in self._wanted.items():
            old = memory.next.get(path)
            if path not in self._fresh and (old is None or old.digest != known.digest or not known.digest):
                self._folder(path)
                link(f"{self.site}/{path}", f"{self.next}/{path}")

    def _remember(self, memory: Memory) -> None:
        others = dict.fromkeys(self._looked.others, Known("", "", (0, 0)))
        memory.next, memory.site = self._known | others, self._wanted

    def _note(self) -> None:
        """Keep what is known of the new site; where that cannot be written, the next build makes everything anew."""
        for path in self._fresh:
            known = self._wanted[path]
            status = os.stat(f"{self.site}/{path}")
            self._wanted[path] = Known(known.key, known.digest, (status.st_size, status.st_mtime_ns))
        noted = {path: (own.key, own.digest, *own.stamp) for path, own in self._wanted.items()}
        beside = self.record.with_suffix(f".{os.getpid()}.part")
        try:
            beside.write_text(json.dumps(noted, separators=(",", ":")), encoding="utf-8")
            os.replace(beside, self.record)
        except OSError:
            with contextlib.suppress(OSError):
                self.record.unlink(missing_ok=True)


def next_to(site: Path) -> Path:
    """Give the folder in which the site before this one waits for the next build."""
    return site.with_name(f".{site.name}.next")


def _record(site: Path) -> Path:
    name = hashlib.blake2b(str(site).encode(errors="surrogateescape"), digest_size=12).hexdigest()
    return Path(platformdirs.user_cache_dir("chronology-site")) / f"site-{name}.json"


def lock_of(site: Path) -> Path:
    """Give the file beside a site that one build of it at a time holds, whatever cache folder it has."""
    return site.with_name(f".{site.name}.lock")


def _locked(file: Path) -> filelock.BaseFileLock:
    """Hold a site’s lock, which the system lets go of when the process ends, however it ends."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(file)
    try:
        lock.acquire(timeout=0.2)
    except filelock.Timeout:
        log.info("Another build of this site is running; this one waits for it.")
        lock.acquire()
    return lock
