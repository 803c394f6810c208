"""Shows the findings of a broken edit above every page of the last good site, as the server hands it out."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from typing import Any

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


def banner(findings: tuple[str, ...]) -> str:
    """Give the findings as HTML."""
    blocks = "".join(f"<pre>{html.escape(block)}</pre>" for block in findings)
    words = "The last edit has a problem; this is the site before it."
    return f'<div class="findings" role="alert"><p>{words}</p>{blocks}</div>'
