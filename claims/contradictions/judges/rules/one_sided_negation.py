"""Kind ``negation`` in much the same words: one statement has a negation that the other has not."""

from __future__ import annotations

from collections.abc import Iterator

from claims.contradictions.judges.rules.alignment import Gap
from claims.contradictions.judges.rules.comparison import Comparison, Conflict, negations
from claims.contradictions.judges.rules.units import Part, Unit
from claims.model import ContradictionKind

_BESIDE = 1
"""Heavy words that may differ beside the negation: its verb may take another form."""

_SUPPORT = 3.0


def one_sided_negation(comparison: Comparison) -> Iterator[Conflict]:
    """The negations that stand on one side only, where the rest is the same."""
    alignment = comparison.alignment
    for gap in comparison.gaps:
        left, right = negations(gap.left), negations(gap.right)
        if left % 2 == right % 2 or gap.support < _SUPPORT:
            continue
        if _beside(gap.left) > _BESIDE or _beside(gap.right) > _BESIDE or _opposed(comparison, gap):
            continue
        # What the other side says there instead; where it says nothing, the word after it.
        negated, plain = (gap.left, gap.right) if left % 2 else (gap.right, gap.left)
        row = alignment.right if left % 2 else alignment.left
        if not plain:
            at = alignment.matches[min(gap.at, len(alignment.matches) - 1)]
            plain = (row[at[1] if left % 2 else at[0]],)
        marks = tuple(unit for unit in negated if unit.part is Part.NEGATION)
        one, other = (marks, tuple(plain)) if left % 2 else (tuple(plain), marks)
        told = comparison.words(marks, bool(left % 2))
        yield Conflict(
            ContradictionKind.NEGATION,
            0.9 if _beside(gap.left) + _beside(gap.right) == 0 else 0.7,
            gap.agreement,
            one,
            other,
            f"one says it and the other negates it ({told})",
        )


def _beside(units: tuple[Unit, ...]) -> int:
    return sum(unit.heavy and unit.part is not Part.NEGATION for unit in units)


def _opposed(comparison: Comparison, gap: Gap) -> bool:
    """Whether opposed words stand beside the negation: "did not lose" is "won"."""
    left = {pole for u in gap.left for s in u.stems for pole in _poles(comparison, s)}
    right = {pole for u in gap.right for s in u.stems for pole in _poles(comparison, s)}
    return any(name == known and side != own for name, side in left for known, own in right)


def _poles(comparison: Comparison, stem: str) -> frozenset[tuple[str, str]]:
    return comparison.left.contrasts.opposites.get(stem, frozenset())
