"""Hostile strings, the fields that take text, and which of the strings the gate of each field takes.

The strings are the Big List of Naughty Strings (Max Woolf, MIT licence) and our own. Each has a twin: plain words of
the same structure, in the same order among the others, so that a site of twins differs in its words alone.
"""

from __future__ import annotations

import functools
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from conftest import ROOT

from generator.diagnostics import Severity
from generator.model import Corpus
from generator.schema.compound import Either, ListOf, Record, Table
from generator.schema.forms import LineOrSet, Url
from generator.schema.records import RECORDS
from generator.schema.shapes import MISSING, Context, Identifier, Line, Prose, Shape
from generator.source import parse

OWN = (
    *("{{ config }}", "{% raw %}", "${{ secrets.TOKEN }}", "{: onclick=alert(1) }", "{: #id .class }", "--8<-- 'x.md'"),
    *("]]>", "<!-- x -->", "-->", "</script>", "</title>", "</textarea>", "&lt;b&gt;", "&#60;b&#62;", "&copy"),
    *("&amp;amp;", "javascript:alert(1)", "[x](javascript:alert(1))", "[x](<http://evil.example>)"),
    *("http://evil.example", "www.evil.example", "![x](http://evil.example/x.png)", "<http://evil.example>"),
    *("a@evil.example", "<a@evil.example>", "[x]: http://evil.example", "| a | b |", "# A heading"),
    *("Setext\n======", "- item", "1. item", "> quote", "    code", "```\ncode\n```", "~~~", "!!! note", "??? note"),
    *('=== "Tab"', "[^1]", "[^1]: note", "*[HTML]: x", "==mark==", "^^ins^^", "H~2~O", ":smile:", "$x^2$"),
    *(r"\(x\)", "a\\", "`", "``", "**", "__", "_a_", "(c)", "-- ---", "...", "=cmd|' /C calc'!A0", "@SUM(1)"),
    *("+1", "-1", "\u202ereversed", "\u2028", "\u200b", "a\u0301", "٣", "漢字", "🏳️‍🌈", "'", '"', "’"),
    *(" onerror=alert(1) x=", '" autofocus onfocus="alert(1)', "' style='x", "x" * 90, "<svg/onload=alert(1)>"),
    *("<x", "x>", "a<b>c", "<b>", "&", "chronology: end -->", "a < b > c", "&NewLine;&#10;b", "x\n\n---\n\ny"),
    *("term\n: definition", "a  \nb", "| - |\n| - |", "\\<b\\>", "\\&lt;b\\&gt;", "+++", "---", "***", "+ item"),
    *("** **", "** ** **", "a **  ** b", "* *"),
)
MARKED = {
    "*a*": "*b*",
    "**a**": "**b**",
    "`a`": "`b`",
    "`<b`": "`b`",
    "*<*": "*b*",
    "a *b* **c** `d`": "b *c* **d** `e`",
    "[x](http://evil.example)": "[b](http://example.org)",
    "[x](https://example.org/'onclick='alert:1')": "[b](https://example.org/b)",
    "[x](https://example.org/*a*_b_&lt;c&gt;)": "[b](https://example.org/b)",
    "[x](https://example.org)(javascript:alert(1))": "[b](https://example.org) b",
    "[*x*](https://example.org)": "[b](https://example.org)",
    "https://example.org/*a*_b_~~c~~": "b *c* d",
    "https://example.org/`a`": "b `c`",
    "%*.*s": "b *c* d",
    "a**.**b": "b **c** d",
    "`touch /tmp/blns.fail`": "`b`",
    "`ls -al /`": "`b`",
    ",。・:*:・゜’( ☻ ω ☻ )。・:*:・゜’": "b *c* d",
    "[x](https://example.org/)\n\n[y](https://example.org/)": "[b](https://example.org/)\n\n[b](https://example.org/)",
}
"""Strings that are emphasis, code and links by right in a text of prose, with twins that are the same."""

NAUGHTY: tuple[str, ...] = tuple(json.loads((ROOT / "tests/cases/naughty/blns.json").read_text(encoding="utf-8")))

_HERE = "https://example.org/"
ADDRESSES = (
    *(f"{_HERE}'onmouseover=alert(1)//", f"{_HERE}?a=1&b=&lt;script&gt;", f"{_HERE}&quot;onclick=alert(1)"),
    *(f"{_HERE})[x](javascript:alert(1)", f"{_HERE}(a)", f"{_HERE}*a*_b_~~c~~", f"{_HERE}%22%3E%3Cscript%3E"),
    *(f"{_HERE}javascript:alert(1)", f"{_HERE}#javascript:alert(1)", f"{_HERE}a.md", f"{_HERE}a.md#b", f"{_HERE}]]"),
    *(f"{_HERE}--x--", f"{_HERE};drop", f"{_HERE}:smile:", f"{_HERE}漢字?ي=🏳️‍🌈", f"{_HERE}a\u0301", f"{_HERE}@x"),
    *(f"{_HERE}![x]", f"{_HERE}[1]:", f"{_HERE}-8-", f"{_HERE}++a++==b==", f"{_HERE}~a~", f"{_HERE}=cmd", f"{_HERE}%"),
    *(f"{_HERE}%00%0d%0aSet-Cookie", f"{_HERE}&#x22;onload=alert(1)", f"{_HERE}&Tab;javascript:", f"{_HERE}\u200b"),
    *("https://例え.jp/引き割り", "http://example.org/$x$", f"{_HERE}!!!", f"{_HERE}{'a' * 1900}", f"{_HERE}a,b 1x"),
    *(f'{_HERE}"x', f"{_HERE}{{{{config}}}}", f"{_HERE}^1", f"{_HERE}`a`", f"{_HERE}<b>", "//evil.example/"),
    *("javascript://example.org/%0aalert(1)", "data:text/html,x", "https://user@example.org/", "https:///x"),
    *("ftp://example.org/", "https://example.org:99999/", "https://localhost/", f"{_HERE}a\u00a0b", "https://[::1"),
)
"""Addresses, of which those that are none must be refused."""

STRINGS = tuple(text for text in dict.fromkeys((*OWN, *MARKED, *ADDRESSES, *NAUGHTY)) if text.strip())
_RANK = {text: rank for rank, text in enumerate(sorted(STRINGS, key=lambda text: (text.casefold(), text)))}


def texts(shape: Shape, path: str) -> Iterator[tuple[str, Shape]]:
    """Yield the fields below a shape that take text that anyone may choose, each by its path."""
    match shape:
        case Line() | Prose() | Url():
            yield path, shape
        case Record():
            for field in shape.fields:
                yield from texts(field.shape, f"{path}.{field.name}")
        case ListOf():
            yield from texts(shape.item, f"{path}[]")
        case Table() | Either():
            yield from texts(shape.record, f"{path}{'{}' if isinstance(shape, Table) else ''}")


FIELDS = dict(found for kind, record in RECORDS.items() for found in texts(record, kind))
"""Every field of text of every kind of file."""


def held(corpus: Corpus) -> dict[str, set[str]]:
    """Give the texts that a corpus holds, by the path of their field."""
    found: dict[str, set[str]] = defaultdict(set)

    def look(shape: Shape, path: str, value: Any) -> None:
        if value is None:
            return
        match shape:
            case Line() | Prose() | Url():
                found[path].add(str(value))
            case Record():
                for field in shape.fields:
                    look(field.shape, f"{path}.{field.name}", getattr(value, field.attr or field.name))
            case ListOf():
                for item in value:
                    look(shape.item, f"{path}[]", item)
            case Table():
                for item in value.values():
                    look(shape.record, f"{path}{{}}", item)
            case Either() if not isinstance(value, str):
                look(shape.record, path, value)

    for kind in ("event", "actor", "place", "topic", "source"):
        for entity in getattr(corpus, f"{kind}s").values():
            look(RECORDS[kind], kind, entity)
    look(RECORDS["chronology"], "chronology", corpus.settings)
    return found


@functools.cache
def taken(shape: Shape) -> Mapping[str, str]:
    """Give the strings that a field of this shape takes, with what it reads; all others are refused in words."""
    found: dict[str, str] = {}
    for text in STRINGS:
        document = parse(written({"field": text}).encode(), "file.yml")
        findings = list(document.findings)
        context = Context(path="file.yml", findings=findings)
        value = shape.read(document.root.pairs["field"][1], "field", context) if document.root else MISSING
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        assert all(finding.message and finding.remedy for finding in errors)
        assert (value is MISSING) == bool(errors), text
        if not errors:
            found.setdefault(str(value), text)
    return {text: value for value, text in found.items()}


def written(value: object) -> str:
    """Give a value as YAML; in quotation marks, each text stands on a line of its own."""
    text: str = yaml.dump(value, Dumper=yaml.CSafeDumper, default_style='"', width=10**9, sort_keys=False)
    return text


def ids() -> list[str]:
    """Give the strings that are ids."""
    return [value for value in taken(Identifier()).values() if value not in ("con", "index")]


def hostile(path: str, number: int) -> str:
    """Give the string of that number for a field; they begin anew after the last."""
    own = list(taken(FIELDS[path]))
    return own[number % len(own)]


def harmless(path: str, number: int) -> str:
    """Give plain words of the same structure as that string has in that field."""
    text = hostile(path, number)
    rank = _RANK[text]
    if isinstance(FIELDS[path], Url):
        return f"{text.split(':', 1)[0].lower()}://example.org/{rank}"
    if not isinstance(FIELDS[path], Prose):
        return f"Plain words {rank:04}"
    plain = f"Plain words {rank:04}"
    return MARKED.get(text) or "\n\n".join(plain for _ in taken(FIELDS[path])[text].split("\n\n"))


def own_address(url: str, name: str) -> str:
    """Give an address on a host of its own, so that no two records describe one page."""
    return re.sub(r"^(https?://)", rf"\g<1>{name}.", url, count=1, flags=re.IGNORECASE)


MOST = max(len(taken(shape)) for shape in FIELDS.values())
"""How many records of a kind it takes to hold every string."""

assert isinstance(FIELDS["event.accounts[].value"], LineOrSet)
