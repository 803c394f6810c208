"""Pieces of text as YAML: plain where that is safe, else quoted; long ones folded."""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from generator.source import Scalar, parse
from generator.source import Sequence as List

WIDTH = 120
"""How wide a line with a value may be."""

FOLDED = 110
"""How wide the lines of a folded text are."""

_RESOLVER = yaml.resolver.Resolver()
_STRING = "tag:yaml.org,2002:str"
# Numbers of YAML 1.2 that YAML 1.1 takes for text: 08, 1e3, 0o14. Validators and editors read YAML 1.2.
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def is_string(text: str) -> bool:
    """Tell whether other YAML programs read an unquoted text as text, not as a number, a date or a truth value."""
    tag: object = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag == _STRING and not _NUMBER.fullmatch(text)


def meaning(scalar: Scalar) -> tuple[str, bool, bool]:
    """Give what a layout may not change: the text, whether it is text to other programs, and whether lines count."""
    value = scalar.value.rstrip("\n") if scalar.style else scalar.value
    if scalar.style in ("|", ">"):  # what stands behind the words of a block is invisible
        value = re.sub(r"[ \t]+(?=\n|\Z)", "", value).rstrip("\n")
    literal = scalar.style == "|" and "\n" in value
    return value, bool(scalar.style) or is_string(value), literal


def inline(scalar: Scalar, *, inside: bool = False) -> str | None:
    """Give a text on one line, for use between brackets if `inside`; None where it holds line breaks that count."""
    value, string, literal = meaning(scalar)
    if literal:
        return None
    if _is_plain(value, inside) and is_string(value) == string:
        return value
    if not scalar.style and not value:
        return ""
    if not any(char in value for char in _ESCAPES) and '"' not in value:
        return f'"{value}"'
    if "\n" not in value and "\t" not in value:
        return "'" + value.replace("'", "''") + "'"
    return None


def escaped(scalar: Scalar) -> str:
    """Give any text between double quotes, on one line, with escapes."""
    value = meaning(scalar)[0]
    return '"' + "".join(_ESCAPES.get(char, char) for char in value) + '"'


@lru_cache(maxsize=1 << 14)
def _is_plain(value: str, inside: bool) -> bool:
    """Tell whether a text, unquoted on one line, is read back as it is."""
    if not value or "\n" in value or value != value.strip():
        return False
    if is_string(value) and ("\t" in value or (inside and "?" in value)):  # PyYAML without libyaml stumbles over both
        return False
    if re.fullmatch(r"[A-Za-z][\w -]*", value, re.ASCII):
        return True
    document = parse(f"k: [{value}]\n".encode() if inside else f"k: {value}\n".encode(), "")
    if document.root is None or any(finding.severity.value == "error" for finding in document.findings):
        return False
    node = document.root.pairs["k"][1]
    if inside:
        items = node.items if isinstance(node, List) else []
        node = items[0] if len(items) == 1 else node
    return isinstance(node, Scalar) and not node.style and not node.cut and node.value == value


def block(scalar: Scalar, indent: int) -> list[str] | None:
    """Give a long text as a block: the sign, and the lines below it; None where a block would not give it back."""
    value, _, literal = meaning(scalar)
    lines = value.split("\n")
    pad = " " * indent
    if not value.strip() or any(line != line.rstrip() for line in lines) or "\t" in value:
        return None
    depth = "2" if value.lstrip("\n").startswith(" ") else ""  # else the blanks would count as indentation
    if literal:
        return [f"|{depth}-", *(f"{pad}{line}" if line else "" for line in lines)]
    return [f">{depth}-", *_folded(lines, indent)]


def _folded(lines: list[str], indent: int) -> list[str]:
    """Wrap the lines of a text. One that starts with a blank is kept whole, and so are the line breaks around it."""
    written: list[str] = []
    empty = 0
    above: str | None = None
    for line in lines:
        if not line:
            empty += 1
            continue
        whole = line.startswith(" ")
        # Between other lines, the first break would be read as a blank, so there is one more than the text has.
        plain = above is not None and not above.startswith(" ") and not whole
        written += [""] * (empty + plain)
        written += [" " * indent + part for part in ([line] if whole else _wrapped(line, FOLDED - indent))]
        above, empty = line, 0
    return written


def _wrapped(line: str, width: int) -> list[str]:
    """Break a line at single blanks; runs of blanks stay together, for a fold would lose them."""
    parts = re.split(r"(?<=\S) (?=\S)", line)
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + 1 + len(part) <= width:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return lines
