"""A tree with its comments → lines in the one layout."""

from __future__ import annotations

from collections.abc import Iterable

from generator.fmt.entries import Annotated, Entry
from generator.fmt.scalars import WIDTH, block, escaped, inline
from generator.schema.compound import Either, Field, ListOf, Record, Table
from generator.schema.forms import Edtf, LineOrSet
from generator.schema.shapes import Shape
from generator.source import Mapping, Node, Scalar
from generator.source import Sequence as List

IN_BRACES = ("participants", "names", "relations")
"""Lists whose items stand in braces, one a line, where they fit."""

ONE_A_LINE = ("sources", "editors")
"""Lists whose items stand one a line even when they are single words."""


class Layout:
    """Writes the lines of one file."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated

    def file(self, root: Mapping, record: Record | None) -> list[str]:
        """Give all lines of a file."""
        head = self.annotated.head
        lines = self.mapping(root, record, 0)
        parted = len(head) > 1 or (head and not head[0].startswith("# yaml-language-server"))
        return [*head, *([""] if parted else []), *lines, *self.annotated.foot]

    def mapping(self, node: Mapping, record: Record | None, indent: int) -> list[str]:
        """Give the lines of a group: its keys in the order of the record, others behind them as written."""
        fields = record.by_name if record is not None else {}
        lines: list[str] = []
        for key, value in _ordered(node, record):
            field = fields.get(key.value)
            lines += self._noted(self.annotated.of(key), self.pair(key, value, field, indent), indent)
        lines = lines[1:] if lines and not lines[0] else lines  # a field that has become the first loses its gap
        return lines + self._closing((key for key, _ in node.pairs.values()), indent)

    def pair(self, key: Scalar, value: Node, field: Field | None, indent: int) -> list[str]:
        """Give the lines of a key and its value, without the comments around them."""
        name = inline(key) or escaped(key)
        shape = field.shape if field is not None else None
        start = f"{' ' * indent}{name}:"
        trailing = _comment(self.annotated.of(key).trailing)
        if isinstance(value, Scalar):
            return self.scalar(start, value, indent, trailing)
        brackets = self.in_brackets(value, name, shape, indent + len(name) + 2)
        if brackets is not None:
            return [f"{start} {brackets}{trailing}"]
        below = indent + 2
        if isinstance(value, Mapping):
            return [start + trailing, *self.mapping(value, _record(shape), below)]
        return [start + trailing, *self.sequence(value, name, shape, below)]

    def scalar(self, start: str, node: Scalar, indent: int, trailing: str) -> list[str]:
        """Give the lines of a text behind a key or a dash."""
        text = inline(node)
        if text == "":
            return [start + trailing]
        if text is not None and (len(start) + 1 + len(text) <= WIDTH or " " not in text):
            return [f"{start} {text}{trailing}"]
        lines = block(node, indent + 2)
        if lines is None:
            return [f"{start} {text if text is not None else escaped(node)}{trailing}"]
        return [f"{start} {lines[0]}{trailing}", *lines[1:]]

    def sequence(self, node: List, name: str, shape: Shape | None, indent: int) -> list[str]:
        """Give the lines of a list, one or more an item."""
        item_shape = shape.item if isinstance(shape, ListOf) else None
        lines: list[str] = []
        for item in node.items:
            entry = self.annotated.of(item)
            if isinstance(item, Mapping) and item.pairs:  # comments above its first field stand above its dash
                first = self.annotated.of(_ordered(item, _record(item_shape))[0][0])
                entry.before, first.before = [*entry.before, *first.before], []
                if entry.trailing and first.trailing:  # both would stand on the first line
                    entry.before, entry.trailing = [*entry.before, entry.trailing], ""
            own = self.item(item, name, item_shape, indent, _comment(entry.trailing))
            lines += self._noted(entry, own, indent)
        return lines + self._closing(node.items, indent)

    def item(self, node: Node, name: str, shape: Shape | None, indent: int, trailing: str) -> list[str]:
        """Give the lines of one item, from its dash on."""
        dash = f"{' ' * indent}-"
        if isinstance(node, Scalar):
            return self.scalar(dash, node, indent, trailing)
        if isinstance(node, Mapping) and name in IN_BRACES:
            braces = self._braces(node, shape, WIDTH - indent - 2)
            if braces is not None:
                return [f"{dash} {braces}{trailing}"]
        brackets = None if isinstance(node, Mapping) and node.pairs else self.in_brackets(node, name, shape, indent + 2)
        if brackets is not None:
            return [f"{dash} {brackets}{trailing}"]
        if isinstance(node, Mapping):
            below = self.mapping(node, _record(shape), indent + 2)
        else:
            below = self.sequence(node, name, None, indent + 2)
        # Comments above the first item of an inner list stand above the outer dash.
        first = next(number for number, line in enumerate(below) if line and not line.lstrip().startswith("#"))
        above = [f"{' ' * indent}{line.lstrip()}" for line in below[:first] if line]
        return [*above, f"{dash} {below[first].lstrip()}{trailing}", *below[first + 1 :]]

    def in_brackets(self, node: Mapping | List, name: str, shape: Shape | None, column: int) -> str | None:
        """Give a list or group in brackets, where that is its layout and it fits; None elsewhere."""
        if isinstance(node, Mapping) and not node.pairs:
            return "{}"
        if isinstance(node, List) and not node.items:
            return "[]"
        if self.annotated.commented_inside(node):
            return None
        is_set = isinstance(shape, Edtf | LineOrSet)
        if isinstance(node, Mapping):
            if not (is_set and node.flow):
                return None
            texts = [inline(key, inside=True) for key, _ in node.pairs.values()]
            return None if None in texts else f"{{{', '.join(filter(None, texts))}}}"
        if name in ONE_A_LINE or not all(isinstance(item, Scalar) for item in node.items):
            return None
        texts = [inline(item, inside=True) for item in node.items if isinstance(item, Scalar)]
        if None in texts or "" in texts:
            return None
        line = f"[{', '.join(filter(None, texts))}]"
        return line if is_set or column + len(line) <= WIDTH else None

    def _braces(self, node: Mapping, shape: Shape | None, width: int) -> str | None:
        """Give a group of short texts in braces; None where it does not fit."""
        if self.annotated.commented_inside(node) or not node.pairs:
            return None
        parts = []
        for key, value in _ordered(node, _record(shape)):
            text = inline(value, inside=True) if isinstance(value, Scalar) else None
            if not text:
                return None
            parts.append(f"{inline(key, inside=True) or escaped(key)}: {text}")
        line = f"{{{', '.join(parts)}}}"
        return line if len(line) <= width else None

    def _noted(self, entry: Entry, own: Iterable[str], indent: int) -> list[str]:
        """Put an entry’s comments above its lines, and a blank line above them where there was one."""
        gap = [""] if entry.gap else []
        return [*gap, *(" " * indent + text for text in entry.before), *own]

    def _closing(self, nodes: Iterable[Node], indent: int) -> list[str]:
        """Give the comments at the end of a group: they stay there, whichever field now comes last."""
        return [" " * indent + text for node in nodes for text in self.annotated.of(node).after]


def _comment(text: str) -> str:
    return f"  {text}" if text else ""


def _ordered(node: Mapping, record: Record | None) -> list[tuple[Scalar, Node]]:
    """Give the fields of a group in the order of its record; others come last, as written."""
    order = {name: number for number, name in enumerate(record.by_name)} if record is not None else {}
    return sorted(node.pairs.values(), key=lambda pair: order.get(pair[0].value, len(order)))


def _record(shape: Shape | None) -> Record | None:
    if isinstance(shape, ListOf):
        return _record(shape.item)
    if isinstance(shape, Either):
        return shape.record
    if isinstance(shape, Table):
        return None
    return shape if isinstance(shape, Record) else None
