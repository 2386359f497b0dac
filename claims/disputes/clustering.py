"""Grouping by average linkage over the likenesses that are there; what is not there counts as 0.

Two groups become one where their members are alike on average, not where some two of them are: a
chain of pairs, each like the next, does not become one dispute.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping

Edges = Mapping[tuple[int, int], float]
"""By two members, the lesser first, how alike they are."""


def clusters(members: int, edges: Edges, least: float) -> list[list[int]]:
    """``range(members)`` in groups, the two most alike joined first, for as long as two groups are
    alike by ``least`` on average. The groups are sorted, and so is each. For n likenesses the cost
    is n log n as long as groups stay small beside them."""
    groups = {member: [member] for member in range(members)}
    sums: dict[int, dict[int, float]] = {member: {} for member in groups}
    for (one, other), alike in edges.items():
        sums[one][other] = sums[other][one] = alike
    heap = [(-alike, one, other) for (one, other), alike in edges.items() if alike >= least]
    heapq.heapify(heap)
    following = members
    while heap:
        _, one, other = heapq.heappop(heap)
        if one not in groups or other not in groups:
            continue
        joined = groups.pop(one) + groups.pop(other)
        near = sums.pop(one)
        for group, total in sums.pop(other).items():
            near[group] = near.get(group, 0.0) + total
        sums[following] = {}
        for group, total in near.items():
            if group not in groups:
                continue
            sums[group].pop(one, None)
            sums[group].pop(other, None)
            sums[group][following] = sums[following][group] = total
            average = total / (len(joined) * len(groups[group]))
            if average >= least:
                heapq.heappush(heap, (-average, group, following))
        groups[following] = joined
        following += 1
    return sorted(sorted(group) for group in groups.values())
