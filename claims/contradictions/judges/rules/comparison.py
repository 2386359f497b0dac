"""Two statements compared word by word; the kinds of contradiction are looked for over this."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.contradictions.judges.rules.alignment import Alignment, Gap, align
from claims.contradictions.judges.rules.units import Part, TokenisedStatement, Unit
from claims.model import ContradictionKind


@dataclass(frozen=True)
class Conflict:
    """Words on both sides that cannot both be right. ``weight``, in [0, 1], says how surely, if
    both statements speak of one thing; ``agreement`` how well the words around them agree."""

    kind: ContradictionKind
    weight: float
    agreement: float
    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    reason: str


@dataclass(frozen=True)
class Comparison:
    """Two statements of one language and how they align."""

    left: TokenisedStatement
    right: TokenisedStatement

    @cached_property
    def alignment(self) -> Alignment:
        """The statements side by side."""
        return align(self.left, self.right)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The differences that are small, in surroundings that agree."""
        return tuple(
            gap
            for gap in self.alignment.gaps
            if gap.short
            and gap.support >= (EDGE_SUPPORT if gap.edge else SUPPORT)
            and gap.agreement >= (EDGE_AGREEMENT if gap.edge else AGREEMENT)
        )

    def words(self, units: Iterable[Unit], left: bool) -> str:
        """The printed words of units of one side, in quotation marks; what is left out between
        them shows as an ellipsis."""
        text = (self.left if left else self.right).statement.text
        printed, end = "", None
        for unit in units:
            between = "" if end is None else text[end : unit.start]
            printed += " … " if any(map(str.isalnum, between)) else " "
            printed += " ".join(unit.span.of(text).split())
            end = unit.end
        return f"“{printed.strip()}”"

    def against(self, left: Iterable[Unit], right: Iterable[Unit]) -> str:
        """``“4,300” against “43,000”``."""
        return f"{self.words(left, True)} against {self.words(right, False)}"


SUPPORT = 2.0
"""Shared words around a difference, below which nothing says that it is one."""

AGREEMENT = 0.4
"""Share of the words around a difference that must be shared."""

EDGE_SUPPORT = 3.0
EDGE_AGREEMENT = 0.55
"""The same for a difference at the beginning or the end, which is held from one side only."""


def place(units: Sequence[Unit], unit: Unit) -> int:
    """Where a unit stands in its row: at its place in the text, since one may be read otherwise
    than the row has it ("one" as a number)."""
    return next(i for i, one in enumerate(units) if one.start == unit.start)


def negations(units: Sequence[Unit]) -> int:
    """How many negations there are among units."""
    return sum(unit.part is Part.NEGATION for unit in units)


def following(units: Sequence[Unit], last: Unit, most: int = 2) -> tuple[Unit, ...]:
    """The units that follow one, at most ``most``."""
    at = place(units, last) + 1
    return tuple(units[at : at + most])


_AROUND = 5
"""Units on each side of a word that tell what it is said of."""


def context(
    left: Sequence[Unit], one: Unit, right: Sequence[Unit], other: Unit
) -> tuple[int, float]:
    """How many heavy units stand around both ``one`` and ``other``, and their share of those
    around the one that has fewer."""
    around, beyond = _around(left, one), _around(right, other)
    shared = len(around & beyond)
    return shared, shared / max(1, min(len(around), len(beyond)))


def _around(row: Sequence[Unit], unit: Unit) -> set[str]:
    at = place(row, unit)
    near = (*row[max(0, at - _AROUND) : at], *row[at + 1 : at + 1 + _AROUND])
    return {one.key for one in near if one.part in (Part.WORD, Part.NAME, Part.NUMBER)}
