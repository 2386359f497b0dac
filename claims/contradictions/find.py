"""Contradictions between stored claims: candidates by SQL, then a judge for each pair."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from claims.configuration import ContradictionSettings
from claims.contradictions.comparison import Comparison
from claims.contradictions.contrasts import Vocabulary
from claims.contradictions.copies import Copies, read_copies
from claims.contradictions.judge import BuiltIn, Judge, conclude
from claims.contradictions.meeting import Finding, Meeting
from claims.contradictions.replacement import copied, replacement
from claims.contradictions.statements import Statement, read_statements
from claims.model import Contradiction, ContradictionKind, Spans, Verdict

_HERE = Path(__file__).parent
_OPPOSED = (_HERE / "candidates.sql").read_text(encoding="utf-8")
_ALIKE = (_HERE / "alike.sql").read_text(encoding="utf-8")

# A term that more claims than this have brings none of them together: it bounds the cost.
MOST_CLAIMS_OF_A_TERM = 200

# The same for statements in much the same words, within two weeks: they share many terms, so the
# rarest of them are enough.
MOST_STATEMENTS_OF_A_TERM = 60

# How many statements of one article a statement is compared with word by word.
_PARTNERS = 3

# Overlap from which on two statements are about one thing, whatever else their articles say; below
# it, what a finding is worth between articles that have no other statement in common.
_ALONE = 0.5
_UNTIED = 0.8

# The week of articles without a date, far from all others.
_UNDATED = -100_000

# A source that says a thing three times in one article is denied once; the best stays on top.
_REPEATED = 0.85


@dataclass(frozen=True, slots=True)
class _Found:
    """A finding between two statements, ``left`` the one that is contested."""

    left: Statement
    right: Statement
    finding: Finding

    @property
    def order(self) -> tuple[float, str, str]:
        return (-self.finding.score, self.left.claim_id, self.right.claim_id)

    def covers(self, other: _Found) -> bool:
        """Whether the other pair is of the same words on both sides, told otherwise."""
        mine, theirs = (self.left, self.right), (other.left, other.right)
        return any(
            all(_overlap(a, b) for a, b in zip(mine, turned, strict=True))
            for turned in (theirs, theirs[::-1])
        )

    @property
    def articles(self) -> frozenset[str]:
        return frozenset((self.left.article_id, self.right.article_id))


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
    two differ in words, ``left`` is that of the earlier article. ``judge``, if given, is asked
    about every pair that the built-in judge finds, and drops those that it calls compatible.
    ``vocabulary`` is by default that of the configuration folder in force.
    """
    built_in = BuiltIn(vocabulary)
    found = [
        *_opposed(connection, settings, new, built_in),
        *_differing(connection, settings, new, built_in),
    ]
    if judge is not None:
        found = [kept for one in found if (kept := _asked(one, judge)) is not None]
    found = [one for one in found if one.finding.score >= settings.minimum_score]
    copies = read_copies(connection, {article for one in found for article in one.articles})
    return _ranked(found, copies, settings.pairs_of_two_articles)


def contradiction_id(one: str, other: str) -> str:
    """The identifier of the pair of two claims, whichever comes first: 16 hexadecimal digits.

    It does not depend on kind or score, so a review outlives a better comparison.
    """
    return hashlib.sha256("\x1f".join(sorted((one, other))).encode()).hexdigest()[:16]


def candidates(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> list[tuple[str, str]]:
    """The pairs of claims that ``find`` with the same arguments would have judged, by id."""
    opposed = [(one, other) for one, other, *_ in _opposed_rows(connection, settings, new)]
    alike = [(one, other) for one, other, *_ in _alike_rows(connection, settings, new)]
    return opposed + alike


def _opposed_rows(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> list[tuple[str, str, float, int]]:
    return connection.execute(
        _OPPOSED,
        {
            "every": new is None,
            "new": sorted(new or ()),
            "most": MOST_CLAIMS_OF_A_TERM,
            "minimum_overlap": settings.minimum_overlap,
        },
    ).fetchall()


def _alike_rows(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> list[tuple[str, str, float]]:
    return connection.execute(
        _ALIKE,
        {
            "every": new is None,
            "new": sorted(new or ()),
            "most": MOST_STATEMENTS_OF_A_TERM,
            "overlap": settings.minimum_likeness,
            "partners": _PARTNERS,
            "days": settings.days,
            "undated": _UNDATED,
        },
    ).fetchall()


def _opposed(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
    judge: BuiltIn,
) -> Iterator[_Found]:
    """Pairs that their polarity sets against each other: denials and negations."""
    rows = _opposed_rows(connection, settings, new)
    statements = read_statements(connection, {claim for row in rows for claim in row[:2]})
    for asserted, contested, overlap, words in rows:
        left, right = statements[asserted], statements[contested]
        finding = judge.opposed(Meeting(left, right, float(overlap), int(words)))
        if finding is not None:
            yield _Found(left, right, finding)


def _differing(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
    judge: BuiltIn,
) -> list[_Found]:
    """Pairs in much the same words that differ in a number, a name, a negation or an outcome."""
    rows = _alike_rows(connection, settings, new)
    statements = read_statements(connection, {claim for row in rows for claim in row[:2]})
    compared: dict[frozenset[str], list[Comparison]] = defaultdict(list)
    for one, other, _ in rows:
        left, right = sorted((statements[one], statements[other]), key=_earlier)
        articles = frozenset((left.article_id, right.article_id))
        compared[articles].append(judge.comparison(left, right))
    versions = read_copies(connection, {article for articles in compared for article in articles})
    best: list[_Found] = []
    for articles, comparisons in compared.items():
        found = []
        alike = sum(map(copied, comparisons)) + versions.shared(articles)
        for comparison in comparisons:
            left, right = comparison.left.statement, comparison.right.statement
            finding = judge.differing(left, right)
            if finding is None:
                continue
            # Two articles with nothing else in common are hardly about the same event, and within
            # one article like sentences are about two.
            tied = len(articles) > 1 and alike - copied(comparison) > 0
            if not tied and comparison.alignment.overlap < _ALONE:
                finding = replace(finding, score=finding.score * _UNTIED)
            if finding.score >= settings.minimum_score:
                found.append(_Found(left, right, finding))
        best += _best_partners(found) if found else _replaced(comparisons, alike)
    return best


def _replaced(comparisons: list[Comparison], alike: float) -> list[_Found]:
    """What one of two versions of a report replaced; ``alike`` of their statements are copies."""
    found: list[_Found] = []
    for comparison in comparisons:
        left, right = comparison.left.statement, comparison.right.statement
        if left.language != right.language or left.article_id == right.article_id:
            continue
        if alike <= copied(comparison):
            continue
        conflict = replacement(comparison)
        if conflict is not None:
            found.append(_Found(left, right, conclude(comparison, [conflict])))
    return sorted(found, key=lambda one: one.order)[:1]


def _best_partners(found: list[_Found]) -> list[_Found]:
    """For each statement the best of those in one article that it differs from."""
    taken: set[tuple[str, str]] = set()
    kept: list[_Found] = []
    for one in sorted(found, key=lambda one: one.order):
        sides = (
            (one.left.claim_id, one.right.article_id),
            (one.right.claim_id, one.left.article_id),
        )
        if not taken.intersection(sides):
            taken.update(sides)
            kept.append(one)
    return kept


def _asked(one: _Found, judge: Judge) -> _Found | None:
    """The finding with the score of both judges, or None where the other one sees no conflict."""
    said = judge.judge(one.left, one.right)
    if said.verdict is Verdict.COMPATIBLE:
        return None
    score = (one.finding.score + said.confidence) / 2
    explanation = f"{one.finding.explanation} A second judge agrees: {said.reason}."
    return replace(one, finding=replace(one.finding, score=score, explanation=explanation))


def _ranked(found: list[_Found], copies: Copies, most: int) -> list[Contradiction]:
    """Best first; the repeats of a dispute within the same two articles marked down, what
    near-identical articles repeat left out, and at most ``most`` of any two articles."""
    seen: set[tuple[str, ...]] = set()
    told: set[tuple[object, ...]] = set()
    pairs: set[frozenset[str]] = set()
    shown: dict[frozenset[str], list[_Found]] = defaultdict(list)
    counts: dict[frozenset[str], int] = defaultdict(int)
    ranked: list[Contradiction] = []
    for one in sorted(found, key=lambda one: one.order):
        left, right, finding = one.left, one.right, one.finding
        both = frozenset((left.claim_id, right.claim_id))
        words = frozenset(
            (copies.group(side.article_id), _words(side, spans))
            for side, spans in (
                (left, finding.asserted_words),
                (right, finding.contested_words),
            )
        )
        key = (finding.kind, words)
        across = len(one.articles) > 1
        if (
            both in pairs
            or any(map(one.covers, shown[one.articles]))
            or (across and key in told)
            or (across and counts[one.articles] >= most)
        ):
            continue
        pairs.add(both)
        shown[one.articles].append(one)
        told.add(key)
        counts[one.articles] += 1
        dispute = (finding.kind, left.article_id, left.speaker, right.article_id, right.speaker)
        score = finding.score * (_REPEATED if dispute in seen else 1.0)
        if finding.kind in (ContradictionKind.DENIAL, ContradictionKind.NEGATION):
            seen.add(dispute)
        ranked.append(
            Contradiction(
                contradiction_id=contradiction_id(left.claim_id, right.claim_id),
                left_claim_id=left.claim_id,
                right_claim_id=right.claim_id,
                kind=finding.kind,
                score=round(score, 4),
                explanation=finding.explanation,
                left_words=finding.asserted_words,
                right_words=finding.contested_words,
            )
        )
    return sorted(ranked, key=lambda pair: (-pair.score, pair.contradiction_id))


def _overlap(one: Statement, other: Statement) -> bool:
    if one.article_id != other.article_id or one.content is None or other.content is None:
        return False
    return one.content.start < other.content.end and other.content.start < one.content.end


def _words(statement: Statement, spans: Spans) -> str:
    return statement.quoted(spans).casefold()


def _earlier(statement: Statement) -> tuple[bool, str, str, str]:
    when = statement.published_at
    return (
        when is None,
        when.isoformat() if when else "",
        statement.article_id,
        statement.claim_id,
    )
