"""How alike contradictions are that were compared: in arrays, for there are dozens for each.

A likeness takes 17 bytes here, and several hundred as objects of Python in dictionaries, which was
most of what a run's memory grew by.
"""

from __future__ import annotations

from array import array
from bisect import bisect
from collections.abc import Iterable, Iterator

from claims.disputes.likeness import Likeness


class Likenesses:
    """Numbered members, each with those after it that it was compared with."""

    def __init__(self) -> None:
        # Where the row of each member begins in the other three; at the end, how long they are.
        self._firsts = array("i", (0,))
        self._others = array("i")
        self._scores = array("d")
        self._crossed = array("b")

    def __len__(self) -> int:
        """How many members there are."""
        return len(self._firsts) - 1

    def add(self, compared: Iterable[tuple[int, Likeness]]) -> None:
        """The next member: how alike it is to members after it, in any order."""
        for other, (score, crossed) in compared:
            self._others.append(other)
            self._scores.append(score)
            self._crossed.append(crossed)
        self._firsts.append(len(self._others))

    def of(self, member: int) -> Iterator[tuple[int, Likeness]]:
        """The members after ``member`` that it was compared with."""
        for at in range(self._firsts[member], self._firsts[member + 1]):
            yield self._others[at], Likeness(self._scores[at], bool(self._crossed[at]))

    def scores(self, member: int) -> Iterator[tuple[int, float]]:
        """The same, of each how alike it is alone."""
        first, end = self._firsts[member], self._firsts[member + 1]
        return zip(self._others[first:end], self._scores[first:end], strict=True)

    def before(self) -> Before:
        """The same the other way round."""
        return Before(self._firsts, self._others, self._scores)


class Before:
    """Numbered members, each with those before it that were compared with it."""

    def __init__(self, firsts: array[int], others: array[int], scores: array[float]) -> None:
        self._rows = firsts
        self._scores = scores
        # Where the places of each member begin, and the places of all, by counting.
        self._ends = array("i", (0,)) * (len(firsts) - 1)
        for other in others:
            self._ends[other] += 1
        total = 0
        for member, count in enumerate(self._ends):
            self._ends[member] = total
            total += count
        self._places = array("i", (0,)) * len(others)
        for place, other in enumerate(others):
            self._places[self._ends[other]] = place
            self._ends[other] += 1

    def scores(self, member: int) -> Iterator[tuple[int, float]]:
        """The members before ``member`` that it was compared with, and how alike they are."""
        first = self._ends[member - 1] if member else 0
        for place in self._places[first : self._ends[member]]:
            yield bisect(self._rows, place) - 1, self._scores[place]
