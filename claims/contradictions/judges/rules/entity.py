"""Kind ``entity``: the same event with another actor, place or winner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import ratio

from claims.contradictions.judges.rules.alignment import Gap
from claims.contradictions.judges.rules.comparison import Comparison, Conflict, place
from claims.contradictions.judges.rules.units import Part, Unit
from claims.model import ContradictionKind

_ALIKE = 67.0
"""From this on (RapidFuzz's ratio, in per cent) two names are spellings of one."""

_EXCHANGED = 0.7
"""How well the words around two exchanged names must agree: in other words ("was beaten by") who
stands first may be another."""

_FAR = 10
"""Units between two names that were exchanged, at most."""

_LETTER = 3
"""Letters that the name of a letter has at most."""


def entity(comparison: Comparison) -> Iterator[Conflict]:
    """Different names in the same place of both statements."""
    rows = comparison.alignment.left, comparison.alignment.right
    for gap in comparison.gaps:
        left, right = _names(gap.left), _names(gap.right)
        if not left or not right or _others(gap.left) + _others(gap.right) > 1:
            continue
        if _same(left, right) or _letters(left) or _letters(right):
            continue
        # Months and the like have a kind of their own.
        listed = comparison.left.contrasts.alternatives
        if any(unit.stems[0] in listed for unit in left if not unit.key.startswith("=")):
            continue
        moved = _elsewhere(left, rows[1], gap.right), _elsewhere(right, rows[0], gap.left)
        exchanged = all(moved) and _exchanged(comparison, gap)
        if any(moved) and not exchanged:
            continue
        known = all(unit.key.startswith("=") for unit in (*left, *right))
        weight = 0.95 if known else 0.8
        if len(left) != len(right):
            weight -= 0.1
        told = comparison.against(left, right)
        reason = f"roles exchanged, {told}" if exchanged else f"different names, {told}"
        yield Conflict(
            ContradictionKind.ENTITY, weight, gap.agreement, tuple(left), tuple(right), reason
        )


def _names(units: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.part is Part.NAME]


def _others(units: Sequence[Unit]) -> int:
    return sum(unit.heavy and unit.part is not Part.NAME for unit in units)


def _same(left: Sequence[Unit], right: Sequence[Unit]) -> bool:
    """Whether the names may be of one: a part of the other, or another spelling."""
    if {unit.key for unit in left} & {unit.key for unit in right}:
        return True
    one = [stem for unit in left for stem in unit.stems]
    other = [stem for unit in right for stem in unit.stems]
    if any(ratio(a, b) >= _ALIKE for a in one for b in other):
        return True
    short, long = sorted(("".join(one), "".join(other)), key=len)
    return long.startswith(short) or ratio(short, long) >= _ALIKE


def _letters(names: Sequence[Unit]) -> bool:
    """Whether these are letters of an abbreviation, which says nothing by its parts."""
    unknown = not any(unit.key.startswith("=") for unit in names)
    return unknown and all(len(stem) <= _LETTER for unit in names for stem in unit.stems)


def _elsewhere(names: Sequence[Unit], row: Sequence[Unit], gap: Sequence[Unit]) -> bool:
    """Whether the other side says one of these names as well, in another place."""
    stems = {stem for unit in names for stem in unit.stems}
    keys = {unit.key for unit in names}
    return any(
        unit.key in keys or (unit.part is Part.NAME and stems & set(unit.stems))
        for unit in row
        if not any(unit is one for one in gap)
    )


def _exchanged(comparison: Comparison, gap: Gap) -> bool:
    """Whether the names of a gap stand exchanged in another gap near it: who beat whom. Names that
    only an "and" parts have no places to change."""
    if len(gap.left) != 1 or len(gap.right) != 1 or gap.agreement < _EXCHANGED:
        return False
    row = comparison.alignment.left
    for other in comparison.gaps:
        if len(other.left) != 1 or len(other.right) != 1 or other.agreement < _EXCHANGED:
            continue
        if other.left[0].key != gap.right[0].key or other.right[0].key != gap.left[0].key:
            continue
        i, j = sorted((place(row, gap.left[0]), place(row, other.left[0])))
        between = {stem for unit in row[i + 1 : j] for stem in unit.stems}
        if j - i <= _FAR and not between <= comparison.left.contrasts.joining:
            return True
    return False
