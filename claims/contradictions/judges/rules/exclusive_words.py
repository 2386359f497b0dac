"""Months, relatives, offices: words of which only one can be true in one place. They tell of
another date (kind ``quantity``) or another actor, place or thing (kind ``entity``)."""

from __future__ import annotations

from collections.abc import Iterator

from claims.contradictions.judges.rules.alignment import Gap
from claims.contradictions.judges.rules.comparison import Comparison, Conflict
from claims.contradictions.judges.rules.quantity import DATES, PERIODS, in_dateline
from claims.contradictions.judges.rules.units import Unit
from claims.model import ContradictionKind


def exclusive_words(comparison: Comparison) -> Iterator[Conflict]:
    """Alternatives in the same place of both statements."""
    for gap in comparison.gaps:
        for one, other, name in _pairs(comparison, gap):
            dated = name in DATES
            if dated and (
                in_dateline(comparison.left, one) or in_dateline(comparison.right, other)
            ):
                continue
            counted = dated or name in PERIODS
            yield Conflict(
                ContradictionKind.QUANTITY if counted else ContradictionKind.ENTITY,
                0.9 if max(len(gap.left), len(gap.right)) <= 3 else 0.7,
                gap.agreement,
                (one,),
                (other,),
                f"a different {name}, {comparison.against((one,), (other,))}",
            )


def _pairs(comparison: Comparison, gap: Gap) -> Iterator[tuple[Unit, Unit, str]]:
    left = comparison.left.contrasts.alternatives
    right = comparison.right.contrasts.alternatives
    for one in gap.left:
        for other in gap.right:
            if one.quantity or other.quantity or len(one.stems) + len(other.stems) > 2:
                continue
            # "چین" is sugar and China: a known name is a name.
            if one.key.startswith("=") or other.key.startswith("="):
                continue
            chosen = dict(left.get(one.stems[0], ()))
            others = dict(right.get(other.stems[0], ()))
            shared = [name for name in chosen if name in others]
            if shared and all(chosen[name] != others[name] for name in shared):
                yield one, other, shared[0]
