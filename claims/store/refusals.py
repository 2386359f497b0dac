"""Runs that did not take place because others held the database, in a small SQLite file beside it.

A row of ``runs`` cannot be written then; the next run that is recorded reads them in.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from claims.fetching.memory_file import beside
from claims.store.insert import Row, moment
from claims.store.ledger_file import WAIT
from claims.store.ledger_rows import SetAside, Text, given, has_table, parsed, time_of

_COLUMNS = ("run_id", "began_at", "refused_at", "scheduled_for", "inputs", "reason")


class Refusal(NamedTuple):
    """A run that was refused, times in UTC; ``reason`` in one line."""

    run_id: str
    began_at: datetime
    refused_at: datetime
    scheduled_for: datetime | None
    inputs: tuple[str, ...]
    reason: str

    def row(self) -> Row:
        """As a row of ``runs``."""
        return {
            "run_id": self.run_id,
            "started_at": moment(self.began_at),
            "finished_at": moment(self.refused_at),
            "status": "refused",
            "articles": 0,
            "claims": 0,
            "contradictions": 0,
            "failures": [],
            "versions": {"inputs": list(self.inputs)},
            "scheduled_for": moment(self.scheduled_for),
            "error": self.reason,
            "warnings": [],
        }


def refusals_path(database: Path) -> Path:
    """Where they lie: ``x.duckdb`` → ``x.refused.sqlite``."""
    return beside(database, "refused")


def remember(
    database: Path,
    run_id: str,
    began_at: datetime,
    scheduled_for: datetime | None,
    inputs: Sequence[str],
    reason: str,
) -> None:
    """Keep that a run was refused just now. Raises sqlite3.Error where that cannot be written."""
    times = (one and one.isoformat() for one in (began_at, datetime.now(UTC), scheduled_for))
    row = (run_id, *times, json.dumps(list(inputs), ensure_ascii=False), reason)
    with closing(sqlite3.connect(refusals_path(database), timeout=WAIT)) as connection, connection:
        connection.execute(f"CREATE TABLE IF NOT EXISTS refused ({', '.join(_COLUMNS)})")
        connection.execute("INSERT INTO refused VALUES (?, ?, ?, ?, ?, ?)", row)


def remembered(database: Path) -> list[Refusal]:
    """The refused runs that are not in ``runs`` yet; makes no file. Rows that other programs have
    written and that are none, and a file that is none, are passed over: no run fails by them."""
    path = refusals_path(database)
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(path, timeout=WAIT)) as connection:
            if not has_table(connection, "refused"):
                return []
            rows = [row for _, row in parsed(connection, "refused", _COLUMNS, _refusal)]
    except sqlite3.Error:
        return []
    return [row for row in rows if not isinstance(row, SetAside)]


def forget(database: Path, recorded: Sequence[Refusal]) -> None:
    """Drop those that are in ``runs`` now. Raises sqlite3.Error."""
    if not recorded:
        return
    with closing(sqlite3.connect(refusals_path(database), timeout=WAIT)) as connection, connection:
        connection.executemany(
            "DELETE FROM refused WHERE run_id = ?", [(one.run_id,) for one in recorded]
        )


def _refusal(row: Sequence[Text]) -> Refusal:
    *times_and_id, due, inputs, reason = row
    run_id, began, refused, listed, why = given((*times_and_id, inputs, reason))
    named = json.loads(listed)
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
        raise ValueError("inputs that are none")
    return Refusal(
        run_id, time_of(began), time_of(refused), None if due is None else time_of(due),
        tuple(named), why,
    )  # fmt: skip
