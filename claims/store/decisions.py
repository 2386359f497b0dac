"""What people decided about speakers, in a small SQLite file beside the database.

As with reviews, the file takes a decision whoever holds the database, and outlives a database that
is replaced. Rows are only ever added: taking a decision back is a row too. Decisions name voices
by their identifiers, which are the same in every run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from claims.errors import DatabaseError

_WAIT = 10.0
"""Seconds to wait for another's write, which takes milliseconds."""

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


class Act(StrEnum):
    """What a person can decide about speakers."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"


_UNDO = "undo"  # its speaker_id is the number of the decision that is taken back


class Decision(NamedTuple):
    """One decision, by ``number`` from 1.

    ``other_id`` is who was merged into the speaker or split off from it, ``name`` the new name.
    """

    number: int
    act: Act
    speaker_id: str
    other_id: str | None
    name: str | None
    decided_by: str
    decided_at: datetime
    undone: bool = False


def decisions_path(database: Path) -> Path:
    """Where the decisions about a database lie: ``x.duckdb`` → ``x.speakers.sqlite``."""
    return database.with_name(f"{database.name.removesuffix('.duckdb')}.speakers.sqlite")


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

    Raises DatabaseError where the file cannot be read.
    """
    path = decisions_path(database)
    if not path.exists():
        return []
    with _told(path), closing(sqlite3.connect(_read_only(path), uri=True, timeout=_WAIT)) as file:
        known = file.execute("SELECT 1 FROM sqlite_master WHERE name = 'decisions'").fetchone()
        rows = file.execute("SELECT * FROM decisions ORDER BY decision").fetchall() if known else []
        undone = {int(row[2]) for row in rows if row[1] == _UNDO}
        return [
            Decision(
                number,
                Act(act),
                speaker_id,
                other_id,
                name,
                decided_by,
                datetime.fromisoformat(decided_at),
                number in undone,
            )
            for number, act, speaker_id, other_id, name, decided_by, decided_at in rows
            if act != _UNDO
        ]


def _read_only(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro"


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
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=_WAIT)) as file:
            file.execute("PRAGMA synchronous = FULL")
            with file:
                file.execute(_TABLE)
                cursor = file.execute(
                    "INSERT INTO decisions (act, speaker_id, other_id, name, decided_by, "
                    "decided_at) VALUES (?, ?, ?, ?, ?, ?)",
                    (act, speaker_id, other_id, name, decided_by, when.isoformat()),
                )
                return int(cursor.lastrowid or 0)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as error:
        raise DatabaseError(
            f"{path}: the decisions about speakers cannot be read or written: {error}; "
            "mend the file or move it aside"
        ) from None
