"""Versions of one report: what one of them replaced, where nothing stronger sets them apart.

Outlets copy agency reports. Where two articles have other sentences word for word in common, a
word that was replaced in a copied sentence was replaced on purpose. This is the weakest evidence
there is, so it is asked only of articles between which no kind of contradiction was found.
"""

from __future__ import annotations

from rapidfuzz.fuzz import ratio

from claims.contradictions.judges.rules.alignment import Gap
from claims.contradictions.judges.rules.comparison import Comparison, Conflict, negations
from claims.contradictions.judges.rules.units import Part, Unit
from claims.model import ContradictionKind

_COPIED = 0.75
_REWRITTEN = 0.6
_WORDS = 4
"""Shares and number of shared words from which on two sentences are copies."""

_PASSAGE = 10
"""Shared words, in the same order, that two sentences about two events hardly have."""

_AGREEMENT = 0.6
_SUPPORT = 3.0
_OVERLAP = 0.4
_LONGEST = 4
_LONGER = 6
_SURELY = 0.85
"""Words that may be replaced; more where the surroundings agree so well."""

_ALIKE = 60.0


def copied(comparison: Comparison) -> float:
    """How far two statements are copies of each other: 1 where they have most of their words in
    common, in the same order; a half where they have many."""
    alignment = comparison.alignment
    if alignment.shared < _WORDS:
        return 0.0
    return 1.0 if alignment.overlap >= _COPIED else 0.5 if alignment.overlap >= _REWRITTEN else 0.0


def of_one_report(comparison: Comparison) -> bool:
    """Whether two statements alone show that they are versions of one: by a long shared passage."""
    return comparison.alignment.shared >= _PASSAGE


def rewording(comparison: Comparison) -> Conflict | None:
    """The replaced words that are surest, if any: shortest, in the best agreement."""
    if comparison.alignment.overlap < _OVERLAP:
        return None
    gaps = [gap for gap in comparison.gaps if _replaced(comparison, gap)]
    if not gaps:
        return None
    best = min(gaps, key=lambda gap: (len(gap.left) + len(gap.right), -gap.agreement, gap.at))
    one, other = _sides(comparison, best)
    return Conflict(
        ContradictionKind.ENTITY,
        0.7,
        best.agreement,
        tuple(one),
        tuple(other),
        f"versions of one report that differ here, {comparison.against(best.left, best.right)}",
    )


def _sides(comparison: Comparison, gap: Gap) -> tuple[list[Unit], list[Unit]]:
    """The words of a gap that the other statement says nowhere: those that were not moved."""
    left = {unit.key for unit in comparison.alignment.left}
    right = {unit.key for unit in comparison.alignment.right}
    return (
        [unit for unit in _heavy(gap.left) if unit.key not in right],
        [unit for unit in _heavy(gap.right) if unit.key not in left],
    )


def _replaced(comparison: Comparison, gap: Gap) -> bool:
    one, other = _sides(comparison, gap)
    longest = _LONGER if gap.agreement >= _SURELY else _LONGEST
    if not (0 < len(one) <= longest and 0 < len(other) <= longest):
        return False
    if any(_equal(u, v) for u in one for v in other):
        return False
    # A number is no other word for a word; "15 million" and "nothing" differ.
    counted = any(unit.quantity for unit in one) != any(unit.quantity for unit in other)
    if counted and not negations((*gap.left, *gap.right)):
        return False
    if gap.agreement < _AGREEMENT or gap.support < _SUPPORT:
        return False
    return not any(
        ratio(a, b) >= _ALIKE for u in one for a in u.stems for v in other for b in v.stems
    )


def _equal(one: Unit, other: Unit) -> bool:
    """Whether two numbers are one, counted or in an order: "the fifth year", "for 5 years"."""
    return bool(one.quantity and other.quantity and one.quantity.low == other.quantity.low)


def _heavy(units: tuple[Unit, ...]) -> list[Unit]:
    return [unit for unit in units if unit.heavy and unit.part is not Part.NEGATION]
