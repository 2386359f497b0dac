"""Which pairs there are, without the database where it can be."""

from __future__ import annotations

from claims.review.questions import ask
from claims.store.database import Database


class KnownPairs:
    """Pairs by identifier. One that was shown is known without the database, so that a decision
    never waits for a run."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._shown: set[str] = set()

    def add(self, *pairs: str) -> None:
        """These are there."""
        self._shown.update(pairs)

    def has(self, pair: str) -> bool:
        """Whether there is such a pair. Raises DatabaseError."""
        if pair not in self._shown:
            with self._database.reading() as connection:
                if not ask(connection, "is_pair", pair=pair):
                    return False
            self._shown.add(pair)
        return True
