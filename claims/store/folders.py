"""What people collected into folders, in a small SQLite file beside the database.

As with reviews, the file takes a claim whoever holds the database, and outlives a database that is
replaced. Rows are only ever added: taking a claim out is a row too. A claim is kept as it read when
it was collected, so that it stays whatever a later run finds. ``Database`` shows the folders as the
table ``folder_claims``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from claims.fetching.memory_file import beside
from claims.store.insert import insert, moment
from claims.store.ledger_file import WAIT, guarded, opened_to_read
from claims.store.ledger_rows import SetAside, given, has_table, parsed, time_of

if TYPE_CHECKING:
    from claims.store.folder_claim import FolderClaim, PrintedClaim

LONGEST_NAME = 80  # characters of a folder's name

_WHAT = "the folders"
COLUMNS = ("act", "folder", "claim_id", "claim", "collected_by", "collected_at")
_COLLECT, _TAKE_OUT = "collect", "take out"
_CREATE = (
    "CREATE TABLE IF NOT EXISTS folders (act TEXT NOT NULL, folder TEXT NOT NULL, "
    "claim_id TEXT NOT NULL, claim TEXT, collected_by TEXT NOT NULL, collected_at TEXT NOT NULL)"
)


class FolderEvent(NamedTuple):
    """A claim that was put into a folder, or, where ``claim`` is None, taken out of it."""

    folder: str
    claim_id: str
    claim: FolderClaim | None


def folders_path(database: Path) -> Path:
    """Where the folders of a database lie: ``x.duckdb`` → ``x.folders.sqlite``."""
    return beside(database, "folders")


def collect(database: Path, folder: str, claims: Sequence[PrintedClaim], by: str) -> None:
    """Put claims into a folder, which need not be there; on disk when this returns. One that is in
    it already stays as it is. Raises DatabaseError."""
    there = claims_in(database, folder)
    rows = [(one.claim_id, one.model_dump_json()) for one in claims if one.claim_id not in there]
    _append(database, _COLLECT, folder, rows, by)


def take_out(database: Path, folder: str, claims: Collection[str], by: str) -> None:
    """Take claims out of a folder; those that are not in it are passed over. A folder is gone with
    its last claim. Raises DatabaseError."""
    there = claims_in(database, folder)
    _append(database, _TAKE_OUT, folder, [(one, None) for one in claims if one in there], by)


def claims_in(database: Path, folder: str) -> set[str]:
    """The identifiers of the claims in a folder; makes no file. Raises DatabaseError."""
    path = folders_path(database)
    if not path.exists():
        return set()
    with guarded(path, _WHAT), closing(opened_to_read(path)) as connection:
        if not has_table(connection, "folders"):
            return set()
        found = connection.execute(
            "SELECT claim_id, act FROM folders WHERE folder = ? ORDER BY rowid", (folder,)
        ).fetchall()
    return {claim for claim, act in dict(found).items() if act == _COLLECT}


def read(database: Path) -> dict[tuple[str, str], FolderEvent]:
    """By folder and claim the last that was done; makes no file.

    Rows that are none of ours are passed over; ``set_aside`` has them. Raises DatabaseError where
    the file cannot be read.
    """
    rows = (row for row in _rows(database) if not isinstance(row, SetAside))
    return {(row.folder, row.claim_id): row for row in rows}


def set_aside(database: Path) -> list[SetAside]:
    """The rows that are none of ours, which other programs must have written."""
    return [row for row in _rows(database) if isinstance(row, SetAside)]


def rows_in(connection: sqlite3.Connection) -> Iterator[FolderEvent | SetAside]:
    """The rows of an open file in their order. Raises sqlite3.Error."""
    if not has_table(connection, "folders"):
        return
    from claims.store.folder_claim import FolderClaim  # takes a moment; most databases have none

    def event(row: Sequence[str | None]) -> FolderEvent:
        act, folder, claim_id, claim, by, at = row
        act, folder, claim_id, by, at = given((act, folder, claim_id, by, at))
        when = time_of(at)
        if act == _TAKE_OUT:
            return FolderEvent(folder, claim_id, None)
        if act != _COLLECT or claim is None:
            raise ValueError(f"{act}: neither {_COLLECT} nor {_TAKE_OUT}")
        about = {"folder": folder, "collected_by": by, "collected_at": when}
        kept = FolderClaim.model_validate({**json.loads(claim), **about})
        if kept.claim_id != claim_id:
            raise ValueError("another claim than it is said to be")
        return FolderEvent(folder, claim_id, kept)

    for _, row in parsed(connection, "folders", COLUMNS, event):
        yield row


def unseen(
    connection: duckdb.DuckDBPyConnection, database: Path
) -> dict[tuple[str, str], FolderEvent]:
    """What the table ``folder_claims`` of the open database does not say yet."""
    events = read(database)
    if not events:
        return {}
    stored = {
        (folder, claim): when
        for folder, claim, when in connection.execute(
            "SELECT folder, claim_id, collected_at FROM folder_claims"
        ).fetchall()
    }
    return {
        key: one
        for key, one in events.items()
        if stored.get(key)
        != (one.claim.collected_at.replace(tzinfo=None) if one.claim is not None else None)
    }


def bring_up_to_date(
    connection: duckdb.DuckDBPyConnection, events: dict[tuple[str, str], FolderEvent]
) -> None:
    """Make the table ``folder_claims`` say what ``unseen`` found."""
    for folder, claim_id in events:
        connection.execute(
            "DELETE FROM folder_claims WHERE folder = ? AND claim_id = ?", [folder, claim_id]
        )
    rows = [one.claim for one in events.values() if one.claim is not None]
    insert(
        connection,
        "folder_claims",
        (
            {
                **one.model_dump(mode="json"),
                "published_at": moment(one.published_at),
                "collected_at": moment(one.collected_at),
            }
            for one in rows
        ),
    )


def _append(
    database: Path, act: str, folder: str, claims: Sequence[tuple[str, str | None]], by: str
) -> None:
    if not claims:
        return
    path = folders_path(database)
    at = datetime.now(UTC).isoformat()
    with guarded(path, _WHAT), closing(sqlite3.connect(path, timeout=WAIT)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        with connection:
            connection.execute(_CREATE)
            connection.executemany(
                f"INSERT INTO folders ({', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?)",
                [(act, folder, claim_id, claim, by, at) for claim_id, claim in claims],
            )


def _rows(database: Path) -> list[FolderEvent | SetAside]:
    path = folders_path(database)
    if not path.exists():
        return []
    with guarded(path, _WHAT), closing(opened_to_read(path)) as connection:
        return list(rows_in(connection))
