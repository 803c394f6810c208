"""What a server does beside building: it sees edits, and shows the findings of a broken one above every page."""

from __future__ import annotations

import contextlib
import html
import itertools
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
"""A WSGI application (PEP 3333)."""


def with_banner(application: Application, findings: Callable[[], tuple[str, ...]]) -> Application:
    """Give the application with a banner above each HTML page for as long as there are findings."""

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        found = findings()
        if not found:
            return application(environ, start_response)
        started: list[tuple[str, list[tuple[str, str]]]] = []
        body = b"".join(application(environ, lambda status, headers, *_: started.append((status, headers))))
        status, headers = started[0]
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        if kind.startswith("text/html"):
            body = body.replace(b"<header", banner(found).encode() + b"<header", 1)
            headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
            headers.append(("Content-Length", str(len(body))))
        start_response(status, headers)
        return [body]

    return answer


def watched(events: Path, watch: Callable[[str], None]) -> contextlib.ExitStack:
    """Have the system tell of edits below a folder of thousands of files, and the server told of them by `watch`.

    MkDocs' server looks at every file several times a second; here it looks at one, which is touched at every edit.
    """
    until = contextlib.ExitStack()
    folder = until.enter_context(tempfile.TemporaryDirectory(prefix="chronology-"))
    handler = FileSystemEventHandler()
    edits = itertools.count()

    def touch(event: FileSystemEvent) -> None:
        if not event.is_directory and event.event_type in ("created", "modified", "moved", "deleted"):
            with contextlib.suppress(OSError):
                (Path(folder) / "edited").write_text(f"{next(edits)}\n" * 2)

    handler.on_any_event = touch  # type: ignore[method-assign] # as MkDocs does
    observer = Observer()
    observer.schedule(handler, str(events), recursive=True)
    observer.start()
    until.callback(observer.stop)
    watch(folder)
    return until


def banner(findings: tuple[str, ...]) -> str:
    """Give the findings as HTML."""
    blocks = "".join(f"<pre>{html.escape(block)}</pre>" for block in findings)
    words = "The last edit has a problem; this is the site before it."
    return f'<div class="findings" role="alert"><p>{words}</p>{blocks}</div>'
