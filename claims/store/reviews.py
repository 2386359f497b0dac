"""What people decided, in a small SQLite file beside the database.

A DuckDB file has one writer at a time, and a run may hold it. SQLite takes a decision in
milliseconds whoever runs, and the file outlives a database that is replaced. ``Database`` shows
the decisions as the table ``reviews``, what was taken back as ``undone_reviews``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from claims.fetching.memory_file import beside
from claims.store.insert import in_utc
from claims.store.ledger_file import WAIT, guarded, opened_to_read
from claims.store.ledger_rows import SetAside, given, has_table, parsed, time_of
from claims.store.review_events import (
    MisreadClaim,
    UndoneReview,
    marked,
    misread_claim,
    undone_review,
)

if TYPE_CHECKING:
    from claims.model import Review

_WHAT = "the reviews"
TABLES = {
    "reviews": ("contradiction_id", "verdict", "note", "reviewer", "reviewed_at"),
    "undone": UndoneReview._fields,
    "misread": MisreadClaim._fields,
}
"""The tables of the file. One that an older version made has no more than the first."""


class ReviewLedger(NamedTuple):
    """All that is in the file, in the order in which it was written, times in UTC: decisions, which
    of them were taken back, which claims they name as wrongly extracted, and rows that are nothing
    of these, which other programs must have written."""

    reviews: list[Review]
    undone: list[UndoneReview]
    misread: list[MisreadClaim]
    set_aside: list[SetAside]


def reviews_path(database: Path) -> Path:
    """Where the decisions about a database lie: ``x.duckdb`` → ``x.reviews.sqlite``."""
    return beside(database, "reviews")


def append(database: Path, *decided: Review | UndoneReview | MisreadClaim) -> None:
    """Keep decisions, and what happens to them, all or none; on disk when this returns. The
    database need not exist. Raises DatabaseError where the file cannot be written."""
    path = reviews_path(database)
    with guarded(path, _WHAT), closing(sqlite3.connect(path, timeout=WAIT)) as connection:
        # WAL: those who read the decisions never hold up the one who adds to them.
        connection.execute("PRAGMA journal_mode = WAL")
        # A decision must outlive a power cut; it is one write at the speed of a person.
        connection.execute("PRAGMA synchronous = FULL")
        with connection:
            for table, columns in TABLES.items():
                connection.execute(
                    f"CREATE TABLE IF NOT EXISTS {table} "
                    f"({', '.join(f'{column} TEXT NOT NULL' for column in columns)})"
                )
            for one in decided:
                table = _table(one)
                columns = TABLES[table]
                connection.execute(
                    f"INSERT INTO {table} ({', '.join(columns)}) "
                    f"VALUES ({', '.join('?' * len(columns))})",
                    [_text(getattr(one, column)) for column in columns],
                )


def kept(database: Path) -> ReviewLedger:
    """All that people decided about a database; makes no file. Raises DatabaseError where the file
    cannot be read."""
    found = ReviewLedger([], [], [], [])
    path = reviews_path(database)
    if not path.exists():
        return found
    with guarded(path, _WHAT), closing(opened_to_read(path, wal=True)) as connection:
        for row in rows_in(connection):
            if isinstance(row, SetAside):
                found.set_aside.append(row)
            elif isinstance(row, UndoneReview):
                found.undone.append(row)
            elif isinstance(row, MisreadClaim):
                found.misread.append(row)
            elif (mark := marked(row)) is not None:
                found.undone.append(mark)
            else:
                found.reviews.append(row)
    return found


def read(database: Path) -> list[Review]:
    """All decisions about a database in the order they were made, also those that were taken back,
    times in UTC. Raises DatabaseError where the file cannot be read."""
    return kept(database).reviews


def standing(database: Path) -> list[Review]:
    """The decisions that were not taken back, in the order they were made. Raises DatabaseError."""
    ledger = kept(database)
    gone = {(one.contradiction_id, one.reviewer, one.reviewed_at) for one in ledger.undone}
    return [
        one
        for one in ledger.reviews
        if (one.contradiction_id, one.reviewer, one.reviewed_at) not in gone
    ]


def set_aside(database: Path) -> list[SetAside]:
    """The rows of the file that are nothing that people decided."""
    return kept(database).set_aside


def rows_in(
    connection: sqlite3.Connection,
) -> Iterator[Review | UndoneReview | MisreadClaim | SetAside]:
    """The rows of an open file, a table after the other. Raises sqlite3.Error."""
    for table in TABLES:
        yield from rows_of(connection, table)


def rows_of(
    connection: sqlite3.Connection, table: str
) -> Iterator[Review | UndoneReview | MisreadClaim | SetAside]:
    """The rows of one table in their order; an older file may lack it. Raises sqlite3.Error."""
    if not has_table(connection, table):
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

    parse: dict[str, Callable[[Sequence[str | None]], Review | UndoneReview | MisreadClaim]] = {
        "reviews": review,
        "undone": undone_review,
        "misread": misread_claim,
    }
    for _, row in parsed(connection, table, TABLES[table], parse[table]):
        yield row


def _table(one: Review | UndoneReview | MisreadClaim) -> str:
    if isinstance(one, UndoneReview):
        return "undone"
    return "misread" if isinstance(one, MisreadClaim) else "reviews"


def _text(value: object) -> str:
    return in_utc(value).isoformat() if isinstance(value, datetime) else str(value)
