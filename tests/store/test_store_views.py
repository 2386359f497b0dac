"""The views of the database."""

from __future__ import annotations

from datetime import datetime

from storing import rows

from claims.store.database import Database


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
