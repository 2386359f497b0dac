"""SQL of whoever reaches the page or an assistant, who have not started the program themselves."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from claims.errors import QueryError
from claims.store.query import Limits, Result, query

if TYPE_CHECKING:
    from claims.store.database import Database

SECONDS = 5.0
"""How long a query may hold the database: less than a run waits for it."""

ROWS_SHOWN, ROWS_SAVED = 500, 100_000
"""The most that are read of an answer: to be looked at, and to be kept as a file."""

_MEMORY, _ANSWER = 512_000_000, 64_000_000  # bytes
_AT_ONCE = threading.BoundedSemaphore(2)  # queries; what they take together is bounded too


def bounded_query(database: Database, sql: str, rows: int = ROWS_SHOWN) -> Result:
    """At most ``rows`` of what one statement gives. Raises QueryError as ``query``, and where
    others ask; DatabaseError as ``Database.reading``."""
    if not _AT_ONCE.acquire(timeout=SECONDS):
        raise QueryError("others are asking now; try again")
    try:
        return query(database, sql, Limits(rows, SECONDS, _MEMORY, _ANSWER))
    finally:
        _AT_ONCE.release()
