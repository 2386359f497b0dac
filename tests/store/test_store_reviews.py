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
from claims.store.review_events import MisreadClaim, UndoneReview


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


def test_what_was_taken_back_is_an_event_and_leaves_no_verdict(filled: Database) -> None:
    made = [decision(CONFLICT, Verdict.COMPATIBLE), decision(CONFLICT, Verdict.UNSURE, minute=1)]
    reviews.append(filled.path, *made)
    gone = [
        UndoneReview(
            one.contradiction_id,
            one.reviewer,
            one.reviewed_at,
            one.reviewed_at + timedelta(hours=1),
        )
        for one in reversed(made)
    ]
    reviews.append(filled.path, gone[0])
    assert reviews.standing(filled.path) == made[:1]
    # once as it lies beside the database, once as it lies in it
    for _ in range(2):
        assert rows(filled, "SELECT verdict, decisions FROM verdicts") == [("compatible", 1)]
        assert len(rows(filled, "FROM reviews")) == 2
        assert rows(filled, "SELECT reviewed_at, undone_at FROM undone_reviews") == [
            (datetime(2024, 5, 1, 12, 1), datetime(2024, 5, 1, 13, 1))
        ]
        with filled.writing():
            pass
    reviews.append(filled.path, gone[1])
    assert rows(filled, "FROM verdicts") == []
    assert rows(filled, "SELECT verdict FROM review_queue") == [(None,)]
    assert reviews.read(filled.path) == made


def test_a_file_of_an_older_version_opens_and_its_marks_take_back(filled: Database) -> None:
    pair, when = CONFLICT.contradiction_id, "2024-05-01T12:00:00+00:00"
    with sqlite3.connect(reviews.reviews_path(filled.path)) as older:
        older.execute(
            "CREATE TABLE reviews (contradiction_id TEXT NOT NULL, verdict TEXT NOT NULL, "
            "note TEXT NOT NULL, reviewer TEXT NOT NULL, reviewed_at TEXT NOT NULL)"
        )
        older.executemany(
            "INSERT INTO reviews VALUES (?, ?, ?, ?, ?)",
            [
                (pair, "compatible", "two dams", "Asma", when),
                (pair, "unsure", f"[undo {when}]", "Asma", "2024-05-01T12:05:00+00:00"),
                (pair, "unsure", "[undo this] she wrote", "Asma", "2024-05-01T12:06:00+00:00"),
            ],
        )
    (stands,) = reviews.standing(filled.path)
    assert stands.note == "[undo this] she wrote"
    assert rows(filled, "SELECT verdict, note FROM reviews ORDER BY reviewed_at") == [
        ("compatible", "two dams"), ("unsure", "[undo this] she wrote"),
    ]  # fmt: skip
    assert len(rows(filled, "FROM undone_reviews")) == 1
    # and new decisions go into the same file
    reviews.append(filled.path, decision(CONFLICT, Verdict.CONTRADICTION, minute=30))
    assert rows(filled, "SELECT verdict FROM verdicts") == [("contradiction",)]


def test_other_pairs_of_a_claim_that_is_wrongly_extracted_wait_for_nobody(
    filled: Database,
) -> None:
    claim = CONFLICT.left_claim_id
    with filled.writing() as connection:
        connection.execute(
            "INSERT INTO contradictions BY NAME SELECT * REPLACE ('other' AS contradiction_id) "
            "FROM contradictions"
        )
    error = decision(CONFLICT, Verdict.EXTRACTION_ERROR)
    misread = MisreadClaim(error.contradiction_id, error.reviewer, error.reviewed_at, claim)
    reviews.append(filled.path, error, misread)
    assert rows(filled, "FROM review_queue") == []
    assert rows(filled, "FROM open_disputes") == []
    assert rows(filled, "FROM skipped_contradictions") == [
        ("other", claim, CONFLICT.contradiction_id)
    ]
    assert len(rows(filled, "FROM contradiction_pairs")) == 2
    # not where another decision stands in its place
    reviews.append(filled.path, decision(CONFLICT, Verdict.COMPATIBLE, minute=1))
    assert rows(filled, "SELECT contradiction_id FROM review_queue") == [("other",)]


def test_marks_that_an_older_version_stored_become_events(filled: Database) -> None:
    pair = CONFLICT.contradiction_id
    with duckdb.connect(filled.path) as older:
        older.execute("DROP TABLE undone_reviews; DROP TABLE misread_claims")
        older.execute("DELETE FROM schema_migrations WHERE version = 15")
        older.executemany(
            "INSERT INTO reviews VALUES (?, ?, ?, 'Asma', ?)",
            [
                (pair, "compatible", "", datetime(2024, 5, 1, 12, 0, 0, 7)),
                (pair, "unsure", "[undo 2024-05-01T12:00:00.000007+00:00]", datetime(2024, 5, 2)),
                (pair, "superseded", " [undo it] she wrote", datetime(2024, 5, 3)),
            ],
        )
    newer = Database(filled.path)
    newer.update()
    assert rows(newer, "SELECT verdict, note FROM standing_reviews") == [
        ("superseded", " [undo it] she wrote")
    ]
    assert rows(newer, "SELECT reviewer, reviewed_at, undone_at FROM undone_reviews") == [
        ("Asma", datetime(2024, 5, 1, 12, 0, 0, 7), datetime(2024, 5, 2))
    ]
    assert len(rows(newer, "FROM reviews")) == 2
