"""Which findings are shown: best first, each dispute once, its repeats marked down or counted."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from rapidfuzz.fuzz import token_set_ratio

from claims.contradictions.copies import Copies
from claims.contradictions.pair import Pair, Side
from claims.contradictions.statements import read_statements
from claims.model import Contradiction, ContradictionKind, Span, Spans

_STORED = Path(__file__).with_name("stored.sql").read_text(encoding="utf-8")

# A source that says a thing three times in one article is denied once; the best stays on top.
_REPEATED = 0.85

_POLAR = frozenset({ContradictionKind.DENIAL, ContradictionKind.NEGATION})

_REWORDED = 85.0
"""From this on (RapidFuzz's token set ratio, in per cent) two contents of near-identical articles
are one, with words added or left out."""


@dataclass(slots=True)
class _Shown:
    """A pair that is shown, and the claims that repeat either side of it elsewhere."""

    pair: Pair
    score: float
    new: bool
    left: set[str] = field(default_factory=set)
    right: set[str] = field(default_factory=set)

    def contradiction(self) -> Contradiction:
        one = self.pair
        return Contradiction(
            contradiction_id=one.contradiction_id,
            left_claim_id=one.left.claim_id,
            right_claim_id=one.right.claim_id,
            kind=one.kind,
            score=round(self.score, 4),
            explanation=one.explanation,
            left_words=one.left.words,
            right_words=one.right.words,
            left_copies=tuple(sorted(self.left)),
            right_copies=tuple(sorted(self.right)),
        )


def ranked(
    found: Sequence[Pair],
    copies: Copies,
    most: int,
    before: Sequence[Pair] = (),
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
    shown: dict[frozenset[str], list[Pair]] = defaultdict(list)
    counts: dict[frozenset[str], int] = defaultdict(int)
    result: list[_Shown] = []
    for one in before:
        told[_dispute(one, copies)].append(_Shown(one, one.score, new=False))
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
        voices = (
            one.kind,
            one.left.article_id,
            one.left.speaker,
            one.right.article_id,
            one.right.speaker,
        )
        score = one.score * (_REPEATED if voices in seen else 1.0)
        if one.kind in _POLAR:
            seen.add(voices)
        result.append(_Shown(one, score, new=True))
        told[dispute].append(result[-1])
    result += [known for known in old if known.left or known.right]
    ready = [one.contradiction() for one in result]
    return sorted(ready, key=lambda pair: (-pair.score, pair.contradiction_id))


def shown_before(
    connection: duckdb.DuckDBPyConnection, articles: Collection[str], new: Collection[str]
) -> list[Pair]:
    """The stored pairs that findings between ``articles`` may repeat; none with one of ``new``,
    whose pairs are found anew."""
    asked = {"articles": sorted(articles), "new": sorted(new)}
    rows = connection.execute(_STORED, asked).fetchall()
    statements = read_statements(connection, {claim for row in rows for claim in row[:2]})
    return [
        Pair(
            Side.of(statements[left], _spans(words)),
            Side.of(statements[right], _spans(others)),
            ContradictionKind(kind),
            score,
            explanation,
        )
        for left, right, kind, score, explanation, words, others in rows
    ]


def reviewed_pairs(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The identifiers of the pairs that somebody decided about."""
    rows = connection.execute("SELECT DISTINCT contradiction_id FROM reviews").fetchall()
    return frozenset(pair for (pair,) in rows)


def _dispute(one: Pair, copies: Copies) -> tuple[object, ...]:
    """What two pairs have in common where one may repeat the other."""
    return one.kind, frozenset(copies.group(article) for article in one.articles)


def _repeats(one: Pair, known: _Shown, copies: Copies) -> bool:
    """Whether ``one`` is a shown pair in near-identical articles; it is then counted there."""
    straight = known.pair.sides
    for sides in (straight, straight[::-1]):
        matched = list(zip(one.sides, sides, strict=True))
        if all(_same(mine, theirs, one.kind, copies) for mine, theirs in matched):
            ends = (known.left, known.right) if sides is straight else (known.right, known.left)
            for (mine, theirs), end in zip(matched, ends, strict=True):
                if mine.claim_id != theirs.claim_id:
                    end.add(mine.claim_id)
            return True
    return False


def _same(one: Side, other: Side, kind: ContradictionKind, copies: Copies) -> bool:
    """Whether a side of a pair is the same as one of another, in a near-identical article."""
    if copies.group(one.article_id) != copies.group(other.article_id):
        return False
    if one.printed == other.printed:
        return True
    # What is denied may be cut or reworded; a number or a name that differs is another dispute.
    if kind not in _POLAR or one.speaker != other.speaker:
        return False
    return token_set_ratio(one.said, other.said) >= _REWORDED


def _spans(stored: str | None) -> Spans:
    return tuple(Span(start=start, end=end) for start, end in json.loads(stored or "[]"))
