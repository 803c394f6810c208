"""How the site says the words that an event file takes from a fixed list, and those of the default vocabulary."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from generator.model import (
    AccountField,
    ActorKind,
    EventType,
    Group,
    PlaceKind,
    RelationType,
    Role,
    SourceKind,
    Standing,
    Status,
    Text,
    Vocabulary,
)
from generator.translations import Words

DEFAULT_VOCABULARY = "vocabulary.yml"
"""The file of the words that come with the program; a chronology’s own words are in its own language."""

_SPELLED: dict[enum.StrEnum, str] = {
    ActorKind.IGO: "intergovernmental organisation",
    SourceKind.NGO: "NGO",
}
LISTS: dict[type[enum.StrEnum], str] = {
    Status: "status",
    Standing: "standing",
    ActorKind: "kind of actor",
    PlaceKind: "kind of place",
    SourceKind: "kind of source",
    AccountField: "what accounts differ about",
}
"""The fixed lists, each with the context under which catalogues hold its words."""

_Term = TypeVar("_Term", Group, EventType, Role, RelationType)


def english(member: enum.StrEnum) -> str:
    """Give a word of a fixed list as English readers see it."""
    return _SPELLED.get(member) or member.value.replace("-", " ")


def label(words: Words, member: enum.StrEnum) -> str:
    """Give a word of a fixed list as readers see it."""
    return words.term(LISTS[type(member)], english(member))


def translated(vocabulary: Vocabulary, words: Words) -> Vocabulary:
    """Give a vocabulary whose default words are in the language of the chronology."""
    if not words.translated:
        return vocabulary
    return Vocabulary(
        groups={name: _term(term, words) for name, term in vocabulary.groups.items()},
        event_types={name: _term(term, words) for name, term in vocabulary.event_types.items()},
        roles={name: _term(term, words) for name, term in vocabulary.roles.items()},
        relation_types={name: _term(term, words) for name, term in vocabulary.relation_types.items()},
    )


def _term(term: _Term, words: Words) -> _Term:
    if term.position.path != DEFAULT_VOCABULARY:
        return term
    said: dict[str, Any] = {name: Text(words.term(context, text)) for name, context, text in said_of(term)}
    return replace(term, **said)


def said_of(term: Group | EventType | Role | RelationType) -> Iterator[tuple[str, str, str]]:
    """Yield what a word of the vocabulary says to readers: the field, its context in catalogues, the text."""
    yield "label", "vocabulary", str(term.label)
    yield "definition", "definition", str(term.definition)
    if isinstance(term, RelationType):
        yield "inverse", "vocabulary", str(term.inverse)
