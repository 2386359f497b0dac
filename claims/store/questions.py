"""Questions to the database that are kept as files: one file of SQL a question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import duckdb

_AT_ONCE = 2_000
"""Rows that are taken from DuckDB at a time."""


class Questions:
    """The questions of one folder of a package. Parameters that are lists of texts reach SQL as
    JSON: of a list in Python, DuckDB first asks whether it is one of pandas."""

    def __init__(self, package: str, folder: str) -> None:
        self._package = package
        self._folder = folder

    def ask(
        self,
        connection: duckdb.DuckDBPyConnection,
        name: str,
        of: str | None = None,
        **parameters: object,
    ) -> list[dict[str, Any]]:
        """The rows that ``<name>.sql`` gives, by column.

        With ``of``, the rows of ``<of>.sql`` are there for it as the table ``ranking``.
        """
        sql = self._sql(name)
        if of is not None:
            sql = f"WITH ranking AS (\n{self._sql(of)}\n)\n{sql}"
        given = {
            one: json.dumps(value) if isinstance(value, list) else value
            for one, value in parameters.items()
        }
        found = connection.execute(sql, given)
        columns = [column[0] for column in found.description or []]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    def ask_one(
        self,
        connection: duckdb.DuckDBPyConnection,
        name: str,
        of: str | None = None,
        **parameters: object,
    ) -> dict[str, Any] | None:
        """The first row, or None where there is none."""
        rows = self.ask(connection, name, of, **parameters)
        return rows[0] if rows else None

    def each(
        self, connection: duckdb.DuckDBPyConnection, name: str, **parameters: object
    ) -> Iterator[tuple[Any, ...]]:
        """The rows that ``<name>.sql`` gives, for who asks nothing else meanwhile: they are not all
        in memory at once."""
        found = connection.execute(self._sql(name), parameters)
        while rows := found.fetchmany(_AT_ONCE):
            yield from rows

    def define(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Make what ``<name>.sql`` defines, for this connection only."""
        connection.execute(self._sql(name))

    def _sql(self, name: str) -> str:
        return _read(self._package, f"{self._folder}/{name}.sql")


@cache
def _read(package: str, path: str) -> str:
    return resources.files(package).joinpath(path).read_text(encoding="utf-8")
