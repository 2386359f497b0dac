"""Which findings are shown: best first, each dispute once, its repeats marked down or counted."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from rapidfuzz.fuzz import token_set_ratio

from claims.contradictions.copies import Copies
from claims.contradictions.meeting import Finding
from claims.contradictions.statements import Statement, read_statements
from claims.model import Contradiction, ContradictionKind, Span, Spans

_STORED = Path(__file__).with_name("stored.sql").read_text(encoding="utf-8")

# A source that says a thing three times in one article is denied once; the best stays on top.
_REPEATED = 0.85

_POLAR = frozenset({ContradictionKind.DENIAL, ContradictionKind.NEGATION})

_REWORDED = 85.0
"""From this on (RapidFuzz's token set ratio, in per cent) two contents of near-identical articles
are one, with words added or left out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding between two statements, ``left`` the one that is contested."""

    left: Statement
    right: Statement
    finding: Finding

    @property
    def order(self) -> tuple[float, str, str]:
        """Best first."""
        return (-self.finding.score, self.left.claim_id, self.right.claim_id)

    @property
    def contradiction_id(self) -> str:
        """The identifier of the pair."""
        return contradiction_id(self.left.claim_id, self.right.claim_id)

    @property
    def sides(self) -> tuple[tuple[Statement, Spans], tuple[Statement, Spans]]:
        """Both statements with their conflicting words."""
        finding = self.finding
        return (self.left, finding.asserted_words), (self.right, finding.contested_words)

    @property
    def articles(self) -> frozenset[str]:
        """The articles of both."""
        return frozenset((self.left.article_id, self.right.article_id))

    def lighter(self) -> Found:
        """The same without the terms, of which nothing is asked once it is judged: there may be
        hundreds of thousands of findings."""
        left, right = (one.model_copy(update={"terms": ()}) for one in (self.left, self.right))
        return Found(left, right, self.finding)

    def covers(self, other: Found) -> bool:
        """Whether the other pair is of the same words on both sides, told otherwise."""
        mine, theirs = (self.left, self.right), (other.left, other.right)
        return any(
            all(_overlap(a, b) for a, b in zip(mine, turned, strict=True))
            for turned in (theirs, theirs[::-1])
        )


@dataclass(slots=True)
class _Shown:
    """A pair that is shown, and the claims that repeat either side of it elsewhere."""

    found: Found
    score: float
    new: bool
    left: set[str] = field(default_factory=set)
    right: set[str] = field(default_factory=set)

    def contradiction(self) -> Contradiction:
        one = self.found
        return Contradiction(
            contradiction_id=one.contradiction_id,
            left_claim_id=one.left.claim_id,
            right_claim_id=one.right.claim_id,
            kind=one.finding.kind,
            score=round(self.score, 4),
            explanation=one.finding.explanation,
            left_words=one.finding.asserted_words,
            right_words=one.finding.contested_words,
            left_copies=tuple(sorted(self.left)),
            right_copies=tuple(sorted(self.right)),
        )


def contradiction_id(one: str, other: str) -> str:
    """The identifier of the pair of two claims, whichever comes first: 16 hexadecimal digits.

    It does not depend on kind or score, so a review outlives a better comparison.
    """
    return hashlib.sha256("\x1f".join(sorted((one, other))).encode()).hexdigest()[:16]


def ranked(
    found: Sequence[Found],
    copies: Copies,
    most: int,
    before: Sequence[Found] = (),
    reviewed: Collection[str] = (),
) -> list[Contradiction]:
    """Best first; the repeats of a dispute within the same two articles marked down, at most
    ``most`` of any two articles. What near-identical articles repeat is counted with the pair that
    they repeat: with one of ``before``, which are shown already, where there is one. Of these only
    those come back that are repeated. One that a person decided about (``reviewed``, identifiers)
    is shown rather than another that says the same."""
    seen: set[tuple[str, ...]] = set()
    told: dict[tuple[object, ...], list[_Shown]] = defaultdict(list)
    pairs: set[frozenset[str]] = set()
    shown: dict[frozenset[str], list[Found]] = defaultdict(list)
    counts: dict[frozenset[str], int] = defaultdict(int)
    result: list[_Shown] = []
    for one in before:
        told[_dispute(one, copies)].append(_Shown(one, one.finding.score, new=False))
    old = [shown for known in told.values() for shown in known]
    for one in sorted(found, key=lambda one: (one.contradiction_id not in reviewed, one.order)):
        both = frozenset((one.left.claim_id, one.right.claim_id))
        across = len(one.articles) > 1
        dispute = _dispute(one, copies)
        if both in pairs or any(map(one.covers, shown[one.articles])):
            continue
        if across and any(_repeats(one, known, copies) for known in told[dispute]):
            continue
        if across and counts[one.articles] >= most:
            continue
        pairs.add(both)
        shown[one.articles].append(one)
        counts[one.articles] += 1
        finding = one.finding
        voices = (
            finding.kind,
            one.left.article_id,
            one.left.speaker,
            one.right.article_id,
            one.right.speaker,
        )
        score = finding.score * (_REPEATED if voices in seen else 1.0)
        if finding.kind in _POLAR:
            seen.add(voices)
        result.append(_Shown(one, score, new=True))
        told[dispute].append(result[-1])
    result += [known for known in old if known.left or known.right]
    ready = [one.contradiction() for one in result]
    return sorted(ready, key=lambda pair: (-pair.score, pair.contradiction_id))


def shown_before(
    connection: duckdb.DuckDBPyConnection, articles: Collection[str], new: Collection[str]
) -> list[Found]:
    """The stored pairs that findings between ``articles`` may repeat; none with one of ``new``,
    whose pairs are found anew."""
    asked = {"articles": sorted(articles), "new": sorted(new)}
    rows = connection.execute(_STORED, asked).fetchall()
    statements = read_statements(connection, {claim for row in rows for claim in row[:2]})
    return [
        Found(
            statements[left],
            statements[right],
            Finding(ContradictionKind(kind), score, explanation, _spans(words), _spans(others)),
        )
        for left, right, kind, score, explanation, words, others in rows
    ]


def reviewed_pairs(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The identifiers of the pairs that somebody decided about."""
    rows = connection.execute("SELECT DISTINCT contradiction_id FROM reviews").fetchall()
    return frozenset(pair for (pair,) in rows)


def _dispute(one: Found, copies: Copies) -> tuple[object, ...]:
    """What two pairs have in common where one may repeat the other."""
    return one.finding.kind, frozenset(copies.group(article) for article in one.articles)


def _repeats(one: Found, known: _Shown, copies: Copies) -> bool:
    """Whether ``one`` is a shown pair in near-identical articles; it is then counted there."""
    for left, right in (known.found.sides, known.found.sides[::-1]):
        matched = zip(one.sides, (left, right), strict=True)
        if all(_same(a, b, one.finding.kind, copies) for a, b in matched):
            turned = left[0] is not known.found.left
            ends = (known.right, known.left) if turned else (known.left, known.right)
            for (statement, _), (other, _), end in zip(one.sides, (left, right), ends, strict=True):
                if statement.claim_id != other.claim_id:
                    end.add(statement.claim_id)
            return True
    return False


def _same(
    one: tuple[Statement, Spans],
    other: tuple[Statement, Spans],
    kind: ContradictionKind,
    copies: Copies,
) -> bool:
    """Whether a side of a pair is the same as one of another, in a near-identical article."""
    (mine, words), (theirs, others) = one, other
    if copies.group(mine.article_id) != copies.group(theirs.article_id):
        return False
    if mine.quoted(words).casefold() == theirs.quoted(others).casefold():
        return True
    # What is denied may be cut or reworded; a number or a name that differs is another dispute.
    if kind not in _POLAR or mine.speaker != theirs.speaker:
        return False
    return token_set_ratio(mine.quoted(mine.pieces), theirs.quoted(theirs.pieces)) >= _REWORDED


def _overlap(one: Statement, other: Statement) -> bool:
    if one.article_id != other.article_id or one.content is None or other.content is None:
        return False
    return one.content.start < other.content.end and other.content.start < one.content.end


def _spans(stored: str | None) -> Spans:
    return tuple(Span(start=start, end=end) for start, end in json.loads(stored or "[]"))
