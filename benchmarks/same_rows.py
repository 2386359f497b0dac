"""Whether two databases say the same: `python -m benchmarks.same_rows BEFORE AFTER`.

For a change that must change nothing: the same articles are read by the version before and by the
version after, each into a database of its own, from the same folder. Every table that both have is
compared row by row, over the columns that both have, however often a row stands there. Left out are
fingerprints and what differs from run to run (times, identifiers of runs). Printed is a line for
each table; the exit status is 1 where rows differ or a table of the first is missing in the second.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import duckdb
import typer

PASSING = {"extractor", "comparer", "run_id", "state", "first_seen", "started_at", "ended_at"}
"""Columns that two runs of one version do not share."""

UNCOMPARED = {"runs", "run_failures", "run_inputs", "run_outlets", "run_warnings", "run_versions"}
"""Tables that tell of runs, not of articles."""


def columns(connection: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    """The tables of an attached database with their columns, those that pass left out."""
    rows = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ? "
        "AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE database_name = ?) "
        "ORDER BY table_name, column_index",
        [database, database],
    ).fetchall()
    found: dict[str, list[str]] = {}
    for table, column in rows:
        if table not in UNCOMPARED:
            found.setdefault(table, [])
            if column not in PASSING and not column.endswith("_at"):
                found[table].append(column)
    return found


def compare(
    before: Annotated[Path, typer.Argument(help="Made by the version before.")],
    after: Annotated[Path, typer.Argument(help="Made by the version after.")],
) -> None:
    """Tell which rows are in one database only."""
    connection = duckdb.connect()
    for name, path in (("before", before), ("after", after)):
        connection.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
    old, new = columns(connection, "before"), columns(connection, "after")
    differs = False
    for table, names in old.items():
        if table not in new:
            print(f"{table}: not in {after}")
            differs = True
            continue
        both = [column for column in names if column in new[table]]
        listed = ", ".join(f'"{column}"' for column in both) or "1"
        rows = {name: f"SELECT {listed} FROM {name}.{table}" for name in ("before", "after")}
        count, gone, come = (
            connection.execute(f"SELECT count(*) FROM ({sql})").fetchall()[0][0]
            for sql in (
                rows["before"],
                f"{rows['before']} EXCEPT ALL {rows['after']}",
                f"{rows['after']} EXCEPT ALL {rows['before']}",
            )
        )
        only = sorted(set(names) ^ set(new[table]))
        told = f"; columns of one only: {', '.join(only)}" if only else ""
        print(f"{table}: {count} rows, {gone} gone, {come} new{told}")
        differs = differs or bool(gone or come)
    for table in new.keys() - old.keys():
        print(f"{table}: new")
    sys.exit(1 if differs else 0)


if __name__ == "__main__":
    typer.run(compare)
