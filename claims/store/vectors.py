"""Sentence vectors of claims in the database: which are wanted, and which are there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib import resources
from typing import NamedTuple

import duckdb

from claims.store.insert import identifiers


class Placed(NamedTuple):
    """A claim with its vector and where it stands; ``day`` counts from 2000, None for undated."""

    claim_id: str
    article_id: str
    language: str
    day: int | None
    fresh: bool
    vector: bytes


def wanted(
    connection: duckdb.DuckDBPyConnection, encoder: str, new: Collection[str], days: int, most: int
) -> list[tuple[str, str]]:
    """At most ``most`` claims (identifier and content) without a vector by ``encoder`` to
    compare across languages. They have a claim in another language about something of theirs within
    ``days`` (undated ones: at any time), from about the time of the articles ``new``. Of reprints
    one. Empty at once where all articles are in one language."""
    languages = connection.execute("SELECT count(DISTINCT language) FROM articles").fetchone()
    if languages is None or languages[0] < 2:
        return []
    sql = _sql("vector_claims.sql")
    asked = {"encoder": encoder, "new": sorted(new), "days": days, "most": most}
    return connection.execute(sql, asked).fetchall()


def without_vector(
    connection: duckdb.DuckDBPyConnection, encoder: str, new: Collection[str], most: int
) -> list[tuple[str, str]]:
    """At most ``most`` claims (identifier and content) of the articles ``new`` without a vector by
    ``encoder``."""
    asked = {"encoder": encoder, "new": sorted(new), "most": most}
    return connection.execute(_sql("likely_claims.sql"), asked).fetchall()


def taken_across(
    connection: duckdb.DuckDBPyConnection, encoder: str, claims: Collection[str]
) -> set[str]:
    """Let those of ``claims`` that have a vector by ``encoder`` be compared across languages; which
    these are."""
    identifiers(connection, "met", claims)
    rows = connection.execute(
        "UPDATE claim_vectors SET across = true "
        "WHERE encoder = ? AND claim_id IN (FROM met) RETURNING claim_id",
        [encoder],
    ).fetchall()
    return {claim for (claim,) in rows}


def put_vectors(
    connection: duckdb.DuckDBPyConnection,
    encoder: str,
    vectors: Mapping[str, bytes],
    across: bool,
) -> None:
    """Store vectors of claims, for comparing ``across`` languages or not; those of claims that are
    gone, and of other encoders, go."""
    connection.execute(
        "DELETE FROM claim_vectors WHERE encoder <> ? OR claim_id NOT IN "
        "(SELECT claim_id FROM claims)",
        [encoder],
    )
    if vectors:
        connection.executemany(
            "INSERT INTO claim_vectors VALUES (?, ?, ?, ?)",
            [(claim, encoder, vector, across) for claim, vector in vectors.items()],
        )


def days_of(
    connection: duckdb.DuckDBPyConnection, encoder: str, new: Collection[str] | None
) -> list[int | None]:
    """The days with claims of articles in ``new`` (None: of all) that have vectors; None stands
    for the undated."""
    rows = connection.execute(
        "SELECT DISTINCT datediff('day', TIMESTAMP '2000-01-01', published_at) AS day "
        "FROM current_claims INNER JOIN claim_vectors USING (claim_id) "
        "WHERE encoder = $encoder AND across "
        "AND ($every OR article_id IN (SELECT unnest($new::VARCHAR []))) "
        "ORDER BY day NULLS LAST",
        {"encoder": encoder, "every": new is None, "new": sorted(new or ())},
    ).fetchall()
    return [day for (day,) in rows]


def read_vectors(
    connection: duckdb.DuckDBPyConnection,
    encoder: str,
    new: Collection[str] | None,
    between: tuple[int, int] | None,
) -> Sequence[Placed]:
    """The claims with vectors from day to day, both included, and the undated; None gives all."""
    first, last = between or (0, 0)
    rows = connection.execute(
        _sql("vectors_between.sql"),
        {
            "encoder": encoder,
            "every": new is None,
            "new": sorted(new or ()),
            "always": between is None,
            "first": first,
            "last": last,
        },
    ).fetchall()
    return [Placed(*row) for row in rows]


def _sql(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
