"""Other people's timelines → drafts of event files: TimelineJS JSON, spreadsheets (CSV), markwhen.

Nothing is made up: a field that the other format has no word for is left out of the draft and named, for a human to
fill in.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

import nh3

from generator import fmt
from generator.dates import DateError, parse
from generator.draft import as_yaml, event_id

FORMATS = {".json": "timelinejs", ".csv": "csv", ".mw": "markwhen"}
"""What is read, by the ending of the file."""

TITLE = 140
_MARKWHEN = re.compile(r"^(?P<date>[-~\d?XYu./]+(?:\s*(?:/|-)\s*(?:[-~\d?XYu.]+|now))?):\s*(?P<words>.+)$")
_TAG = re.compile(r"\s*#[\w-]+")
_LINK = re.compile(r"\[([^\]]*)\]\((\S+?)\)")


class Unreadable(Exception):
    """Raised with words for the user when a file is none of what it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What another format says of one event; empty where it says nothing. `where` tells its place in the file."""

    where: str
    title: str = ""
    date: str = ""
    text: str = ""
    url: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A drafted file: its id, its text, and what a human must still fill in."""

    identifier: str
    year: str
    text: str
    missing: tuple[str, ...]


def read(content: bytes, kind: str) -> list[Entry]:
    """Read a file of another format. Raises Unreadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("The file is not text in UTF-8.") from None
    return list({"timelinejs": _timelinejs, "csv": _csv, "markwhen": _markwhen}[kind](text))


def draft(entry: Entry) -> Draft:
    """Draft an event file. Raises Unreadable for an entry without a title or a date that can be understood."""
    title = " ".join(entry.title.split())
    if not title:
        raise Unreadable(f"{entry.where}: there is no title.")
    missing = []
    if len(title) > TITLE:
        missing.append(f"a title of at most {TITLE} characters")
    try:
        date = parse(entry.date)
        identifier = event_id(date, title)
    except (DateError, ValueError):
        raise Unreadable(f"{entry.where}: “{entry.date}” is no date that can be read.") from None
    fields: dict[str, Any] = {"title": title, "date": entry.date}
    missing.append("type")
    if entry.text:
        fields["summary"] = entry.text
        missing.append("summary in your own words")
    else:
        missing.append("summary")
    if entry.url:
        fields["sources"] = [{**({"publisher": entry.publisher} if entry.publisher else {}), "url": entry.url}]
        if not entry.publisher:
            missing.append("the publisher of the source")
    else:
        missing.append("sources")
    missing.append("participants, places and topics, where there are any")
    plain = as_yaml(fields)
    year = identifier.split("-", 1)[0]
    try:
        text = fmt.formatted(plain.encode(), f"{identifier}.yml", "event")
    except fmt.Unformattable as problem:
        raise Unreadable(f"{entry.where}: {problem}") from None
    return Draft(identifier=identifier, year=year, text=text, missing=tuple(missing))


def words(html: str) -> str:
    """Give the words of a piece of HTML."""
    return " ".join(unescape(nh3.clean(re.sub(r"</(p|div|li|h\d)>|<br[^>]*>", " ", html), tags=set())).split())


def _timelinejs(text: str) -> Iterator[Entry]:
    try:
        document = json.loads(text)
        slides = document["events"]
        assert isinstance(slides, list)
    except (ValueError, KeyError, TypeError, AssertionError, RecursionError):
        raise Unreadable("The file is not TimelineJS JSON: an object with a list “events”.") from None
    for number, slide in enumerate(slides, 1):
        own = _mapping(slide)
        said, media = _mapping(own.get("text")), _mapping(own.get("media"))
        html = str(said.get("text") or "")
        link = re.search(r'href="(https?://[^"\s]+)"', html)
        yield Entry(
            where=f"event {number}",
            title=words(str(said.get("headline") or "")),
            date=_span(_of(own.get("start_date")), _of(own.get("end_date"))),
            text=words(html),
            url=unescape(link[1]) if link else str(media.get("link") or ""),
        )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _of(date: Any) -> str:
    date = _mapping(date)
    return _date(*(str(date.get(name) or "") for name in ("year", "month", "day")))


def _date(year: str, month: str = "", day: str = "") -> str:
    """Give the EDTF text of a date in three parts, as far as they are there."""
    if not re.fullmatch(r"-?\d{1,9}", year.strip()):
        return ""
    number = int(year)
    text = f"{number:04}" if number >= 0 else f"-{-number:04}"
    for part in (month, day):
        if not re.fullmatch(r"\d{1,2}", part.strip()):
            break
        text += f"-{int(part):02}"
    return text


def _span(first: str, last: str) -> str:
    return first if not last or last == first else f"{first}/{last}"


def _csv(text: str) -> Iterator[Entry]:
    """Read a table with a header: TimelineJS's columns, or title and date and whatever else has a known name."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = {str(name).strip().casefold(): name for name in reader.fieldnames or ()}
    if not ({"headline", "title"} & names.keys() and {"year", "date"} & names.keys()):
        raise Unreadable("The table needs a column “title” or “Headline”, and a column “date” or “Year”.")
    for row in reader:
        yield _row(row, names, reader.line_num)


def _row(row: Mapping[str, Any], names: Mapping[str, str], line: int) -> Entry:
    def cell(*wanted: str) -> str:
        for name in wanted:
            text = str(row.get(names.get(name, ""), "") or "").strip()
            if text:
                return text[1:] if re.match(r"'[=+\-@]", text) else text
        return ""

    date = cell("date")
    if not date:
        first = _date(cell("year"), cell("month"), cell("day"))
        date = _span(first, _date(cell("end year"), cell("end month"), cell("end day")))
    return Entry(
        where=f"line {line}",
        title=words(cell("title", "headline")),
        date=date,
        text=words(cell("summary", "text", "description")),
        url=cell("url", "source", "link"),
        publisher=cell("publisher"),
    )


def _markwhen(text: str) -> Iterator[Entry]:
    found = False
    for number, line in enumerate(text.splitlines(), 1):
        match = _MARKWHEN.match(line.strip())
        if match is None:
            continue
        found = True
        link = _LINK.search(match["words"])
        title = _TAG.sub("", _LINK.sub("", match["words"])).strip()
        date = re.sub(r"\s*/\s*now$", "/..", match["date"].strip())
        yield Entry(
            where=f"line {number}",
            title=title,
            date=re.sub(r"\s+-\s+|\s*/\s*", "/", date),
            url=link[2] if link and link[2].startswith("http") else "",
        )
    if not found:
        raise Unreadable("The file has no line that begins with a date and a colon, as markwhen writes events.")
