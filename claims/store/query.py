"""SQL of users: one statement that reads, and nothing but the database."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import duckdb

from claims.errors import QueryError
from claims.store.database import Database

_READ_ONLY = (
    "only one statement that reads is allowed: "
    "SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE, EXPLAIN or PIVOT"
)


class Result(NamedTuple):
    """What a query gave: names and DuckDB types of the columns, rows as Python values.

    ``truncated`` says that there were more rows than the limit.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[object, ...]]
    truncated: bool = False


def query(
    database: Database, sql: str, limit: int | None = None, seconds: float | None = None
) -> Result:
    """Run one statement of a user and return its rows, ``limit`` at most, within ``seconds``.

    The connection is read-only and reaches no file, no network and no setting. Raises QueryError
    in one line for a statement that is refused, wrong or too slow, DatabaseError as
    ``Database.reading``.
    """
    with database.reading() as connection:
        _refuse(connection, sql)
        try:
            with _stopped_after(connection, seconds):
                connection.execute(sql)
                columns = connection.description or []
                rows = connection.fetchall() if limit is None else connection.fetchmany(limit + 1)
        except duckdb.InterruptException:
            raise QueryError(
                f"stopped after {seconds:g} seconds; ask for less, or ask on the command line: "
                "`claims sql` has no time limit"
            ) from None
        except duckdb.PermissionException as error:
            raise QueryError(
                f"refused: SQL here reads the tables of {database.path} and no files: "
                f"{_one_line(error)}"
            ) from None
        except duckdb.Error as error:
            raise QueryError(_one_line(error)) from None
    truncated = limit is not None and len(rows) > limit
    return Result(
        columns=tuple(column[0] for column in columns),
        types=tuple(str(column[1]) for column in columns),
        rows=rows[:limit],
        truncated=truncated,
    )


@contextmanager
def _stopped_after(connection: duckdb.DuckDBPyConnection, seconds: float | None) -> Iterator[None]:
    """Interrupt what the connection does in the block once the time is up."""
    if seconds is None:
        yield
        return
    timer = threading.Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # so that it never interrupts what comes after


def _refuse(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raise QueryError where ``sql`` is not exactly one statement that reads."""
    try:
        statements = connection.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryError(_one_line(error)) from None
    if not statements:
        raise QueryError(f"no statement given; {_READ_ONLY}")
    # DuckDB turns PIVOT … ON into the making of a temporary type and a SELECT, both without text.
    if len(statements) == 2 and not any(statement.query for statement in statements):
        return
    for statement in statements:
        if statement.type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
            raise QueryError(f"{statement.type.name} is refused: {_READ_ONLY}")
    if len(statements) > 1:
        raise QueryError(f"{len(statements)} statements given; {_READ_ONLY}")


def _one_line(error: duckdb.Error) -> str:
    """DuckDB's message and its hint, with the line where there are several."""
    message, _, place = str(error).partition("\n\nLINE ")
    line = re.match(r"\d+", place)
    where = f" (line {line[0]})" if line and line[0] != "1" else ""
    return " ".join(message.split()) + where
