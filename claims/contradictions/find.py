"""Contradictions between stored claims: candidates by SQL, then one judge for each kind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from pathlib import Path

import duckdb

from claims.configuration import ContradictionSettings
from claims.contradictions.denial import denial
from claims.contradictions.meeting import Finding, Meeting
from claims.contradictions.negation import negation
from claims.contradictions.statements import read_statements
from claims.model import Contradiction

_SQL = Path(__file__).with_name("candidates.sql").read_text(encoding="utf-8")

# A term that more claims than this have brings none of them together: it bounds the cost.
MOST_CLAIMS_OF_A_TERM = 200

# A source that says a thing three times in one article is denied once; the best stays on top.
_REPEATED = 0.85

KINDS: tuple[Callable[[Meeting], Finding | None], ...] = (denial, negation)
"""A judge for each kind of contradiction, in the order in which they are asked."""


def find(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> list[Contradiction]:
    """Contradictions between the stored claims, best first; nothing is written.

    Only pairs with a claim of an article in ``new`` (article identifiers) are compared; None
    compares all. ``left`` is the claim that is contested, ``right`` the one that contests it.
    """
    rows = connection.execute(
        _SQL,
        {
            "every": new is None,
            "new": sorted(new or ()),
            "most": MOST_CLAIMS_OF_A_TERM,
            "minimum_overlap": settings.minimum_overlap,
        },
    ).fetchall()
    statements = read_statements(connection, {claim for row in rows for claim in row[:2]})
    found: list[tuple[Meeting, Finding]] = []
    for asserted, contested, overlap, words in rows:
        meeting = Meeting(statements[asserted], statements[contested], float(overlap), int(words))
        if meeting.nested:
            continue
        finding = next((made for judge in KINDS if (made := judge(meeting)) is not None), None)
        if finding is not None and finding.score >= settings.minimum_score:
            found.append((meeting, finding))
    return _ranked(found)


def contradiction_id(one: str, other: str) -> str:
    """The identifier of the pair of two claims, whichever comes first: 16 hexadecimal digits.

    It does not depend on kind or score, so a review outlives a better comparison.
    """
    return hashlib.sha256("\x1f".join(sorted((one, other))).encode()).hexdigest()[:16]


def _ranked(found: list[tuple[Meeting, Finding]]) -> list[Contradiction]:
    """Best first, the repeats of a dispute within the same two articles marked down."""
    seen: set[tuple[str, ...]] = set()
    ranked: list[Contradiction] = []
    for meeting, finding in sorted(found, key=_best_first):
        left, right = meeting.asserted, meeting.contested
        dispute = (finding.kind, left.article_id, left.speaker, right.article_id, right.speaker)
        score = finding.score * (_REPEATED if dispute in seen else 1.0)
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


def _best_first(judged: tuple[Meeting, Finding]) -> tuple[float, str, str]:
    meeting, finding = judged
    return (-finding.score, meeting.asserted.claim_id, meeting.contested.claim_id)
