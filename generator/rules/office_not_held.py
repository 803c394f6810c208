"""Nobody acts in an office that they did not hold on that day.

“The foreign minister” is a different person in another year. Where the tenure of an office is dated, an event before
it or after it cannot show the person acting in it: for the body under “on_behalf_of”, or called by the office in
the title, the summary or a note (“former”, “then” or “late” before the office says otherwise).

How to fix it: correct the date of the event, the dates of the office, the body or the words. An office that is not
listed yet is added to the actor’s file, with its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.dates import Date
from generator.diagnostics import Finding, Position, Severity, quoted
from generator.model import Actor, Corpus, Event, Office, Text

CODE = "R307"
NAME = "office not held"
SEVERITY = Severity.ERROR
WAIVABLE = True

_PAST = r"(?<!former )(?<!late )(?<!then )(?<!then-)(?<!ex-)(?<!future )(?<!designate )"


def check(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each participant, and each text, that an office’s dates rule out."""
    dated = {actor.id: actor for actor in corpus.actors.values() if any(map(_is_dated, actor.offices))}
    for event in corpus.events.values() if dated else ():
        for part in event.participants:
            actor = dated.get(part.actor)
            if actor is None:
                continue
            held = [office for office in actor.offices if office.of == part.on_behalf_of]
            if part.on_behalf_of is not None and held and all(_outside(office, event.date.value) for office in held):
                yield _finding(event, actor, held[-1], part.on_behalf_of)
        named = {str(part.actor) for part in event.participants} | {str(said.speaker) for said in event.statements}
        for name in sorted(named & dated.keys()):
            yield from _called(event, dated[name])


def _called(event: Event, actor: Actor) -> Iterator[Finding]:
    """Look for the person called by an office at a time outside its dates."""
    held = {str(office.title) for office in actor.offices if not _outside(office, event.date.value)}
    texts = (event.title, event.date_note, event.summary, *(part.note for part in event.participants))
    for office in actor.offices:
        if str(office.title) in held:
            continue
        names = "|".join(re.escape(name) for name in (actor.name, actor.name.split()[-1]))
        pattern = re.compile(rf"{_PAST}\b{re.escape(office.title)} (?:of [\w ]{{1,40}} )?(?:{names})\b", re.IGNORECASE)
        for text in texts:
            match = pattern.search(text) if text is not None else None
            if text is not None and match:
                # A folded text has lost its lines: the finding stands where the text starts.
                yield _finding(event, actor, office, text, match[0])


def _is_dated(office: Office) -> bool:
    return office.since is not None or office.until is not None


def _outside(office: Office, date: Date) -> bool:
    first = office.since.value.earliest if office.since else None
    last = office.until.value.latest if office.until else None
    if first is not None and last is not None and last < first:
        return False  # the tenure itself is reported
    return _over(office, date) or _ahead(office, date)


def _over(office: Office, date: Date) -> bool:
    last = office.until.value.latest if office.until else None
    return last is not None and date.earliest is not None and last < date.earliest


def _ahead(office: Office, date: Date) -> bool:
    first = office.since.value.earliest if office.since else None
    return first is not None and date.latest is not None and first > date.latest


def _finding(event: Event, actor: Actor, office: Office, place: Text, words: str = "") -> Finding:
    if _over(office, event.date.value) and office.until is not None:
        when = f"ended {office.until.text}, before {event.date.text}"
    else:
        when = f"began {office.since.text if office.since else '…'}, after {event.date.text}"
    said = f"{quoted(words)}: " if words else ""
    return Finding(
        message=f"Nobody acts in an office not held on that day. {said}{actor.name}’s tenure as {office.title} {when}.",
        remedy=f"Correct the event, or the dates of the office in {actor.position.path}.",
        position=Position(event.position.path, place.line, place.column),
        length=1 if words else len(place),
    )
