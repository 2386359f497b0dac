"""Near-identical articles in the database: their signatures and their groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from importlib import resources

import duckdb

from claims.store.insert import identifiers, insert

Bands = Iterable[tuple[int, int]]


def ungrouped(connection: duckdb.DuckDBPyConnection, grouper: str, most: int) -> dict[str, str]:
    """At most ``most`` of the articles that ``grouper`` (a fingerprint) has made no signature of:
    identifier to text."""
    return dict(
        connection.execute(
            "SELECT article_id, text FROM articles WHERE article_id NOT IN "
            "(SELECT article_id FROM article_signatures WHERE grouper = ?) "
            "ORDER BY article_id LIMIT ?",
            [grouper, most],
        ).fetchall()
    )


def put_signatures(
    connection: duckdb.DuckDBPyConnection,
    grouper: str,
    made: Mapping[str, tuple[bytes, Bands]],
) -> None:
    """Store signatures with their bands; all that another grouper made goes."""
    identifiers(connection, "signed", made)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE unsigned AS FROM signed UNION "
        "SELECT article_id FROM article_signatures WHERE grouper <> ?",
        [grouper],
    )
    for table in ("article_groups", "article_bands", "article_signatures"):
        connection.execute(f"DELETE FROM {table} WHERE article_id IN (FROM unsigned)")
    if made:
        connection.executemany(
            "INSERT INTO article_signatures VALUES (?, ?, ?)",
            [(article, grouper, signature) for article, (signature, _) in made.items()],
        )
    insert(
        connection,
        "article_bands",
        (
            {"article_id": article, "band": band, "bucket": bucket}
            for article, (_, bands) in made.items()
            for band, bucket in bands
        ),
    )


def meeting(
    connection: duckdb.DuckDBPyConnection, new: Collection[str], days: int
) -> list[tuple[str, str, bytes, bytes]]:
    """Pairs of articles, one of them in ``new``, that share a band and were published within
    ``days`` of each other (undated ones at any time): both identifiers and both signatures."""
    identifiers(connection, "signed", new)
    sql = (resources.files(__package__) / "meeting_articles.sql").read_text(encoding="utf-8")
    return connection.execute(sql, {"days": days}).fetchall()


def groups_of(connection: duckdb.DuckDBPyConnection, articles: Collection[str]) -> dict[str, str]:
    """The group of each of ``articles`` that is in one, with all other members of these groups."""
    identifiers(connection, "asked", articles)
    return dict(
        connection.execute(
            "SELECT article_id, group_id FROM article_groups WHERE group_id IN "
            "(SELECT group_id FROM article_groups WHERE article_id IN (FROM asked))"
        ).fetchall()
    )


def put_groups(connection: duckdb.DuckDBPyConnection, groups: Mapping[str, str]) -> None:
    """Store the groups of articles in place of those that they were in."""
    identifiers(connection, "regrouped", groups)
    connection.execute("DELETE FROM article_groups WHERE article_id IN (FROM regrouped)")
    insert(
        connection,
        "article_groups",
        ({"article_id": article, "group_id": group} for article, group in groups.items()),
    )
