"""Runs Pagefind over the entries of a search: the one place that knows the program."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import cbor2

from generator.search import Entry, document

FOLDER = "pagefind"
"""Where the index stands below the site’s root."""

_NEEDED = re.compile(
    r"pagefind\.js|pagefind-worker\.js|pagefind-entry\.json|wasm\..*|.*\.pf_(?:meta|fragment|index|filter)"
)


class IndexFailed(Exception):
    """Raised with what Pagefind said when it made no index."""


def build(entries: Iterable[Entry], language: str, site: Path, wanted: Callable[[], bool] = lambda: True) -> int:
    """Make the index below the folder `site`, in place of an older one; give how many bytes it has.

    `wanted` is asked before anything is written there. Raises IndexFailed, and OSError where the disk refuses.
    """
    with tempfile.TemporaryDirectory() as folder:
        pages, made = Path(folder) / "pages", Path(folder) / "index"
        for entry in entries:
            target = pages / entry.path / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(document(entry, language), encoding="utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", str(pages), "--output-path", str(made), "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
        if done.returncode or not (made / "pagefind.js").is_file():
            raise IndexFailed(f"Pagefind made no search index: {(done.stderr or done.stdout).strip()[-300:]}")
        _settle(made)
        if not wanted():
            return 0
        target = site / FOLDER
        shutil.rmtree(target, ignore_errors=True)
        size = 0
        for file in sorted(made.rglob("*")):
            if file.is_file() and _NEEDED.fullmatch(file.name):
                (target / file.relative_to(made)).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target / file.relative_to(made))
                size += file.stat().st_size
    return size


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
