"""Contradictions into the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

import duckdb

from claims.model import Contradiction
from claims.store.database import Database
from claims.store.insert import identifiers, insert, moment, pieces


def save_contradictions(
    database: Database,
    found: Sequence[Contradiction],
    compared: Collection[str] = (),
    comparer: str = "",
    again: Collection[str] = (),
) -> int:
    """Store contradictions in one transaction; return how many were not there before.

    ``compared`` are the articles that were compared to find them, and ``comparer`` is the
    fingerprint of what compared them. Both are recorded, so that nothing is compared twice, but of
    the articles in ``again``, which the next run is to compare once more.

    A contradiction that was stored of these articles and is not found again is deleted; one that
    is found again keeps its ``found_at`` and gets its new copies. Reviews are never deleted, and
    neither is a reviewed pair of an article that was since edited, since nobody compares it again.
    A contradiction whose claims are not both stored is left out.

    Where there is nothing to add or record the database is only read. Raises DatabaseError.
    """
    if not found and not compared:
        return 0
    # A reader holds nobody up, a writer everybody: look first whether there is anything to write.
    with database.reading() as connection:
        if not compared and not _missing(connection, found):
            return 0
    with database.writing() as connection:
        identifiers(connection, "compared_now", compared)
        # What was found of these articles goes and comes again, so that a pair that is no longer
        # found is gone. Not so reviewed pairs of an article that was since edited: nobody would
        # find them again.
        before = dict(
            connection.execute(
                "SELECT contradiction_id, found_at FROM contradictions WHERE (left_claim_id IN "
                "(SELECT claim_id FROM claims WHERE article_id IN (FROM compared_now)) OR "
                "right_claim_id IN "
                "(SELECT claim_id FROM claims WHERE article_id IN (FROM compared_now))) "
                "AND (contradiction_id NOT IN (SELECT contradiction_id FROM standing_reviews) OR "
                "contradiction_id IN (SELECT contradiction_id FROM current_contradictions))"
            ).fetchall()
        )
        identifiers(connection, "found_before", before)
        for table in ("contradiction_spans", "contradictions", "compared_articles"):
            column, gone = (
                ("article_id", "compared_now")
                if table == "compared_articles"
                else ("contradiction_id", "found_before")
            )
            connection.execute(f"DELETE FROM {table} WHERE {column} IN (FROM {gone})")
        missing = _missing(connection, found)
        _put_copies(connection, found)
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
        connection.execute(
            "DELETE FROM contradiction_copies WHERE contradiction_id NOT IN "
            "(SELECT contradiction_id FROM contradictions)"
        )
        insert(
            connection,
            "compared_articles",
            (
                {"article_id": article, "comparer": comparer}
                for article in sorted(set(compared).difference(again))
            ),
        )
    return sum(one.contradiction_id not in before for one in missing)


def _put_copies(connection: duckdb.DuckDBPyConnection, found: Sequence[Contradiction]) -> None:
    """What near-identical articles repeat, that of the articles compared now anew."""
    connection.execute(
        "DELETE FROM contradiction_copies WHERE claim_id IN "
        "(SELECT claim_id FROM claims WHERE article_id IN (FROM compared_now))"
    )
    copies = {
        (one.contradiction_id, side, claim)
        for one in found
        for side, claims in (("left", one.left_copies), ("right", one.right_copies))
        for claim in claims
    }
    known = connection.execute("SELECT contradiction_id, side, claim_id FROM contradiction_copies")
    insert(
        connection,
        "contradiction_copies",
        (
            {"contradiction_id": one, "side": side, "claim_id": claim}
            for one, side, claim in sorted(copies.difference(known.fetchall()))
        ),
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
