"""A stored contradiction as grouping sees it: two sides, and what each of them is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

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
    that it was in so far, None for a new one. ``terms`` are what either side is about, ``points``
    what is contested where that is a few words, else nothing."""

    contradiction_id: str
    kind: ContradictionKind
    score: float
    left: ContestedSide
    right: ContestedSide
    areas: frozenset[str]
    found_at: datetime
    dispute_id: str | None = None
    reviewed: bool = False
    terms: frozenset[str] = field(init=False)
    points: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Put together what either side is about, and the few words that are contested, if so."""
        pointed = self.kind in POINTED
        sides = (self.left.points | self.right.points) if pointed else frozenset()
        object.__setattr__(self, "terms", self.left.terms | self.right.terms)
        object.__setattr__(self, "points", sides)

    @property
    def sides(self) -> tuple[ContestedSide, ContestedSide]:
        """Left and right."""
        return self.left, self.right

    def contests_elsewhere(self, other: ContestedPair) -> bool:
        """Whether both contest a few words, and not the same: a figure and a name of one report, or
        two figures of it."""
        mine, theirs = self.points, other.points
        return bool(mine) and bool(theirs) and mine.isdisjoint(theirs)
