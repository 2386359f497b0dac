"""The record of runs: when, with what, and what failed."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import duckdb

from claims.model import Failure
from claims.store import refusals
from claims.store.database import Database
from claims.store.insert import insert, json_text, moment
from claims.store.outlet_counts import OutletCount, put_outlet_counts


class RunStatus(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    REFUSED = "refused"


class RunCounts(NamedTuple):
    """What a run wrote."""

    articles: int = 0
    claims: int = 0
    contradictions: int = 0


def new_run_id() -> str:
    """An identifier for a run that begins."""
    return uuid.uuid4().hex


def start_run(
    database: Database,
    inputs: Sequence[str],
    versions: Mapping[str, object],
    run_id: str | None = None,
    scheduled_for: datetime | None = None,
) -> str:
    """Record that a run begins, and return its identifier: ``run_id``, or a new one.

    ``inputs`` are those that the user named, ``versions`` whatever says what ran (JSON values);
    both are kept in ``runs.versions`` with the process that runs. ``scheduled_for`` is when the
    schedule wanted it. Earlier runs whose process died are marked as interrupted, and those that
    were refused are recorded. Call it only once there is something to write. Raises DatabaseError.
    """
    run_id = run_id or new_run_id()
    refused = refusals.remembered(database.path)
    with database.writing() as connection:
        _mark_interrupted(connection)
        known = {one for (one,) in connection.execute("SELECT run_id FROM runs").fetchall()}
        insert(connection, "runs", (one.row() for one in refused if one.run_id not in known))
        insert(
            connection,
            "runs",
            [
                {
                    "run_id": run_id,
                    "started_at": moment(datetime.now(UTC)),
                    "status": RunStatus.RUNNING,
                    **RunCounts()._asdict(),
                    "failures": [],
                    "versions": {**versions, "inputs": list(inputs), "process": _process()},
                    "scheduled_for": moment(scheduled_for),
                    "warnings": [],
                }
            ],
        )
    with suppress(sqlite3.Error):  # those that stay are known by then
        refusals.forget(database.path, refused)
    return run_id


def finish_run(
    database: Database,
    run_id: str,
    status: RunStatus,
    counts: RunCounts,
    failures: Iterable[Failure],
    *,
    error: str | None = None,
    warnings: Sequence[str] = (),
    outlets: Iterable[OutletCount] = (),
) -> None:
    """Record how a run ended, with all its failures, also those that an earlier run recorded.

    ``error`` says in one line why it failed, ``outlets`` what each outlet brought. Raises
    DatabaseError.
    """
    told = [failure.model_dump(exclude_none=True) for failure in failures]
    with database.writing() as connection:
        connection.execute(
            "UPDATE runs SET finished_at = ?, status = ?, articles = ?, claims = ?, "
            "contradictions = ?, failures = ?, error = ?, warnings = ? WHERE run_id = ?",
            [
                moment(datetime.now(UTC)),
                status,
                *counts,
                json_text(told),
                error,
                json_text(list(warnings)),
                run_id,
            ],
        )
        put_outlet_counts(connection, run_id, outlets)


def known_failures(database: Database, inputs: Sequence[str]) -> set[tuple[str, str]]:
    """Input and reason of each failure of the latest finished run over the same ``inputs``.

    A run that stores nothing and whose failures are all among these has nothing to record. Empty
    where there is no database yet. Raises DatabaseError.
    """
    if not database.exists():
        return set()
    with database.reading() as connection:
        row = connection.execute(
            "SELECT failures FROM runs "
            "WHERE status IN ('done', 'failed') AND (versions->'inputs') = ?::JSON "
            "ORDER BY started_at DESC LIMIT 1",
            [json_text(list(inputs))],
        ).fetchone()
    return {(one["input"], one["reason"]) for one in json.loads(row[0])} if row else set()


def failed_articles(database: Database, extractor: str) -> dict[str, str]:
    """Articles that could be read but not analysed by what ``extractor`` is the fingerprint of:
    their ids with the reason. Empty where there is no database yet. Raises DatabaseError."""
    if not database.exists():
        return {}
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT failures FROM runs WHERE (versions->>'extractor') = ? ORDER BY started_at",
            [extractor],
        ).fetchall()
    return {
        one["article_id"]: one["reason"]
        for (failures,) in rows
        for one in json.loads(failures)
        if "article_id" in one
    }


def mark_interrupted(database: Database) -> int:
    """Mark runs whose process died before they ended; how many.

    Where there are none the database is only read, and not even made. Raises DatabaseError.
    """
    if not database.exists():
        return 0
    with database.reading() as connection:
        if not _dead(connection):
            return 0
    with database.writing() as connection:
        return _mark_interrupted(connection)


def _mark_interrupted(connection: duckdb.DuckDBPyConnection) -> int:
    dead = _dead(connection)
    for run_id in dead:
        connection.execute(
            "UPDATE runs SET status = ?, finished_at = ? WHERE run_id = ?",
            [RunStatus.INTERRUPTED, moment(datetime.now(UTC)), run_id],
        )
    return len(dead)


def _dead(connection: duckdb.DuckDBPyConnection) -> list[str]:
    running = connection.execute(
        "SELECT run_id, versions->'process' FROM runs WHERE status = 'running'"
    ).fetchall()
    return [run_id for run_id, process in running if _is_dead(json.loads(process))]


def _process() -> dict[str, object]:
    """This process, so that another can tell whether it still lives."""
    pid = os.getpid()
    return {"pid": pid, "host": socket.gethostname(), "born": _born(pid)}


def _is_dead(process: dict[str, object]) -> bool:
    """Whether a recorded process is gone. Those of other hosts count as alive."""
    # Of a lake there may be writers on other machines, of whose processes nothing is known here.
    if process["host"] != socket.gethostname():
        return False
    pid = int(str(process["pid"]))
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass  # it is there, and another user's
    return process["born"] != _born(pid)


def _born(pid: int) -> str | None:
    """When a process began, as Linux counts: numbers of processes are used again. Else None."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    # The name, in parentheses, may hold spaces; the 22nd field is the 20th after it.
    return stat.rpartition(")")[2].split()[19]


def unfinished(database: Database) -> bool:
    """Whether the latest run was stopped or failed, so that contradictions between the articles
    that it stored may be missing. Nothing is written. Raises DatabaseError."""
    if not database.exists():
        return False
    with database.reading() as connection:
        row = connection.execute(
            "SELECT run_id, status FROM runs WHERE status != 'refused' "
            "ORDER BY started_at DESC, run_id LIMIT 1"
        ).fetchone()
        if row is None or row[1] == RunStatus.DONE:
            return False
        return row[1] != RunStatus.RUNNING or row[0] in _dead(connection)
