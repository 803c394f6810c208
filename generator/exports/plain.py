"""The model as JSON values, with nothing left out that a contributor typed, and the JSON Schema of that."""

from __future__ import annotations

import dataclasses
import enum
import json
import types
import typing
from collections.abc import Iterable
from functools import cache
from typing import Any

from generator import model
from generator.dates import Date, describe, iso_bounds

Json = dict[str, Any]
SKIPPED = ("position",)

DATE_SCHEMA: Json = {
    "type": "object",
    "description": "A date in EDTF (ISO 8601-2) with its bounds.",
    "required": ["edtf", "earliest", "latest", "words"],
    "additionalProperties": False,
    "properties": {
        "edtf": {"type": "string", "description": "As typed."},
        "earliest": {"type": ["string", "null"], "description": "The earliest possible day; null where that is open."},
        "latest": {"type": ["string", "null"], "description": "The latest possible day; null where that is open."},
        "words": {"type": "string", "description": "In the language of the chronology."},
    },
}


def dumped(value: object) -> bytes:
    """Give a value as JSON in UTF-8, indented, with a newline at the end: for the few files that people read."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def line(value: object) -> bytes:
    """Give a value as JSON in UTF-8 on one line: several times as fast, and as small as it can be."""
    return _LINE(value).encode()


_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def lines(items: Iterable[bytes]) -> bytes:
    """Give a list of values that are JSON already, one a line."""
    return b"[" + b",\n".join(items) + b"]\n"


def date(value: Date, text: str, locale: str) -> Json:
    """Give a date as an object."""
    earliest, latest = iso_bounds(value)
    return {"edtf": text, "earliest": earliest, "latest": latest, "words": describe(value, locale)}


def plain(value: Any, locale: str) -> Any:
    """Give a value of the model as JSON; what is not said is not there."""
    # In the order of how often they come: millions of values are asked for their kind.
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple):
        return [plain(item, locale) for item in value]
    if isinstance(value, model.Dated):
        return date(value.value, str(value.text), locale)
    if isinstance(value, Date):
        return date(value, value.text, locale)
    kind: type = type(value)
    names = _fields(kind)
    if names:
        found: Json = {}
        for name in names:
            item = getattr(value, name)
            if item is not None and item not in ((), {}):
                found[name] = plain(item, locale)
        return found
    if isinstance(value, dict):
        return {str(name): plain(item, locale) for name, item in value.items()}
    return value


@cache
def _fields(kind: type) -> tuple[str, ...]:
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple(field.name for field in dataclasses.fields(kind) if field.name not in SKIPPED)


def schema(kind: type, **more: Json) -> Json:
    """Give the JSON Schema of what `plain` makes of a class, and of what an export adds to it."""
    hints = typing.get_type_hints(kind)
    properties: Json = {}
    required = []
    for field in dataclasses.fields(kind):
        if field.name in SKIPPED:
            continue
        properties[field.name] = _schema_of(hints[field.name])
        optional = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        if not optional or isinstance(field.default, enum.Enum | bool):
            required.append(field.name)
    properties |= more
    description = (kind.__doc__ or "").strip().split("\n")[0]
    return {
        "type": "object",
        "description": description,
        "required": sorted({*required, *(name for name in more if name != "record")}),
        "additionalProperties": False,
        "properties": properties,
    }


def _schema_of(hint: Any) -> Json:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        known = [argument for argument in arguments if argument is not type(None)]
        return _schema_of(known[0]) if len(known) == 1 else {"anyOf": [_schema_of(each) for each in known]}
    if origin is tuple:
        return {"type": "array", "items": _schema_of(arguments[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema_of(arguments[1])}
    if hint in (model.Dated, Date):
        return DATE_SCHEMA
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return {"enum": [member.value for member in hint]}
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return schema(hint)
    return {
        str: {"type": "string"},
        model.Text: {"type": "string"},
        bool: {"type": "boolean"},
        float: {"type": "number"},
    }[hint]
