"""What people decided, brought from the file beside the database into the tables that show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import duckdb

from claims.store import reviews
from claims.store.insert import insert, moment
from claims.store.review_events import MisreadClaim, UndoneReview

TABLES = {
    "reviews": reviews.TABLES["reviews"],
    "undone_reviews": UndoneReview._fields,
    "misread_claims": MisreadClaim._fields,
}
"""The tables of the database with the columns by which their rows are told apart."""


def keep(connection: duckdb.DuckDBPyConnection, database: Path) -> None:
    """Store what people decided since the last write. Raises DatabaseError."""
    for table, rows in _unseen(connection, database).items():
        insert(connection, table, rows)


def show(connection: duckdb.DuckDBPyConnection, database: Path) -> None:
    """Let this connection see everything that people decided; nothing is stored. Raises
    DatabaseError."""
    for table, rows in _unseen(connection, database).items():
        if rows:
            # Names of temporary tables come first, also inside views.
            connection.execute(f"CREATE TEMP TABLE {table} AS FROM {table}")
            insert(connection, table, rows)


def _unseen(
    connection: duckdb.DuckDBPyConnection, database: Path
) -> dict[str, list[Mapping[str, object]]]:
    """By table, the rows that it does not hold yet."""
    ledger = reviews.kept(database)
    there: dict[str, Iterable[object]] = {
        "reviews": ledger.reviews,
        "undone_reviews": ledger.undone,
        "misread_claims": ledger.misread,
    }
    found: dict[str, list[Mapping[str, object]]] = {}
    for table, events in there.items():
        columns = TABLES[table]
        given = [tuple(_value(getattr(one, column)) for column in columns) for one in events]
        stored = (
            set(connection.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall())
            if given
            else set()
        )
        found[table] = [
            {column: _written(value) for column, value in zip(columns, row, strict=True)}
            for row in given
            if row not in stored
        ]
    return found


def _value(value: object) -> object:
    """As DuckDB gives it back."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return str(value)


def _written(value: object) -> object:
    return moment(value) if isinstance(value, datetime) else value
