"""Answers of a form → the draft of an event file, or of its correction, and what is still missing.

What a stranger wrote is written by a YAML dumper and read back before it is used. What is not known is left out and
named; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import fmt
from generator.addresses import url_problem
from generator.check import check
from generator.corpus import EVENT_ID, read_corpus
from generator.dates import Date, DateError, parse
from generator.diagnostics import Severity, quoted
from generator.draft import as_yaml, event_id, folded, scalar
from generator.interview import LISTED, matches
from generator.issueforms import FORMS, answers, kind_of
from generator.model import Corpus
from generator.putting import free
from generator.report.github import as_text
from generator.schema.shapes import ascii_words
from generator.source import parse as parse_yaml

MOST = 200_000
"""How many characters of an issue are read; GitHub allows fewer."""

PLAIN = ("title", "date", "date_note", "type", "status", "standing", "summary")
"""Fields that a correction can change by itself."""


class Undraftable(Exception):
    """Raised with words for the user where no draft can be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft: the file, its text, and in words what is missing or for a maintainer to see to."""

    path: Path
    text: str
    missing: tuple[str, ...]


def draft(events: Path, body: str) -> Draft:
    """Draft what the body of an issue says. Raises Undraftable."""
    text = body[:MOST]
    corpus = read_corpus(events, events.as_posix()).corpus
    if corpus is None:
        raise Undraftable(f"{events} holds no chronology that can be read.")
    kind = kind_of(text)
    if not kind:
        raise Undraftable("This was not made with one of the forms, or its headings were changed.")
    given, repeated = answers(text, FORMS[kind])
    made = _event(events, corpus, given) if kind == "event" else _correction(events, corpus, given)
    doubts = (f"The heading {quoted(label)} stands there more than once; the first was taken." for label in repeated)
    return Draft(path=made.path, text=made.text, missing=(*made.missing, *doubts))


def report(made: Draft, events: Path) -> str:
    """Say as Markdown what was drafted, what is missing, and what the check says of the file, which is written."""
    lines = [f"Drafted: {as_text(made.path.as_posix())}", ""]
    if made.missing:
        lines += ["Still to do:", "", *(f"- {as_text(text)}" for text in made.missing), ""]
    findings = [
        finding
        for finding in check(events, events.as_posix()).findings
        if finding.position.path == made.path.as_posix() and finding.severity is not Severity.HINT
    ]
    if findings:
        lines += ["What the check says:", ""]
        lines += (
            f"- {finding.severity.value} {finding.code}, line {finding.position.line}: "
            f"{as_text(f'{finding.message} {finding.remedy}'.strip())}"
            for finding in findings
        )
        lines.append("")
    return "\n".join(lines)


def _event(events: Path, corpus: Corpus, given: Mapping[str, str]) -> Draft:
    missing: list[str] = []
    title = " ".join(given.get("title", "").split())
    if not title:
        raise Undraftable("It has no title.")
    date = _date(given.get("date", ""))
    fields: dict[str, Any] = {"title": title, "date": date.text}
    if note := given.get("date_note"):
        fields["date_note"] = note
    if kind := _kind(corpus, given.get("type", "")):
        fields["type"] = kind
    else:
        missing.append(f"The kind of event: {quoted(given.get('type', ''))} is none of this chronology.")
    if actors := list(_known(given.get("actors", ""), corpus.actors, "actors", missing)):
        fields["participants"] = [_part(corpus, name, role, missing) for name, role in actors]
    for key, entities in (("places", corpus.places), ("topics", corpus.topics)):
        if names := [name for name, _ in _known(given.get(key, ""), entities, key, missing)]:
            fields[key] = names
    if summary := given.get("summary"):
        fields["summary"] = summary
    else:
        missing.append("The summary.")
    source = dict(_source(given, missing))
    if quote := given.get("quote"):
        speakers = matches(given.get("speaker", ""), corpus.actors) if given.get("speaker") else []
        if len(speakers) == 1:
            name = ascii_words(source.get("publisher", ""))[:40].rstrip("-") or "source"
            source = {"id": name, **source}
            fields["statements"] = [{"speaker": speakers[0], "text": quote, "source": name}]
        else:
            missing.append(f"Who is quoted: {_which(given.get('speaker', ''), speakers)} The quotation is: {quote}")
    if source:
        fields["sources"] = [source]
    try:
        identifier = event_id(date, title)
    except ValueError as problem:
        raise Undraftable(str(problem)) from None
    path = free(events / identifier.split("-", 1)[0] / f"{identifier}.yml")
    return Draft(path=path, text=_proved(as_yaml(fields), fields, path), missing=tuple(missing))


def _date(text: str) -> Date:
    try:
        return parse(text)
    except DateError as problem:
        words = f"{problem.message.rstrip('.')}. {problem.remedy}".strip()
        raise Undraftable(f"The date {quoted(text)} cannot be read: {words}") from None


def _kind(corpus: Corpus, text: str) -> str:
    terms = corpus.vocabulary.event_types
    found = [name for name, term in terms.items() if text == name or folded(text) == folded(term.label)]
    return found[0] if found else ""


def _known(text: str, entities: Mapping[str, Any], key: str, missing: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the id that each line means, with what stands after its colon; others are missing."""
    seen: set[str] = set()
    for line in text.splitlines():
        name, _, rest = line.strip(" \t-*•").partition(":")
        if not name.strip():
            continue
        found = matches(name.strip(), entities)
        if len(found) != 1:
            missing.append(f"{key.capitalize()}: {_which(name.strip(), found)}")
        elif found[0] not in seen:
            seen.add(found[0])
            yield found[0], rest.strip()


def _which(text: str, found: list[str]) -> str:
    if found:
        return f"{quoted(text)} could be {', '.join(found[:LISTED])}."
    return f"{quoted(text)} is not known; a file of its own may be needed."


def _part(corpus: Corpus, actor: str, role: str, missing: list[str]) -> dict[str, str]:
    if not role:
        return {"actor": actor}
    known = [name for name, term in corpus.vocabulary.roles.items() if folded(role) in (name, folded(term.label))]
    if not known:
        missing.append(f"The part of {actor}: {quoted(role)} is none of this chronology.")
    return {"actor": actor} | ({"role": known[0]} if known else {})


def _source(given: Mapping[str, str], missing: list[str]) -> Iterator[tuple[str, str]]:
    for key, name in (("headline", "title"), ("publisher", "publisher")):
        if text := " ".join(given.get(key, "").split()):
            yield name, text
    if url := given.get("url", ""):
        if trouble := url_problem(url):
            missing.append(f"The address of the source {trouble}: {quoted(url)}.")
        else:
            yield "url", url
    else:
        missing.append("The address of the source.")
    if published := given.get("published", ""):
        try:
            yield "published", parse(published).text
        except DateError:
            missing.append(f"When the source was published: {quoted(published)} cannot be read.")


def _correction(events: Path, corpus: Corpus, given: Mapping[str, str]) -> Draft:
    asked = given.get("event", "")
    named = [word for word in re.findall(r"[a-z0-9-]+", asked) if EVENT_ID.match(word) and word in corpus.events]
    if len(set(named)) != 1:
        raise Undraftable(f"{quoted(asked)} names no event of this chronology.")
    event = corpus.events[named[0]]
    path = events / event.position.path.removeprefix(f"{events.as_posix()}/")
    field, value = given.get("field", ""), given.get("value", "")
    if field not in PLAIN:
        raise Undraftable(f"Only these fields are changed by themselves: {', '.join(PLAIN)}. For {event.id}: {value}")
    if not value:
        raise Undraftable("It does not say what is right.")
    if field == "date":
        value = _date(value).text
    if field == "type":
        value = _kind(corpus, value) or value
    text = path.read_bytes().decode("utf-8")
    document = parse_yaml(text.encode(), path.as_posix())
    if document.root is None:
        raise Undraftable(f"{path} cannot be read as it is.")
    fields = _plain(document.root) | {field: value}
    changed = _replaced(text, document.root, field, value)
    missing = (f"The source of the correction is not in the file yet: {given.get('source', '')}",)
    return Draft(path=path, text=_proved(changed, fields, path), missing=missing)


def _replaced(text: str, root: Any, field: str, value: str) -> str:
    """Give a file’s text with one field of its root anew; comments that stand beside the old value would be lost."""
    lines = text.splitlines()
    written = f"{field}: {scalar(value)}"
    if field not in root.pairs:
        return "\n".join((*lines, written)) + "\n"
    starts = sorted(key.line for key, _ in root.pairs.values())
    start = root.pairs[field][0].line
    following = next((line for line in starts if line > start), len(lines) + 1)
    while following - 1 > start and (not lines[following - 2].strip() or lines[following - 2].startswith("#")):
        following -= 1
    if any("#" in line for line in lines[start - 1 : following - 1]):
        raise Undraftable(f"A comment stands beside “{field}”; change it by hand to: {value}")
    return "\n".join((*lines[: start - 1], written, *lines[following - 1 :])) + "\n"


def _proved(text: str, fields: Mapping[str, Any], path: Path) -> str:
    """Give a file’s text in the common layout, once it says just what it is to say. Raises Undraftable."""
    document = parse_yaml(text.encode(), path.as_posix())
    if document.root is None or _plain(document.root) != dict(fields):
        first = next((f"{one.message} {one.remedy}" for one in document.findings), "It cannot be written as YAML.")
        raise Undraftable(first)
    try:
        laid_out = fmt.formatted(text.encode(), path.as_posix(), "event")
    except fmt.Unformattable:
        return text
    root = parse_yaml(laid_out.encode(), path.as_posix()).root
    return laid_out if root is not None and _plain(root) == dict(fields) else text


def _plain(node: Any) -> Any:
    if hasattr(node, "pairs"):
        return {name: _plain(value) for name, (_, value) in node.pairs.items()}
    return [_plain(item) for item in node.items] if hasattr(node, "items") else node.value
