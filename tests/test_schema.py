"""The shapes of fields, tried on every field of every record: the tables of the format are the cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from reading import TERMS

from generator.model import Text
from generator.schema import MISSING, RECORDS, Context
from generator.schema.compound import Either, ListOf, Record, Table
from generator.schema.forms import Code, Edtf, FileName, Flag, LineOrSet, Number, Pattern, Url
from generator.schema.shapes import Choice, Identifier, Line, Prose, Shape, Term, Word
from generator.source import parse

FIXED = {"wikidata": "Q42", "plover": "CONSULT", "cameo": "041", "field": "content", "group": "an-id"}
Path = tuple[str | int, ...]


def sample(shape: Shape, name: str) -> Any:
    """Give a value that the shape takes, with every field of a record."""
    if name in FIXED and not isinstance(shape, ListOf):
        return FIXED[name]
    match shape:
        case Record():
            return {field.name: sample(field.shape, field.name) for field in shape.fields}
        case ListOf():
            return [sample(shape.item, name)]
        case Either():
            return sample(shape.record, name)
        case Table():
            return {"an-id": sample(shape.record, name)}
        case Word():
            return str(next(iter(shape.words)))
        case Term():
            return next(iter(TERMS[shape.table]))
        case Choice():
            return shape.words[0]
        case Code():
            return {"languages": "en", "territories": "PK"}[shape.table]
        case _:
            return {
                Edtf: "2026",
                Url: "https://example.org/a",
                Number: "1",
                Flag: "true",
                Identifier: "an-id",
                FileName: "a.jpg",
            }.get(type(shape), "Some text")


def leaves(shape: Shape, name: str = "", path: Path = ()) -> Iterator[tuple[Path, Shape]]:
    """Yield the way to every single value below a shape, and its shape."""
    if isinstance(shape, Record):
        for field in shape.fields:
            yield from leaves(field.shape, field.name, (*path, field.name))
    elif isinstance(shape, ListOf):
        yield from leaves(shape.item, name, (*path, 0))
    elif isinstance(shape, Either):
        yield from leaves(shape.record, name, path)
    elif isinstance(shape, Table):
        yield from leaves(shape.record, name, (*path, "an-id"))
    else:
        yield path, shape


def changed(value: Any, path: Path, new: Any) -> Any:
    """Give a copy with another value at the end of a path."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = changed(copy[path[0]], path[1:], new)
    return copy


def codes(kind: str, value: Any) -> list[str]:
    """Read a value as a file of its kind; give the codes of what is found."""
    document = parse(json.dumps(value, ensure_ascii=False).encode(), "x.yml")
    assert document.root is not None
    context = Context(path="x.yml", terms=TERMS, findings=list(document.findings))
    identity: dict[str, Any] = {"source": {"id": Text("x")}, "chronology": {}}.get(kind, {"id": "x"})
    given = RECORDS[kind].read_with(document.root, context, **identity)
    assert (given is MISSING) <= bool(context.findings)
    return [finding.code for finding in context.findings]


SAMPLES = {kind: sample(record, kind) for kind, record in RECORDS.items()}
del SAMPLES["source"]["id"]  # the id of a shared source is its file's name
LEAVES = [
    (kind, path, shape)
    for kind, record in RECORDS.items()
    for path, shape in leaves(record)
    if (kind, *path) != ("source", "id")
]
IDS = ["-".join(map(str, (kind, *path))) for kind, path, _ in LEAVES]
MARKUP = ("<b>x</b>", "x <!-- y", "![x](https://example.org/x.png)", "[x](javascript:x)", "[x](data:x)", "{{ x }}")
MARKUP += (
    "*x*{.y}",
    "*x*{: #y}",
    "{% x %}",
    '--8<-- "x"',
    "[x]: https://example.org",
    "</script>",
    "[x](//example.org)",
)
BAD: dict[type[Shape], dict[str, tuple[Any, ...]]] = {
    Line: {
        "S210": MARKUP,
        "S208": (" x", "x ", "x\ny", "x\ty", "\u00a0x"),
        "S206": ("x" * 501,),
        "S203": (["x"], {"x": "y"}),
    },
    Prose: {"S210": (*MARKUP, "One.\n\n<i>two</i>"), "S206": ("x" * 4001,), "S203": (["x"], {"x": "y"})},
    Identifier: {"S207": ("Dar", "a_b", "a b", "-a", "a-", "a--b", "é", "a/b", "../a", "a.yml", "x" * 101, "a\n")},
    Url: {"S209": ("x", "//x.org", "javascript:x", "data:,x", "ftp://x.org", "https://", "https://x", "http://a@x.org")}
    | {"S203": ([], {})},
    Code: {"S212": ("English", "e", "EN-us", "zz-", "12", "PAK", "pk ")},
    Number: {"S211": ("x", "181", "-181", "1,5", "1e1", "+1", ".5", "1.", "nan", "inf", "٣", "0x1", "1_0", " 1")},
    Flag: {"S205": ("yes", "True", "1", "on")},
    Edtf: {
        "D301": ("today", "2026-13", "11.2.2026", "2026-2-1", " 2026", "2026-02-30"),
        "S203": ({"a": "b"}, [["2026"]]),
    },
    Pattern: {"S212": ("x y", "q42", "c٣", "0x1")},
    FileName: {"S212": ("a", "A.jpg", "../a.jpg", "a.svg", "a b.png", "é.png", "a.jpg.exe", "https://x.org/a.jpg")},
    Word: {"S205": ("no-such-word", "Report", " report")},
    Term: {"S205": ("no-such-word", "Talks", "talks ")},
    Choice: {"S205": ("no-such-word", "Blue", "actor ")},
}
BAD[LineOrSet] = BAD[Line] | {"S203": ([["x"]], ["x"], {"x": "y"})}


@pytest.mark.parametrize("kind", RECORDS)
def test_a_file_with_every_field_is_read_without_a_finding(kind):
    assert codes(kind, SAMPLES[kind]) == []


def test_every_shape_has_values_that_are_refused():
    assert {type(shape) for _, _, shape in LEAVES} == set(BAD)


@pytest.mark.parametrize(("kind", "path", "shape"), LEAVES, ids=IDS)
def test_every_field_refuses_what_its_shape_refuses(kind, path, shape):
    for code, values in BAD[type(shape)].items():
        for value in values:
            assert code in codes(kind, changed(SAMPLES[kind], path, value)), value
    for nothing in ("", "  "):
        assert "S204" in codes(kind, changed(SAMPLES[kind], path, nothing))


@pytest.mark.parametrize(("kind", "path", "shape"), LEAVES, ids=IDS)
def test_every_text_may_be_just_so_long(kind, path, shape):
    if isinstance(shape, Line | Prose):
        assert "S206" not in codes(kind, changed(SAMPLES[kind], path, "x" * shape.limit))
        assert "S206" in codes(kind, changed(SAMPLES[kind], path, "x" * (shape.limit + 1)))


@pytest.mark.parametrize("kind", RECORDS)
def test_every_required_field_is_missed_and_every_other_is_not(kind):
    for field in RECORDS[kind].fields:
        without = {name: value for name, value in SAMPLES[kind].items() if name != field.name}
        assert ("S202" in codes(kind, without)) == field.required, field.name


@pytest.mark.parametrize("kind", RECORDS)
def test_every_example_in_the_tables_is_one(kind):
    for field in RECORDS[kind].fields:
        if field.name in SAMPLES[kind] and field.example.strip() not in ("", "…", "- …", "https://…"):
            assert codes(kind, changed(SAMPLES[kind], (field.name,), field.example)) == [], field.name


def test_suggestions_end_so_that_a_file_of_slips_costs_little():
    context = Context(path="x")
    assert [context.may_suggest() for _ in range(60)] == [True] * 50 + [False] * 10
