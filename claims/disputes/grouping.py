"""Contradictions in groups that contest the same, each pair turned the way its group is."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.disputes.clustering import clusters
from claims.disputes.contested_pair import ContestedPair
from claims.disputes.likeness import Likeness, TermWeights, likeness

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
    found = {
        (one, other): likeness(ordered[one], ordered[other], weights)
        for one, other in _meeting(ordered)
    }
    edges = {both: alike.score for both, alike in found.items()}
    return [_turned(ordered, group, found) for group in clusters(len(ordered), edges, least)]


def _meeting(pairs: Sequence[ContestedPair]) -> Iterator[tuple[int, int]]:
    """Which pairs are compared: those of one area that share a claim, a wording or a term."""
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, pair in enumerate(pairs):
        keys = {f"{side.wording}\x1f" for side in pair.sides} | pair.terms
        for area in pair.areas:
            for key in keys:
                places[area, key].append(at)
    met: set[tuple[int, int]] = set()
    for (_, key), members in places.items():
        if len(members) > _COMMON and not key.endswith("\x1f"):
            continue
        for number, one in enumerate(members):
            # Of a wording that very many pairs share each meets the next ones only.
            for other in members[number + 1 : number + 1 + _COMMON]:
                if (one, other) not in met:
                    met.add((one, other))
                    yield one, other


def _turned(
    pairs: Sequence[ContestedPair], group: list[int], found: dict[tuple[int, int], Likeness]
) -> list[Grouped]:
    """A group with its sides told apart: from the best pair on, the pair that is most like one of
    those before it is turned as it stands to that one. The side that is contested by most comes
    first."""
    near: defaultdict[int, list[tuple[float, int, bool]]] = defaultdict(list)
    for number, one in enumerate(group):
        for other in group[number + 1 :]:
            if (alike := found.get((one, other))) is not None:
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
