"""Contradictions into the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice

import duckdb

from claims.model import Contradiction
from claims.store.database import Database
from claims.store.insert import identifiers, insert, moment, pieces

_AT_ONCE = 2_000
"""Contradictions that are in memory at a time."""


def save_contradictions(
    database: Database,
    found: Iterable[Contradiction],
    compared: Collection[str] = (),
    comparer: str = "",
    again: Collection[str] = (),
) -> int:
    """Store contradictions in one transaction; return how many were not there before.

    ``found`` may be gone through twice, a part in memory at a time. ``compared`` are the articles
    that were compared to find them, and ``comparer`` is the fingerprint of what compared them. Both
    are recorded, so that nothing is compared twice, but of the articles in ``again``, which the
    next run is to compare once more.

    A contradiction that was stored of these articles and is not found again is deleted; one that
    is found again keeps its ``found_at`` and gets its new copies. Reviews are never deleted, and
    neither is a reviewed pair of an article that was since edited, since nobody compares it again.
    A contradiction whose claims are not both stored is left out.

    Where there is nothing to add or record the database is only read. Raises DatabaseError.
    """
    if not compared:
        if next(iter(found), None) is None:
            return 0
        # A reader holds nobody up, a writer everybody: look first whether there is anything to
        # write.
        with database.reading() as connection:
            if not any(_missing(connection, part) for part in _parts(found)):
                return 0
    with database.writing() as connection:
        _forget(connection, compared)
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE copies_now AS FROM contradiction_copies LIMIT 0"
        )
        added = sum(_put(connection, part) for part in _parts(found))
        _put_copies(connection)
        insert(
            connection,
            "compared_articles",
            (
                {"article_id": article, "comparer": comparer}
                for article in sorted(set(compared).difference(again))
            ),
        )
    return added


def _parts(found: Iterable[Contradiction]) -> Iterator[list[Contradiction]]:
    coming = iter(found)
    while part := list(islice(coming, _AT_ONCE)):
        yield part


def _forget(connection: duckdb.DuckDBPyConnection, compared: Collection[str]) -> None:
    """What was found of the articles ``compared`` goes and comes again, so that a pair that is no
    longer found is gone. Not so reviewed pairs of an article that was since edited: nobody would
    find them again. ``found_before`` has what goes, and when it was found."""
    identifiers(connection, "compared_now", compared)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE found_before AS "
        "SELECT contradiction_id, found_at FROM contradictions WHERE (left_claim_id IN "
        "(SELECT claim_id FROM claims WHERE article_id IN (FROM compared_now)) OR "
        "right_claim_id IN "
        "(SELECT claim_id FROM claims WHERE article_id IN (FROM compared_now))) "
        "AND (contradiction_id NOT IN (SELECT contradiction_id FROM standing_reviews) OR "
        "contradiction_id IN (SELECT contradiction_id FROM current_contradictions))"
    )
    for table in ("contradiction_spans", "contradictions"):
        connection.execute(
            f"DELETE FROM {table} WHERE contradiction_id IN "
            "(SELECT contradiction_id FROM found_before)"
        )
    connection.execute("DELETE FROM compared_articles WHERE article_id IN (FROM compared_now)")


def _put(connection: duckdb.DuckDBPyConnection, found: Sequence[Contradiction]) -> int:
    """Store those of ``found`` that are not there; how many of them were not there before."""
    missing = _missing(connection, found)
    before = dict(
        connection.execute(
            "SELECT contradiction_id, found_at FROM found_before "
            "WHERE contradiction_id IN (FROM candidates)"
        ).fetchall()
    )
    insert(
        connection,
        "contradictions",
        (_contradiction(one, before.get(one.contradiction_id)) for one in missing),
    )
    insert(
        connection,
        "contradiction_spans",
        (
            {"contradiction_id": one.contradiction_id, "side": side, **piece}
            for one in missing
            for side, words in (("left", one.left_words), ("right", one.right_words))
            for piece in pieces(words)
        ),
    )
    insert(
        connection,
        "copies_now",
        (
            {"contradiction_id": one.contradiction_id, "side": side, "claim_id": claim}
            for one in found
            for side, claims in (("left", one.left_copies), ("right", one.right_copies))
            for claim in claims
        ),
    )
    return sum(one.contradiction_id not in before for one in missing)


def _put_copies(connection: duckdb.DuckDBPyConnection) -> None:
    """What near-identical articles repeat, that of the articles compared now anew."""
    connection.execute(
        "DELETE FROM contradiction_copies WHERE claim_id IN "
        "(SELECT claim_id FROM claims WHERE article_id IN (FROM compared_now))"
    )
    connection.execute(
        "INSERT INTO contradiction_copies "
        "FROM copies_now EXCEPT FROM contradiction_copies ORDER BY ALL"
    )
    connection.execute(
        "DELETE FROM contradiction_copies WHERE contradiction_id NOT IN "
        "(SELECT contradiction_id FROM contradictions)"
    )


def _missing(
    connection: duckdb.DuckDBPyConnection, found: Sequence[Contradiction]
) -> list[Contradiction]:
    """Those of ``found`` that are not stored, though both their claims are."""
    candidates = {one.contradiction_id: one for one in found}
    identifiers(connection, "candidates", candidates)
    for (contradiction_id,) in connection.execute(
        "SELECT contradiction_id FROM contradictions WHERE contradiction_id IN (FROM candidates)"
    ).fetchall():
        del candidates[contradiction_id]
    identifiers(connection, "sides", {side for one in candidates.values() for side in _sides(one)})
    there = connection.execute("SELECT claim_id FROM claims WHERE claim_id IN (FROM sides)")
    known = {claim_id for (claim_id,) in there.fetchall()}
    return [one for one in candidates.values() if known.issuperset(_sides(one))]


def _sides(one: Contradiction) -> tuple[str, str]:
    return one.left_claim_id, one.right_claim_id


def _contradiction(one: Contradiction, found_at: datetime | None) -> dict[str, object]:
    return {
        "contradiction_id": one.contradiction_id,
        "left_claim_id": one.left_claim_id,
        "right_claim_id": one.right_claim_id,
        "kind": one.kind,
        "score": one.score,
        "explanation": one.explanation,
        "found_at": moment(found_at or datetime.now(UTC)),
    }
