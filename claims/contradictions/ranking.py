"""Which findings are shown: best first, each dispute once, its repeats marked down or counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import duckdb
from rapidfuzz.fuzz import token_set_ratio

from claims.contradictions.found_pair import FoundPair, FoundSide
from claims.contradictions.near_duplicates.copies import Copies
from claims.contradictions.statements import read_statements
from claims.model import Contradiction, ContradictionKind
from claims.store.stored_pairs import near_identical_pairs

# A source that says a thing three times in one article is denied once; the best stays on top.
_REPEATED = 0.85

_POLAR = frozenset({ContradictionKind.DENIAL, ContradictionKind.NEGATION})

_REWORDED = 85.0
"""From this on (RapidFuzz's token set ratio, in per cent) two contents of near-identical articles
are one, with words added or left out."""

_AT_ONCE = 4_000
"""Stored pairs of which the statements, with the texts of their articles, are in memory at once."""

_Dispute = tuple[ContradictionKind, frozenset[str]]

_Repeats = dict[tuple[str, bool], set[str]]
"""By shown pair and whether it is its left side, the claims elsewhere that repeat that side."""


def ranked(
    found: Sequence[FoundPair],
    copies: Copies,
    most: int,
    before: Sequence[FoundPair] = (),
    reviewed: Collection[str] = (),
) -> list[Contradiction]:
    """Best first; the repeats of a dispute within the same two articles marked down, at most
    ``most`` of any two articles. What near-identical articles repeat is counted with the pair that
    they repeat: with one of ``before``, which are shown already, where there is one. Of these only
    those come back that are repeated. One that a person decided about (``reviewed``, identifiers)
    is shown rather than another that says the same.

    Pairs between other groups of ``copies`` do not touch each other: they may be ranked apart."""
    disputes: dict[_Dispute, list[FoundPair]] = defaultdict(list)
    for one in before:
        disputes[_dispute(one, copies)].append(one)
    repeats: dict[tuple[str, bool], set[str]] = defaultdict(set)
    told: set[tuple[object, ...]] = set()
    pairs: set[frozenset[str]] = set()
    shown: dict[frozenset[str], list[FoundPair]] = defaultdict(list)
    result: list[tuple[FoundPair, float]] = []
    for one in sorted(found, key=lambda one: (one.contradiction_id not in reviewed, one.order)):
        both = frozenset((one.left.claim_id, one.right.claim_id))
        across = len(one.articles) > 1
        known = disputes[_dispute(one, copies)]
        if both in pairs or any(map(one.covers, shown[one.articles])):
            continue
        if across and any(_repeats(one, other, copies, repeats) for other in known):
            continue
        if across and len(shown[one.articles]) >= most:
            continue
        pairs.add(both)
        shown[one.articles].append(one)
        known.append(one)
        voices = (
            one.kind,
            one.left.article_id,
            one.left.speaker,
            one.right.article_id,
            one.right.speaker,
        )
        result.append((one, one.score * (_REPEATED if voices in told else 1.0)))
        if one.kind in _POLAR:
            told.add(voices)
    result += [(one, one.score) for one in before if _copies(one, repeats)]
    ready = [_contradiction(one, score, repeats) for one, score in result]
    return sorted(ready, key=lambda pair: (-pair.score, pair.contradiction_id))


def shown_before(
    connection: duckdb.DuckDBPyConnection, articles: Collection[str], new: Collection[str]
) -> Iterator[FoundPair]:
    """The stored pairs that findings between ``articles`` may repeat; none with one of ``new``,
    whose pairs are found anew."""
    stored = near_identical_pairs(connection, articles, new)
    for start in range(0, len(stored), _AT_ONCE):
        part = stored[start : start + _AT_ONCE]
        claims = {claim for one in part for claim in (one.left_claim_id, one.right_claim_id)}
        statements = read_statements(connection, claims)
        for one in part:
            yield FoundPair(
                FoundSide.of(statements[one.left_claim_id], one.left_words),
                FoundSide.of(statements[one.right_claim_id], one.right_words),
                one.kind,
                one.score,
                one.explanation,
            )


def _dispute(one: FoundPair, copies: Copies) -> _Dispute:
    """What two pairs have in common where one may repeat the other."""
    return one.kind, frozenset(copies.group(article) for article in one.articles)


def _repeats(one: FoundPair, known: FoundPair, copies: Copies, repeats: _Repeats) -> bool:
    """Whether ``one`` is a shown pair in near-identical articles; it is then counted there."""
    for turned in (False, True):
        matched = list(zip(one.sides, known.sides[::-1] if turned else known.sides, strict=True))
        if all(_same(mine, theirs, one.kind, copies) for mine, theirs in matched):
            for is_left, (mine, theirs) in zip((not turned, turned), matched, strict=True):
                if mine.claim_id != theirs.claim_id:
                    repeats[known.contradiction_id, is_left].add(mine.claim_id)
            return True
    return False


def _same(one: FoundSide, other: FoundSide, kind: ContradictionKind, copies: Copies) -> bool:
    """Whether a side of a pair is the same as one of another, in a near-identical article."""
    if copies.group(one.article_id) != copies.group(other.article_id):
        return False
    if one.printed == other.printed:
        return True
    # What is denied may be cut or reworded; a number or a name that differs is another dispute.
    if kind not in _POLAR or one.speaker != other.speaker:
        return False
    return token_set_ratio(one.said, other.said) >= _REWORDED


def _copies(one: FoundPair, repeats: _Repeats) -> bool:
    """Whether anything repeats either side of a pair."""
    return any(repeats.get((one.contradiction_id, is_left)) for is_left in (True, False))


def _contradiction(one: FoundPair, score: float, repeats: _Repeats) -> Contradiction:
    return Contradiction(
        contradiction_id=one.contradiction_id,
        left_claim_id=one.left.claim_id,
        right_claim_id=one.right.claim_id,
        kind=one.kind,
        score=round(score, 4),
        explanation=one.explanation,
        left_words=one.left.words,
        right_words=one.right.words,
        left_copies=tuple(sorted(repeats.get((one.contradiction_id, True), ()))),
        right_copies=tuple(sorted(repeats.get((one.contradiction_id, False), ()))),
    )
