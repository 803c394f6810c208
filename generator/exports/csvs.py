"""CSV files (RFC 4180) with a Data Package descriptor.

They begin with a byte order mark, without which spreadsheets misread every script but Latin. A text that a spreadsheet
would run as a formula stands behind an apostrophe, as OWASP advises; so does a date before the common era, which it
would take for a sum. The other formats hold these texts as they are.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.chronology import Chronology
from generator.exports import tables
from generator.exports.asset import Asset, Export, packed, packs
from generator.exports.outline import Outline
from generator.exports.plain import Json, dumped
from generator.exports.site import Site
from generator.exports.tables import EVENT_TABLES, TABLES, AnyTable, EventTable, Value, rows_of
from generator.model import Event

ROOT = "data/tables"
FORMULA = frozenset("=+-@\t\r＝＋－＠")

TEXT = """One file a table, for spreadsheets and statistics: events, and beside them who took part, where, in
which topics, what was said, where accounts differ, and every source. A descriptor names and explains each
column (Frictionless Data Package). A cell that a spreadsheet would take for a formula, or a year before the
common era, begins with an apostrophe."""

USE = """duckdb -c "select type, count(*) from read_csv('{base}data/tables/events.csv') group by all"
"""


def render(outline: Outline) -> Iterator[Asset]:
    """Yield a file for each table, and the descriptor of them all."""
    chronology, site = outline.chronology, outline.site
    resources: list[Json] = []
    for table in TABLES:
        path, content = f"{ROOT}/{table.name}.csv", _file(table, outline)
        if packs(chronology, path, len(content)):
            path, content = f"{path}.gz", packed(content)
        yield Asset(path=path, content=content, media_type="text/csv; charset=utf-8")
        resources.append(_resource(table, path, content))
    package: Json = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "chronology",
        "title": str(chronology.settings.title),
        "description": str(chronology.settings.description),
        **({"homepage": site.base} if site.base else {}),
        "licenses": [_licence(chronology)],
        "resources": resources,
    }
    yield Asset(path=f"{ROOT}/datapackage.json", content=dumped(package), media_type="application/json")


def safe(value: Value) -> Value:
    """Give a cell as a spreadsheet may hold it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in FORMULA else value


def piece(chronology: Chronology, site: Site, event: Event) -> Sequence[Any]:
    """Give what an event adds to the tables of events, and its rows in each of them as text."""
    added = tables.piece(chronology, site, event)
    return *added, *(text_of(rows).encode() for rows in added[: len(EVENT_TABLES)])


def text_of(rows: Iterable[Iterable[Value]]) -> str:
    """Give rows as CSV."""
    if not rows:
        return ""
    lines = _Lines()
    csv.writer(lines, lineterminator="\r\n").writerows([safe(value) for value in row] for row in rows)
    return "".join(lines)


class _Lines(list[str]):
    """Lines, as the module csv writes them."""

    write = list.append


def _file(table: AnyTable, outline: Outline) -> bytes:
    head = text_of([[column.name for column in table.columns]]).encode("utf-8-sig")
    if isinstance(table, EventTable):
        return head + b"".join(outline.in_order(f"{table.name}.csv"))
    return head + text_of(rows_of(table, outline)).encode()


def _resource(table: AnyTable, path: str, content: bytes) -> Json:
    kinds = {str: "string", int: "integer", float: "number"}
    fields = [
        {
            "name": column.name,
            "type": kinds[column.kind],
            "description": column.text,
            **({"constraints": {"required": True}} if column.required else {}),
        }
        for column in table.columns
    ]
    foreign = [
        {"fields": [column.name], "reference": {"resource": column.references, "fields": ["id"]}}
        for column in table.columns
        if column.references
    ]
    return {
        "name": table.name,
        "path": path.removeprefix(f"{ROOT}/"),
        "description": table.text,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        **({"compression": "gz"} if path.endswith(".gz") else {}),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields, "primaryKey": list(table.key), **({"foreignKeys": foreign} if foreign else {})},
    }


def _licence(chronology: Chronology) -> Json:
    settings = chronology.settings
    return {"name": str(settings.licence), **({"path": str(settings.licence_url)} if settings.licence_url else {})}


EXPORT = Export(
    name="csv",
    title="CSV",
    text=TEXT,
    render=render,
    use=USE,
    more=(f"{ROOT}/datapackage.json",),
    fields=(*tables.FIELDS, *(f"{table.name}.csv" for table in EVENT_TABLES)),
    piece=piece,
)
