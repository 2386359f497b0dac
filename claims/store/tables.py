"""Whether a database that others may have made holds what claims stores, and nothing else.

Nothing of it is executed: its views go, and tables are compared with those of the migrations before
a row of them is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from enum import StrEnum
from pathlib import Path

import duckdb

from claims.errors import DatabaseError
from claims.model import (
    ContradictionKind,
    Pattern,
    Quotation,
    SpeakerKind,
    Stance,
    Verdict,
)
from claims.resolver.decisions import Act
from claims.store import migrating
from claims.store.database import CONFIG
from claims.store.runs import RunStatus

COUNTED = ("articles", "claims", "contradictions", "speakers", "runs")

_CONFINED = {
    **CONFIG,
    "enable_external_access": "false",
    "memory_limit": "1GB",
    "threads": 1,
    "lock_configuration": "true",
}

_WORDS: dict[tuple[str, str], type[StrEnum] | tuple[str, ...]] = {
    ("claims", "stance"): Stance,
    ("claims", "pattern"): Pattern,
    ("claims", "quotation"): Quotation,
    ("claim_spans", "role"): ("source", "cue", "content", "via"),
    ("contradictions", "kind"): ContradictionKind,
    ("folder_claims", "stance"): Stance,
    ("contradiction_copies", "side"): ("left", "right"),
    ("contradiction_spans", "side"): ("left", "right"),
    ("reviews", "verdict"): Verdict,
    ("runs", "status"): RunStatus,
    ("speakers", "kind"): SpeakerKind,
    ("voices", "kind"): SpeakerKind,
    ("speaker_decisions", "act"): Act,
    ("story_changes", "change"): ("merge", "split"),
}
"""Columns that hold one of a few words."""

_RIGHT = {
    "TIMESTAMP": "isfinite({0}) AND year({0}) BETWEEN 2 AND 9998",
    "DOUBLE": "isfinite({0})",
    "JSON": "json_valid({0})",
}
"""What values of a type must be, besides being of it."""

_OBJECTS = (
    "SELECT 'the schema ' || schema_name FROM duckdb_schemas() WHERE NOT internal"
    " AND schema_name <> 'main' AND database_name = current_database()",
    "SELECT 'the macro ' || function_name FROM duckdb_functions() WHERE NOT internal",
    "SELECT 'the type ' || type_name FROM duckdb_types() WHERE NOT internal",
    "SELECT 'the sequence ' || sequence_name FROM duckdb_sequences()",
    "SELECT 'the index ' || index_name FROM duckdb_indexes()",
)
_TABLES = "SELECT table_name, sql FROM duckdb_tables() WHERE database_name = current_database()"
_VIEWS = "SELECT view_name FROM duckdb_views() WHERE NOT internal"


def examine(file: Path) -> tuple[int, dict[str, int]]:
    """The schema version of a database that nobody else has open, and the rows of its main tables.

    Afterwards its log is folded into it, and its schema and views are this program's. Raises
    DatabaseError for one that claims did not make.
    """
    try:
        with closing(duckdb.connect(file, config=_CONFINED)) as connection:
            version = migrating.version(connection, "the database in it")
            _check_objects(connection, version)
            rows = _check_rows(connection)
            for (view,) in connection.execute(_VIEWS).fetchall():
                connection.execute(f"DROP VIEW {_quoted(view)}")
            migrating.migrate(connection, "the database in it")
            connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        reason = " ".join(str(error).split())[:300]
        raise DatabaseError(f"the database in it cannot be read: {reason}") from None
    return version, {table: rows.get(table, 0) for table in COUNTED}


def _check_objects(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    """Raise DatabaseError where there is another object than the migrations make."""
    with closing(duckdb.connect(config=CONFIG)) as fresh:
        for migration in migrating.migrations():
            if migration.version <= version:
                fresh.execute(migration.sql)
        expected = dict(fresh.execute(_TABLES).fetchall())
    found = dict(connection.execute(_TABLES).fetchall())
    for name in sorted({*found, *expected}):
        if name not in expected:
            raise DatabaseError(f"the table {name!r} in it is not one of claims")
        if found.get(name) != expected[name]:
            raise DatabaseError(f"the table {name!r} in it has not the columns that it should have")
    for sql in _OBJECTS:
        if row := connection.execute(sql).fetchone():
            raise DatabaseError(f"{row[0]!r} in it is not of claims")
    done = connection.execute("SELECT version FROM schema_migrations ORDER BY ALL").fetchall()
    expected_numbers = [one.version for one in migrating.migrations() if one.version <= version]
    if [number for (number,) in done] != expected_numbers:
        raise DatabaseError("the migrations in it are not those of claims")


def _check_rows(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows each table has; every value is read, so that a block that cannot be read is
    found. Raises DatabaseError for values that claims does not write."""
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns()"
        " WHERE NOT internal AND table_name IN (SELECT table_name FROM duckdb_tables())"
    ).fetchall():
        columns.setdefault(table, []).append((column, kind))
    rows = {}
    for table, described in columns.items():
        conditions = dict(_conditions(table, described))
        counted = "".join(f", count(*) FILTER (NOT ({one}))" for one in conditions.values())
        found = connection.execute(
            f"SELECT count(*), bit_xor(hash(t)){counted} FROM {_quoted(table)} AS t"
        ).fetchone()
        assert found is not None
        for name, wrong in zip(conditions, found[2:], strict=True):
            if wrong:
                raise DatabaseError(
                    f"{wrong:,} rows of the table {table!r} in it have no right {name}"
                )
        rows[table] = int(found[0])
    return rows


def _conditions(table: str, columns: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What must hold in each row, by what is wrong where it does not."""
    names = {name for name, _ in columns}
    for name, kind in columns:
        if words := _WORDS.get((table, name)):
            listed = ", ".join(f"'{word}'" for word in words)
            yield name, f"{_quoted(name)} IN ({listed})"
        elif kind in _RIGHT:
            yield name, _RIGHT[kind].format(_quoted(name))
    if {"start", "end"} <= names:
        yield "offsets", '"start" >= 0 AND "start" < "end"'


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
