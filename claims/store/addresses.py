"""Which article stood at which address when: versions of what an outlet edits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from importlib import resources
from typing import NamedTuple

from claims.store.database import Database
from claims.store.insert import in_utc, insert, moment


class Seen(NamedTuple):
    """An article that was read at an address; ``fetched_at`` is None for what was not fetched."""

    outlet: str
    url: str
    article_id: str
    fetched_at: datetime | None = None


def unrecorded(database: Database, seen: Iterable[Seen]) -> list[dict[str, object]]:
    """The rows of ``article_addresses`` that are missing for what was ``seen``, in its order.

    An article that is new at its address is one; so is one that was there before and was fetched
    there again after another one: its edit was taken back. Raises DatabaseError.
    """
    known: dict[tuple[str, str], dict[str, datetime]] = {}
    if database.exists():
        with database.reading() as connection:
            rows = connection.execute(
                "SELECT outlet, url, article_id, max(seen_at) FROM article_addresses GROUP BY ALL"
            ).fetchall()
        for outlet, url, article_id, seen_at in rows:
            known.setdefault((outlet, url), {})[article_id] = in_utc(seen_at)
    missing: list[dict[str, object]] = []
    now = datetime.now(UTC)
    for number, one in enumerate(seen):
        there = known.setdefault((one.outlet, one.url), {})
        fetched = in_utc(one.fetched_at) if one.fetched_at else None
        if one.article_id in there:
            newest = max(there, key=lambda article_id: (there[article_id], article_id))
            if newest == one.article_id or fetched is None or fetched <= there[newest]:
                continue
        # What is read in one go stays in its order.
        when = fetched or now + timedelta(microseconds=number)
        there[one.article_id] = when
        missing.append(
            {
                "outlet": one.outlet,
                "url": one.url,
                "article_id": one.article_id,
                "seen_at": moment(when),
            }
        )
    return missing


def record(database: Database, rows: Iterable[dict[str, object]]) -> None:
    """Store rows that ``unrecorded`` gave, less those whose article is not stored.

    Articles whose claims were compared only by way of a version that no longer stands, and versions
    that stand again, count as not compared. Raises DatabaseError.
    """
    given = list(rows)
    if not given:
        return
    with database.writing() as connection:
        stored = {
            row[0] for row in connection.execute("SELECT article_id FROM articles").fetchall()
        }
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE superseded_before AS FROM superseded_articles"
        )
        insert(connection, "article_addresses", (r for r in given if r["article_id"] in stored))
        settle = resources.files(__package__) / "settle_versions.sql"
        connection.execute(settle.read_text(encoding="utf-8"))
