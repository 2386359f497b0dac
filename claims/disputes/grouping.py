"""Contradictions in groups that contest the same, each pair turned the way its group is."""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.disputes.clustering import clusters
from claims.disputes.contested_pair import ContestedPair
from claims.disputes.likeness import TermWeights, likeness
from claims.disputes.likenesses import Likenesses

LEAST = 0.24
"""How alike pairs of one dispute are on average: where B-cubed and pairwise F1 together are best on
the disputes that readers found in US news, all in one area (`python -m benchmarks.disputes
--curve`); from 0.22 to 0.44 B-cubed F1 is within 0.015 of the best there."""

_COMMON = 60
"""Pairs of an area that a term may stand in for two of them to meet by it: a bound of the cost."""


class Grouped(NamedTuple):
    """A pair in a dispute; ``turned`` where its right side asserts what the dispute is about."""

    pair: ContestedPair
    turned: bool


def grouped(
    pairs: Sequence[ContestedPair], weights: TermWeights, least: float = LEAST
) -> list[list[Grouped]]:
    """``pairs`` in disputes, the pairs of each best first."""
    ordered = sorted(pairs, key=lambda one: (-one.score, one.contradiction_id))
    found = Likenesses()
    for one, met in zip(ordered, _meeting(ordered), strict=True):
        found.add((other, likeness(one, ordered[other], weights)) for other in met)
    return [_turned(ordered, group, found) for group in clusters(found, least)]


def _meeting(pairs: Sequence[ContestedPair]) -> Iterator[set[int]]:
    """For each pair those after it that it is compared with: of one area, and with a claim, a
    wording or a term in common."""
    places: defaultdict[tuple[str, str], array[int]] = defaultdict(lambda: array("i"))
    for at, pair in enumerate(pairs):
        for place in _places(pair):
            places[place].append(at)
    for at, pair in enumerate(pairs):
        met: set[int] = set()
        for area, key in _places(pair):
            members = places[area, key]
            # Of a wording that very many pairs share each meets the next ones only.
            if len(members) <= _COMMON or key.endswith("\x1f"):
                after = bisect(members, at)
                met.update(members[after : after + _COMMON])
        yield met


def _places(pair: ContestedPair) -> Iterator[tuple[str, str]]:
    """Where a pair is found: its wordings and terms, in each of its areas."""
    keys = {f"{side.wording}\x1f" for side in pair.sides} | pair.terms
    for area in pair.areas:
        for key in keys:
            yield area, key


def _turned(pairs: Sequence[ContestedPair], group: list[int], found: Likenesses) -> list[Grouped]:
    """A group with its sides told apart: from the best pair on, the pair that is most like one of
    those before it is turned as it stands to that one. The side that is contested by most comes
    first."""
    near: defaultdict[int, list[tuple[float, int, bool]]] = defaultdict(list)
    inside = frozenset(group)
    for one in group:
        for other, alike in found.of(one):
            if other in inside:
                near[one].append((-alike.score, other, alike.crossed))
                near[other].append((-alike.score, one, alike.crossed))
    turned: dict[int, bool] = {}
    for first in group:  # once, unless nothing ties some of them to the others
        heap = [(0.0, first, False)] if first not in turned else []
        while heap:
            _, one, way = heapq.heappop(heap)
            if one not in turned:
                turned[one] = way
                for score, other, crossed in near[one]:
                    heapq.heappush(heap, (score, other, way != crossed))
    straight = sum((-1 if turned[one] else 1) * pairs[one].score for one in group)
    return [Grouped(pairs[one], turned[one] != (straight < 0)) for one in group]
