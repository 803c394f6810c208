"""The folder of event files → a corpus: what could be read, and every problem in what could not."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from generator import media
from generator.diagnostics import Diagnostic, Position, did_you_mean, quoted
from generator.links import record as links
from generator.model import Corpus, Settings, Text, Vocabulary
from generator.schema import MISSING, RECORDS, SETTINGS, VOCABULARY, Context
from generator.schema.forms import FILE_FORM, FILE_NAME
from generator.schema.shapes import ID_WORDS, Identifier, ascii_words, unknown_word
from generator.source import Document, Mapping, Node, Scalar, Unreadable, load, parse, read_bytes
from generator.today import today
from generator.waivers import Waiver

Progress = Callable[[int, int], None]
"""Called with how many files have been read and how many there are."""

SETTINGS_FILE = "chronology.yml"
REDIRECTS_FILE = "redirects.yml"
OWN_FILES = (SETTINGS_FILE, REDIRECTS_FILE, links.FILE)
"""The files that stand in the folder itself."""
FOLDERS = {"actors": "actor", "places": "place", "topics": "topic", "sources": "source"}
# After a year or a month alone, a word of one or two digits would read as the rest of the date.
EVENT_ID = re.compile(
    r"(?:[0-9]{4,9}-[0-9]{2}-[0-9]{2}-|(?:bce[0-9]{1,9}|[0-9]{4,9}(?:-[0-9]{2})?)-(?![0-9]{1,2}(?:-|\Z)))"
    r"[a-z0-9]+(?:-[a-z0-9]+)*\Z"
)
YEAR_FOLDER = re.compile(r"(?:bce[0-9]{1,9}|[0-9]{4,9})\Z")
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", "404", "search", *(f"{n}{i}" for n in ("com", "lpt") for i in range(1, 10))]
)
"""Names that Windows cannot store or that the site uses itself."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """What came of reading a folder.

    `corpus` is None when not even the settings could be read.
    """

    corpus: Corpus | None
    findings: list[Diagnostic]
    waivers: list[Waiver]
    files: int


File = tuple[str, str]
"""The kind of a file, and its path below the folder."""

Terms = dict[str, Any]
"""The tables of the vocabulary that words in the files are looked up in."""


@dataclass(slots=True, kw_only=True)
class Part:
    """What came of some of the files: entities by kind and id, and what was found in them."""

    entities: dict[str, dict[str, Any]]
    findings: list[Diagnostic]
    waivers: list[Waiver]
    references: list[tuple[str, str, Text]]
    broken: dict[str, set[str]]


Parts = Callable[[Sequence[File], Terms], Iterable[Part]]
"""Reads files in parts: each of them in one."""


@dataclass(slots=True, kw_only=True)
class _Reader:
    root: Path
    prefix: str
    references: list[tuple[str, str, Text]] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)
    contents: Map[str, bytes] = field(default_factory=dict)
    broken: dict[str, set[str]] = field(default_factory=dict)

    def path(self, relative: str) -> str:
        return "/".join(part for part in (self.prefix, relative) if part)

    def document(self, relative: str) -> Document:
        document = load(self.root / relative, self.path(relative), self.contents.get(relative))
        self.findings += document.findings
        self.waivers += document.waivers
        return document

    def report(self, code: str, relative: str, message: str, remedy: str) -> None:
        position = Position(self.path(relative), 1, 1)
        self.findings.append(Diagnostic(code=code, message=message, remedy=remedy, position=position, length=0))

    def lost(self, name: str, *kinds: str) -> None:
        """Note that an entity is there and cannot be read; its kind is not known where the file is out of place."""
        stem = name.split(".", 1)[0]
        for kind in kinds or (*FOLDERS.values(), "event"):
            self.broken.setdefault(kind, set()).update((stem, ascii_words(stem)))


def read_corpus(
    root: Path,
    name: str = "",
    progress: Progress | None = None,
    contents: Map[str, bytes] | None = None,
    parts: Parts | None = None,
) -> Reading:
    """Read the event folder `root`; findings name its files below `name` (the folder as the user knows it).

    `contents` are bytes at hand of regular files, by path below the folder; others are read. `parts` is who reads the
    files of the entities, this process unless given.
    """
    reader = _Reader(root=root, prefix=name or root.name, contents=contents or {})
    if not root.is_dir():
        reader.report("Y118", "", "There is no folder of event files here.", "Run the command in the project’s folder.")
        return Reading(corpus=None, findings=reader.findings, waivers=[], files=0)
    found = list(_files(reader))
    settings = _settings(reader)
    vocabulary = default_vocabulary() if settings is None else _vocabulary(settings, reader)
    # Without settings, any word may be right; all else in the other files is checked all the same.
    terms = (
        {}
        if settings is None
        else {
            "event_types": vocabulary.event_types,
            "roles": vocabulary.roles,
            "relation_types": vocabulary.relation_types,
        }
    )
    entities: dict[str, dict[str, Any]] = {kind: {} for kind in RECORDS}
    if parts is None:
        _read_files(reader, found, terms, entities, progress)
    else:
        for part in parts(found, terms):
            reader.findings += part.findings
            reader.waivers += part.waivers
            reader.references += part.references
            for kind, names in part.broken.items():
                reader.broken.setdefault(kind, set()).update(names)
            for kind, own in part.entities.items():
                entities[kind] |= own
        # In the order of the files, however they were shared out.
        for kind, own in entities.items():
            ordered = (_stem(relative) for one, relative in found if one == kind)
            entities[kind] = {name: own[name] for name in ordered if name in own}
    if not any(kind == "event" for kind, _ in found) and not reader.broken.get("event"):
        message = "No event file was found: a check of nothing is not a pass."
        reader.report("Y118", "", message, f"Add one as {reader.path('<year>/<id>.yml')}.")
    redirects = _redirects(reader)
    pictures = _pictures(reader)
    record = _links(reader)
    if settings is None:
        return Reading(corpus=None, findings=reader.findings, waivers=reader.waivers, files=len(found))
    corpus = Corpus(
        settings=settings,
        vocabulary=vocabulary,
        events=entities["event"],
        actors=entities["actor"],
        places=entities["place"],
        topics=entities["topic"],
        sources=entities["source"],
        redirects=redirects,
        today=today(),
        broken=reader.broken,
        references=tuple(reader.references),
        pictures=pictures,
        links=record,
    )
    return Reading(corpus=corpus, findings=reader.findings, waivers=reader.waivers, files=len(found) + 1)


def read_part(root: Path, prefix: str, files: Sequence[File], terms: Terms, contents: Map[str, bytes]) -> Part:
    """Read some files by themselves; what they refer to is not looked at."""
    reader = _Reader(root=root, prefix=prefix, contents=contents)
    entities: dict[str, dict[str, Any]] = {kind: {} for kind in RECORDS}
    _read_files(reader, files, terms, entities, None)
    return Part(
        entities=entities,
        findings=reader.findings,
        waivers=reader.waivers,
        references=reader.references,
        broken=reader.broken,
    )


def _read_files(
    reader: _Reader,
    files: Sequence[File],
    terms: Terms,
    entities: dict[str, dict[str, Any]],
    progress: Progress | None,
) -> None:
    for number, (kind, relative) in enumerate(files):
        identifier = _stem(relative)
        value = _entity(reader, kind, identifier, relative, terms)
        if value is None:
            reader.lost(identifier, kind)
        else:
            entities[kind][identifier] = value
        if progress is not None:
            progress(number + 1, len(files))


def _stem(relative: str) -> str:
    return relative.rsplit("/", 1)[-1].removesuffix(".yml")


def _files(reader: _Reader) -> Iterator[tuple[str, str]]:
    """Yield (kind, path below the root) of every file, in the order of the paths; report what does not belong."""
    for entry in _entries(reader, ""):
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            kind = FOLDERS.get(name) or ("event" if YEAR_FOLDER.match(name) else "")
            if kind:
                yield from _folder(reader, name, kind)
            elif name != media.FOLDER:
                known = [*FOLDERS, media.FOLDER]
                remedy = did_you_mean(name, known, "Event files stand in a folder named for their year, such as 2026.")
                reader.report("S215", name, f"A folder named {quoted(name)} has no meaning here.", remedy)
                _lose(reader, name)
        elif name not in OWN_FILES and entry.is_symlink():
            message = "A folder of event files must be the folder itself, and this is a symbolic link."
            reader.report("Y101", name, message, "Replace the link by the folder itself.")
            reader.lost(name)
        elif name not in OWN_FILES:
            message = f"A file {quoted(name)} has no meaning at this place."
            remedy = did_you_mean(name, OWN_FILES, "Move it into the folder of its year or kind.")
            reader.report("S215", name, message, remedy)
            reader.lost(name)


def _lose(reader: _Reader, folder: str) -> None:
    """Note what stands in a folder out of place, so that references to it are not reported as well."""
    for entry in _entries(reader, folder):
        reader.lost(entry.name)


def _folder(reader: _Reader, folder: str, kind: str) -> Iterator[tuple[str, str]]:
    entries = _entries(reader, folder)
    names = {entry.name for entry in entries}
    for entry in entries:
        name, relative = entry.name, f"{folder}/{entry.name}"
        stem = name.removesuffix(".yml")
        if entry.is_dir(follow_symlinks=False):
            reader.report("S215", relative, "A folder has no meaning at this place.", "Move its files one level up.")
            _lose(reader, relative)
        elif stem == name:
            remedy = f"Rename it to {name.split('.', 1)[0]}.yml, or keep it elsewhere."
            reader.report("S215", relative, "A file here must be named “<id>.yml”.", remedy)
            reader.lost(name, kind)
        elif name.casefold() != name and name.casefold() in names:
            message = f"Ids may not differ in case alone; {quoted(name.casefold())} is there too."
            reader.report("S216", relative, message, "Join the two files, or rename this one.")
        elif problem := _id_problem(stem, kind, folder, reader):
            reader.report(problem[0], relative, *problem[1:])
            reader.lost(stem, kind)
        else:
            yield kind, relative


def _id_problem(stem: str, kind: str, folder: str, reader: _Reader) -> tuple[str, str, str] | None:
    """Give the code, message and remedy of what is wrong with a file's name."""
    if stem in RESERVED:
        message = f"The id {quoted(stem)} is reserved: Windows or the site uses the name itself."
        return ("S207", message, "Choose another name, for example with a second word.")
    if len(stem) > 100:
        message = f"An id may be at most 100 characters long; this has {len(stem)}."
        return ("S207", message, "Shorten the file’s name.")
    if kind != "event":
        if ID_WORDS.match(stem):
            return None
        message = f"An id is lower-case ASCII words joined by hyphens; {quoted(stem)} is not."
        return ("S207", message, f"Rename the file, for example to {ascii_words(stem) or 'ismail-pasha'}.yml.")
    if not EVENT_ID.match(stem):
        message = f"An event’s id is its date and some lower-case ASCII words; {quoted(stem)} is not."
        date = folder if folder.startswith("bce") else f"{folder}-02-11"
        remedy = f"Rename the file like {date}-in-a-few-words.yml (a year or a month will do)."
        return ("S207", message, remedy)
    year = stem.split("-", 1)[0]
    if year == folder:
        return None
    if (reader.root / year / f"{stem}.yml").exists():
        message = f"An id may be used once; {quoted(stem)} is also in {reader.path(year)}/."
        return ("S216", message, "Keep the one in the folder of its year.")
    message = f"An event stands in the folder of its year; {quoted(stem)} is in {folder}."
    return ("S207", message, f"Move the file to {reader.path(year)}/.")


def _entries(reader: _Reader, folder: str) -> list[os.DirEntry[str]]:
    """Give what stands in a folder, in the order of the names; hidden files are not ours."""
    try:
        with os.scandir(reader.root / folder) as entries:
            visible = [entry for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        reader.report("Y101", folder, f"The folder cannot be read: {error.strerror}.", "Make it readable.")
        return []
    return sorted(visible, key=lambda entry: entry.name)


def _entity(reader: _Reader, kind: str, identifier: str, relative: str, terms: dict[str, Any]) -> Any | None:
    document = reader.document(relative)
    if document.root is None:
        return None
    context = Context(path=document.path, terms=terms, findings=reader.findings, references=reader.references)
    given = {"id": Text(identifier)} if kind == "source" else {"id": identifier}
    if kind == "source" and "id" in document.root.pairs:
        context.report(
            "S201",
            document.root.pairs["id"][0],
            "A shared source has no field “id”: the file’s name is its id.",
            "Delete the line.",
        )
        return None
    value = RECORDS[kind].read_with(document.root, context, **given)
    return None if value is MISSING else value


def _pictures(reader: _Reader) -> dict[str, media.Picture]:
    """Read the pictures; one that cannot be shown is reported whether or not an event shows it."""
    found: dict[str, media.Picture] = {}
    if not (reader.root / media.FOLDER).is_dir():
        return found
    stems: dict[str, str] = {}
    for entry in _entries(reader, media.FOLDER):
        relative = f"{media.FOLDER}/{entry.name}"
        if not re.fullmatch(FILE_NAME, entry.name, re.ASCII) or len(entry.name) > 100:
            message = f"A file here takes {FILE_FORM}; this is {quoted(entry.name)}."
            reader.report(
                "S217", relative, message, "Rename it, save it anew in one of these formats, or keep it elsewhere."
            )
        elif (other := stems.setdefault(entry.name.rsplit(".", 1)[0], entry.name)) != entry.name:
            message = f"Two pictures may not differ in their endings alone; {quoted(other)} is there too."
            reader.report("S217", relative, message, "Rename one of them.")
        else:
            try:
                found[entry.name] = media.read(reader.root / relative)
                continue
            except media.Unusable as problem:
                reader.report("S217", relative, str(problem), problem.remedy)
        reader.broken.setdefault(media.FOLDER, set()).add(entry.name)
    return found


def _links(reader: _Reader) -> links.Record:
    """Read the record of whether cited pages answer."""
    if not os.path.lexists(reader.root / links.FILE):
        return {}
    path = reader.path(links.FILE)
    line, text = 1, ""
    try:
        text = read_bytes(reader.root / links.FILE, path, links.MAX_BYTES).decode("utf-8")
        return links.read(text)
    except Unreadable as problem:
        reader.findings.append(problem.finding)
        return {}
    except UnicodeDecodeError:
        message = "It is not in UTF-8."
    except links.Malformed as problem:
        message, line = str(problem), problem.line
    position, length = Position(path, line, 1), len("".join(text.split("\n")[line - 1 : line]))
    remedy = "“chronology links” writes this file; take back what was changed in it by hand."
    reader.findings.append(Diagnostic(code="S218", message=message, remedy=remedy, position=position, length=length))
    return {}


def _settings(reader: _Reader) -> Settings | None:
    if not os.path.lexists(reader.root / SETTINGS_FILE):
        message = "The settings file is missing."
        reader.report("Y118", SETTINGS_FILE, message, "Run “chronology init”, or write one with title and description.")
        return None
    document = reader.document(SETTINGS_FILE)
    if document.root is None:
        return None
    context = Context(path=document.path, findings=reader.findings)
    settings = SETTINGS.read_with(document.root, context)
    return None if settings is MISSING else settings


UNSAID = "participant"
"""The part of an actor of whom none is named."""


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


def _vocabulary(settings: Settings, reader: _Reader) -> Vocabulary:
    """Join the chronology's own tables with the default ones; every kind of event needs its group among them."""
    default = default_vocabulary()
    groups = settings.groups or default.groups
    context = Context(path=settings.position.path, findings=reader.findings)
    for kind in (settings.event_types or {}).values():
        if kind.group not in groups:
            unknown_word(kind.group, "group", groups, context)
    if settings.groups and not settings.event_types:
        missing = {str(kind.group) for kind in default.event_types.values()} - settings.groups.keys()
        if missing:
            message = f"The default event types use groups that are not listed here: {', '.join(sorted(missing))}."
            first = next(iter(settings.groups.values())).position
            remedy = "Add these groups, or write event_types of your own."
            reader.findings.append(Diagnostic(code="S205", message=message, remedy=remedy, position=first))
    # Whoever has no part takes part, in any chronology.
    roles = {UNSAID: default.roles[UNSAID], **settings.roles} if settings.roles else default.roles
    return Vocabulary(
        groups=groups,
        event_types=settings.event_types or default.event_types,
        roles=roles,
        relation_types=settings.relation_types or default.relation_types,
    )


def _redirects(reader: _Reader) -> dict[str, dict[str, Text]]:
    """Read retired ids and their successors: events at the top, other kinds below the name of their folder."""
    redirects: dict[str, dict[str, Text]] = {kind: {} for kind in ("event", *FOLDERS.values())}
    if not os.path.lexists(reader.root / REDIRECTS_FILE):
        return redirects
    document = reader.document(REDIRECTS_FILE)
    context = Context(path=document.path, findings=reader.findings)
    for key, (key_node, value) in document.root.pairs.items() if document.root else ():
        if key not in FOLDERS:
            _redirect(redirects["event"], key_node, value, context)
        elif isinstance(value, Mapping):
            for own_node, own_value in value.pairs.values():
                _redirect(redirects[FOLDERS[key]], own_node, own_value, context)
        else:
            message = f"{quoted(key)} takes a group of fields here (“retired-id: successor”)."
            context.report("S203", value, message, "Write each retired id and its successor on a line below it.")
    return redirects


def _redirect(redirects: dict[str, Text], key: Scalar, value: Node, context: Context) -> None:
    old = Identifier().read(key, "retired id", context)
    new = Identifier().read(value, key.value, context)
    if old is not MISSING and new is not MISSING:
        redirects[str(old)] = new
