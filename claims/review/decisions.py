"""Decisions, and taking them back.

Decisions are only ever appended, and so is taking one back: what stood before it then stands again.
None of this opens the database: it never waits for a run.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from claims.model import Review, Verdict
from claims.store import reviews
from claims.store.review_events import MisreadClaim, UndoneReview, unmarked

LONGEST_NOTE = 2000


def decide(
    database: Path,
    contradiction_id: str,
    verdict: Verdict,
    note: str,
    reviewer: str,
    misread: Collection[str] = (),
) -> None:
    """Keep a decision; it is on disk when this returns. ``misread`` are the claims of the pair that
    an extraction error is of. Raises DatabaseError."""
    decide_all(database, [contradiction_id], verdict, note, reviewer, {contradiction_id: misread})


def decide_all(
    database: Path,
    pairs: Sequence[str],
    verdict: Verdict,
    note: str,
    reviewer: str,
    misread: Mapping[str, Collection[str]] | None = None,
) -> None:
    """Keep one decision about several pairs, of one moment, by which they are taken back together;
    on disk when this returns. ``misread`` are, by pair, the claims that an extraction error is of.
    Raises DatabaseError."""
    reviewed_at = _moment(reviews.read(database), pairs)
    made = [
        Review(
            contradiction_id=pair,
            verdict=verdict,
            note=unmarked(_cleaned(note)),
            reviewer=reviewer,
            reviewed_at=reviewed_at,
        )
        for pair in pairs
    ]
    wrong = [
        MisreadClaim(pair, reviewer, reviewed_at, claim)
        for pair in pairs
        for claim in (misread or {}).get(pair, ())
        if verdict is Verdict.EXTRACTION_ERROR
    ]
    reviews.append(database, *made, *wrong)


def last(database: Path, reviewer: str) -> Review | None:
    """The reviewer's latest decision that was not taken back. Raises DatabaseError."""
    mine = [one for one in reviews.standing(database) if one.reviewer == reviewer]
    return mine[-1] if mine else None


def undo(database: Path, reviewer: str, reviewed_at: datetime) -> str | None:
    """Take back the reviewer's latest decision if it is the one of ``reviewed_at``, of all pairs
    that were decided with it.

    Its pair, of several the first; None where another decision is the latest by now, so that
    nobody takes back what they do not see. Raises DatabaseError.
    """
    mine = [one for one in reviews.standing(database) if one.reviewer == reviewer]
    if not mine or mine[-1].reviewed_at != reviewed_at:
        return None
    gone = [one for one in mine if one.reviewed_at == reviewed_at]
    undone_at = _moment(gone, [one.contradiction_id for one in gone])
    reviews.append(
        database,
        *(UndoneReview(one.contradiction_id, reviewer, reviewed_at, undone_at) for one in gone),
    )
    return gone[0].contradiction_id


def _moment(decided: Iterable[Review], pairs: Collection[str]) -> datetime:
    """Now; after all that was decided about ``pairs``, also where a clock was set back in between:
    the latest decision counts."""
    earlier = (one.reviewed_at for one in decided if one.contradiction_id in pairs)
    after = max(earlier, default=datetime.min.replace(tzinfo=UTC)) + timedelta(microseconds=1)
    return max(datetime.now(UTC), after)


def _cleaned(note: str) -> str:
    """Without control characters, which no database likes."""
    lines = note.replace("\r\n", "\n").strip()
    return "".join(one for one in lines if one == "\n" or unicodedata.category(one) != "Cc")
