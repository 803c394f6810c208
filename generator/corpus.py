"""The folder of event files → a corpus: what could be read, and every problem in what could not."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Position, did_you_mean, quoted
from generator.model import Corpus, Settings, Text, Vocabulary
from generator.schema import MISSING, RECORDS, SETTINGS, VOCABULARY, Context
from generator.schema.shapes import ID_WORDS, Identifier
from generator.source import Document, load, parse

Progress = Callable[[int, int], None]
"""Called with how many files have been read and how many there are."""

SETTINGS_FILE = "chronology.yml"
REDIRECTS_FILE = "redirects.yml"
FOLDERS = {"actors": "actor", "places": "place", "topics": "topic", "sources": "source"}
EVENT_ID = re.compile(r"(?:bce\d{1,9}|\d{4,9}(?:-\d{2}(?:-\d{2})?)?)-[a-z0-9]+(?:-[a-z0-9]+)*\Z")
YEAR_FOLDER = re.compile(r"(?:bce\d{1,9}|\d{4,9})\Z")
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", "404", "search", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))]
)
"""Names that Windows cannot store or that the site uses itself."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """What came of reading a folder.

    `corpus` is None when not even the settings could be read. `broken` names, by kind, the ids whose files were
    there and could not be read, so that a reference to one is not reported as well.
    """

    corpus: Corpus | None
    findings: list[Diagnostic]
    broken: dict[str, set[str]]
    files: int


@dataclass(slots=True, kw_only=True)
class _Reader:
    root: Path
    prefix: str
    findings: list[Diagnostic] = field(default_factory=list)
    broken: dict[str, set[str]] = field(default_factory=dict)

    def path(self, relative: str) -> str:
        return f"{self.prefix}/{relative}" if self.prefix else relative

    def document(self, relative: str) -> Document:
        document = load(self.root / relative, self.path(relative))
        self.findings += document.findings
        return document

    def report(self, code: str, relative: str, message: str, remedy: str) -> None:
        position = Position(self.path(relative), 1, 1)
        self.findings.append(Diagnostic(code=code, message=message, remedy=remedy, position=position))


def read_corpus(root: Path, name: str = "", progress: Progress | None = None) -> Reading:
    """Read the event folder `root`; findings name its files below `name` (the folder as the user knows it)."""
    reader = _Reader(root=root, prefix=name or root.name)
    if not root.is_dir():
        reader.report("Y118", "", "There is no folder of event files here.", "Run the command in the project's folder.")
        return Reading(corpus=None, findings=reader.findings, broken={}, files=0)
    found = list(_files(reader))
    settings = _settings(reader)
    if settings is None:
        return Reading(corpus=None, findings=reader.findings, broken={}, files=len(found))
    vocabulary = _vocabulary(settings)
    terms = {
        "event_types": vocabulary.event_types,
        "roles": vocabulary.roles,
        "relation_types": vocabulary.relation_types,
    }
    entities: dict[str, dict[str, Any]] = {kind: {} for kind in RECORDS}
    for number, (kind, relative) in enumerate(found):
        identifier = relative.rsplit("/", 1)[-1].removesuffix(".yml")
        value = _entity(reader, kind, identifier, relative, terms)
        if value is None:
            reader.broken.setdefault(kind, set()).add(identifier)
        elif identifier in entities[kind]:
            first = entities[kind][identifier].position.path
            message = f"An id may be used once; {quoted(identifier)} is also the name of {first}."
            reader.report("S216", relative, message, "Rename one of the two files.")
        else:
            entities[kind][identifier] = value
        if progress is not None:
            progress(number + 1, len(found))
    if not any(kind == "event" for kind, _ in found):
        message = "No event file was found: a check of nothing is not a pass."
        reader.report("Y118", "", message, f"Add one as {reader.path('<year>/<id>.yml')}.")
    corpus = Corpus(
        settings=settings,
        vocabulary=vocabulary,
        events=entities["event"],
        actors=entities["actor"],
        places=entities["place"],
        topics=entities["topic"],
        sources=entities["source"],
        redirects=_redirects(reader),
    )
    return Reading(corpus=corpus, findings=reader.findings, broken=reader.broken, files=len(found) + 1)


def _files(reader: _Reader) -> Iterator[tuple[str, str]]:
    """Yield (kind, path below the root) of every file, in the order of the paths; report what does not belong."""
    for entry in _entries(reader.root):
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            kind = FOLDERS.get(name) or ("event" if YEAR_FOLDER.match(name) else "")
            if kind:
                yield from _folder(reader, name, kind)
            elif name != "media":
                known = [*FOLDERS, "media"]
                remedy = did_you_mean(name, known, "Event files stand in a folder named for their year, such as 2026.")
                reader.report("S215", name, f"A folder named {quoted(name)} has no meaning here.", remedy)
        elif name not in (SETTINGS_FILE, REDIRECTS_FILE):
            message = f"A file {quoted(name)} has no meaning at this place."
            reader.report("S215", name, message, "Move it into the folder of its year or kind.")


def _folder(reader: _Reader, folder: str, kind: str) -> Iterator[tuple[str, str]]:
    folded: dict[str, str] = {}
    for entry in _entries(reader.root / folder):
        relative = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            reader.report("S215", relative, "A folder has no meaning at this place.", "Move its files one level up.")
            continue
        stem, dot, ending = entry.name.rpartition(".")
        if not dot or ending != "yml":
            reader.report(
                "S215", relative, "A file here must be named “<id>.yml”.", f"Rename it to {stem or entry.name}.yml."
            )
            continue
        if (first := folded.setdefault(stem.casefold(), stem)) != stem:
            message = f"Ids may not differ in case alone: {quoted(stem)} and {quoted(first)}."
            reader.report("S216", relative, message, "Rename one of the two files.")
        if problem := _id_problem(stem, kind, folder):
            reader.report("S207", relative, *problem)
            reader.broken.setdefault(kind, set()).add(stem)
            continue
        yield kind, relative


def _id_problem(stem: str, kind: str, folder: str) -> tuple[str, str] | None:
    if stem in RESERVED:
        return (f"The id {quoted(stem)} is reserved.", "Choose another name, for example with a second word.")
    if len(stem) > 100:
        return (f"An id may be at most 100 characters long; this has {len(stem)}.", "Shorten the file's name.")
    if kind != "event":
        if ID_WORDS.match(stem):
            return None
        message = f"An id is lower-case ASCII words joined by hyphens; {quoted(stem)} is not."
        return (message, "Rename the file, for example ishaq-dar.yml.")
    if not EVENT_ID.match(stem):
        message = f"An event's id is its date and some lower-case ASCII words; {quoted(stem)} is not."
        return (message, f"Rename the file like {folder}-02-11-dar-araghchi-call.yml (a year or a month will do).")
    if not stem.startswith(f"{folder}-"):
        return (f"An event stands in the folder of its year; {quoted(stem)} is in {folder}.", "Move the file.")
    return None


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)


def _entity(
    reader: _Reader, kind: str, identifier: str, relative: str, terms: dict[str, Any]
) -> Any | None:
    document = reader.document(relative)
    if document.root is None:
        return None
    context = Context(path=document.path, terms=terms, findings=reader.findings)
    given = {"id": Text(identifier)} if kind == "source" else {"id": identifier}
    if kind == "source" and "id" in document.root.pairs:
        context.report(
            "S201",
            document.root.pairs["id"][0],
            "A shared source has no field “id”: the file's name is its id.",
            "Delete the line.",
        )
        return None
    value = RECORDS[kind].read_with(document.root, context, **given)
    return None if value is MISSING else value


def _settings(reader: _Reader) -> Settings | None:
    if not (reader.root / SETTINGS_FILE).is_file():
        message = "The settings file is missing."
        reader.report("Y118", SETTINGS_FILE, message, "Run “chronology init”, or write one with title and description.")
        return None
    document = reader.document(SETTINGS_FILE)
    if document.root is None:
        return None
    context = Context(path=document.path, findings=reader.findings)
    settings = SETTINGS.read_with(document.root, context)
    return None if settings is MISSING else settings


@cache
def default_vocabulary() -> Vocabulary:
    """Give the vocabulary that comes with the program."""
    name = "vocabulary.yml"
    document = parse((Path(__file__).parent / name).read_bytes(), name)
    context = Context(path=name)
    vocabulary = VOCABULARY.read_with(document.root, context) if document.root else MISSING
    if not isinstance(vocabulary, Vocabulary):
        raise TypeError(f"the default vocabulary is broken: {context.findings or document.findings}")
    return vocabulary


def _vocabulary(settings: Settings) -> Vocabulary:
    default = default_vocabulary()
    return Vocabulary(
        groups=settings.groups or default.groups,
        event_types=settings.event_types or default.event_types,
        roles=settings.roles or default.roles,
        relation_types=settings.relation_types or default.relation_types,
    )


def _redirects(reader: _Reader) -> dict[str, Text]:
    """Read retired ids and their successors: a flat table."""
    if not (reader.root / REDIRECTS_FILE).exists():
        return {}
    document = reader.document(REDIRECTS_FILE)
    if document.root is None:
        return {}
    context = Context(path=document.path, findings=reader.findings)
    redirects = {}
    for key, (key_node, value) in document.root.pairs.items():
        old = Identifier().read(key_node, "retired id", context)
        new = Identifier(kind="<year>").read(value, key, context)
        if old is not MISSING and new is not MISSING:
            redirects[key] = new
    return redirects


