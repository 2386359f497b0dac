"""Which pairs there are, without the database where it can be."""

from __future__ import annotations

from claims.review.questions import ask_one
from claims.store.database import Database
from claims.store.stored_pairs import StoredPair


class KnownPairs:
    """Pairs by identifier, each with its claims. One that was shown is known without the database,
    so that a decision never waits for a run."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._shown: dict[str, tuple[str, str]] = {}

    def add(self, *pairs: StoredPair) -> None:
        """These are there."""
        for one in pairs:
            self._shown[one.contradiction_id] = one.left.claim_id, one.right.claim_id

    def has(self, pair: str) -> bool:
        """Whether there is such a pair. Raises DatabaseError."""
        if pair not in self._shown:
            with self._database.reading() as connection:
                found = ask_one(connection, "is_pair", pair=pair)
            if found is None:
                return False
            self._shown[pair] = found["left_claim_id"], found["right_claim_id"]
        return True

    def claims(self, pair: str, side: str, *, turned: bool) -> tuple[str, ...]:
        """The claims on a side of a pair that is known: the first, the second or both, as they are
        shown; where it is ``turned``, the right one is the first."""
        left, right = self._shown[pair]
        first, second = (right, left) if turned else (left, right)
        return {"first": (first,), "second": (second,), "both": (first, second)}[side]
