"""Retention: old articles go, with all that was made of them; what people reviewed stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import resources

import duckdb

from claims.model import Frozen
from claims.store.database import Database
from claims.store.insert import insert, moment
from claims.store.speaker_decisions import decisions
from claims.store.speakers import put_speakers


class Pruned(Frozen):
    """What pruning takes away: articles by outlet, and how many rows of what hangs on them.

    ``kept_reviewed`` articles are old enough but stand in a pair that somebody reviewed, or are a
    later version of an article that stays;
    ``undated`` ones say neither when they were published nor when they were fetched.
    """

    before: datetime
    outlets: dict[str, int]
    claims: int
    contradictions: int
    runs: int
    kept_reviewed: int
    undated: int

    @property
    def articles(self) -> int:
        """How many articles go."""
        return sum(self.outlets.values())


def pruned_articles(database: Database) -> set[str]:
    """Articles that were removed because of their age and are not stored again.

    Empty where there is no database yet. Raises DatabaseError.
    """
    if not database.exists():
        return set()
    with database.reading() as connection:
        rows = connection.execute("SELECT article_id FROM pruned_articles").fetchall()
    return {article for (article,) in rows}


def would_prune(database: Database, older_than: timedelta) -> Pruned:
    """What ``prune`` would take away now. Nothing is written. Raises DatabaseError."""
    with database.reading() as connection:
        return _choose(connection, _before(older_than))


def prune(database: Database, older_than: timedelta) -> Pruned:
    """Remove articles older than ``older_than``, with their claims, contradictions and records of
    runs as old, in one transaction.

    An article's age counts from its publication, else from when it was fetched. Articles of pairs
    that somebody reviewed stay, and so do later versions of an article that stays (without them it
    would pass for what stands now) and all reviews. What is removed is remembered by its
    identifier and not stored again, whatever inputs still hold it. Raises DatabaseError.
    """
    now = datetime.now(UTC)
    with database.writing() as connection:
        chosen = _choose(connection, now - older_than)
        connection.execute(_sql("remove_articles"))
        connection.execute(_sql("forget_articles"))
        # Speakers whom nobody cites any more go, as they do when an article is read again.
        put_speakers(connection, [], decisions(database.path))
        for table in ("run_outlets", "runs"):
            connection.execute(f"DELETE FROM {table} WHERE run_id IN (FROM old_runs)")
        ids = connection.execute("SELECT id FROM new_articles").fetchall()
        insert(
            connection,
            "pruned_articles",
            ({"article_id": article, "pruned_at": moment(now)} for (article,) in ids),
        )
    return chosen


def _before(older_than: timedelta) -> datetime:
    return datetime.now(UTC) - older_than


def _choose(connection: duckdb.DuckDBPyConnection, before: datetime) -> Pruned:
    """Leaves what goes in the temporary tables ``new_articles(id)`` and ``old_runs(id)``."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE age AS SELECT CAST(? AS TIMESTAMP) AS limit_at",
        [moment(before)],
    )
    connection.execute(_sql("choose_old"))
    outlets = connection.execute(
        "SELECT outlet, count(*) FROM articles WHERE article_id IN (FROM new_articles) "
        "GROUP BY outlet ORDER BY outlet"
    ).fetchall()
    counts = connection.execute("SELECT COLUMNS(*) FROM old_counts").fetchone()
    assert counts is not None
    names = ("claims", "contradictions", "runs", "kept_reviewed", "undated")
    return Pruned(before=before, outlets=dict(outlets), **dict(zip(names, counts, strict=True)))


def _sql(name: str) -> str:
    return (resources.files(__package__) / f"{name}.sql").read_text(encoding="utf-8")
