"""The index of a search, in parts, as Pagefind makes it of the entries."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import cbor2

from generator.indexer import Indexer, IndexFailed
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


def size(entries: int) -> int:
    """Give how many entries a part holds, about; so many are there in two digits, so that one more changes nothing."""
    digit = 10 ** max(0, len(str(entries)) - 2)
    entries = -(-entries // digit) * digit
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
    """The index of a search; `make` or `start`, then `files`, or `stop`.

    There are `about` so many entries; `base` is of what all of them rest on. A `patient` one lets others go first.
    """

    def __init__(self, language: str, *, about: int, base: str = "", patient: bool = False) -> None:
        self._base = base
        self._size = size(about)
        self._language = language
        self._indexer = Indexer(patient=patient)
        self._making: Future[None] | None = None
        self._parts: list[dict[str, str | bool]] = []
        self._made: list[tuple[str, dict[str, bytes], str]] = []

    def start(self, items: Iterable[Item], kept: Callable[[str], bool] = lambda _: False) -> None:
        """Do what `make` does in a thread; `files` waits for it and raises for it."""
        starter = ThreadPoolExecutor(1)
        self._making = starter.submit(self.make, items, kept)
        starter.shutdown(wait=False)

    def make(self, items: Iterable[Item], kept: Callable[[str], bool] = lambda _: False) -> None:
        """Make the index; a part whose key is `kept` by the site already is left out.

        Raises IndexFailed with what Pagefind said when it made no index.
        """
        for some in divided(items, self._size):
            number = len(self._parts) + 1
            folder = FOLDER if number == 1 else f"{FOLDER}/{number}"
            self._parts.append({"path": f"{folder}/", "dated": any(item.order for item in some)})
            # With its folder: the same entries as another part have files elsewhere.
            made_of = "\0".join((self._base, folder, *(item.key for item in some)))
            key = hashlib.blake2b(made_of.encode(), digest_size=16).hexdigest()
            if not kept(key):
                self._made.append((folder, self._make_part(some, first=number == 1), key))

    def _make_part(self, items: Iterable[Item], *, first: bool) -> dict[str, bytes]:
        pages = {}
        for item in items:
            self._indexer.go_on()
            entry = item.make()
            # Without a folder of its own: the search makes the page’s address of its name.
            pages[f"{entry.path.rstrip('/') or 'index'}.html"] = document(entry, self._language)
        made = self._indexer.make(pages)
        _settle(made)
        return {
            path: made[path]
            for path in sorted(made)
            if _NEEDED.fullmatch(path) or (first and _NEEDED_ONCE.fullmatch(path))
        }

    def files(self) -> Iterator[tuple[str, bytes, str]]:
        """Yield each file’s path below the site’s root, its content, and the key of its part."""
        if self._making is not None:
            self._making.result()
        while self._made:
            folder, made, key = self._made.pop(0)
            for path, content in made.items():
                yield f"{folder}/{path}", content, key
        yield PARTS, json.dumps(self._parts).encode(), ""

    def cancel(self) -> None:
        """Have `make`, which another thread may be in, come to an end: it raises IndexFailed."""
        self._indexer.cancel()

    def stop(self) -> None:
        """Come to an end."""
        self.cancel()
        if self._making is not None:
            wait((self._making,))


def begins_with(path: str) -> bool:
    """Tell whether this is a file with which a search begins: it names the others."""
    return path == PARTS or path.endswith("/pagefind-entry.json")


_MARK = b"pagefind_dcd"
"""What every file of an index starts with, once unpacked; CBOR (RFC 8949) follows."""


def _settle(files: dict[str, bytes]) -> None:
    """Put the facets of an index in one order: Pagefind writes them in the order of a hash, new at every run."""
    entry = json.loads(files["pagefind-entry.json"])
    for known in entry["languages"].values():
        meta = _unpacked(files.pop(f"pagefind.{known['hash']}.pf_meta"))
        prefix = known["hash"].rpartition("_")[0]
        facets = []
        for name, hashed in sorted(meta[3]):
            content = _packed([name, sorted(_unpacked(files.pop(f"filter/{hashed}.pf_filter"))[1])])
            hashed = f"{prefix}_{_hash(content)[:7]}"  # noqa: PLW2901 - the name goes with the content
            files[f"filter/{hashed}.pf_filter"] = content
            facets.append([name, hashed])
        meta[3] = facets
        content = _packed(meta)
        known["hash"] = f"{prefix}_{_hash(content)[:10]}"
        files[f"pagefind.{known['hash']}.pf_meta"] = content
    files["pagefind-entry.json"] = json.dumps(entry, ensure_ascii=False).encode()


def _unpacked(content: bytes) -> list[Any]:
    return list(cbor2.loads(gzip.decompress(content).removeprefix(_MARK)))


def _packed(value: list[Any]) -> bytes:
    return gzip.compress(_MARK + cbor2.dumps(value), compresslevel=9, mtime=0)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


__all__ = ["FOLDER", "PARTS", "Index", "IndexFailed", "begins_with", "divided", "size"]
