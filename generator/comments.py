"""The comments of a YAML file, with their places: the parser drops them, and waivers and the formatter need them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, the same tokens
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment. `text` starts with “#”; `alone` when nothing else stands on its line. Places count from 1."""

    text: str
    line: int
    column: int
    alone: bool


_COMMENT = re.compile(r"#[^\r\n]*")
_BREAK = re.compile(r"\r\n|\r|\n")
_REST_OF_LINE = re.compile(r"[^\r\n]*")


def comments(text: str) -> list[Comment]:
    """Give the comments of a file's text in their order; raises yaml.YAMLError where the text is not YAML."""
    if "#" not in text:
        return []
    edges = [0]
    loader = _Loader(text)
    try:
        while loader.check_token():
            token: Any = loader.get_token()
            # Only text can hold a “#” that starts no comment; that of a block starts below the line of its “|” or “>”.
            if isinstance(token, yaml.ScalarToken):
                start, end = token.start_mark.index, token.end_mark.index
                edges += [_rest(text, start) if token.style in ("|", ">") else start, end]
    finally:
        loader.dispose()
    edges.append(len(text))
    found = []
    starts = [0, *(match.end() for match in _BREAK.finditer(text))]
    line = 0
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for match in _COMMENT.finditer(text, start, end):
            while line + 1 < len(starts) and starts[line + 1] <= match.start():
                line += 1
            before = text[starts[line] : match.start()]
            found.append(
                Comment(
                    text=match[0].rstrip(),
                    line=line + 1,
                    column=match.start() - starts[line] + 1,
                    alone=not before.strip(),
                )
            )
    return found


def _rest(text: str, start: int) -> int:
    match = _REST_OF_LINE.match(text, start)
    return match.end() if match else start
