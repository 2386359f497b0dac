"""What people decided, and where it is kept."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest
from storing import CONFLICT, DENIAL, REPORT, decision, rows

from claims.errors import DatabaseError
from claims.model import (
    Verdict,
)
from claims.store import reviews
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database


def test_a_verdict_is_seen_at_once_everywhere(filled: Database) -> None:
    assert rows(filled, "SELECT contradiction_id FROM review_queue") == [
        (CONFLICT.contradiction_id,)
    ]
    reviews.append(filled.path, decision(CONFLICT, Verdict.UNSURE))
    assert rows(filled, "SELECT verdict FROM review_queue") == [("unsure",)]
    assert rows(filled, "SELECT verdict FROM outlet_disagreements") == [("unsure",)]
    reviews.append(filled.path, decision(CONFLICT, Verdict.COMPATIBLE, minute=1))
    assert rows(filled, "FROM review_queue") == []
    assert rows(filled, "FROM disputed_claims") == []
    assert rows(filled, "FROM outlet_disagreements") == []
    assert rows(filled, "SELECT verdict, decisions FROM verdicts") == [("compatible", 2)]
    assert rows(filled, "SELECT verdict, reviewed_at FROM reviews ORDER BY ALL") == [
        ("compatible", datetime(2024, 5, 1, 12, 1)),
        ("unsure", datetime(2024, 5, 1, 12, 0)),
    ]


def test_decisions_reach_the_database_with_the_next_write_once(filled: Database) -> None:
    reviews.append(filled.path, decision(CONFLICT, Verdict.CONTRADICTION))
    for _ in range(2):
        save(filled, [DENIAL])
    with duckdb.connect(filled.path, read_only=True) as other_client:
        assert other_client.execute("SELECT verdict, note FROM reviews").fetchall() == [
            ("contradiction", "دیکھا گیا")
        ]
    assert rows(filled, "SELECT count(*) FROM reviews") == [(1,)]


def test_decisions_survive_a_new_database_and_a_lost_review_file(filled: Database) -> None:
    reviews.append(filled.path, decision(CONFLICT, Verdict.SUPERSEDED))
    filled.path.unlink()
    save(filled, [DENIAL, REPORT])
    save_contradictions(filled, [CONFLICT])
    assert rows(filled, "FROM review_queue") == []

    reviews.reviews_path(filled.path).unlink()
    reviews.append(filled.path, decision(CONFLICT, Verdict.UNSURE, minute=2))
    assert rows(filled, "SELECT verdict, decisions FROM verdicts") == [("unsure", 2)]


def test_reviews_come_back_as_they_were_given(database: Database) -> None:
    local = decision(CONFLICT, Verdict.EXTRACTION_ERROR).model_copy(
        update={"reviewed_at": datetime(2024, 5, 1, 17, 0, 0, 5, timezone(timedelta(hours=5)))}
    )
    given = [decision(CONFLICT, Verdict.UNSURE, minute=9), local]
    for one in given:
        reviews.append(database.path, one)
    assert reviews.read(database.path) == given


def test_a_broken_review_file_is_named(filled: Database) -> None:
    reviews.reviews_path(filled.path).write_text("not a database, just words", encoding="utf-8")
    with pytest.raises(DatabaseError, match=r"claims\.reviews\.sqlite.*move it aside"):
        rows(filled, "FROM reviews")


def test_reviews_lie_beside_the_database() -> None:
    assert reviews.reviews_path(Path("a/claims.duckdb")) == Path("a/claims.reviews.sqlite")
    assert reviews.reviews_path(Path("news.2024")) == Path("news.2024.reviews.sqlite")


def test_the_review_file_can_be_read_by_sqlite(database: Database) -> None:
    reviews.append(database.path, decision(CONFLICT, Verdict.UNSURE))
    with sqlite3.connect(reviews.reviews_path(database.path)) as connection:
        assert connection.execute("SELECT verdict, note FROM reviews").fetchall() == [
            ("unsure", "دیکھا گیا")
        ]
