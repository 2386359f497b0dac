"""Contradictions between stored claims: candidates by SQL, then a judge for each pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from sys import intern
from typing import Any

import duckdb

from claims.configuration import ContradictionSettings
from claims.contradictions.comparison import Comparison
from claims.contradictions.contrasts import Vocabulary
from claims.contradictions.copies import Copies, read_copies
from claims.contradictions.judge import BuiltIn, Judge, conclude
from claims.contradictions.meeting import Meeting
from claims.contradictions.pair import Found, Pair
from claims.contradictions.ranking import ranked, reviewed_pairs, shown_before
from claims.contradictions.replacement import copied, of_one_report, replacement
from claims.contradictions.statements import Statement, read_statements
from claims.contradictions.units import Part
from claims.contradictions.vectors import neighbours
from claims.model import Contradiction, Stance, Verdict

_HERE = Path(__file__).parent
_OPPOSED = (_HERE / "candidates.sql").read_text(encoding="utf-8")
_ALIKE = (_HERE / "alike.sql").read_text(encoding="utf-8")

# A term that more claims than this have brings none of them together: it bounds the cost.
MOST_CLAIMS_OF_A_TERM = 200

# The same for statements in much the same words, within two weeks: they share many terms, so the
# rarest of them are enough.
MOST_STATEMENTS_OF_A_TERM = 60

# A word that so few statements have brings them together alone.
FEW_STATEMENTS_OF_A_TERM = 8

# Pairs of which the statements are in memory at a time.
_AT_ONCE = 4_000

# How many statements of one article a statement is compared with word by word.
_PARTNERS = 5

# Overlap from which on two statements are about one thing, whatever else their articles say; below
# it, what a finding is worth between articles that have no other statement in common.
_ALONE = 0.5
_UNTIED = 0.8

# The same within one outlet, and where neither names anything that the other names.
_ONE_OUTLET = 0.85
_NAMELESS = 0.8
_CLOSE = 0.8

# The week of articles without a date, far from all others.
_UNDATED = -100_000


def find(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
    judge: Judge | None = None,
    vocabulary: Vocabulary | None = None,
) -> list[Contradiction]:
    """Contradictions between the stored claims, best first; nothing is written.

    Only pairs with a claim of an article in ``new`` (article identifiers) are compared; None
    compares all. ``left`` is the claim that is contested, ``right`` the one that contests it; where
    two differ in words, ``left`` is that of the earlier article. A stored pair that near-identical
    articles in ``new`` repeat comes back with their claims as its copies. What an outlet has edited
    since takes no part, and versions of one article do not contradict each other.

    ``judge``, if given, is asked about every pair that the built-in judge finds, and drops those
    that it calls compatible.
    ``vocabulary`` is by default that of the configuration folder in force.
    """
    built_in = BuiltIn(vocabulary)
    versions = _versions(connection)
    kinds = (
        _opposed(connection, settings, new, built_in),
        _differing(connection, settings, new, built_in),
        _across(connection, settings, new, built_in),
    )
    asked = (one if judge is None else _asked(one, judge) for one in chain.from_iterable(kinds))
    pairs = (
        Pair.of(one)
        for one in asked
        if one is not None and one.finding.score >= settings.minimum_score
    )
    found = [one for one in pairs if one.articles not in versions]
    articles = {article for one in found for article in one.articles}
    before = shown_before(connection, articles, new) if new is not None else []
    copies = read_copies(connection, articles.union(*(one.articles for one in before)))
    reviewed = reviewed_pairs(connection)
    return ranked(found, copies, settings.pairs_of_two_articles, before, reviewed)


def candidates(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> list[tuple[str, str]]:
    """The pairs of claims that ``find`` with the same arguments would have judged, by id."""
    opposed = [(one, other) for one, other, *_ in _opposed_rows(connection, settings, new)]
    alike = [(one, other) for one, other, *_ in _alike_rows(connection, settings, new)]
    return opposed + alike


def _versions(connection: duckdb.DuckDBPyConnection) -> frozenset[frozenset[str]]:
    """The pairs of articles that are versions of one another."""
    rows = connection.execute("FROM article_siblings").fetchall()
    return frozenset(frozenset(row) for row in rows)


def _opposed_rows(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> list[tuple[str, str, float, int]]:
    asked = {
        "every": new is None,
        "new": sorted(new or ()),
        "most": MOST_CLAIMS_OF_A_TERM,
        "minimum_overlap": settings.minimum_overlap,
    }
    return _rows(connection, _OPPOSED, asked)


def _alike_rows(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> list[tuple[str, str, float, str, str]]:
    asked = {
        "every": new is None,
        "new": sorted(new or ()),
        "most": MOST_STATEMENTS_OF_A_TERM,
        "few": FEW_STATEMENTS_OF_A_TERM,
        "overlap": settings.minimum_likeness,
        "partners": _PARTNERS,
        "days": settings.days,
        "undated": _UNDATED,
    }
    return _rows(connection, _ALIKE, asked)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, asked: dict[str, Any]) -> list[Any]:
    """The rows of a query, each identifier once in memory: pairs are more than their claims."""
    result = connection.execute(sql, asked)
    rows: list[Any] = []
    while part := result.fetchmany(_AT_ONCE):
        rows += [tuple(intern(v) if isinstance(v, str) else v for v in row) for row in part]
    return rows


def _opposed(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
    judge: BuiltIn,
) -> Iterator[Found]:
    """Pairs that their polarity sets against each other: denials and negations."""
    rows = _opposed_rows(connection, settings, new)
    for start in range(0, len(rows), _AT_ONCE):
        chunk = rows[start : start + _AT_ONCE]
        statements = read_statements(connection, {claim for row in chunk for claim in row[:2]})
        for asserted, contested, overlap, words in chunk:
            left, right = statements[asserted], statements[contested]
            finding = judge.opposed(Meeting(left, right, float(overlap), int(words)))
            if finding is not None and finding.score >= settings.minimum_score:
                yield Found(left, right, finding)


def _differing(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
    judge: BuiltIn,
) -> Iterator[Found]:
    """Pairs in much the same words that differ in a number, a name, a negation or an outcome."""
    for rows in _chunks(_alike_rows(connection, settings, new)):
        judge.forget()
        statements = read_statements(connection, {claim for row in rows for claim in row[:2]})
        compared: dict[frozenset[str], list[Comparison]] = defaultdict(list)
        for one, other, *_, one_article, other_article in rows:
            left, right = sorted((statements[one], statements[other]), key=_earlier)
            articles = frozenset((one_article, other_article))
            compared[articles].append(judge.comparison(left, right))
        copies = read_copies(connection, {article for pair in compared for article in pair})
        for articles, comparisons in compared.items():
            yield from _between(articles, comparisons, copies, judge, settings.minimum_score)
    judge.forget()


def _chunks(
    rows: list[tuple[str, str, float, str, str]],
) -> Iterator[list[tuple[str, str, float, str, str]]]:
    """The rows in parts that fit in memory, those of the same two articles in one part."""
    chunk: list[tuple[str, str, float, str, str]] = []
    for row in rows:
        if len(chunk) >= _AT_ONCE and set(row[3:]) != set(chunk[-1][3:]):
            yield chunk
            chunk = []
        chunk.append(row)
    if chunk:
        yield chunk


def _between(
    articles: frozenset[str],
    comparisons: list[Comparison],
    copies: Copies,
    judge: BuiltIn,
    least: float,
) -> list[Found]:
    """What conflicts between two articles, or within one, by their comparisons."""
    found = []
    alike = sum(map(copied, comparisons)) + copies.shared(articles)
    for comparison in comparisons:
        left, right = comparison.left.statement, comparison.right.statement
        finding = judge.differing(left, right)
        if finding is None:
            continue
        tied = len(articles) > 1 and alike - copied(comparison) > 0
        if not tied:
            finding = replace(finding, score=finding.score * _alone(comparison))
        if finding.score >= least:
            found.append(Found(left, right, finding))
    return _best_partners(found) if found else _replaced(comparisons, alike)


def _alone(comparison: Comparison) -> float:
    """What a finding is worth between two articles with nothing else in common: they are hardly
    about the same event. Within one article, too, like sentences are about two."""
    left, right = comparison.left.statement, comparison.right.statement
    overlap = comparison.alignment.overlap
    worth = _UNTIED if overlap < _ALONE else 1.0
    if left.outlet == right.outlet and left.article_id != right.article_id:
        worth *= _ONE_OUTLET
    one, other = (
        {unit.key for unit in row if unit.part is Part.NAME}
        for row in (comparison.alignment.left, comparison.alignment.right)
    )
    if overlap < _CLOSE and (one or other) and not one & other:
        worth *= _NAMELESS
    return worth


def _across(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
    judge: BuiltIn,
) -> Iterator[Found]:
    """Pairs in two languages whose sentence vectors are near each other."""
    near = neighbours(connection, settings, new)
    statements = read_statements(connection, {claim for pair in near for claim in pair})
    for (one, other), likeness in sorted(near.items()):
        left, right = sorted((statements[one], statements[other]), key=_earlier)
        if right.stance is not Stance.DENY and left.stance is Stance.DENY:
            left, right = right, left
        finding = judge.across(left, right, likeness)
        if finding is not None:
            yield Found(left, right, finding)


def _replaced(comparisons: list[Comparison], alike: float) -> list[Found]:
    """What one of two versions of a report replaced; ``alike`` of their statements are copies."""
    found: list[Found] = []
    for comparison in comparisons:
        left, right = comparison.left.statement, comparison.right.statement
        if left.language != right.language or left.article_id == right.article_id:
            continue
        # An outlet that uses its own sentences again corrects nothing.
        if left.outlet == right.outlet:
            continue
        if alike <= copied(comparison) and not of_one_report(comparison):
            continue
        conflict = replacement(comparison)
        if conflict is not None:
            found.append(Found(left, right, conclude(comparison, [conflict])))
    return sorted(found, key=lambda one: one.order)[:1]


def _best_partners(found: list[Found]) -> list[Found]:
    """For each statement the best of those in one article that it differs from."""
    taken: set[tuple[str, str]] = set()
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: one.order):
        sides = (
            (one.left.claim_id, one.right.article_id),
            (one.right.claim_id, one.left.article_id),
        )
        if not taken.intersection(sides):
            taken.update(sides)
            kept.append(one)
    return kept


def _asked(one: Found, judge: Judge) -> Found | None:
    """The finding with the score of both judges, or None where the other one sees no conflict."""
    said = judge.judge(one.left, one.right)
    if said.verdict is Verdict.COMPATIBLE:
        return None
    score = (one.finding.score + said.confidence) / 2
    explanation = f"{one.finding.explanation} A second judge agrees: {said.reason}."
    return replace(one, finding=replace(one.finding, score=score, explanation=explanation))


def _earlier(statement: Statement) -> tuple[bool, str, str, str]:
    when = statement.published_at
    return (
        when is None,
        when.isoformat() if when else "",
        statement.article_id,
        statement.claim_id,
    )
