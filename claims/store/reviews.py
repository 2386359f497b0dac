"""What people decided, in a small SQLite file beside the database.

A DuckDB file has one writer at a time, and a run may hold it. SQLite takes a decision in
milliseconds whoever runs, and the file outlives a database that is replaced. ``Database`` shows
the decisions as the table ``reviews``.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from claims.errors import DatabaseError
from claims.store.rows import in_utc, moment

if TYPE_CHECKING:
    from claims.model import Review

_WAIT = 10.0
"""Seconds to wait for another reviewer's write, which takes milliseconds."""

_COLUMNS = "contradiction_id, verdict, note, reviewer, reviewed_at"


def reviews_path(database: Path) -> Path:
    """Where the decisions about a database lie: ``x.duckdb`` → ``x.reviews.sqlite``."""
    return database.with_name(f"{database.name.removesuffix('.duckdb')}.reviews.sqlite")


def append(database: Path, review: Review) -> None:
    """Keep one decision; it is on disk when this returns. The database need not exist.

    Raises DatabaseError where the file cannot be written.
    """
    path = reviews_path(database)
    with _told(path), closing(sqlite3.connect(path, timeout=_WAIT)) as connection:
        # WAL: those who read the decisions never hold up the one who adds to them.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        with connection:
            connection.execute(
                f"CREATE TABLE IF NOT EXISTS reviews ({_COLUMNS.replace(',', ' TEXT NOT NULL,')} "
                "TEXT NOT NULL)"
            )
            connection.execute(
                f"INSERT INTO reviews ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",
                (
                    review.contradiction_id,
                    review.verdict.value,
                    review.note,
                    review.reviewer,
                    in_utc(review.reviewed_at).isoformat(),
                ),
            )


def read(database: Path) -> list[Review]:
    """All decisions about a database in the order they were made, times in UTC; makes no file.

    Raises DatabaseError where the file cannot be read.
    """
    path = reviews_path(database)
    if not path.exists():
        return []
    with _told(path), closing(_opened(path)) as connection:
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'reviews'").fetchone()
        if known is None:
            return []
        rows = connection.execute(f"SELECT {_COLUMNS} FROM reviews ORDER BY rowid").fetchall()
    from claims.model import Review, Verdict  # takes a moment to load; most databases have none

    return [
        Review(
            contradiction_id=contradiction_id,
            verdict=Verdict(verdict),
            note=note,
            reviewer=reviewer,
            reviewed_at=datetime.fromisoformat(reviewed_at),
        )
        for contradiction_id, verdict, note, reviewer, reviewed_at in rows
    ]


def unseen(connection: duckdb.DuckDBPyConnection, database: Path) -> list[dict[str, object]]:
    """Decisions that the table ``reviews`` of the open database does not hold yet, as its rows."""
    decided = read(database)
    if not decided:
        return []
    stored = set(connection.execute(f"SELECT {_COLUMNS} FROM reviews").fetchall())
    return [
        {**review.model_dump(mode="json"), "reviewed_at": moment(review.reviewed_at)}
        for review in decided
        if (
            review.contradiction_id,
            review.verdict.value,
            review.note,
            review.reviewer,
            review.reviewed_at.replace(tzinfo=None),
        )
        not in stored
    ]


def _opened(path: Path) -> sqlite3.Connection:
    """Open for reading. Where the folder cannot be written, WAL needs no room."""
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else "immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, timeout=_WAIT)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as error:
        raise DatabaseError(
            f"{path}: the reviews cannot be read or written: {error}; "
            "mend the file or move it aside"
        ) from None
