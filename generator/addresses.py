"""What an address must be that a chronology names: http or https, whole and public in its form (RFC 3986)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def url_problem(url: str) -> str:
    """Say what keeps a text from being a plain http(s) address (RFC 3986); empty when nothing does."""
    if len(url) > 2000:
        return "is longer than 2,000 characters"
    if re.search(r"[\s<>\"\\^`{|}\x00-\x1f]", url):
        return "holds a blank or a character that must be percent-encoded"
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "is not a well-formed address"
    if parts.scheme not in ("http", "https"):
        return f"starts with “{parts.scheme}:”" if parts.scheme else "does not start with https://"
    if not re.search(r"[^.]\.[^.]", parts.hostname or ""):
        return "names no host"
    if "@" in parts.netloc:
        return "holds a user name"
    return ""
