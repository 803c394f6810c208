"""Says the values of one corpus as its readers see them."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from generator.dates import Date, describe
from generator.labels import english
from generator.model import Account, Corpus, Dated, Located, Name, Office, Participation, Relation, Source, Statement

UNSAID = ("position", "id")
"""Fields that say nothing of their own."""


def title_of(record: Any) -> str:
    """Give what a record is called."""
    found = getattr(record, "title", None) or getattr(record, "name", None) or getattr(record, "publisher", None)
    return str(found or getattr(record, "id", None) or "")


class Words:
    """The words of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.language = str(corpus.settings.language)

    def value(self, name: str, value: Any) -> str | None:
        """Say a value of a field, or an entry of one that is a list; None for nothing."""
        match value:
            case None:
                return None
            case bool():
                return "yes" if value else "no"
            case Dated():
                return self.date(value.value)
            case Date():
                return self.date(value)
            case enum.StrEnum():
                return english(value)
            case Participation():
                role = self.label(self.corpus.vocabulary.roles, str(value.role))
                behalf = f", for {self.actor(value.on_behalf_of)}" if value.on_behalf_of else ""
                return _with_note(f"{self.actor(value.actor)} ({role}{behalf})", value.note)
            case Statement():
                return f"{self.actor(value.speaker)}: “{value.text}” ({value.source})"
            case Account():
                return _with_note(f"{english(value.field)}: {value.value} ({value.source})", value.note)
            case Relation():
                kind = self.corpus.vocabulary.relation_types.get(str(value.type))
                other = self.corpus.events.get(str(value.event))
                said = f"{kind.label if kind else value.type} {title_of(other) if other else value.event}"
                return _with_note(said, value.note)
            case Source():
                return self.source(value)
            case Office():
                return self.office(value)
            case Name():
                return f"{value.name} ({value.language})" if value.language else str(value.name)
            case Located():
                values = (self.value(field.name, getattr(value, field.name)) for field in _said_fields(value))
                return ", ".join(text for text in values if text)
            case tuple():
                return ", ".join(filter(None, (self.value(name, item) for item in value)))
            case _:
                return self.named(name, str(value))

    def named(self, field: str, text: str) -> str:
        """Say an id by the name of what it stands for."""
        corpus = self.corpus
        match field:
            case "type":
                return self.label(corpus.vocabulary.event_types, text)
            case "places":
                return title_of(corpus.places[text]) if text in corpus.places else text
            case "topics":
                return title_of(corpus.topics[text]) if text in corpus.topics else text
            case "sources" | "source":
                return self.source(corpus.sources[text]) if text in corpus.sources else text
            case "part_of" | "country" | "of":
                return self.actor(text)
        return text

    def actor(self, id_: str) -> str:
        """Give an actor’s name, or its id where it has no file."""
        return title_of(self.corpus.actors[id_]) if id_ in self.corpus.actors else str(id_)

    def date(self, date: Date) -> str:
        """Give a date in words."""
        return describe(date, self.language)

    def source(self, source: Source) -> str:
        """Give a source as a reader would cite it."""
        title = f"“{source.title}”" if source.title else None
        published = self.date(source.published.value) if source.published else None
        parts = (source.publisher, title, published, source.url, english(source.kind))
        return ", ".join(str(part) for part in parts if part)

    def office(self, office: Office) -> str:
        """Give an office with its tenure."""
        of = f", {self.actor(office.of)}" if office.of else ""
        since = f" from {self.date(office.since.value)}" if office.since else ""
        until = f" until {self.date(office.until.value)}" if office.until else ""
        return _with_note(f"{'acting ' if office.acting else ''}{office.title}{of}{since}{until}", office.note)

    @staticmethod
    def label(terms: Mapping[str, Any], word: str) -> str:
        """Give the label of a word of the vocabulary."""
        return str(terms[word].label) if word in terms else word


def _said_fields(value: Located) -> Sequence[Any]:
    return [field for field in fields(value) if field.name not in UNSAID]


def _with_note(text: str, note: str | None) -> str:
    return f"{text}; {note}" if note else text
