"""What there is to a decision beside itself: that it was taken back, and which claim it faults."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from claims.store.ledger_rows import given, time_of

if TYPE_CHECKING:
    from claims.model import Review

_MARK = re.compile(r"\[undo ([^\]\s]+)\] ?")
"""How an older version took a decision back: by another one with this before its note."""


class UndoneReview(NamedTuple):
    """A decision that who made it has taken back; times in UTC."""

    contradiction_id: str
    reviewer: str
    reviewed_at: datetime
    undone_at: datetime


class MisreadClaim(NamedTuple):
    """A claim that a decision names as wrongly extracted; its time in UTC."""

    contradiction_id: str
    reviewer: str
    reviewed_at: datetime
    claim_id: str


def undone_review(row: Sequence[str | None]) -> UndoneReview:
    """A row of the file. Raises ValueError."""
    contradiction_id, reviewer, reviewed_at, undone_at = given(row)
    return UndoneReview(contradiction_id, reviewer, time_of(reviewed_at), time_of(undone_at))


def misread_claim(row: Sequence[str | None]) -> MisreadClaim:
    """A row of the file. Raises ValueError."""
    contradiction_id, reviewer, reviewed_at, claim_id = given(row)
    return MisreadClaim(contradiction_id, reviewer, time_of(reviewed_at), claim_id)


def marked(review: Review) -> UndoneReview | None:
    """What a decision of an older version takes back; None for one that is a decision."""
    mark = _MARK.match(review.note)
    if mark is None:
        return None
    try:
        when = time_of(mark[1])
    except ValueError:
        return None
    return UndoneReview(review.contradiction_id, review.reviewer, when, review.reviewed_at)


def unmarked(note: str) -> str:
    """A reviewer's words, of which none are taken for that mark."""
    return f" {note}" if _MARK.match(note) else note
