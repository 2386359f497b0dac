"""Kind ``opposite``: antonyms and outcomes, of which only one can be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from claims.contradictions.judges.rules.comparison import (
    Comparison,
    Conflict,
    context,
    following,
    negations,
)
from claims.contradictions.judges.rules.contrasts import Contrasts
from claims.contradictions.judges.rules.units import Part, Unit
from claims.model import ContradictionKind

_NEAR = 2
"""Shared words around two opposed words that stand in different places of their statements."""

_OVERLAP = 0.45


def opposite(comparison: Comparison) -> Iterator[Conflict]:
    """Opposed words in the same place of both statements, or said of the same thing, unless a
    negation turns one of them round."""
    aligned: set[int] = set()
    mine, theirs = comparison.left.contrasts, comparison.right.contrasts
    for gap in comparison.gaps:
        for one, other, name in antonyms(gap.left, mine, gap.right, theirs):
            rows = comparison.alignment.left, comparison.alignment.right
            around = (*gap.left, *following(rows[0], gap.left[-1]))
            beyond = (*gap.right, *following(rows[1], gap.right[-1]))
            if negations(around) % 2 != negations(beyond) % 2:
                continue
            aligned |= {one.start, other.start}
            short = max(len(gap.left), len(gap.right)) <= 4
            yield _conflict(comparison, one, other, name, 0.9 if short else 0.75, gap.agreement)
    if aligned or comparison.alignment.overlap < _OVERLAP:
        return
    yield from _apart(comparison)


def _apart(comparison: Comparison) -> Iterator[Conflict]:
    """Opposed words that the alignment did not bring together, with the same words around them."""
    left, right = comparison.alignment.left, comparison.alignment.right
    mine, theirs = comparison.left.contrasts, comparison.right.contrasts
    pairs = list(antonyms(left, mine, right, theirs))
    if not pairs:
        return
    # Who says both, says how a thing changed.
    changed = {
        name
        for row, contrasts in ((left, mine), (right, theirs))
        for _, _, name in antonyms(row, contrasts, row, contrasts)
    }
    for one, other, name in pairs:
        near, agreement = context(left, one, right, other)
        if near < _NEAR:
            continue
        if name in changed:
            continue
        if negations(following(left, one, 3)) % 2 != negations(following(right, other, 3)) % 2:
            continue
        yield _conflict(comparison, one, other, name, 0.65, agreement)


def _conflict(
    comparison: Comparison, one: Unit, other: Unit, name: str, weight: float, agreement: float
) -> Conflict:
    told = comparison.against((one,), (other,))
    return Conflict(
        ContradictionKind.OPPOSITE,
        weight,
        agreement,
        (one,),
        (other,),
        f"opposed words, {told}",
    )


def antonyms(
    left: Sequence[Unit], one_side: Contrasts, right: Sequence[Unit], other_side: Contrasts
) -> Iterator[tuple[Unit, Unit, str]]:
    """Pairs of opposed words and the name of what they are opposed in, by the contrasts of each
    side's language."""
    # Few words are opposed to any: which, is looked up and not tried pair by pair.
    by_stem: dict[str, list[int]] = defaultdict(list)
    by_name: dict[str, list[int]] = defaultdict(list)
    for at, other in enumerate(right):
        if _is_word(other):
            by_stem[other.stems[0]].append(at)
            for name, _ in _poles(other, other_side):
                by_name[name].append(at)
    for one in left:
        if not _is_word(one):
            continue
        poles = _poles(one, one_side)
        turned = one_side.turned(one.stems[0]) if one_side is other_side else ()
        derived = [at for stem in turned if stem in by_stem for at in by_stem[stem]]
        if not poles and not derived:
            continue
        met = {at for name, _ in poles if name in by_name for at in by_name[name]}
        for at in sorted(met.union(derived)):
            other = right[at]
            if one.key == other.key:
                continue
            if at in derived:
                yield one, other, one.stems[0]
                continue
            others = _poles(other, other_side)
            if poles & others:
                continue
            names = sorted(n for n, side in poles for m, own in others if n == m and side != own)
            if names:
                yield one, other, names[0]


def _poles(unit: Unit, contrasts: Contrasts) -> frozenset[tuple[str, str]]:
    return contrasts.opposites.get(unit.stems[0], frozenset())


def _is_word(unit: Unit) -> bool:
    return unit.quantity is None and unit.part is not Part.NEGATION and len(unit.stems) == 1
