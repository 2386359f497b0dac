"""Whether an SQLite file that others may have made is one of those that claims keeps."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from claims.errors import DatabaseError
from claims.fetching.memory import Remembered
from claims.store import folders, reviews, speaker_decisions
from claims.store.archives import LEDGERS
from claims.store.ledger_rows import SetAside

_COLUMNS = {
    **reviews.TABLES,
    "decisions": (
        "decision", "act", "speaker_id", "other_id", "name", "decided_by", "decided_at",
    ),
    "folders": folders.COLUMNS,
    "fetched": Remembered._fields,
    "set_aside": ("table_name", "number", "values_hex"),
}  # fmt: skip
_TABLES = {"reviews": tuple(reviews.TABLES)}
"""Where a file has more tables than that which it is named after: all of them."""

_LARGEST_BODY = 50_000_000  # bytes of a page, unpacked


def examine(file: Path) -> None:
    """Raise DatabaseError where there is anything in ``file`` that claims does not keep there."""
    table = LEDGERS[file.name]
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                told = " ".join(str(found).split())  # SQLite tells it in several lines
                raise DatabaseError(f"{file.name} in it is damaged: {told}")
            _check_objects(connection, file.name, table)
            _check_rows(connection, file.name, table)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise DatabaseError(f"{file.name} in it is damaged: {error}") from None


def _check_objects(connection: sqlite3.Connection, name: str, table: str) -> None:
    for kind, object_name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if kind == "index" and sql is None:
            continue  # of a key
        if kind != "table" or object_name not in (*_TABLES.get(table, (table,)), "set_aside"):
            raise DatabaseError(f"{name} in it holds the {kind} {object_name!r:.100}")
        columns = connection.execute(f'PRAGMA table_xinfo("{object_name}")').fetchall()
        if [(one[1], one[6]) for one in columns] != [(one, 0) for one in _COLUMNS[object_name]]:
            raise DatabaseError(f"{name} in it has not the columns that it should have")


def _check_rows(connection: sqlite3.Connection, name: str, table: str) -> None:
    for wrong in _wrong(connection, table):
        raise DatabaseError(f"{name} in it, row {wrong.number}: {wrong.why}")


def _wrong(connection: sqlite3.Connection, table: str) -> Iterator[SetAside]:
    rows = {
        "reviews": reviews.rows_in,
        "decisions": speaker_decisions.rows_in,
        "folders": folders.rows_in,
        "fetched": _fetched,
    }[table]
    yield from (row for row in rows(connection) if isinstance(row, SetAside))


def _fetched(connection: sqlite3.Connection) -> Iterator[object]:
    texts = ("url", "final_url", "etag", "last_modified", "content_type", "mark", "failure")
    kinds = ", ".join(f"typeof({one})" for one in texts)
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'fetched'").fetchone() is None:
        return
    for number, body, at, *found in connection.execute(
        f"SELECT rowid, body, typeof(first_at + fetched_at + checked_at + fresh_until), {kinds} "
        "FROM fetched"
    ):
        if at != "real" or not set(found) <= {"text", "null"} or "null" in found[:2]:
            yield SetAside(number, "values that are no texts and times")
        elif body is not None and not _unpacks(body):
            yield SetAside(number, "a page that cannot be unpacked")


def _unpacks(body: object) -> bool:
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(body, _LARGEST_BODY)  # type: ignore[arg-type]
    except (zlib.error, TypeError):
        return False
    return unpacking.eof
