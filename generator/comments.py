"""The comments of a YAML file, with their places: the parser drops them, and waivers and the formatter need them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, the same tokens
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment. Places count from 1.

    `text` starts with “#”; `alone` when nothing else stands on its line, but perhaps the “-” of an item that starts
    below; `inside` when it stands between brackets or braces.
    """

    text: str
    line: int
    column: int
    alone: bool
    inside: bool


_COMMENT = re.compile(r"#[^\r\n]*")
_BREAK = re.compile(r"\r\n|\r|\n")
_REST_OF_LINE = re.compile(r"[^\r\n]*")


def comments(text: str) -> list[Comment]:
    """Give the comments of a file's text in their order; raises yaml.YAMLError where the text is not YAML."""
    if "#" not in text:
        return []
    gaps: list[tuple[int, int, bool]] = []
    start = depth = 0
    loader = _Loader(text)
    try:
        while loader.check_token():
            token: Any = loader.get_token()
            # Only text can hold a “#” that starts no comment; that of a block starts below the line of its “|” or “>”.
            if isinstance(token, yaml.ScalarToken):
                first = token.start_mark.index
                gaps.append((start, _rest(text, first) if token.style in ("|", ">") else first, depth > 0))
                start = token.end_mark.index
            elif isinstance(token, _OPENING | _CLOSING):
                gaps.append((start, token.start_mark.index, depth > 0))
                start = token.end_mark.index
                depth += 1 if isinstance(token, _OPENING) else -1
    finally:
        loader.dispose()
    gaps.append((start, len(text), depth > 0))
    return list(_found(text, gaps))


_OPENING = yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken
_CLOSING = yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken


def _found(text: str, gaps: list[tuple[int, int, bool]]) -> Iterator[Comment]:
    starts = [0, *(match.end() for match in _BREAK.finditer(text))]
    line = 0
    for start, end, inside in gaps:
        for match in _COMMENT.finditer(text, start, end):
            while line + 1 < len(starts) and starts[line + 1] <= match.start():
                line += 1
            before = text[starts[line] : match.start()]
            column = match.start() - starts[line] + 1
            alone = not before.strip(" \t-")
            yield Comment(text=match[0].rstrip(), line=line + 1, column=column, alone=alone, inside=inside)


def _rest(text: str, start: int) -> int:
    match = _REST_OF_LINE.match(text, start)
    return match.end() if match else start
