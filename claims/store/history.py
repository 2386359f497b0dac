"""What is known of earlier runs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import resources

from claims.errors import InputError
from claims.model import Frozen
from claims.store.database import Database
from claims.store.outlet_counts import OutletCount


class Run(Frozen):
    """One recorded run, times in UTC. ``seconds`` is how long it took, ``late`` how many seconds
    after its time it began; ``failures`` and ``warnings`` are counts."""

    run_id: str
    started_at: datetime
    finished_at: datetime | None
    status: str
    seconds: float | None
    articles: int
    claims: int
    contradictions: int
    failures: int
    warnings: int
    scheduled_for: datetime | None
    late: float | None
    error: str | None


class FailedInput(Frozen):
    """An input that gave no article, and why."""

    input: str
    reason: str
    article_id: str | None = None


class StoredFailure(FailedInput):
    """An input that failed when it was last tried: since when, and in how many runs."""

    first_at: datetime
    last_at: datetime
    runs: int
    run_id: str


class RunDetails(Frozen):
    """All that is recorded of one run."""

    run: Run
    inputs: tuple[str, ...]
    versions: dict[str, object]
    outlets: tuple[OutletCount, ...]
    warnings: tuple[str, ...]
    failures: tuple[FailedInput, ...]


def runs(database: Database, limit: int | None = None) -> list[Run]:
    """The recorded runs, latest first. Raises DatabaseError."""
    with database.reading() as connection:
        rows = connection.execute("FROM run_history LIMIT ?", [limit]).fetchall()
    return [_run(row) for row in rows]


def details(database: Database, run_id: str) -> RunDetails:
    """One run, named by its identifier, the beginning of it, or ``last``.

    Raises InputError where none or several are meant, DatabaseError as ``Database.reading``.
    """
    with database.reading() as connection:
        rows = connection.execute(
            "FROM run_history WHERE starts_with(run_id, ?) LIMIT 2"
            if run_id != "last"
            else "FROM run_history WHERE ? = 'last' LIMIT 1",
            [run_id],
        ).fetchall()
        if len(rows) != 1:
            what = "several runs begin" if rows else "no run begins"
            raise InputError(f"{what} with {run_id!r}; `claims runs` lists them")
        run = _run(rows[0])
        found = connection.execute(
            "SELECT versions, failures, warnings FROM runs WHERE run_id = ?", [run.run_id]
        ).fetchone()
        outlets = connection.execute(
            "SELECT * EXCLUDE (run_id) FROM run_outlets WHERE run_id = ? ORDER BY outlet",
            [run.run_id],
        ).fetchall()
    assert found is not None
    versions, failures, warnings = (json.loads(value or "[]") for value in found)
    inputs = versions.pop("inputs", [])
    return RunDetails(
        run=run,
        inputs=tuple(inputs),
        versions=versions,
        outlets=tuple(
            OutletCount(**dict(zip(OutletCount.model_fields, outlet, strict=True)))
            for outlet in outlets
        ),
        warnings=tuple(warnings),
        failures=tuple(FailedInput(**failure) for failure in failures),
    )


def failing(database: Database) -> list[StoredFailure]:
    """Inputs that failed in the last finished run over the same inputs, oldest first.

    Raises DatabaseError.
    """
    sql = (resources.files(__package__) / "failing.sql").read_text(encoding="utf-8")
    with database.reading() as connection:
        rows = connection.execute(sql).fetchall()
    return [
        StoredFailure(
            input=name,
            reason=reason,
            article_id=article_id,
            first_at=first.replace(tzinfo=UTC),
            last_at=last.replace(tzinfo=UTC),
            runs=count,
            run_id=run_id,
        )
        for name, reason, article_id, first, last, count, run_id in rows
    ]


def inputs_of(database: Database, article: str) -> tuple[str, ...]:
    """The inputs of the latest run that stored ``article`` or failed on it: by identifier, path,
    address or name of a failed input.

    Raises InputError where no run knows it, DatabaseError as ``Database.reading``.
    """
    sql = (resources.files(__package__) / "inputs_of.sql").read_text(encoding="utf-8")
    with database.reading() as connection:
        row = connection.execute(sql, {"article": article}).fetchone()
    if row is None:
        raise InputError(
            f"{article}: no run knows this article; `claims runs failures` lists those that failed"
        )
    return tuple(json.loads(row[0]))


def last_scheduled(database: Database) -> datetime | None:
    """When the last scheduled run began, in UTC; None where there was none. Raises DatabaseError.

    A database of an older version knows of none: the run will bring it up to date.
    """
    if not database.exists() or database.outdated():
        return None
    with database.reading() as connection:
        row = connection.execute(
            "SELECT max(started_at) FROM runs WHERE scheduled_for IS NOT NULL"
        ).fetchone()
    return row[0].replace(tzinfo=UTC) if row and row[0] else None


def _run(row: tuple[object, ...]) -> Run:
    values = dict(zip(Run.model_fields, row, strict=True))
    for name, value in values.items():
        if isinstance(value, datetime):
            values[name] = value.replace(tzinfo=UTC)
    return Run.model_validate(values)
