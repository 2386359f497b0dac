"""Which pairs of stored claims are worth judging: chosen by SQL and by sentence vectors."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from claims.config.settings import ContradictionSettings
from claims.contradictions.candidate import CandidatePair, CandidateRoute
from claims.contradictions.likely import likely_batches
from claims.contradictions.near_duplicates.copies import read_copies
from claims.contradictions.statements import Statement, read_statements
from claims.contradictions.vectors import neighbours
from claims.model import Stance
from claims.store.scratch import scratch

_HERE = Path(__file__).parent
_OPPOSED = (_HERE / "opposed.sql").read_text(encoding="utf-8")
_ALIKE = (_HERE / "alike.sql").read_text(encoding="utf-8")

# A term that more claims than this have brings none of them together. It bounds the cost: a claim
# meets at most so many others for each of its terms (benchmarks.contradictions measures growth).
MOST_CLAIMS_OF_A_TERM = 200

# The same for statements in much the same words, within two weeks: they share many terms, so the
# rarest of them are enough.
MOST_STATEMENTS_OF_A_TERM = 60

# A word that so few statements have brings them together alone.
FEW_STATEMENTS_OF_A_TERM = 8

# How many statements of one article a statement is compared with word by word.
_PARTNERS = 5

# The week of articles without a date, far from all others.
_UNDATED = -100_000

# Pairs of which the statements, with the texts of their articles, are in memory at a time.
_AT_ONCE = 4_000

_AlikeRow = tuple[str, str, float, str, str, bool]


def candidate_batches(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> Iterator[list[CandidatePair]]:
    """The pairs to judge that have a claim of an article in ``new`` (identifiers; None: of any).

    A batch holds some thousands of pairs of one route, and all that its two articles have of that
    route: what else they have in common may tell whether they are about one event. Versions of one
    article take no part, nor do contents that stand within each other.
    """
    versions = _versions(connection)
    routes = [_opposed, _alike, _cross_language]
    if settings.likely:
        routes.insert(0, likely_batches)
    for route in routes:
        for pairs in route(connection, settings, new):
            yield [one for one in pairs if not one.nested and one.articles not in versions]


def candidate_ids(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> list[tuple[str, str]]:
    """The identifiers of the claims that SQL alone brings together, for measuring what that
    costs."""
    opposed = [(one, other) for one, other, *_ in _opposed_rows(connection, settings, new)]
    alike = [(one, other) for one, other, *_ in _alike_rows(connection, settings, new)]
    return opposed + alike


def _versions(connection: duckdb.DuckDBPyConnection) -> frozenset[frozenset[str]]:
    """The pairs of articles that are versions of one another."""
    rows = connection.execute("FROM article_siblings").fetchall()
    return frozenset(frozenset(row) for row in rows)


def _opposed(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> Iterator[list[CandidatePair]]:
    """Pairs that their polarity sets against each other: denials and negations."""
    rows = _opposed_rows(connection, settings, new)
    while chunk := list(islice(rows, _AT_ONCE)):
        statements = read_statements(connection, {claim for row in chunk for claim in row[:2]})
        yield [
            CandidatePair(
                statements[asserted],
                statements[contesting],
                CandidateRoute.OPPOSED,
                likeness=float(overlap),
                shared_words=int(words),
            )
            for asserted, contesting, overlap, words in chunk
        ]


def _alike(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> Iterator[list[CandidatePair]]:
    """Pairs in much the same words, which may differ in a number, a name or an outcome."""
    for rows in _by_articles(_alike_rows(connection, settings, new)):
        statements = read_statements(connection, {claim for row in rows for claim in row[:2]})
        copies = read_copies(connection, {article for row in rows for article in row[3:5]})
        pairs: list[CandidatePair] = []
        for one, other, overlap, one_article, other_article, one_story in rows:
            left, right = sorted((statements[one], statements[other]), key=_published)
            shared = copies.shared(frozenset((one_article, other_article)))
            pairs.append(
                CandidatePair(
                    left,
                    right,
                    CandidateRoute.ALIKE,
                    likeness=float(overlap),
                    shared_statements=shared,
                    one_story=bool(one_story),
                )
            )
        yield pairs


def _cross_language(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> Iterator[list[CandidatePair]]:
    """Pairs in two languages whose sentence vectors are near each other."""
    near = neighbours(connection, settings, new)
    while chunk := list(islice(near, _AT_ONCE)):
        statements = read_statements(connection, {claim for row in chunk for claim in row[:2]})
        pairs: list[CandidatePair] = []
        for one, other, cosine in chunk:
            left, right = sorted((statements[one], statements[other]), key=_published)
            # What only one of them denies is what is contested.
            if left.stance is Stance.DENY and right.stance is not Stance.DENY:
                left, right = right, left
            route = CandidateRoute.CROSS_LANGUAGE
            pairs.append(CandidatePair(left, right, route, likeness=cosine))
        yield pairs


def _by_articles(rows: Iterator[_AlikeRow]) -> Iterator[list[_AlikeRow]]:
    """The rows in parts that fit in memory, those of the same two articles in one part."""
    chunk: list[_AlikeRow] = []
    for row in rows:
        if len(chunk) >= _AT_ONCE and set(row[3:5]) != set(chunk[-1][3:5]):
            yield chunk
            chunk = []
        chunk.append(row)
    if chunk:
        yield chunk


def _opposed_rows(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> Iterator[tuple[str, str, float, int]]:
    parameters = {
        "every": new is None,
        "new": sorted(new or ()),
        "most": MOST_CLAIMS_OF_A_TERM,
        "minimum_overlap": settings.minimum_overlap,
    }
    return _rows(connection, _OPPOSED, parameters)


def _alike_rows(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> Iterator[_AlikeRow]:
    parameters = {
        "every": new is None,
        "new": sorted(new or ()),
        "most": MOST_STATEMENTS_OF_A_TERM,
        "few": FEW_STATEMENTS_OF_A_TERM,
        "overlap": settings.minimum_likeness,
        "partners": _PARTNERS,
        "days": settings.days,
        "undated": _UNDATED,
    }
    return _rows(connection, _ALIKE, parameters)


def _rows(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any]
) -> Iterator[Any]:
    """The rows of a query. Whoever takes them may ask other things of the connection."""
    result = connection.execute(sql, parameters)
    columns = [f'"{name}"' for name, *_ in result.description or ()]
    places = ", ".join("?" for _ in columns)
    with closing(scratch()) as aside:
        aside.execute(f"CREATE TABLE candidates ({', '.join(columns)})")
        while part := result.fetchmany(_AT_ONCE):
            aside.executemany(f"INSERT INTO candidates VALUES ({places})", part)
        yield from aside.execute("SELECT * FROM candidates ORDER BY rowid")


def _published(statement: Statement) -> tuple[bool, str, str, str]:
    """To sort by time, the undated last."""
    when = statement.published_at
    return (
        when is None,
        when.isoformat() if when else "",
        statement.article_id,
        statement.claim_id,
    )
