"""A stored contradiction as grouping sees it: two sides, and what each of them is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from claims.model import ContradictionKind

POINTED = frozenset(
    {ContradictionKind.QUANTITY, ContradictionKind.ENTITY, ContradictionKind.OPPOSITE}
)
"""Kinds that contest a few words of a statement, and not the whole of it."""


@dataclass(frozen=True, slots=True)
class ContestedSide:
    """One claim of a pair. ``wording`` is equal for claims in the same words, ``terms`` are what
    the claim is about, ``points`` those of them that stand in the words that conflict."""

    claim_id: str
    wording: str
    terms: frozenset[str]
    points: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ContestedPair:
    """A contradiction: ``left`` is contested, ``right`` contests it. ``areas`` are where it is
    compared: pairs that have none in common are not one dispute. ``dispute_id`` is the dispute
    that it was in so far, None for a new one."""

    contradiction_id: str
    kind: ContradictionKind
    score: float
    left: ContestedSide
    right: ContestedSide
    areas: frozenset[str]
    found_at: datetime
    dispute_id: str | None = None
    reviewed: bool = False

    @property
    def terms(self) -> frozenset[str]:
        """What either side is about."""
        return _either(self.left.terms, self.right.terms)

    @property
    def points(self) -> frozenset[str]:
        """What is contested where that is a few words, else nothing."""
        return _either(self.left.points, self.right.points) if self.kind in POINTED else _NOTHING

    @property
    def sides(self) -> tuple[ContestedSide, ContestedSide]:
        """Left and right."""
        return self.left, self.right

    def contests_elsewhere(self, other: ContestedPair) -> bool:
        """Whether both contest a few words, and not the same: a figure and a name of one report, or
        two figures of it."""
        mine, theirs = self.points, other.points
        return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)


_NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)
def _either(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """What is in either set. Kept in every pair it would be half of what pairs take."""
    return one | other
