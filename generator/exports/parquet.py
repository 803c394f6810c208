"""Parquet: the events by year, and the other tables whole, as DuckDB, Polars and Spark read them.

Written by pyarrow, which comes with the extra `chronology-site[parquet]`; without it there are no such files, and the
page on data does not speak of them.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from generator.exports.asset import Asset, Export
from generator.exports.outline import Outline
from generator.exports.tables import TABLES, AnyTable, Row, rows_of

ROOT = "data/parquet"
MEDIA = "application/vnd.apache.parquet"
LIST = f"{ROOT}/files.txt"

TEXT = """The tables as Parquet, the events in a folder for each year in which they begin, for DuckDB, Polars,
pandas and Spark; a list names them all. The years before the common era are numbered as astronomers do: 44 BCE
is -43."""

USE = """wget -x -nH -i {base}data/parquet/files.txt
duckdb -c "select year, count(*) from read_parquet('events/*/*.parquet') group by all\""""


def render(outline: Outline) -> Iterator[Asset]:
    """Yield a file for each year of events, one for each other table, and a list of them: the web has no folders."""
    if find_spec("pyarrow") is None:
        return
    paths = []
    for asset in _files(outline):
        paths.append(outline.site.address(asset.path))
        yield asset
    yield Asset(path=LIST, content="".join(f"{path}\n" for path in paths).encode(), media_type="text/plain")


def _files(outline: Outline) -> Iterator[Asset]:
    import pyarrow  # type: ignore[import-untyped]

    pyarrow.set_memory_pool(pyarrow.system_memory_pool())  # its own sets memory aside, and there is little to do
    for table in TABLES:
        rows = list(rows_of(table, outline))
        if table.name == "events":
            years: dict[int, list[Row]] = defaultdict(list)
            for year, row in zip(outline.in_order("year"), rows, strict=True):
                years[year].append(row)
            for year in sorted(years):
                yield _asset(f"events/year={year}/part-0", table, years[year])
        else:
            yield _asset(table.name, table, rows)


def _asset(path: str, table: AnyTable, rows: list[Row]) -> Asset:
    import pyarrow
    from pyarrow import parquet

    kinds: dict[type, Any] = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    fields = [pyarrow.field(c.name, kinds[c.kind], nullable=not c.required) for c in table.columns]
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    arrays = [pyarrow.array(column, type=field.type) for column, field in zip(columns, fields, strict=True)]
    buffer = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields)), buffer, compression="zstd")
    return Asset(path=f"{ROOT}/{path}.parquet", content=buffer.getvalue(), media_type=MEDIA)


EXPORT = Export(name="parquet", title="Parquet", text=TEXT, render=render, use=USE, more=(LIST,))
