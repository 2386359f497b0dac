"""What is recorded of runs."""

from __future__ import annotations

from storing import rows

from claims.model import (
    Failure,
)
from claims.store.database import Database
from claims.store.runs import RunCounts, RunStatus, finish_run, known_failures, start_run


def test_a_failure_of_a_run_is_a_row(database: Database) -> None:
    run = start_run(database, ["seeds"], {"claims": "0.1.0"})
    failures = [Failure(input="خالی.txt", reason="empty"), Failure(input="b.txt", reason="binary")]
    finish_run(database, run, RunStatus.DONE, RunCounts(3, 9, 1), failures)
    assert rows(database, "SELECT input, reason, status FROM run_failures") == [
        ("b.txt", "binary", "done"),
        ("خالی.txt", "empty", "done"),
    ]
    assert rows(database, "SELECT articles, claims, contradictions FROM runs") == [(3, 9, 1)]


def test_a_failure_is_known_to_the_next_run_over_the_same_inputs(database: Database) -> None:
    assert known_failures(database, ["seeds"]) == set()
    assert not database.exists()
    first = start_run(database, ["seeds", "نئے"], {})
    broken = Failure(input="seeds/a.txt", reason="empty")
    finish_run(database, first, RunStatus.DONE, RunCounts(), [broken])
    other = start_run(database, ["other"], {})
    finish_run(database, other, RunStatus.DONE, RunCounts(articles=1), [])
    start_run(database, ["seeds", "نئے"], {})

    assert known_failures(database, ["seeds", "نئے"]) == {("seeds/a.txt", "empty")}
    assert known_failures(database, ["seeds"]) == set()

    mended = start_run(database, ["seeds", "نئے"], {})
    finish_run(database, mended, RunStatus.DONE, RunCounts(articles=1), [])
    assert known_failures(database, ["seeds", "نئے"]) == set()
