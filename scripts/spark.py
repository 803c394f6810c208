#!/usr/bin/env python3
"""Ask Spark what the page on data asks of the built site’s Parquet files, and compare with DuckDB: `make spark`.

Not a part of the tests: Spark is some hundred megabytes and needs a Java of its own.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import duckdb
from pyspark.sql import SparkSession

from generator.exports.parquet import ROOT
from generator.exports.queries import QUERIES

TABLES = (Path(__file__).parent.parent / "site" / ROOT).resolve()


def main() -> int:
    """Compare the answers; exit status 1 where they differ."""
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    trouble = 0
    for question, query in QUERIES:
        wanted = duckdb.sql(query.replace("{tables}", str(TABLES))).fetchall()
        asked = re.sub(r"'\{tables\}([^']*)'", rf"parquet.`{TABLES}\1`", query)
        found = [tuple(row) for row in spark.sql(asked).collect()]
        same = found == wanted
        trouble += not same
        print(f"{'same' if same else 'DIFFERENT'} ({len(wanted)} rows): {question}")
    spark.stop()
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
