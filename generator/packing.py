"""Pickling of frozen values: what processes send to each other and what builds keep are tens of thousands of them."""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import Any, TypeVar

Kind = TypeVar("Kind", bound=type)


def packs_quickly(kind: Kind) -> Kind:
    """Have a frozen dataclass with slots pickled by way of its slots: four times as fast as what dataclasses does.

    A decorator, to stand above that of the dataclass; the class needs at least two fields.
    """
    names = [field.name for field in dataclasses.fields(kind)]
    for name, method in {"__getstate__": _getstate(names), "__setstate__": _setstate(kind, names)}.items():
        setattr(kind, name, method)
    return kind


def _getstate(names: list[str]) -> Any:
    get = attrgetter(*names)

    def getstate(self: Any) -> tuple[Any, ...]:
        values: tuple[Any, ...] = get(self)
        return values

    return getstate


def _setstate(kind: type, names: list[str]) -> Any:
    """Write a method without a loop, as dataclasses do for theirs: a loop would take half as long again."""
    numbers = range(len(names))
    lines = [
        "def setstate(self, state):",
        f"    {', '.join(f'value{number}' for number in numbers)} = state",
        *(f"    put{number}(self, value{number})" for number in numbers),
    ]
    known: dict[str, Any] = {f"put{number}": getattr(kind, names[number]).__set__ for number in numbers}
    exec("\n".join(lines), known)  # noqa: S102 - of nothing but numbers
    return known["setstate"]
