"""A SQLite file with foreign keys and a full-text index, which opens in Datasette."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from generator.exports.asset import Asset, Export
from generator.exports.outline import Outline
from generator.exports.tables import TABLES, AnyTable, Column, rows_of

PATH = "data/chronology.sqlite"
TYPES = {str: "TEXT", int: "INTEGER", float: "REAL"}

TEXT = """All tables in one file, with keys between them and a full-text index over titles, summaries and
quotations. Every tool that knows SQL opens it; Datasette makes a site of it. Dates of any era sort by
the Julian day numbers beside them."""

USE = """curl -sO {base}data/chronology.sqlite
sqlite3 chronology.sqlite "select date_words, title from events order by earliest_jdn limit 10"
sqlite3 chronology.sqlite "select title from events_search where events_search match 'words to find'"
datasette chronology.sqlite"""


def render(outline: Outline) -> Iterator[Asset]:
    """Yield the file. Raises OSError where the disk refuses."""
    with tempfile.TemporaryDirectory(prefix="chronology-") as folder:
        try:
            content = _made(outline, Path(folder) / "database")
        except sqlite3.Error as problem:
            raise OSError(f"SQLite cannot write its file: {problem}.") from None
        yield Asset(path=PATH, content=content, media_type="application/vnd.sqlite3")


def _made(outline: Outline, file: Path) -> bytes:
    # One transaction, begun by ourselves: what Python takes for the start of one depends on the locale.
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        for setting in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
            database.execute(f"PRAGMA {setting}")
        database.execute("BEGIN")
        for table in TABLES:
            database.execute(created(table))
            marks = ", ".join("?" * len(table.columns))
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows_of(table, outline))  # noqa: S608
        database.execute("CREATE VIRTUAL TABLE events_search USING fts5(id UNINDEXED, title, summary, quotations)")
        database.execute(
            "INSERT INTO events_search SELECT id, title, summary,"
            " (SELECT group_concat(text, ' ') FROM (SELECT text FROM statements WHERE event = id ORDER BY number))"
            " FROM events"
        )
        for table in TABLES:
            for column in table.columns:
                if column.references:
                    database.execute(f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")')
        database.execute("COMMIT")
    return file.read_bytes()


def created(table: AnyTable) -> str:
    """Give the statement that makes a table."""
    lines = [_column(column) for column in table.columns]
    key = ", ".join(f'"{name}"' for name in table.key)
    lines.append(f"PRIMARY KEY ({key})")
    return f'CREATE TABLE "{table.name}" ({", ".join(lines)}) WITHOUT ROWID'


def _column(column: Column) -> str:
    words = [f'"{column.name}"', TYPES[column.kind]]
    if column.required:
        words.append("NOT NULL")
    if column.references:
        words.append(f'REFERENCES "{column.references}" ("id") DEFERRABLE INITIALLY DEFERRED')
    return " ".join(words)


EXPORT = Export(name="sqlite", title="SQLite", text=TEXT, render=render, use=USE)
