"""Runs Pagefind over the entries of a search: the one place that knows the program."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import cbor2

from generator.search import MONTH, Item, document

FOLDER = "pagefind"
"""Where the index stands below the site’s root."""

MOST = 20_000
"""How many entries an index holds at most, about: Pagefind keeps all that it reads in memory, 40 kB an entry."""

LEAST = 3_000
"""From how many entries on there are several indexes, which the search asks together: an edit makes only those anew
that it is in."""

FEW = 4
"""How many indexes there are at most as long as they hold fewer than `MOST`: a reader fetches the head of each."""

PARTS = f"{FOLDER}/parts.json"
"""The file that lists the folders of the indexes, and whether they hold anything with a date, by which to sort."""

_NEEDED = re.compile(r"pagefind-entry\.json|.*\.pf_(?:meta|fragment|index|filter)")
_NEEDED_ONCE = re.compile(r"pagefind\.js|pagefind-worker\.js|wasm\..*")


class IndexFailed(Exception):
    """Raised with what Pagefind said when it made no index."""


def size(entries: int) -> int:
    """Give how many entries a part holds, about, where there are so many."""
    number = max(-(-entries // MOST), min(FEW, -(-entries // LEAST)), 1)
    return max(1, -(-entries // number))


def divided(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Divide items, which stand in the order of dates, where a month ends: a new one changes one part alone."""
    some: list[Item] = []
    for item in items:
        ends = some and item.order[:MONTH] != some[-1].order[:MONTH]
        if len(some) >= size and (ends or len(some) >= size + size // 4):
            yield tuple(some)
            some = []
        some.append(item)
    if some:
        yield tuple(some)


class Index:
    """The index of a search, made below the new folder `root`; `make` or `start`, then `files`, and `stop` in any case.

    There are `about` so many entries; `base` is of what all of them rest on. A `patient` one lets others go first.
    """

    def __init__(self, root: Path, language: str, *, about: int, base: str = "", patient: bool = False) -> None:
        self._root = root
        self._base = base
        self._size = size(about)
        self._language = language
        self._patient = patient
        self._process: subprocess.Popen[str] | None = None
        self._cancelled = False
        self._making: Future[None] | None = None
        self._parts: list[dict[str, str | bool]] = []
        self._made: list[tuple[str, Path, str]] = []

    def start(self, items: Iterable[Item], kept: Callable[[str], bool] = lambda _: False) -> None:
        """Do what `make` does in a thread; `files` waits for it and raises for it."""
        starter = ThreadPoolExecutor(1)
        self._making = starter.submit(self.make, items, kept)
        starter.shutdown(wait=False)

    def make(self, items: Iterable[Item], kept: Callable[[str], bool] = lambda _: False) -> None:
        """Make the index; a part whose key is `kept` by the site already is left out.

        Raises IndexFailed with what Pagefind said when it made no index, OSError where the disk refuses.
        """
        for some in divided(items, self._size):
            number = len(self._parts) + 1
            folder = FOLDER if number == 1 else f"{FOLDER}/{number}"
            self._parts.append({"path": f"{folder}/", "dated": any(item.order for item in some)})
            # With its folder: the same entries as another part have files elsewhere.
            made_of = "\0".join((self._base, folder, *(item.key for item in some)))
            key = hashlib.blake2b(made_of.encode(), digest_size=16).hexdigest()
            if not kept(key):
                self._made.append((folder, self._make_part(self._pages(some), self._root / str(number)), key))

    def _pages(self, items: Iterable[Item]) -> dict[str, str]:
        pages = {}
        for item in items:
            self._go_on()
            entry = item.make()
            pages[entry.path] = document(entry, self._language)
        return pages

    def _go_on(self) -> None:
        if self._cancelled:
            raise IndexFailed("The making of the search index was cancelled.")

    def _make_part(self, pages: Mapping[str, str], root: Path) -> Path:
        folder, made = root / "pages", root / "index"
        for parent in {path.rstrip("/").rpartition("/")[0] for path in pages}:
            (folder / parent).mkdir(parents=True, exist_ok=True)
        for path, text in pages.items():
            # One file an entry, without a folder of its own: the search makes the page’s address of its name.
            with open(f"{folder}/{path.rstrip('/') or 'index'}.html", "w", encoding="utf-8") as file:
                file.write(text)
        command = [sys.executable, "-m", "pagefind", "--site", str(folder), "--output-path", str(made), "--quiet"]
        if self._patient and (nice := shutil.which("nice")):
            command = [nice, "-n", "15", *command]
        self._go_on()
        self._process = subprocess.Popen(  # noqa: S603 - our own words
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        said, _ = self._process.communicate()
        if self._process.returncode or not (made / "pagefind.js").is_file():
            raise IndexFailed(f"Pagefind made no search index: {said.strip()[-300:]}")
        shutil.rmtree(folder)
        _settle(made)
        return made

    def files(self) -> Iterator[tuple[str, Path, str]]:
        """Yield each file’s path below the site’s root, where it stands until `stop`, and the key of its part."""
        if self._making is not None:
            self._making.result()
        for folder, made, key in self._made:
            for file in sorted(made.rglob("*")):
                if _NEEDED.fullmatch(file.name) or (folder == FOLDER and _NEEDED_ONCE.fullmatch(file.name)):
                    yield f"{folder}/{file.relative_to(made).as_posix()}", file, key
        listed = self._root / "parts.json"
        listed.parent.mkdir(parents=True, exist_ok=True)
        listed.write_text(json.dumps(self._parts), encoding="utf-8")
        yield PARTS, listed, ""

    def cancel(self) -> None:
        """Have `make`, which another thread may be in, come to an end: it raises IndexFailed."""
        self._cancelled = True
        if self._process is not None and self._process.poll() is None:
            self._process.kill()

    def stop(self) -> None:
        """Come to an end, and delete what was made."""
        self.cancel()
        if self._making is not None:
            wait((self._making,))
        shutil.rmtree(self._root, ignore_errors=True)


def begins_with(path: str) -> bool:
    """Tell whether this is a file with which a search begins: it names the others."""
    return path == PARTS or path.endswith("/pagefind-entry.json")


_MARK = b"pagefind_dcd"
"""What every file of an index starts with, once unpacked; CBOR (RFC 8949) follows."""


def _settle(folder: Path) -> None:
    """Put the facets of an index in one order: Pagefind writes them in the order of a hash, new at every run."""
    entry = json.loads((folder / "pagefind-entry.json").read_bytes())
    for known in entry["languages"].values():
        path = folder / f"pagefind.{known['hash']}.pf_meta"
        meta = _unpacked(path)
        prefix = known["hash"].rpartition("_")[0]
        facets = []
        for name, hashed in sorted(meta[3]):
            file = folder / f"filter/{hashed}.pf_filter"
            content = _packed([name, sorted(_unpacked(file)[1])])
            file.unlink()
            hashed = f"{prefix}_{_hash(content)[:7]}"  # noqa: PLW2901 - the name goes with the content
            (folder / f"filter/{hashed}.pf_filter").write_bytes(content)
            facets.append([name, hashed])
        meta[3] = facets
        path.unlink()
        content = _packed(meta)
        known["hash"] = f"{prefix}_{_hash(content)[:10]}"
        (folder / f"pagefind.{known['hash']}.pf_meta").write_bytes(content)
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")


def _unpacked(file: Path) -> list[Any]:
    content = gzip.decompress(file.read_bytes()).removeprefix(_MARK)
    return list(cbor2.loads(content))


def _packed(value: list[Any]) -> bytes:
    return gzip.compress(_MARK + cbor2.dumps(value), compresslevel=9, mtime=0)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
