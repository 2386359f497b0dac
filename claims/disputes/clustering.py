"""Grouping by average linkage over the likenesses that are there; what is not there counts as 0.

Two groups become one where their members are alike on average, not where some two of them are: a
chain of pairs, each like the next, does not become one dispute.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator

from claims.disputes.likenesses import Likenesses

_Best = tuple[float, int, int]
"""How alike two groups are on average, turned round so that the most alike are the least, and
both, the one with the lesser number first."""


def clusters(alike: Likenesses, least: float) -> list[list[int]]:
    """The members of ``alike`` in groups, the two most alike joined first, for as long as two
    groups are alike by ``least`` on average. The groups are sorted, and so is each. For n
    likenesses the cost is n log n as long as groups stay small beside them."""
    groups = _Groups(alike, least)
    # Of each group only the best of the groups that came before it waits, of members the best after
    # it: all of them would take more memory than everything else.
    heap = [best for member in range(len(alike)) if (best := groups.best(member)) is not None]
    heapq.heapify(heap)
    while heap:
        _, one, other = heapq.heappop(heap)
        asked = groups.asking(one, other)
        if groups.has(one) and groups.has(other):
            asked = groups.join(one, other)
        if groups.has(asked) and (best := groups.best(asked)) is not None:
            heapq.heappush(heap, best)
    return groups.members()


class _Groups:
    """Groups by number: first each member alone, by its own, then what was joined of two."""

    def __init__(self, alike: Likenesses, least: float) -> None:
        self._alike = alike
        self._least = least
        self._before = alike.before()
        self._sizes = array("i", (1,)) * len(alike)  # 0: it is part of another
        self._joined: dict[int, list[int]] = {}
        self._sums: dict[int, tuple[array[int], array[float]]] = {}
        """By group the groups that it was compared with since, and how alike their members are,
        summed; some are not there any more."""

    def has(self, group: int) -> bool:
        """Whether a group is there, and not part of another."""
        return self._sizes[group] > 0

    def members(self) -> list[list[int]]:
        """The groups that are there."""
        alone = ([member] for member in range(len(self._alike)) if self._sizes[member])
        return sorted([*alone, *map(sorted, self._joined.values())])

    def asking(self, one: int, other: int) -> int:
        """Which of two groups, the lesser first, has the other as its ``best``."""
        return one if other < len(self._alike) else other

    def best(self, group: int) -> _Best | None:
        """The group that is most like ``group``, if by ``least``: of those that were formed before
        it, or, for a member, of the members after it."""
        if group < len(self._alike):
            compared, size = self._alike.scores(group), 1
        else:
            compared, size = self._since(group), self._sizes[group]
        best: _Best | None = None
        for other, total in compared:
            if not self._sizes[other]:
                continue
            average = total / (size * self._sizes[other])
            both = (-average, *((group, other) if group < other else (other, group)))
            formed_later = group >= len(self._alike) and other > group
            if average >= self._least and not formed_later and (best is None or both < best):
                best = both
        return best

    def join(self, one: int, other: int) -> int:
        """Make two groups one; its number."""
        group = len(self._sizes)
        self._joined[group] = self._joined.pop(one, [one]) + self._joined.pop(other, [other])
        self._sizes.append(self._sizes[one] + self._sizes[other])
        self._sizes[one] = self._sizes[other] = 0
        near = self._taken(one)
        for third, total in self._taken(other).items():
            near[third] = near.get(third, 0.0) + total
        self._sums[group] = array("i", near), array("d", near.values())
        for third, total in near.items():
            groups, totals = self._sums.setdefault(third, (array("i"), array("d")))
            groups.append(group)
            totals.append(total)
        return group

    def _since(self, group: int) -> Iterator[tuple[int, float]]:
        return zip(*self._sums.get(group, ((), ())), strict=True)

    def _taken(self, group: int) -> dict[int, float]:
        """How alike a group is to each that is there, summed; it is let go of."""
        near = dict(self._since(group))
        self._sums.pop(group, None)
        if group < len(self._alike):
            near.update(self._alike.scores(group))
            near.update(self._before.scores(group))
        return {other: total for other, total in near.items() if self._sizes[other]}
