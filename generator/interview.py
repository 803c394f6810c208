"""A new event file from answers: those given as options, and those that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from generator import rules
from generator.addresses import url_problem
from generator.corpus import EVENT_ID, RESERVED, read_corpus
from generator.dates import Date, DateError, describe, parse
from generator.diagnostics import Diagnostic, did_you_mean, has_errors, quoted
from generator.draft import as_yaml, event_id, folded
from generator.model import Corpus
from generator.schema import MISSING, RECORDS, Context
from generator.schema.shapes import ascii_words
from generator.source import parse as parse_yaml

Ask = Callable[..., str]
"""Asks a question and gives the answer: `click.prompt`, or a stand-in."""

Answers = Mapping[str, str | tuple[str, ...] | None]

LISTED = 12
"""How many entries that an answer may mean are named."""


class Refused(Exception):
    """Raised with words for the user when nothing can be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """The text of a new event file, where it belongs, and what the check says of it that is no error."""

    path: Path
    text: str
    findings: tuple[Diagnostic, ...]


def draft_event(events: Path, given: Answers, ask: Ask | None) -> Drafted:
    """Draft one event file from answers.

    `given` holds the answers at hand; `ask` is called for the others, or None to go without. Raises Refused
    when an answer is missing or does not pass the check.
    """
    corpus = read_corpus(events, events.as_posix()).corpus
    if corpus is None:
        raise Refused(f"{events} holds no chronology; run “chronology init” first, or name the folder with --events.")
    answer = _Interview(corpus, given, ask)
    date = answer.date()
    fields: dict[str, Any] = {"title": "", "date": date.text}
    if note := answer.date_note(date):
        fields["date_note"] = note
    fields["title"] = answer.text("title", "One line that says who did what")
    fields["type"] = answer.kind()
    if participants := answer.participants():
        fields["participants"] = participants
    for key, question, entities in (
        ("places", "Where", corpus.places),
        ("topics", "Topics it belongs to", corpus.topics),
    ):
        if names := answer.known(key, question, entities):
            fields[key] = names
    fields["summary"] = answer.text("summary", "What happened, in one to four sentences of your own")
    source = answer.source()
    if statement := answer.statement(source):
        fields["statements"] = [statement]
    fields["sources"] = [source]
    identifier = answer.identifier(date, fields["title"], events)
    path = events / identifier.split("-", 1)[0] / f"{identifier}.yml"
    text = as_yaml(fields)
    return Drafted(path=path, text=text, findings=_proved(text, path, corpus))


class _Interview:
    """Gets each answer from what was given, or by asking until it is one."""

    def __init__(self, corpus: Corpus, given: Answers, ask: Ask | None) -> None:
        self.corpus = corpus
        self.given = given
        self.ask = ask

    def one(self, key: str, question: str, problem: Callable[[str], str], default: str | None = None) -> str:
        """Get one answer; `problem` says what is wrong with one, `default` stands for none."""
        option = "--" + {"kind": "type", "identifier": "id"}.get(key, key).replace("_", "-")
        value = self.given.get(key)
        if isinstance(value, str):
            if trouble := problem(value.strip()):
                raise Refused(f"{option}: {trouble}")
            return value.strip()
        while self.ask is not None:
            said = str(self.ask(question, default=default, show_default=bool(default))).strip()
            if said == (default or "") and default is not None:
                return said
            trouble = problem(said)
            if not trouble:
                return said
            click.echo(f"  {trouble}")
        if default is not None:
            return default
        raise Refused(f"{option} is missing.")

    def date(self) -> Date:
        date = parse(
            self.one("date", "Date (a day 2026-02-11, a month 2026-02, a range 2026-02-26/2026-02-28)", _date_problem)
        )
        if self.ask is not None:
            click.echo(f"  It reads: {describe(date, str(self.corpus.settings.language))}.")
        return date

    def date_note(self, date: Date) -> str:
        if date.is_exact_day and self.given.get("date_note") is None:
            return ""
        return self.one("date_note", "How the date is known, or why it is not (Enter to leave out)", _anything, "")

    def text(self, key: str, question: str) -> str:
        return self.one(key, question, lambda text: "" if text else "This is needed.")

    def kind(self) -> str:
        types = self.corpus.vocabulary.event_types
        names = {name: f"{name} {kind.label}" for name, kind in types.items()}

        def problem(text: str) -> str:
            if text == "?":
                return "The kinds are:\n" + "\n".join(f"    {name}: {types[name].definition}" for name in types)
            found = [text] if text in types else [name for name in names if folded(text) in folded(names[name])]
            if len(found) == 1:
                return ""
            fallback = f"It could be: {', '.join(found[:LISTED])}." if found else "See “?” for the kinds."
            return f"{quoted(text)} is not a kind. {fallback if found else did_you_mean(text, types, fallback)}"

        said = self.one("kind", "Kind of event (or part of its name; ? lists them)", problem)
        kind = said if said in types else next(name for name in names if folded(said) in folded(names[name]))
        if kind != said:
            click.echo(f"  {kind}")
        return kind

    def participants(self) -> list[dict[str, str]]:
        """Give who took part; an option may add the part after a colon (ismail-pasha:host)."""
        roles = self.corpus.vocabulary.roles

        def problem(text: str) -> str:
            return "" if text in roles else f"{quoted(text)} is not a part. The parts are: {', '.join(roles)}."

        parts: list[dict[str, str]] = []
        for name, role in self.chosen("actors", "Who took part", self.corpus.actors):
            played = role
            if not played and self.ask is not None and not self.given.get("actors"):
                played = self.one(
                    "role", f"  Part of {name} (such as {', '.join([*roles][:3])}; Enter if not known)", problem, ""
                )
            elif played and (trouble := problem(played)):
                raise Refused(f"--actor: {trouble}")
            parts.append({"actor": name} | ({"role": played} if played else {}))
        return parts

    def known(self, key: str, question: str, entities: Mapping[str, Any]) -> list[str]:
        return [name for name, _ in self.chosen(key, question, entities)]

    def chosen(self, key: str, question: str, entities: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Yield ids with what stood after a colon: each answer is an id or part of a name."""
        seen: set[str] = set()
        for value in self.given.get(key) or ():
            name, _, rest = value.partition(":")
            found = matches(name, entities)
            if len(found) != 1:
                near = f" It could be: {', '.join(found[:LISTED])}." if found else ""
                raise Refused(f"{quoted(name)} is not one of the {key}.{near} New ones go into events/{key}/.")
            yield found[0], rest
        while self.ask is not None and entities and not self.given.get(key):
            said = str(self.ask(f"{question} (part of a name; Enter when done)", default="", show_default=False))
            if not said.strip():
                return
            found = matches(said.strip(), entities)
            if len(found) != 1:
                hint = (
                    f"could be: {', '.join(found[:LISTED])}"
                    if found
                    else f"is not known; add it in events/{key}/ later"
                )
                click.echo(f"  {quoted(said.strip())} {hint}.")
            elif found[0] not in seen:
                seen.add(found[0])
                click.echo(f"  {found[0]}")
                yield found[0], ""

    def source(self) -> dict[str, str] | str:
        """Give the source: the id of a shared one, or its fields."""
        shared = self.given.get("source")
        if isinstance(shared, str):
            if shared not in self.corpus.sources:
                raise Refused(f"{quoted(shared)} is not the id of a file in events/sources/.")
            return shared

        def problem(text: str) -> str:
            trouble = url_problem(text)
            return f"The address {trouble}." if trouble else ""

        fields = {
            "title": self.one("headline", "Headline of the source, as printed (Enter if not known)", _anything, "")
        }
        fields["publisher"] = self.text("publisher", "Who published it")
        fields["url"] = self.one("url", "Its address (https://…)", problem)
        fields["published"] = self.one("published", "When it was published (Enter if not known)", _date_problem, "")
        return {key: value for key, value in fields.items() if value}

    def statement(self, source: dict[str, str] | str) -> dict[str, str]:
        """Give a quotation, and the source the id by which it is named."""
        quotation = self.one("quote", "A short quotation from it, unaltered (Enter for none)", _anything, "")
        if not quotation:
            return {}

        def problem(text: str) -> str:
            found = matches(text, self.corpus.actors)
            if len(found) == 1:
                return ""
            return (
                f"{quoted(text)} could be: {', '.join(found[:LISTED])}." if found else f"{quoted(text)} is not known."
            )

        speaker = matches(self.one("speaker", "Who said it (part of a name)", problem), self.corpus.actors)[0]
        if isinstance(source, str):
            return {"speaker": speaker, "text": quotation, "source": source}
        name = ascii_words(source["publisher"])[:40].rstrip("-") or "source"
        source |= {"id": name, **{key: source.pop(key) for key in list(source)}}
        return {"speaker": speaker, "text": quotation, "source": name}

    def identifier(self, date: Date, title: str, events: Path) -> str:
        """Give the event's id: it is permanent, so it is shown before the file is written."""
        try:
            proposed = event_id(date, title)
        except ValueError as error:
            raise Refused(str(error)) from None

        def trouble(text: str) -> str:
            if not EVENT_ID.match(text) or len(text) > 100 or text in RESERVED:
                return f"An event’s id is its date and some lower-case ASCII words, such as {proposed}."
            taken = events / text.split("-", 1)[0] / f"{text}.yml"
            if taken.exists() or taken.is_symlink():
                return f"{taken} is already there; choose another id, or edit that file."
            return ""

        chosen = self.one("identifier", "Its id for good, and the name of its file", trouble, proposed)
        if taken := trouble(chosen):
            if self.ask is None:
                raise Refused(taken)
            click.echo(f"  {taken}")
            chosen = self.one("identifier", "Its id for good, and the name of its file", trouble)
        return chosen


def _anything(_: str) -> str:
    return ""


def _date_problem(text: str) -> str:
    try:
        parse(text)
    except DateError as error:
        return f"{error.message.rstrip('.')}. {error.remedy}".strip()
    return ""


def matches(text: str, entities: Mapping[str, Any]) -> list[str]:
    """Give the ids that a text may mean: the id itself, else the one it names in full, else all whose names hold it."""
    if text in entities:
        return [text]
    wanted = folded(text)
    whole = [
        name
        for name, entity in entities.items()
        if wanted == folded(name.replace("-", " ")) or any(wanted == folded(spelling) for spelling in _names(entity))
    ]
    if len(whole) == 1:
        return whole
    return [
        name
        for name, entity in entities.items()
        if wanted in folded(name.replace("-", " "))
        or text.casefold() in name
        or any(wanted in folded(spelling) for spelling in _names(entity))
    ]


def _names(entity: Any) -> Iterable[str]:
    yield getattr(entity, "name", "") or getattr(entity, "title", "")
    yield from (name.name for name in getattr(entity, "names", ()))


def _proved(text: str, path: Path, corpus: Corpus) -> tuple[Diagnostic, ...]:
    """Check what is about to be written beside all else: a file with errors is never left behind."""
    document = parse_yaml(text.encode(), path.as_posix())
    terms: dict[str, Iterable[str]] = {"event_types": corpus.vocabulary.event_types, "roles": corpus.vocabulary.roles}
    context = Context(path=path.as_posix(), terms=terms, findings=list(document.findings))
    value = RECORDS["event"].read_with(document.root, context, id=path.stem) if document.root else MISSING
    findings = list(context.findings)
    if value is not MISSING:
        whole = replace(corpus, events={**corpus.events, path.stem: value})
        findings += (entry for entry in rules.run(whole) if entry.position.path == path.as_posix())
    if has_errors(findings):
        first = next(entry for entry in findings if has_errors([entry]))
        raise Refused(f"{first.message} {first.remedy}")
    return tuple(findings)
