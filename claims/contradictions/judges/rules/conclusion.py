"""All conflicts of a compared pair as one judgement."""

from __future__ import annotations

from collections.abc import Sequence

from claims.contradictions.candidate import describe
from claims.contradictions.judges.judge import Judgement
from claims.contradictions.judges.rules.comparison import Comparison, Conflict
from claims.contradictions.judges.rules.opposed_pair import joined
from claims.contradictions.judges.rules.quantity import rose
from claims.model import ContradictionKind

_LISTED = 3
"""Conflicts that an explanation names."""

_UNSURE, _SURE = 0.9, 0.1
"""What a conflict is worth between two attributions of which nothing is sure, and what certainty
adds."""

_ANYWAY, _AROUND, _OVERLAP, _SHARED = 0.35, 0.3, 0.2, 0.15
"""What makes up a score: that there is a conflict at all, that the words around it agree, that the
statements overlap, and that they have many words in common. The weights are set by hand; the
written pairs of tests/contradictions hold what they must find and must leave alone."""

_EACH_WORD = 0.7
"""How much of the doubt is left after each further shared word."""


def conclude(comparison: Comparison, conflicts: Sequence[Conflict]) -> Judgement:
    """One judgement of all conflicts of a pair, at least one: the surest gives kind and score."""
    left, right = comparison.left.statement, comparison.right.statement
    ranked = sorted(conflicts, key=lambda c: (-_strength(comparison, c), c.left[0].start))
    best = ranked[0]
    why = "; ".join(dict.fromkeys(conflict.reason for conflict in ranked[:_LISTED]))
    replaced = best.kind is ContradictionKind.QUANTITY and all(
        rose(comparison, one) for one in ranked
    )
    lead = "The later count replaces the earlier" if replaced else "In much the same words"
    return Judgement.of_kind(
        ContradictionKind.SUPERSEDED if replaced else best.kind,
        _strength(comparison, best),
        f"{describe(left)}; {describe(right)}. {lead}: {why}.",
        joined(unit.span for conflict in ranked for unit in conflict.left),
        joined(unit.span for conflict in ranked for unit in conflict.right),
    )


def _strength(comparison: Comparison, conflict: Conflict) -> float:
    left, right = comparison.left.statement, comparison.right.statement
    certainty = _UNSURE + _SURE * min(left.confidence, right.confidence)
    overlap = min(1.0, comparison.alignment.overlap)
    shared = 1 - _EACH_WORD**comparison.alignment.shared
    return (
        conflict.weight
        * certainty
        * (_ANYWAY + _AROUND * conflict.agreement + _OVERLAP * overlap + _SHARED * shared)
    )
