"""Decisions, and taking them back.

Decisions are only ever appended. To undo one is to append what stood before it, or "unsure" where
nothing did, with a note that names the decision that was taken back. None of this opens the
database: it never waits for a run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from claims.model import Review, Verdict
from claims.store import reviews

LONGEST_NOTE = 2000

_UNDO = re.compile(r"\[undo ([^\]\s]+)\] ?")


def decide(
    database: Path, contradiction_id: str, verdict: Verdict, note: str, reviewer: str
) -> Review:
    """Keep a decision; it is on disk when this returns. Raises DatabaseError."""
    note = _cleaned(note)
    if _UNDO.match(note):
        note = f" {note}"  # somebody's own words, not our mark
    return _append(database, contradiction_id, verdict, note, reviewer)


def last(database: Path, reviewer: str) -> Review | None:
    """The reviewer's latest decision that was not taken back. Raises DatabaseError."""
    mine = [one for one in standing(reviews.read(database)) if one.reviewer == reviewer]
    return mine[-1] if mine else None


def undo(database: Path, reviewer: str, reviewed_at: datetime) -> Review | None:
    """Take back the reviewer's latest decision if it is the one of ``reviewed_at``.

    What now stands of its pair; None where another decision is the latest by now, so that nobody
    takes back what they do not see. Raises DatabaseError.
    """
    undone = last(database, reviewer)
    if undone is None or undone.reviewed_at != reviewed_at:
        return None
    before = [
        one
        for one in standing(reviews.read(database))
        if one.contradiction_id == undone.contradiction_id and one != undone
    ]
    verdict, note = (before[-1].verdict, before[-1].note) if before else (Verdict.UNSURE, "")
    mark = f"[undo {reviewed_at.isoformat()}]"
    return _append(database, undone.contradiction_id, verdict, f"{mark} {note}".strip(), reviewer)


def undone(note: str) -> tuple[bool, str]:
    """Whether a note marks that a decision was taken back, and the words of the reviewer."""
    mark = _UNDO.match(note)
    return (True, note[mark.end() :]) if mark else (False, note)


def standing(decided: Iterable[Review]) -> list[Review]:
    """The decisions that were not taken back, without the marks of those that were, in order."""
    kept: list[Review] = []
    for review in decided:
        mark = _UNDO.match(review.note)
        if mark is None:
            kept.append(review)
            continue
        kept = [
            one
            for one in kept
            if (one.contradiction_id, one.reviewer, one.reviewed_at.isoformat())
            != (review.contradiction_id, review.reviewer, mark[1])
        ]
    return kept


def _append(
    database: Path, contradiction_id: str, verdict: Verdict, note: str, reviewer: str
) -> Review:
    earlier = (
        one.reviewed_at
        for one in reviews.read(database)
        if one.contradiction_id == contradiction_id
    )
    # The latest decision counts, also where a clock was set back in between.
    after = max(earlier, default=datetime.min.replace(tzinfo=UTC)) + timedelta(microseconds=1)
    review = Review(
        contradiction_id=contradiction_id,
        verdict=verdict,
        note=note,
        reviewer=reviewer,
        reviewed_at=max(datetime.now(UTC), after),
    )
    reviews.append(database, review)
    return review


def _cleaned(note: str) -> str:
    """Without control characters, which no database likes."""
    lines = note.replace("\r\n", "\n").strip()
    return "".join(one for one in lines if one == "\n" or unicodedata.category(one) != "Cc")
