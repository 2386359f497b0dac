"""Sentence vectors of claims in the database: which are wanted, and which are there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from importlib import resources
from typing import NamedTuple

import duckdb


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
    """At most ``most`` claims (identifier and content) without a vector by ``encoder`` that have
    a claim in another language about something of theirs within ``days`` (undated ones: at any
    time), from about the time of the articles ``new``. Of reprints one. Empty at once where all
    articles are in one language."""
    languages = connection.execute("SELECT count(DISTINCT language) FROM articles").fetchone()
    if languages is None or languages[0] < 2:
        return []
    sql = _sql("vector_claims.sql")
    asked = {"encoder": encoder, "new": sorted(new), "days": days, "most": most}
    return connection.execute(sql, asked).fetchall()


def put_vectors(
    connection: duckdb.DuckDBPyConnection, encoder: str, vectors: Mapping[str, bytes]
) -> None:
    """Store vectors of claims; those of claims that are gone, and of other encoders, go."""
    connection.execute(
        "DELETE FROM claim_vectors WHERE encoder <> ? OR claim_id NOT IN "
        "(SELECT claim_id FROM claims)",
        [encoder],
    )
    if vectors:
        connection.executemany(
            "INSERT INTO claim_vectors VALUES (?, ?, ?)",
            [(claim, encoder, vector) for claim, vector in vectors.items()],
        )


def days_of(
    connection: duckdb.DuckDBPyConnection, encoder: str, new: Collection[str] | None
) -> list[int | None]:
    """The days with claims of articles in ``new`` (None: of all) that have vectors; None stands
    for the undated."""
    rows = connection.execute(
        "SELECT DISTINCT datediff('day', TIMESTAMP '2000-01-01', published_at) AS day "
        "FROM current_claims INNER JOIN claim_vectors USING (claim_id) "
        "WHERE encoder = $encoder AND ($every OR article_id IN (SELECT unnest($new::VARCHAR []))) "
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
