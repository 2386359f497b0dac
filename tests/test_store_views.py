"""The views of the database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from storing import CONFLICT, DENIAL, REPORT, rows

from claims.store.conflicts import save_contradictions
from claims.store.database import Database
from claims.store.saving import save


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "claims.duckdb", wait=0.2)


@pytest.fixture
def filled(database: Database) -> Database:
    save(database, [DENIAL, REPORT])
    save_contradictions(database, [CONFLICT])
    return database


def test_denials_name_the_claim_that_is_denied(filled: Database) -> None:
    assert rows(
        filled,
        "SELECT speaker, denied_text, against_text, contradictions, path FROM denials",
    ) == [("Iran", "جہاز بھیجنے", "Ships were sent", 1, "articles/denial.txt")]


def test_who_is_heard_how_often(filled: Database) -> None:
    assert rows(
        filled,
        "SELECT speaker, kind, claims, articles, outlets, denials, accusations, disputed, "
        "first_published_at FROM claims_by_speaker",
    ) == [
        ("Iran", "state", 3, 2, 2, 1, 1, 2, datetime(2024, 3, 1, 4, 0)),
        ("The energy minister", "person", 1, 1, 1, 0, 0, 0, None),
    ]


def test_a_timeline_puts_undated_claims_last(filled: Database) -> None:
    assert rows(
        filled,
        "SELECT ordinal, content_text, contradictions FROM speaker_timeline WHERE speaker = 'Iran'",
    ) == [(1, "جہاز بھیجنے", 1), (2, "بندرگاہ بند ہے", 0), (3, "Ships were sent", 1)]
