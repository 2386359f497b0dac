"""What people decided about speakers, in a small SQLite file beside the database.

As with reviews, the file takes a decision whoever holds the database, and outlives a database that
is replaced. Rows are only ever added: taking a decision back is a row too. Decisions name voices
by their identifiers, which are the same in every run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from claims.errors import DatabaseError
from claims.fetching.memory_file import beside
from claims.resolver.decisions import Act, Decision
from claims.store.ledger_file import WAIT, guarded, opened_to_read
from claims.store.ledger_rows import SetAside, given, has_table, parsed, time_of

_TABLE = """
CREATE TABLE IF NOT EXISTS decisions (
    decision INTEGER PRIMARY KEY,
    act TEXT NOT NULL,
    speaker_id TEXT NOT NULL,
    other_id TEXT,
    name TEXT,
    decided_by TEXT NOT NULL,
    decided_at TEXT NOT NULL
)
"""


_WHAT = "the decisions about speakers"
_COLUMNS = ("act", "speaker_id", "other_id", "name", "decided_by", "decided_at")
_UNDO = "undo"  # its speaker_id is the number of the decision that is taken back


def decisions_path(database: Path) -> Path:
    """Where the decisions about a database lie: ``x.duckdb`` → ``x.speakers.sqlite``."""
    return beside(database, "speakers")


def decide(
    database: Path,
    act: Act,
    speaker_id: str,
    *,
    other_id: str | None = None,
    name: str | None = None,
    decided_by: str,
) -> Decision:
    """Keep one decision; it is on disk when this returns. The database need not exist.

    Raises DatabaseError where the file cannot be written.
    """
    when = datetime.now(UTC)
    number = _append(database, act.value, speaker_id, other_id, name, decided_by, when)
    return Decision(number, act, speaker_id, other_id, name, decided_by, when)


def undo(database: Path, decided_by: str, number: int | None = None) -> Decision:
    """Take a decision back, by default the latest that stands, and return it.

    Raises DatabaseError where there is no such decision, or it was taken back before.
    """
    made = decisions(database)
    standing = [one for one in made if not one.undone]
    if number is None:
        chosen = standing[-1] if standing else None
    else:
        chosen = next((one for one in standing if one.number == number), None)
    if chosen is None:
        what = "no decision" if number is None else f"no decision {number}"
        raise DatabaseError(
            f"{decisions_path(database)}: {what} to take back; "
            "`claims speakers decisions` lists those that stand"
        )
    _append(database, _UNDO, str(chosen.number), None, None, decided_by, datetime.now(UTC))
    return chosen._replace(undone=True)


def decisions(database: Path) -> list[Decision]:
    """All decisions in the order they were made; makes no file.

    Rows that are no decisions are passed over; ``set_aside`` has them. Raises DatabaseError where
    the file cannot be read.
    """
    found = [row for row in _rows(database) if not isinstance(row, SetAside)]
    undone = {row for row in found if isinstance(row, int)}
    return [row._replace(undone=row.number in undone) for row in found if isinstance(row, Decision)]


def set_aside(database: Path) -> list[SetAside]:
    """The rows that are no decisions, which other programs must have written."""
    return [row for row in _rows(database) if isinstance(row, SetAside)]


def _rows(database: Path) -> list[Decision | int | SetAside]:
    path = decisions_path(database)
    if not path.exists():
        return []
    with guarded(path, _WHAT), closing(opened_to_read(path)) as file:
        return list(rows_in(file))


def rows_in(file: sqlite3.Connection) -> Iterator[Decision | int | SetAside]:
    """The rows of an open file in their order: decisions, and the numbers of those that were taken
    back. Raises sqlite3.Error."""
    if not has_table(file, "decisions"):
        return

    def decision(row: Sequence[str | None]) -> Decision | int:
        act, speaker_id, other_id, name, decided_by, decided_at = row
        act, speaker_id, decided_by, decided_at = given((act, speaker_id, decided_by, decided_at))
        when = time_of(decided_at)
        if act == _UNDO:
            return int(speaker_id)
        if act == Act.RENAME and not name:
            raise ValueError("a new name is missing")
        if act != Act.RENAME and not other_id:
            raise ValueError("the other speaker is missing")
        return Decision(0, Act(act), speaker_id, other_id, name, decided_by, when)

    for number, row in parsed(file, "decisions", _COLUMNS, decision):
        yield row._replace(number=number) if isinstance(row, Decision) else row


def _append(
    database: Path,
    act: str,
    speaker_id: str,
    other_id: str | None,
    name: str | None,
    decided_by: str,
    when: datetime,
) -> int:
    path = decisions_path(database)
    with guarded(path, _WHAT):
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=WAIT)) as file:
            file.execute("PRAGMA synchronous = FULL")
            with file:
                file.execute(_TABLE)
                cursor = file.execute(
                    "INSERT INTO decisions (act, speaker_id, other_id, name, decided_by, "
                    "decided_at) VALUES (?, ?, ?, ?, ?, ?)",
                    (act, speaker_id, other_id, name, decided_by, when.isoformat()),
                )
                return int(cursor.lastrowid or 0)
