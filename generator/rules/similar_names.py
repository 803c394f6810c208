"""One actor, and one place, has one file, however its name is spelt.

Araghchi and Araqchi, Qalibaf and Ghalibaf are one person in two transliterations. Two files for one actor would
split the events between two pages. Spellings belong under “names”, where searches find them.

How to fix it: keep one file, list the other spelling under its “names”, and lead the other id to it in
events/redirects.yml. Two persons of like names are waived with the reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from generator.diagnostics import Finding, Position, Related, Severity, quoted
from generator.model import Actor, ActorKind, Corpus, Place, Text

CODE = "R403"
NAME = "two spellings of one name"
SEVERITY = Severity.WARNING
WAIVABLE = True

Spelling = tuple[Actor | Place, Text]
"""An entity, and one of its names."""

_SMALL = frozenset(
    ("the", "of", "al", "el", "bin", "ibn", "sheikh", "shaykh", "sayyid", "seyyed", "syed", "ayatollah", "sir", "dr")
)
"""Words and honorifics that are put before a name or left out."""

_SOUNDS = (
    (re.compile("ch|tch|tsch"), "x"),
    (re.compile("kh|gh|ck|q|c"), "k"),
    (re.compile("ph"), "f"),
    (re.compile("zh|j"), "z"),
    (re.compile("([tdsr])h"), r"\1"),
    (re.compile("w"), "v"),
    (re.compile("[aeiouy'’ʿʾ-]"), ""),
    (re.compile(r"([a-z])\1+"), r"\1"),
)
"""What transliterations of Arabic, Persian, Urdu, Turkish and Russian names take for one another."""


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each actor, and each place, whose name another has in a like spelling."""
    yield from _alike(corpus.actors.values(), "actor")
    yield from _alike(corpus.places.values(), "place")


def _alike(entities: Iterable[Actor | Place], noun: str) -> Iterator[Finding]:
    exact: dict[tuple[str, frozenset[str]], Spelling] = {}
    sounds: dict[str, list[tuple[Spelling, tuple[str, ...]]]] = {}
    for entity in entities:
        kind = entity.kind.value if isinstance(entity, Actor) else noun
        is_person = kind == ActorKind.PERSON.value
        found: tuple[Text, Spelling] | None = None
        for name in (entity.name, *(spelling.name for spelling in entity.names)):
            words = _words(name)
            sound = tuple(map(_sound, words)) if is_person else ()
            known = exact.setdefault((kind, frozenset(words)), (entity, name)) if words else (entity, name)
            if known[0] is entity:
                known = _sounding(entity, sound, sounds) or known
            if found is None and known[0] is not entity:
                found = (name, known)
            for word in set(sound):
                sounds.setdefault(word, []).append(((entity, name), sound))
        if found is not None:
            yield _finding(entity, *found, noun)


def _sounding(
    entity: Actor | Place, sound: tuple[str, ...], sounds: dict[str, list[tuple[Spelling, tuple[str, ...]]]]
) -> Spelling | None:
    """Find a person whose name sounds like this one: the same words, or the last and all others of the shorter one."""
    if len(sound) < 2:
        return None
    for known, theirs in sounds.get(sound[-1], ()):
        shorter, longer = sorted((sound, theirs), key=len)
        if known[0] is entity or len(set(shorter)) < 2:
            continue
        if set(shorter) == set(longer) or (shorter[-1] == longer[-1] and set(shorter) < set(longer)):
            return known
    return None


def _words(name: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("-", " "))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return [word for word in re.findall(r"\w+", plain) if word not in _SMALL]


def _sound(word: str) -> str:
    sound = word
    for pattern, by in _SOUNDS:
        sound = pattern.sub(by, sound)
    return sound if len(sound) > 1 else word[:1] + sound


def _finding(entity: Actor | Place, mine: Text, other: Spelling, noun: str) -> Finding:
    known, name = other
    article = "an" if noun == "actor" else "a"
    return Finding(
        message=f"One {noun} has one file; {quoted(mine)} is spelt like {quoted(name)} of {known.id}.",
        remedy="Keep one, list the other spelling under its “names”, and redirect the other id; or waive it with the "
        f"reason if this is another {noun}.",
        position=Position(entity.position.path, mine.line, mine.column),
        length=len(mine),
        related=(Related(Position(known.position.path, name.line, name.column), f"{article} {noun} of like name"),),
    )
