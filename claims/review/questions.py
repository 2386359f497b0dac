"""What the pages ask of the database: one file of ``sql/`` a question."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

import duckdb


@cache
def _sql(name: str) -> str:
    return (resources.files(__package__) / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def ask(
    connection: duckdb.DuckDBPyConnection, name: str, of: str | None = None, **parameters: object
) -> list[dict[str, Any]]:
    """The rows that ``sql/<name>.sql`` gives, by column.

    With ``of``, the rows of ``sql/<of>.sql`` are there for it as the table ``ranking``. Lists of
    texts reach SQL as JSON: of a list in Python, DuckDB first asks whether it is one of pandas.
    """
    sql = _sql(name) if of is None else f"WITH ranking AS (\n{_sql(of)}\n)\n{_sql(name)}"
    given = {
        one: json.dumps(value) if isinstance(value, list) else value
        for one, value in parameters.items()
    }
    found = connection.execute(sql, given)
    columns = [column[0] for column in found.description or []]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def ask_one(
    connection: duckdb.DuckDBPyConnection, name: str, of: str | None = None, **parameters: object
) -> dict[str, Any] | None:
    """The first row, or None where there is none."""
    rows = ask(connection, name, of, **parameters)
    return rows[0] if rows else None


def define(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Make what ``sql/<name>.sql`` defines, for this connection only."""
    connection.execute(_sql(name))
