"""Pagefind as a process that is given texts and gives back the files of an index, with no file on the disk.

It is spoken to as its own wrappers for Python and Node.js do, by `pagefind --service`: JSON in base64, with a comma
behind each message. The wrapper for Python waits for a tenth of a second before each answer, of which there are
thousands, and takes none of more than two megabytes.
"""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from threading import Thread
from typing import IO, Any, cast

CHUNK = 1 << 20
"""How many bytes are read at a time at most."""


class IndexFailed(Exception):
    """Raised with what Pagefind said when it made no index."""


class Indexer:
    """Makes indexes, one after the other. A `patient` one lets others go first."""

    def __init__(self, *, patient: bool = False) -> None:
        self._patient = patient
        self._cancelled = False
        self._process: subprocess.Popen[bytes] | None = None

    def make(self, pages: Mapping[str, str]) -> dict[str, bytes]:
        """Give the files of an index of HTML pages, by path; raises IndexFailed."""
        self.go_on()
        command = [_program(), "--service"]
        if self._patient and (nice := shutil.which("nice")):
            command = [nice, "-n", "15", *command]
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(  # noqa: S603 - our own words
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said
            )
            self._process = process
            if self._cancelled:  # while it was started
                process.kill()
            # What is answered must be read while there is something to be said, or both would wait for each other.
            feeder = Thread(target=_feed, args=(process.stdin, pages), daemon=True)
            feeder.start()
            try:
                return _files(_answers(cast("IO[bytes]", process.stdout)), len(pages))
            except (_Silent, ValueError, KeyError, TypeError) as problem:
                said.seek(0)
                words = said.read().decode(errors="replace").strip() or str(problem)
                raise IndexFailed(f"Pagefind made no search index: {words[-300:]}") from None
            finally:
                process.kill()
                feeder.join()
                for stream in (process.stdin, process.stdout):
                    with contextlib.suppress(OSError, ValueError):
                        cast("IO[bytes]", stream).close()
                process.wait()

    def go_on(self) -> None:
        """Raise IndexFailed where this has been cancelled."""
        if self._cancelled:
            raise IndexFailed("The making of the search index was cancelled.")

    def cancel(self) -> None:
        """Have `make`, which another thread may be in, come to an end: it raises IndexFailed."""
        self._cancelled = True
        if self._process is not None:
            self._process.kill()


class _Silent(Exception):
    """Raised where the process has ended without an answer."""


def _program() -> str:
    from pagefind.service import get_executable  # takes long to import, and not every build asks

    found = get_executable()
    if found is None:
        raise IndexFailed("Pagefind made no search index: its program is not installed (pagefind-bin).")
    return str(found)


def _feed(stream: IO[bytes], pages: Mapping[str, str]) -> None:
    try:
        _say(stream, {"type": "NewIndex", "config": {}})
        for path, text in pages.items():
            _say(stream, {"type": "AddFile", "index_id": 0, "file_path": path, "url": None, "file_contents": text})
        _say(stream, {"type": "GetFiles", "index_id": 0})
        stream.flush()
    except Exception:  # most often the process has ended; what it answered tells why
        with contextlib.suppress(OSError, ValueError):
            stream.close()  # or it would wait for more


def _say(stream: IO[bytes], payload: Mapping[str, Any]) -> None:
    stream.write(base64.b64encode(json.dumps({"message_id": 0, "payload": payload}).encode()) + b",")


def _answers(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    waiting: list[bytes] = []
    while chunk := stream.read1(CHUNK):  # type: ignore[attr-defined]  # a buffered reader has it
        *ended, rest = chunk.split(b",")
        for last in ended:
            yield json.loads(base64.b64decode(b"".join((*waiting, last))))["payload"]
            waiting = []
        waiting.append(rest)
    raise _Silent


def _files(answers: Iterator[dict[str, Any]], pages: int) -> dict[str, bytes]:
    read = 0
    for answer in answers:
        if answer["type"] == "Error":
            raise IndexFailed(f"Pagefind made no search index: {answer['message']}")
        read += answer["type"] == "IndexedFile"
        if answer["type"] == "GetFiles":
            if read != pages:
                raise IndexFailed(f"Pagefind made an index of {read} pages of {pages}.")
            return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
    raise _Silent
