"""How far two contradictions are about the same thing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from claims.disputes.contested_pair import ContestedPair, ContestedSide

_REMEMBERED = 10_000
"""Sets of terms of which the weights are remembered: pairs have without end in common."""


class Likeness(NamedTuple):
    """From 0 to 1, and whether the left side of one is like the right side of the other."""

    score: float
    crossed: bool


class TermWeights:
    """What a term tells: the fewer of ``claims`` contested claims have it, the more. ``counts`` is
    by term in how many it stands."""

    def __init__(self, counts: Mapping[str, int], claims: int) -> None:
        self._counts = counts
        self._claims = claims
        self._weights: dict[str, float] = {}
        self._both = lru_cache(_REMEMBERED)(self._summed)

    def weight(self, term: str) -> float:
        """The inverse document frequency; above 0 for every term."""
        if (known := self._weights.get(term)) is None:
            known = math.log((self._claims + 1) / (self._counts.get(term, 0) + 0.5))
            self._weights[term] = known
        return known

    def total(self, terms: frozenset[str]) -> float:
        """The sum of the weights."""
        return self._both(terms)[0]

    def squares(self, terms: frozenset[str]) -> float:
        """The sum of their squares."""
        return self._both(terms)[1]

    def _summed(self, terms: frozenset[str]) -> tuple[float, float]:
        weights = [self.weight(term) for term in terms]
        # Whatever the order of the terms, which is another one in equal sets.
        return math.fsum(weights), math.fsum(one * one for one in weights)


def likeness(one: ContestedPair, other: ContestedPair, weights: TermWeights) -> Likeness:
    """How far two pairs contest the same: half of it from how alike their sides are, each beside
    the one that it is most like, half from how much of the shorter pair the longer one is about.
    Neither alone does as well (`python -m benchmarks.disputes`), and sentence vectors, which cost
    30 ms a claim, add next to nothing."""
    if one.contests_elsewhere(other):
        return Likeness(0.0, crossed=False)
    alike = [[_cosine(mine, theirs, weights) for theirs in other.sides] for mine in one.sides]
    straight = (alike[0][0] + alike[1][1]) / 2
    crossed = (alike[0][1] + alike[1][0]) / 2
    return Likeness(
        (max(straight, crossed) + _containment(one, other, weights)) / 2, crossed > straight
    )


def _cosine(one: ContestedSide, other: ContestedSide, weights: TermWeights) -> float:
    """Cosine of the weighted terms; 1 for the same words."""
    if one.wording == other.wording:
        return 1.0
    common = one.terms & other.terms
    if not common:
        return 0.0
    lengths = weights.squares(one.terms) * weights.squares(other.terms)
    return weights.squares(common) / math.sqrt(lengths)


def _containment(one: ContestedPair, other: ContestedPair, weights: TermWeights) -> float:
    """The weight of the common terms in that of the pair that has less."""
    common = one.terms & other.terms
    if not common:
        return 0.0
    return weights.total(common) / min(weights.total(one.terms), weights.total(other.terms))
