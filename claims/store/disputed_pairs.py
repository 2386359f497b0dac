"""Disputes in the database: what is to be grouped, and which pairs were put into which."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

import duckdb

from claims.store.database import Database
from claims.store.insert import identifiers, insert, moment
from claims.store.questions import Questions

_DISPUTES = Questions(__package__, "disputes")


class PlacedPair(NamedTuple):
    """A pair in its dispute; ``turned`` as in the table."""

    contradiction_id: str
    turned: bool


class Dispute(NamedTuple):
    """A dispute as it is stored."""

    dispute_id: str
    found_at: datetime
    pairs: tuple[PlacedPair, ...]


def changed_pairs(connection: duckdb.DuckDBPyConnection, grouper: str) -> set[str]:
    """The standing contradictions that ``grouper`` (a fingerprint) has not grouped as they stand
    now, and those in disputes with them."""
    return {pair for (pair,) in _DISPUTES.each(connection, "changed", grouper=grouper)}


def ungrouped(database: Database, grouper: str) -> bool:
    """Whether there is a contradiction that is to be grouped. Raises DatabaseError."""
    if not database.exists():
        return False
    with database.reading() as connection:
        return bool(changed_pairs(connection, grouper)) or has_gone_pairs(connection)


def has_gone_pairs(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a dispute holds a pair that does not stand any more."""
    row = connection.execute(
        "SELECT count(*) FROM dispute_pairs WHERE contradiction_id NOT IN "
        "(SELECT contradiction_id FROM current_contradictions)"
    ).fetchone()
    return bool(row and row[0])


def areas_of_pairs(connection: duckdb.DuckDBPyConnection) -> dict[str, frozenset[str]]:
    """Each standing contradiction with the areas in which it is compared with others."""
    once: dict[tuple[str, ...], frozenset[str]] = {}  # very many pairs share an area
    return {
        pair: once.setdefault(tuple(areas), frozenset(areas))
        for pair, areas in _DISPUTES.each(connection, "areas")
    }


def pairs_to_group(
    connection: duckdb.DuckDBPyConnection, chosen: Collection[str]
) -> list[dict[str, Any]]:
    """Contradictions by column of ``disputes/pairs.sql``."""
    return _DISPUTES.ask(connection, "pairs", pairs=sorted(chosen))


def terms_of_claims(
    connection: duckdb.DuckDBPyConnection, claims: Collection[str]
) -> list[tuple[str, str, int]]:
    """What claims are about: claim, term, and how many of all contested claims have the term."""
    rows = _DISPUTES.ask(connection, "terms", claims=sorted(claims))
    return [(row["claim_id"], row["term"], row["claims"]) for row in rows]


def contested_claims(connection: duckdb.DuckDBPyConnection) -> int:
    """How many claims are contested or contest."""
    row = connection.execute(
        "SELECT count(*) FROM (SELECT left_claim_id FROM contradictions "
        "UNION SELECT right_claim_id FROM contradictions)"
    ).fetchone()
    return int(row[0]) if row else 0


def known_disputes(connection: duckdb.DuckDBPyConnection) -> dict[str, datetime]:
    """When each dispute was found, by identifier; UTC."""
    return dict(connection.execute("SELECT dispute_id, found_at FROM disputes").fetchall())


def save_disputes(database: Database, found: Iterable[Dispute], grouper: str) -> None:
    """Store disputes in one transaction, in place of those that their pairs were in. Pairs that do
    not stand any more leave their disputes, and disputes without pairs go. Raises DatabaseError."""
    disputes = list(found)
    grouped = {pair.contradiction_id for one in disputes for pair in one.pairs}
    with database.writing() as connection:
        identifiers(connection, "grouped_now", grouped)
        identifiers(connection, "disputes_now", (one.dispute_id for one in disputes))
        connection.execute(
            "DELETE FROM dispute_pairs WHERE contradiction_id IN (FROM grouped_now) "
            "OR contradiction_id NOT IN (SELECT contradiction_id FROM current_contradictions)"
        )
        connection.execute("DELETE FROM disputes WHERE dispute_id IN (FROM disputes_now)")
        insert(
            connection,
            "disputes",
            ({"dispute_id": one.dispute_id, "found_at": moment(one.found_at)} for one in disputes),
        )
        insert(
            connection,
            "dispute_pairs",
            (
                {"dispute_id": one.dispute_id, "grouper": grouper, **pair._asdict()}
                for one in disputes
                for pair in one.pairs
            ),
        )
        connection.execute(
            "DELETE FROM disputes WHERE dispute_id NOT IN (SELECT dispute_id FROM dispute_pairs)"
        )
