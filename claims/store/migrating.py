"""Building the schema: numbered migrations, each in one transaction, then the views."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

import duckdb

from claims.errors import DatabaseError

_NAME = re.compile(r"(\d{4})_\w+\.sql")


class Migration(NamedTuple):
    """One file of ``migrations/``."""

    version: int
    name: str
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """All migrations, in order."""
    folder = resources.files(__package__) / "migrations"
    found = []
    for file in folder.iterdir():
        if match := _NAME.fullmatch(file.name):
            found.append(Migration(int(match[1]), file.name, file.read_text(encoding="utf-8")))
    return tuple(sorted(found))


def newest() -> int:
    """The schema version that this program knows."""
    return migrations()[-1].version


def version(connection: duckdb.DuckDBPyConnection, shown: str) -> int:
    """The schema version of a database, up to which it lacks no migration; 0 for an empty one.
    ``shown`` names it in messages.

    Raises DatabaseError where it holds other tables, or a schema newer than ``newest()``.
    """
    names = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
    ).fetchall()
    if not names:
        return 0
    if ("schema_migrations",) not in names:
        raise DatabaseError(
            f"{shown}: a DuckDB database, but not one of claims; give another path with --database"
        )
    found = max(_applied(connection), default=0)
    if found > newest():
        raise DatabaseError(
            f"{shown}: its schema ({found}) is newer than this program knows ({newest()}); "
            "install a newer version of claims"
        )
    lacking = missing(connection)
    return lacking[0].version - 1 if lacking else found


def missing(connection: duckdb.DuckDBPyConnection) -> list[Migration]:
    """The migrations that a database lacks, in order. What is developed side by side may come to a
    database in another order than that of its numbers."""
    applied = _applied(connection)
    return [one for one in migrations() if one.version not in applied]


def _applied(connection: duckdb.DuckDBPyConnection) -> set[int]:
    there = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'schema_migrations' AND "
    row = connection.execute(f"{there} database_name = current_database()").fetchone()
    if not row or not row[0]:
        return set()
    found = connection.execute("SELECT version FROM schema_migrations").fetchall()
    return {int(number) for (number,) in found}


def migrate(connection: duckdb.DuckDBPyConnection, shown: str) -> None:
    """Bring a database to ``newest()`` and its views to this program's.

    Raises DatabaseError as ``version`` does.
    """
    version(connection, shown)
    for migration in missing(connection):
        connection.begin()
        connection.execute(migration.sql)
        connection.execute(
            "INSERT INTO schema_migrations VALUES (?, ?, now() AT TIME ZONE 'UTC')",
            [migration.version, migration.name],
        )
        connection.commit()
    views = resources.files(__package__) / "views.sql"
    connection.begin()
    connection.execute(views.read_text(encoding="utf-8"))
    connection.commit()
