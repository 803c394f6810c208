"""Event files to measure with: made up and always the same, or made of rows of an ICEWS extract."""

from __future__ import annotations

import csv
import datetime
import gzip
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROW = tuple[str, str, str, str]
"""Date, actor, CAMEO relation in words, other actor: the columns of the ICEWS extract."""

_VERBS = (
    "Consult",
    "Make a visit",
    "Discuss by telephone",
    "Make statement",
    "Criticize or denounce",
    "Engage in negotiation",
)
_KINDS = {
    "telephone": "telephone-call",
    "visit": "visit",
    "negotiation": "talks",
    "consult": "meeting",
    "criticize": "criticism",
    "statement": "statement",
}


def made_up(number: int, actors: int = 500) -> Iterator[ROW]:
    """Yield rows of a made-up corpus; the same for the same arguments."""
    chance = random.Random(20260211)
    start = datetime.date(2014, 1, 1)
    for _ in range(number):
        day = start + datetime.timedelta(days=chance.randrange(365 * 5))
        one, other = chance.sample(range(actors), 2)
        yield day.isoformat(), f"Actor Number {one}", chance.choice(_VERBS), f"Actor Number {other}"


def icews(file: Path, number: int | None = None) -> Iterator[ROW]:
    """Yield rows of a tab-separated ICEWS extract (date, actor, relation, actor), gzipped."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
        for count, row in enumerate(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)):
            if number is not None and count >= number:
                return
            if not row[0][:1].isdigit():
                continue  # the head of the table
            yield row[0], row[1], row[2], row[3]


def write(folder: Path, rows: Iterator[ROW]) -> int:
    """Write event files for rows into `folder`/events; give how many events there are."""
    events = folder / "events"
    for name in ("actors", "topics"):
        (events / name).mkdir(parents=True)
    (events / "chronology.yml").write_text(
        "title: Benchmark\ndescription: Rows made into event files.\nlanguage: en\nlicence: CC0-1.0\n"
    )
    (events / "topics/all.yml").write_text("title: All\nintroduction: Every event of the benchmark.\n")
    ids: dict[str, str] = {}
    taken: set[str] = set()
    number = 0
    for number, (date, one, relation, other) in enumerate(rows, 1):
        for name in (one, other):
            if name not in ids:
                ids[name] = _identifier(name, taken)
                (events / f"actors/{ids[name]}.yml").write_text(
                    f"name: {_quoted(name)}\nkind: {_kind(name)}\ndescription: An actor of the benchmark.\n",
                    encoding="utf-8",
                )
        year = events / date[:4]
        year.mkdir(exist_ok=True)
        kind = next((kind for word, kind in _KINDS.items() if word in relation.lower()), "statement")
        participants = dict.fromkeys((ids[one], ids[other]))
        (year / f"{date}-{number}.yml").write_text(
            f"title: {_quoted(f'{one}: {relation} ({other})'[:140])}\n"
            f"date: {date}\n"
            f"type: {kind}\n"
            "standing: reported\n"
            "participants:\n"
            + "".join(f"  - {{actor: {name}, role: participant}}\n" for name in participants)
            + "topics: [all]\n"
            "summary: >-\n"
            f"  {_plain(one)} and {_plain(other)} were reported on {date}. The summary of this event is as long\n"
            "  as that of a real one, two sentences that say who did what and how it is known.\n"
            "statements:\n"
            f"  - {{speaker: {ids[one]}, text: a short quotation, source: page}}\n"
            "sources:\n"
            "  - id: page\n"
            f"    title: {_quoted(f'{relation}, as reported')}\n"
            "    publisher: Benchmark News\n"
            f"    url: https://example.org/{date}/{number}\n"
            f"    archived: https://archive.example.org/{date}/{number}\n"
            f"    published: {date}\n"
            "    language: en\n"
            "    kind: report\n",
            encoding="utf-8",
        )
    return number


def _kind(name: str) -> str:
    """Give the kind of an actor of ICEWS: names with a country behind them are of offices and groups."""
    return "group" if re.search(r"[()/]", name) else "person"


def _identifier(name: str, taken: set[str]) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:80] or "actor"
    identifier, number = stem, 2
    while identifier in taken or identifier in ("con", "index"):
        identifier, number = f"{stem}-{number}", number + 1
    taken.add(identifier)
    return identifier


def _quoted(text: str) -> str:
    return "'" + " ".join(text.split()).replace("'", "''").replace("<", "(").replace("{", "(") + "'"


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w ,.()-]", " ", text).split())
