"""The entries of a file (keys with their values, items of lists), each with the comments that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.comments import Comment
from generator.source import Mapping, Node, Scalar
from generator.source import Sequence as List

MODELINE = re.compile(r"#\s*yaml-language-server:")


@dataclass(slots=True, kw_only=True)
class Entry:
    """A key with its value, or an item of a list.

    `before` are the comments above it, `after` those below it at the end of its group, `trailing` the one on its line;
    `gap` tells that a blank line parts it from the entry above. `start` is the line of an item’s “-” and of a key, and
    `filled` that of the item or text behind it: comments may stand between the two.
    """

    line: int
    start: int
    filled: int
    column: int
    inside: bool
    parent: Entry | None
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    trailing: str = ""
    gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """The entries by the node that stands for each (a key, or an item), and the comments at head and foot of a file."""

    entries: dict[int, Entry]
    head: list[str]
    foot: list[str]

    def of(self, node: Node) -> Entry:
        """Give the entry of a key or an item."""
        return self.entries[id(node)]

    def commented_inside(self, node: Node) -> bool:
        """Tell whether any entry below a node has comments: they do not fit between brackets."""
        return any(
            entry.before or entry.after or entry.trailing
            for entry in (self.entries[id(below)] for below, *_ in _below(node, None, False))
        )


def annotate(root: Mapping, comments: Sequence[Comment], lines: Sequence[str]) -> Annotated:
    """Give each comment to the entry that it belongs to."""
    entries: dict[int, Entry] = {}
    for node, column, inside, parent, value in _below(root, None, False):
        above = entries[id(parent)] if parent is not None else None
        start = node.line if inside or value is not node else _dash(node, lines)
        if above is not None and not inside and above.start < above.line == node.line:
            start = above.start + 1  # the first field of an item that starts below its dash
        filled = value.line if isinstance(value, Scalar) else node.line
        entries[id(node)] = Entry(
            line=node.line, start=start, filled=filled, column=column, inside=inside, parent=above
        )
    ordered = list(entries.values())
    head, rest = _head(comments, ordered, lines)
    last = ordered[-1].line if ordered else 0
    foot = [comment for comment in rest if comment.alone and comment.column == 1 and comment.line > last]
    for comment in rest:
        if comment not in foot:
            _attach(comment, ordered)
    alone = {comment.line for comment in comments if comment.alone}
    for entry, above in zip(ordered, [None, *ordered], strict=False):
        first = entry.start
        while first - 1 in alone:
            first -= 1
        is_first = above is entry.parent  # of its group: a blank line above it parts no two entries
        entry.gap = not is_first and first > 1 and not lines[first - 2].strip() and not entry.inside
    return Annotated(entries=entries, head=head, foot=[comment.text for comment in foot])


def _dash(node: Node, lines: Sequence[str]) -> int:
    """Give the line of an item’s “-”, which may stand above the item."""
    line = node.line
    while line > 1 and not lines[line - 1][: node.column - 1 if line == node.line else None].strip().startswith("-"):
        line -= 1
    return line


def _below(node: Node, parent: Node | None, inside: bool) -> Iterator[tuple[Node, int, bool, Node | None, Node]]:
    """Yield key and item nodes in the order written: column, whether they stand in brackets, parent, and value."""
    if isinstance(node, Scalar):
        return
    inside = inside or node.flow
    if isinstance(node, List):
        for item in node.items:
            yield item, item.column if inside else item.column - 2, inside, parent, item
            yield from _below(item, item, inside)
    else:
        for key, value in node.pairs.values():
            yield key, key.column, inside, parent, value
            yield from _below(value, key, inside)


def _head(
    comments: Sequence[Comment], ordered: Sequence[Entry], lines: Sequence[str]
) -> tuple[list[str], list[Comment]]:
    """Part the comments at the head of the file, which a blank line follows, from the others."""
    start = ordered[0].line if ordered else len(lines) + 1
    above = [comment for comment in comments if comment.line < start]
    count = 0
    for number, comment in enumerate(above, start=1):
        if not lines[comment.line].strip() or (number == 1 and MODELINE.match(comment.text)):
            count = number
    return [comment.text for comment in above[:count]], list(comments[count:])


def _attach(comment: Comment, ordered: Sequence[Entry]) -> None:
    reachable = [entry for entry in ordered if comment.inside or not entry.inside]
    earlier = [entry for entry in reachable if entry.line < comment.line + (not comment.alone)]
    later = next((entry for entry in reachable if entry.line > comment.line), None)
    if not comment.alone and earlier:
        last = earlier[-1]
        if last.trailing:
            last.before.append(comment.text)
        else:
            last.trailing = comment.text
        return
    around = [entry for entry in reachable if entry.start <= comment.line < entry.filled]
    if around:
        around[-1].before.append(comment.text)
        return
    if later is not None and (comment.inside or comment.column <= later.column or not earlier):
        later.before.append(comment.text)
        return
    home = earlier[-1] if earlier else None
    while home is not None and home.parent is not None and home.column > comment.column:
        home = home.parent
    if later is not None and (home is None or home.column <= later.column):
        later.before.append(comment.text)
    elif home is not None:
        home.after.append(comment.text)
