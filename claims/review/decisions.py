"""Decisions, and taking them back.

Decisions are only ever appended. To undo one is to append what stood before it, or "unsure" where
nothing did, with a note that names the decision that was taken back. None of this opens the
database: it never waits for a run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
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
    return _append_all(database, [(contradiction_id, verdict, _own(note))], reviewer)[0]


def decide_all(
    database: Path, pairs: Sequence[str], verdict: Verdict, note: str, reviewer: str
) -> None:
    """Keep one decision about several pairs, of one moment, by which they are taken back together;
    on disk when this returns. Raises DatabaseError."""
    _append_all(database, [(pair, verdict, _own(note)) for pair in pairs], reviewer)


def last(database: Path, reviewer: str) -> Review | None:
    """The reviewer's latest decision that was not taken back. Raises DatabaseError."""
    mine = [one for one in standing(reviews.read(database)) if one.reviewer == reviewer]
    return mine[-1] if mine else None


def undo(database: Path, reviewer: str, reviewed_at: datetime) -> Review | None:
    """Take back the reviewer's latest decision if it is the one of ``reviewed_at``, of all pairs
    that were decided with it.

    What now stands of its pair, of several the first; None where another decision is the latest by
    now, so that nobody takes back what they do not see. Raises DatabaseError.
    """
    decided = standing(reviews.read(database))
    mine = [one for one in decided if one.reviewer == reviewer]
    if not mine or mine[-1].reviewed_at != reviewed_at:
        return None
    gone = [one for one in mine if one.reviewed_at == reviewed_at]
    pairs = {one.contradiction_id for one in gone}
    before = {
        one.contradiction_id: (one.verdict, one.note)
        for one in decided
        if one.contradiction_id in pairs and one not in gone
    }
    mark = f"[undo {reviewed_at.isoformat()}]"
    restored = []
    for one in gone:
        verdict, note = before.get(one.contradiction_id, (Verdict.UNSURE, ""))
        restored.append((one.contradiction_id, verdict, f"{mark} {note}".strip()))
    return _append_all(database, restored, reviewer)[0]


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


def _append_all(
    database: Path, decided: Sequence[tuple[str, Verdict, str]], reviewer: str
) -> list[Review]:
    pairs = {pair for pair, *_ in decided}
    earlier = (one.reviewed_at for one in reviews.read(database) if one.contradiction_id in pairs)
    # The latest decision counts, also where a clock was set back in between.
    after = max(earlier, default=datetime.min.replace(tzinfo=UTC)) + timedelta(microseconds=1)
    reviewed_at = max(datetime.now(UTC), after)
    made = [
        Review(
            contradiction_id=pair,
            verdict=verdict,
            note=note,
            reviewer=reviewer,
            reviewed_at=reviewed_at,
        )
        for pair, verdict, note in decided
    ]
    reviews.append(database, *made)
    return made


def _own(note: str) -> str:
    """A reviewer's words, of which none are taken for our mark."""
    note = _cleaned(note)
    return f" {note}" if _UNDO.match(note) else note


def _cleaned(note: str) -> str:
    """Without control characters, which no database likes."""
    lines = note.replace("\r\n", "\n").strip()
    return "".join(one for one in lines if one == "\n" or unicodedata.category(one) != "Cc")
