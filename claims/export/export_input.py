"""What an export is made from: a database, which claims of it, which versions of articles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from claims.search.claim_query import ClaimQuery
from claims.search.search import found_ids
from claims.store.database import Database
from claims.store.questions import Questions

_EXPORT = Questions(__package__, ".")


@dataclass(frozen=True, slots=True)
class ExportInput:
    """Of an article that its outlet edited the newest version alone counts, or, with
    ``all_versions``, every version. ``raw`` texts are not guarded against spreadsheets. Without a
    ``query`` all claims are asked for, else those that it finds, whatever its page."""

    database: Database
    all_versions: bool = False
    raw: bool = False
    query: ClaimQuery | None = None

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to the database as ``Database.reading`` gives it, with the claims that are
        asked for as ``exported_claims``, of the columns of ``current_claims``. It reaches no file;
        give it back soon, for nobody writes meanwhile. Raises DatabaseError, and QueryError and
        ConfigError as ``found_ids``."""
        with self.database.reading() as connection:
            if self.all_versions:
                # Names of temporary tables come first, also inside views.
                connection.execute(
                    "CREATE TEMP TABLE superseded_articles AS FROM superseded_articles LIMIT 0"
                )
            if self.query is None:
                connection.execute("CREATE TEMP VIEW exported_claims AS FROM current_claims")
            else:
                found = found_ids(connection, self.query)
                _EXPORT.ask(connection, "exported_claims", claims=found)
            yield connection
