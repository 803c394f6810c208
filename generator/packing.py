"""Pickling of frozen values: what processes send to each other and what builds keep are tens of thousands of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar

Kind = TypeVar("Kind", bound=type)


def packs_quickly(kind: Kind) -> Kind:
    """Have a frozen dataclass with slots pickled by way of its slots: three times as fast as what dataclasses does.

    A decorator, to stand above that of the dataclass; the class needs at least two fields.
    """
    names = [field.name for field in dataclasses.fields(kind)]
    get: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)
    fill = [getattr(kind, name).__set__ for name in names]

    def getstate(self: Any) -> tuple[Any, ...]:
        return get(self)

    def setstate(self: Any, state: tuple[Any, ...]) -> None:
        for put, value in zip(fill, state, strict=True):
            put(self, value)

    for method in (getstate, setstate):
        setattr(kind, f"__{method.__name__}__", method)
    return kind
