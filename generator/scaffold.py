"""Starts things: a new chronology in an empty folder, a new event file from answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import yaml

from generator import rules
from generator.corpus import default_vocabulary, read_corpus
from generator.dates import Date, DateError, parse
from generator.diagnostics import Diagnostic, did_you_mean, quoted
from generator.model import Corpus
from generator.paths import year_name
from generator.schema import MISSING, RECORDS, Context, json_schemas
from generator.schema.forms import url_problem
from generator.source import parse as parse_yaml

Ask = Callable[..., str]
"""Asks a question and gives the answer: `click.prompt`, or a stand-in."""

Answers = Mapping[str, str | tuple[str, ...] | None]


class Refused(Exception):
    """Raised with words for the user when nothing can be written."""


def start(folder: Path, *, title: str, description: str, language: str) -> list[Path]:
    """Write the files of a new chronology; give those written. Files already there are never overwritten."""
    example = Path(__file__).parent / "starter"
    wanted = {path.relative_to(example).as_posix(): path for path in sorted(example.rglob("*")) if path.is_file()}
    targets = {name: folder / _unmasked(name) for name in wanted}
    schemas = {
        folder / "schema" / f"{kind}.schema.json": text for kind, text in json_schemas(default_vocabulary()).items()
    }
    taken = [str(path) for path in (*targets.values(), *schemas) if path.exists() or path.is_symlink()]
    if taken:
        raise Refused(f"{taken[0]} is already there, and nothing was written. Start in an empty folder.")
    values = {"TITLE": title, "DESCRIPTION": description, "LANGUAGE": language}
    for name, source in wanted.items():
        text = source.read_text(encoding="utf-8")
        for key, value in values.items():
            shown = value if targets[name].suffix == ".md" else scalar(value)
            text = text.replace(f"@{key}@", shown)
        _write(targets[name], text)
    for path, text in schemas.items():
        _write(path, text)
    return [*targets.values(), *schemas]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def _unmasked(name: str) -> str:
    """Give the real name of a starter file: dot files are stored without their dot."""
    return re.sub(r"(^|/)dot-", r"\1.", name)


def new_event(events: Path, given: Answers, ask: Ask | None) -> Path:
    """Write one event file from answers; give its path.

    `given` holds the answers at hand; `ask` is called for the others, or None to go without. Raises Refused
    when an answer is missing or does not pass the check.
    """
    corpus = read_corpus(events, events.as_posix()).corpus
    if corpus is None:
        raise Refused(f"{events} holds no chronology; run “chronology init” first, or name the folder with --events.")
    answer = _Interview(corpus, given, ask)
    date = answer.date()
    title = answer.text("title", "One line that says who did what")
    fields: dict[str, Any] = {"title": title, "date": date.text, "type": answer.kind()}
    participants = [{"actor": name} for name in answer.known("actors", "Who took part", corpus.actors)]
    if participants:
        fields["participants"] = participants
    fields |= {key: names for key in ("places", "topics") if (names := answer.known(key, *_ASKED[key](corpus)))}
    fields["summary"] = answer.text("summary", "One to four sentences in your own words")
    fields["sources"] = [answer.source()]
    text = as_yaml(fields)
    identifier = event_id(date, title)
    path = events / identifier.split("-", 1)[0] / f"{identifier}.yml"
    if path.exists() or path.is_symlink():
        raise Refused(f"{path} is already there; choose another title, or edit that file.")
    _prove(text, path, corpus)
    _write(path, text)
    return path


_ASKED: dict[str, Callable[[Corpus], tuple[str, Mapping[str, Any]]]] = {
    "places": lambda corpus: ("Where", corpus.places),
    "topics": lambda corpus: ("Topics it belongs to", corpus.topics),
}


class _Interview:
    """Gets each answer from what was given, or by asking until it is one."""

    def __init__(self, corpus: Corpus, given: Answers, ask: Ask | None) -> None:
        self.corpus = corpus
        self.given = given
        self.ask = ask

    def _one(self, key: str, question: str, problem: Callable[[str], str], default: str | None = None) -> str:
        value = self.given.get(key)
        if isinstance(value, str):
            if trouble := problem(value):
                raise Refused(f"--{key.replace('kind', 'type')}: {trouble}")
            return value.strip()
        while self.ask is not None:
            said = str(self.ask(question, default=default, show_default=False)).strip()
            trouble = problem(said)
            if not trouble:
                return said
            click.echo(f"  {trouble}")
        if default is not None:
            return default
        raise Refused(f"--{key.replace('kind', 'type')} is missing.")

    def date(self) -> Date:
        def problem(text: str) -> str:
            try:
                parse(text.strip())
            except DateError as error:
                return f"{error.message.rstrip('.')}. {error.remedy}".strip()
            return ""

        return parse(
            self._one("date", "Date (a day 2026-02-11, a month 2026-02, a range 2026-02-26/2026-02-28)", problem)
        )

    def text(self, key: str, question: str) -> str:
        return self._one(key, question, lambda text: "" if text.strip() else "This is needed.")

    def kind(self) -> str:
        types = self.corpus.vocabulary.event_types
        listed = ", ".join(types)
        fallback = f"The kinds are: {listed}."
        return self._one(
            "kind",
            f"Kind of event ({listed})",
            lambda text: (
                "" if text in types else f"{quoted(text)} is not a kind. {did_you_mean(text, types, fallback)}"
            ),
        )

    def known(self, key: str, question: str, entities: Mapping[str, Any]) -> list[str]:
        """Collect ids: each answer is an id or part of a name; several matches are shown to choose from."""
        chosen: list[str] = []
        values = self.given.get(key)
        if values:
            for value in values:
                found = matches(value, entities)
                if len(found) != 1:
                    near = f" It could be: {', '.join(found)}." if found else ""
                    raise Refused(f"{quoted(value)} is not one of the {key}.{near} New ones go into events/{key}/.")
                chosen += found
            return chosen
        while self.ask is not None and entities:
            said = str(
                self.ask(f"{question} (part of a name; Enter when done)", default="", show_default=False)
            ).strip()
            if not said:
                break
            found = matches(said, entities)
            if len(found) == 1:
                chosen += [name for name in found if name not in chosen]
                click.echo(f"  {found[0]}")
                continue
            hint = f"could be: {', '.join(found[:12])}" if found else f"is not known; add it in events/{key}/ later"
            click.echo(f"  {quoted(said)} {hint}.")
        return chosen

    def source(self) -> dict[str, str] | str:
        shared = self.given.get("source")
        if isinstance(shared, str):
            if shared not in self.corpus.sources:
                raise Refused(f"{quoted(shared)} is not the id of a file in events/sources/.")
            return shared
        publisher = self.text("publisher", "Who published the source")

        def problem(text: str) -> str:
            trouble = url_problem(text)
            return f"The address {trouble}." if trouble else ""

        return {"publisher": publisher, "url": self._one("url", "Address of the source (https://…)", problem)}


def matches(text: str, entities: Mapping[str, Any]) -> list[str]:
    """Give the ids that a text may mean: the id itself, else all whose id or names hold it."""
    if text in entities:
        return [text]
    wanted = _folded(text)
    return [
        name
        for name, entity in entities.items()
        if wanted in _folded(name.replace("-", " "))
        or text.casefold() in name
        or any(wanted in _folded(spelling) for spelling in _names(entity))
    ]


def _names(entity: Any) -> Iterable[str]:
    yield getattr(entity, "name", "") or getattr(entity, "title", "")
    yield from (name.name for name in getattr(entity, "names", ()))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def event_id(date: Date, title: str) -> str:
    """Make an event's id: the date as far as it is certain, and the first words of the title."""
    first, last = date.earliest or date.latest, date.latest or date.earliest
    if first is None or last is None:
        raise Refused("A new event needs a date with at least one known end.")
    prefix = year_name(first.year)
    one_month = first[:2] == last[:2] or date.start is not None
    if first.year > 0 and one_month:
        prefix += f"-{first.month:02}"
        if first == last or date.start is not None:
            prefix += f"-{first.day:02}"
    words = re.findall(r"[a-z0-9]+", _folded(title).encode("ascii", "ignore").decode())
    kept = [word for word in words if word not in _SMALL_WORDS][:6] or ["event"]
    return f"{prefix}-{'-'.join(kept)}"[:100].rstrip("-")


_SMALL_WORDS = frozenset(("a", "an", "the", "and", "of", "in", "on", "at", "to", "by", "with", "for", "from"))


def as_yaml(fields: Mapping[str, Any]) -> str:
    """Write an event's fields in the style of the project: short lists in brackets, long text folded."""
    lines = ["# yaml-language-server: $schema=../../schema/event.schema.json"]
    for key, value in fields.items():
        if key == "participants":
            lines += [f"{key}:", *(f"  - {{actor: {part['actor']}, role: participant}}" for part in value)]
        elif key == "sources":
            lines.append(f"{key}:")
            for source in value:
                pairs = (
                    [source]
                    if isinstance(source, str)
                    else [f"{name}: {scalar(text)}" for name, text in source.items()]
                )
                lines += [f"{'  - ' if number == 0 else '    '}{pair}" for number, pair in enumerate(pairs)]
        elif isinstance(value, list):
            lines.append(f"{key}: [{', '.join(value)}]")
        else:
            lines.append(f"{key}: {scalar(value)}")
    return "\n".join(lines) + "\n"


def scalar(text: str) -> str:
    """Write text as one YAML scalar on one line, quoted only where it must be."""
    # Lists and groups in brackets are how event files write EDTF sets.
    if re.fullmatch(r"[\[{][\dX?~%., /+-]+[\]}]", text):
        return text
    written = yaml.safe_dump(text, allow_unicode=True, width=10**9, default_flow_style=True)
    line = written.removesuffix("\n...\n").removesuffix("\n")
    # PyYAML quotes what other readers would take for a date or number; event files keep dates as typed.
    return text if re.fullmatch(r"'[\d./~?%X-]+'", line) and "'" not in text else line


def _prove(text: str, path: Path, corpus: Corpus) -> None:
    """Read back what is about to be written: a file that fails the check is never left behind."""
    document = parse_yaml(text.encode(), path.as_posix())
    terms: dict[str, Iterable[str]] = {"event_types": corpus.vocabulary.event_types, "roles": corpus.vocabulary.roles}
    context = Context(path=path.as_posix(), terms=terms, findings=list(document.findings))
    value = RECORDS["event"].read_with(document.root, context, id=path.stem) if document.root else MISSING
    findings: list[Diagnostic] = list(context.findings)
    if value is not MISSING and not findings:
        whole = replace(corpus, events={**corpus.events, path.stem: value})
        findings += (entry for entry in rules.run(whole, {}) if entry.position.path == path.as_posix())
    if findings:
        raise Refused(f"{findings[0].message} {findings[0].remedy}")
