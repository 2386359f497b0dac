"""Kind ``quantity``: the same thing counted, measured or dated differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.contradictions.judges.rules.alignment import Gap
from claims.contradictions.judges.rules.comparison import Comparison, Conflict, context, place
from claims.contradictions.judges.rules.reading_numbers import Quantity
from claims.contradictions.judges.rules.units import Part, TokenisedStatement, Unit
from claims.model import ContradictionKind

_NOUN = 3
"""Units after a number in which the thing that is counted stands."""

_OPENING = 4
"""Tokens at the head of an article in which a date is the dateline's."""

_NEAR = 3
"""Shared words around two numbers that stand in different places of their statements."""

_OVERLAP = 0.45

DATES = frozenset({"month", "weekday"})
"""Alternatives that date a thing."""

PERIODS = frozenset({"period"})


def quantity(comparison: Comparison) -> Iterator[Conflict]:
    """The quantities in the same place of both statements that do not fit each other."""
    aligned = [conflict for gap in comparison.gaps for conflict in _numbers(comparison, gap)]
    yield from aligned
    if not aligned and comparison.alignment.overlap >= _OVERLAP:
        yield from _apart(comparison)


def _apart(comparison: Comparison) -> Iterator[Conflict]:
    """Different numbers of one thing where the alignment did not bring them together, with the
    same words around them."""
    left, right = comparison.alignment.left, comparison.alignment.right
    for one in left:
        for other in right:
            if one.quantity is None or other.quantity is None or one.quantity.ordinal:
                continue
            if one.quantity.fits(other.quantity) or _said(one, right) or _said(other, left):
                continue
            counted, others = _counted(left, one), _counted(right, other)
            if counted is None or others is None or counted.key != others.key:
                continue
            if in_dateline(comparison.left, one) or in_dateline(comparison.right, other):
                continue
            near, agreement = context(left, one, right, other)
            if near >= _NEAR:
                of = comparison.words((counted,), True)
                told = comparison.against((one,), (other,))
                yield Conflict(
                    ContradictionKind.QUANTITY,
                    0.66,
                    agreement,
                    (one,),
                    (other,),
                    f"different numbers of {of}, {told}",
                )


def _said(unit: Unit, row: tuple[Unit, ...]) -> bool:
    """Whether the other statement says a number that fits, elsewhere."""
    return any(
        unit.quantity is not None and one.quantity is not None and unit.quantity.fits(one.quantity)
        for one in row
    )


def _numbers(comparison: Comparison, gap: Gap) -> Iterator[Conflict]:
    left = [unit for unit in gap.left if unit.quantity]
    right = [unit for unit in gap.right if unit.quantity]
    # "ایک" and "one" are articles too: numbers only where the other side has one.
    if len(left) == 1 and not right:
        right = doubtful(comparison.right, gap.right)
    elif len(right) == 1 and not left:
        left = doubtful(comparison.left, gap.left)
    if not left or len(left) != len(right):
        return
    for one, other in zip(left, right, strict=True):
        if one.quantity is None or other.quantity is None or one.quantity.fits(other.quantity):
            continue
        if in_dateline(comparison.left, one) or in_dateline(comparison.right, other):
            continue
        counted = _counted(comparison.alignment.left, one)
        others = _counted(comparison.alignment.right, other)
        if counted is not None and others is not None and counted.key == others.key:
            weight = 1.0
            of = f" of {comparison.words((counted,), True)}"
        elif max(len(gap.left), len(gap.right)) <= 3 and (counted is None) == (others is None):
            weight, of = 0.75, ""
        else:
            continue
        if one.quantity.ordinal:
            weight *= 0.9
        told = comparison.against((one,), (other,))
        yield Conflict(
            ContradictionKind.QUANTITY,
            weight,
            gap.agreement,
            (one,),
            (other,),
            f"different numbers{of}, {told}",
        )


def doubtful(side: TokenisedStatement, units: Sequence[Unit]) -> list[Unit]:
    """The units that are a number only where the other statement has one: "ایک", "نو", "one"."""
    numbers = side.contrasts.numbers
    values = {side.contrasts.stem(word): numbers.words[word] for word in numbers.doubtful}
    return [
        replace(unit, quantity=Quantity(0, 1, values[unit.stems[0]], values[unit.stems[0]]))
        for unit in units
        if len(unit.stems) == 1 and unit.stems[0] in values
    ]


def in_dateline(side: TokenisedStatement, unit: Unit) -> bool:
    """Whether a date is the one that an article opens with: two outlets print one story on
    different days."""
    if not side.statement.opens:
        return False
    at = next((i for i, token in enumerate(side.tokens) if token.start >= unit.start), 0)
    beside = side.tokens[max(0, at - 1) : at + 2]
    return at < _OPENING and any(
        name in DATES
        for token in beside
        for name, _ in side.contrasts.alternatives.get(token.stem, ())
    )


def counts_toll(side: TokenisedStatement, row: tuple[Unit, ...], unit: Unit) -> bool:
    """Whether a number counts what grows while an event goes on: the dead, the missing."""
    at = place(row, unit)
    near = row[max(0, at - 4) : at + 6]
    return any(stem in side.contrasts.tolls for one in near for stem in one.stems)


def rose(comparison: Comparison, conflict: Conflict) -> bool:
    """Whether a conflict is a toll that rose between the dates of the two articles."""
    one, other = comparison.left.statement.published_at, comparison.right.statement.published_at
    first, second = conflict.left[0].quantity, conflict.right[0].quantity
    if one is None or other is None or one == other or first is None or second is None:
        return False
    if not counts_toll(comparison.left, comparison.alignment.left, conflict.left[0]):
        return False
    earlier, later = (first, second) if one < other else (second, first)
    return earlier.low < later.low


def _counted(row: tuple[Unit, ...], unit: Unit) -> Unit | None:
    """What a number counts: the first word after it."""
    at = next(i for i, one in enumerate(row) if one.start == unit.start) + 1
    for one in row[at : at + _NOUN]:
        if one.part is Part.WORD or one.part is Part.NAME:
            return one
        if one.quantity is not None:
            return None
    return None
