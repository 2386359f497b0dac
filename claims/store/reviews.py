"""What people decided, in a small SQLite file beside the database.

A DuckDB file has one writer at a time, and a run may hold it. SQLite takes a decision in
milliseconds whoever runs, and the file outlives a database that is replaced. ``Database`` shows
the decisions as the table ``reviews``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from claims.fetching.memory_file import beside
from claims.store.insert import in_utc, moment
from claims.store.ledger_file import WAIT, guarded, opened_to_read
from claims.store.ledger_rows import SetAside, given, has_table, parsed, time_of

if TYPE_CHECKING:
    from claims.model import Review

_WHAT = "the reviews"
_COLUMNS = "contradiction_id, verdict, note, reviewer, reviewed_at"


def reviews_path(database: Path) -> Path:
    """Where the decisions about a database lie: ``x.duckdb`` → ``x.reviews.sqlite``."""
    return beside(database, "reviews")


def append(database: Path, *decided: Review) -> None:
    """Keep decisions, all or none; they are on disk when this returns. The database need not exist.

    Raises DatabaseError where the file cannot be written.
    """
    path = reviews_path(database)
    with guarded(path, _WHAT), closing(sqlite3.connect(path, timeout=WAIT)) as connection:
        # WAL: those who read the decisions never hold up the one who adds to them.
        connection.execute("PRAGMA journal_mode = WAL")
        # A decision must outlive a power cut; it is one write at the speed of a person.
        connection.execute("PRAGMA synchronous = FULL")
        with connection:
            connection.execute(
                f"CREATE TABLE IF NOT EXISTS reviews ({_COLUMNS.replace(',', ' TEXT NOT NULL,')} "
                "TEXT NOT NULL)"
            )
            connection.executemany(
                f"INSERT INTO reviews ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",
                (
                    (
                        review.contradiction_id,
                        review.verdict.value,
                        review.note,
                        review.reviewer,
                        in_utc(review.reviewed_at).isoformat(),
                    )
                    for review in decided
                ),
            )


def read(database: Path) -> list[Review]:
    """All decisions about a database in the order they were made, times in UTC; makes no file.

    Rows that are no decisions are passed over; ``set_aside`` has them. Raises DatabaseError where
    the file cannot be read.
    """
    return [one for one in _rows(database) if not isinstance(one, SetAside)]


def set_aside(database: Path) -> list[SetAside]:
    """The rows that are no decisions, which other programs must have written."""
    return [one for one in _rows(database) if isinstance(one, SetAside)]


def _rows(database: Path) -> list[Review | SetAside]:
    path = reviews_path(database)
    if not path.exists():
        return []
    with guarded(path, _WHAT), closing(opened_to_read(path, wal=True)) as connection:
        return list(rows_in(connection))


def rows_in(connection: sqlite3.Connection) -> Iterator[Review | SetAside]:
    """The rows of an open file in their order. Raises sqlite3.Error."""
    if not has_table(connection, "reviews"):
        return
    from claims.model import Review, Verdict  # takes a moment to load; most databases have none

    def review(row: Sequence[str | None]) -> Review:
        contradiction_id, verdict, note, reviewer, reviewed_at = given(row)
        return Review(
            contradiction_id=contradiction_id,
            verdict=Verdict(verdict),
            note=note,
            reviewer=reviewer,
            reviewed_at=time_of(reviewed_at),
        )

    for _, row in parsed(connection, "reviews", _COLUMNS.split(", "), review):
        yield row


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
