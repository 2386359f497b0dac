"""Two statements in much the same words, laid side by side: what they share and where they differ.

The longest common subsequence of units (Hunt and Szymanski's problem, by RapidFuzz) is what they
share. A gap between two shared runs with units on both sides is where one says one thing and the
other another; a gap with units on one side is only where one says more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from claims.contradictions.judges.rules.units import Part, TokenisedStatement, Unit

_WINDOW = 8
"""Units on each side of a gap that tell whether both speak of one thing there."""

_EDGE = 5
_EDGE_LONGEST = 12
"""Heavy units, and all units, before the first or after the last shared one that may be a
difference too: who did it stands first, and in Urdu what was done stands last, with its light
verbs. Of what runs on, only the clause next to what is shared counts."""

_LONGEST = 8
"""Units of a gap beyond which the statements do not differ but speak of different things."""


@dataclass(frozen=True)
class Gap:
    """Where the statements differ. ``at`` numbers the matches that stand before the gap; an
    ``edge`` has matches on one side of it only."""

    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    at: int
    agreement: float
    support: float
    edge: bool = False

    @property
    def short(self) -> bool:
        """Whether it is small enough to be one thing said differently."""
        return max(_heavy(self.left), _heavy(self.right)) <= _LONGEST


@dataclass(frozen=True)
class Alignment:
    """Two statements side by side. ``matches`` are index pairs; ``overlap`` is the share of the
    shorter one's heavy units that match, ``shared`` their number."""

    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    matches: tuple[tuple[int, int], ...]
    gaps: tuple[Gap, ...]
    overlap: float
    shared: int


def align(one: TokenisedStatement, other: TokenisedStatement) -> Alignment:
    """Lay two statements side by side. Languages order words differently: of two in different
    languages only what they share is told, by names, numbers and concepts."""
    names = one.names | other.names
    left, right = one.units(names), other.units(names)
    if one.statement.language != other.statement.language:
        return _unordered(left, right)
    left_keys, right_keys = _keys(left, right)
    matches = [
        (op.src_start + i, op.dest_start + i)
        for op in Indel.opcodes(left_keys, right_keys)
        if op.tag == "equal"
        for i in range(op.src_end - op.src_start)
    ]
    # A light word or two between long differences join nothing.
    matches = _solid(matches, left)
    shared = sum(left[i].heavy and left[i].key == right[j].key for i, j in matches)
    least = min(_heavy(left), _heavy(right))
    return Alignment(
        left,
        right,
        tuple(matches),
        tuple(_gaps(left, right, matches, one.contrasts.openers)),
        shared / least if least else 0.0,
        shared,
    )


def _unordered(left: tuple[Unit, ...], right: tuple[Unit, ...]) -> Alignment:
    one = {unit.key for unit in left if unit.heavy}
    other = {unit.key for unit in right if unit.heavy}
    shared = len(one & other)
    free = [sum(key[0] in _FREE for key in keys) for keys in (one, other)]
    return Alignment(left, right, (), (), shared / max(1, min(free)), shared)


_FREE = "=#~"
"""What the keys of names, numbers and concepts begin with: they are of no language."""


def _keys(left: Sequence[Unit], right: Sequence[Unit]) -> tuple[list[str], list[str]]:
    """Keys to align by. Where both have as many names (or numbers), any name fits any other in its
    place: that is how roles that were exchanged are seen."""
    one, other = [unit.key for unit in left], [unit.key for unit in right]
    for part in (Part.NAME, Part.NUMBER):
        places = [i for i, unit in enumerate(left) if unit.part is part]
        others = [j for j, unit in enumerate(right) if unit.part is part]
        if len(places) == len(others):
            for row, chosen in ((one, places), (other, others)):
                for place in chosen:
                    row[place] = f"\x00{part.value}"
    return one, other


def _solid(matches: list[tuple[int, int]], left: Sequence[Unit]) -> list[tuple[int, int]]:
    runs: list[list[tuple[int, int]]] = []
    for i, j in matches:
        if runs and runs[-1][-1] == (i - 1, j - 1):
            runs[-1].append((i, j))
        else:
            runs.append([(i, j)])
    kept: list[tuple[int, int]] = []
    for run in runs:
        i, j = kept[-1] if kept else (-1, -1)
        near = max(run[0][0] - i, run[0][1] - j) <= _EDGE
        if any(left[i].heavy for i, _ in run) or len(run) > 2 or (len(run) == 2 and near):
            kept += run
    return kept


def _gaps(
    left: Sequence[Unit],
    right: Sequence[Unit],
    matches: Sequence[tuple[int, int]],
    openers: Collection[str],
) -> list[Gap]:
    """The differences, with those between two names or numbers that stand in for each other."""
    found: list[Gap] = []
    if not matches:
        return found
    same = [left[i].key == right[j].key for i, j in matches]
    i, j = matches[0]
    before = _from(left, i, openers), _from(right, j, openers)
    if _at_edge(left[before[0] : i]) and _at_edge(right[before[1] : j]):
        found.append(_gap(left, right, matches, same, 0, (before[0], i), (before[1], j)))
    for at in range(len(matches)):
        i, j = matches[at]
        if at:
            a, b = matches[at - 1]
            if i - a > 1 or j - b > 1:
                found.append(_gap(left, right, matches, same, at, (a + 1, i), (b + 1, j)))
        if not same[at]:
            found.append(_gap(left, right, matches, same, at, (i, i + 1), (j, j + 1)))
    i, j = matches[-1]
    ends = _until(left, i + 1, openers), _until(right, j + 1, openers)
    if _at_edge(left[i + 1 : ends[0]]) and _at_edge(right[j + 1 : ends[1]]):
        after = (i + 1, ends[0]), (j + 1, ends[1])
        found.append(_gap(left, right, matches, same, len(matches), *after))
    return found


def _gap(
    left: Sequence[Unit],
    right: Sequence[Unit],
    matches: Sequence[tuple[int, int]],
    same: Sequence[bool],
    at: int,
    one: tuple[int, int],
    other: tuple[int, int],
) -> Gap:
    """A gap with how well its surroundings agree."""
    support, missing = 0.0, 0.0
    low = (one[0] - _WINDOW, other[0] - _WINDOW)
    high = (one[1] + _WINDOW, other[1] + _WINDOW)
    inside: set[int] = set()
    beyond: set[int] = set()
    for (i, j), equal in zip(matches, same, strict=True):
        if not equal or not (low[0] <= i < high[0] and low[1] <= j < high[1]):
            continue
        inside.add(i)
        beyond.add(j)
        # Four light words in their places tell as much as one that says something of its own.
        support += 1.0 if left[i].heavy else 0.25
    for units, taken, (start, end), lowest, highest in (
        (left, inside, one, low[0], high[0]),
        (right, beyond, other, low[1], high[1]),
    ):
        for place in range(max(0, lowest), min(len(units), highest)):
            if place not in taken and not start <= place < end:
                # Half: what is missing is counted on both sides, what is shared only once.
                missing += 0.5 if units[place].heavy else 0.125
    return Gap(
        left=tuple(left[one[0] : one[1]]),
        right=tuple(right[other[0] : other[1]]),
        at=at,
        edge=at == 0 or at == len(matches),
        agreement=support / (support + missing) if support else 0.0,
        support=support,
    )


def _from(row: Sequence[Unit], end: int, openers: Collection[str]) -> int:
    """Where an edge begins that reaches to ``end``: with the row, or with its last clause."""
    if _at_edge(row[:end]):
        return 0
    return next((at for at in range(end - 1, 0, -1) if _opens(row[at], openers)), 0)


def _until(row: Sequence[Unit], start: int, openers: Collection[str]) -> int:
    """Where an edge ends that begins at ``start``: with the row, or with its first clause."""
    if _at_edge(row[start:]):
        return len(row)
    return next((at for at in range(start + 1, len(row)) if _opens(row[at], openers)), len(row))


def _opens(unit: Unit, openers: Collection[str]) -> bool:
    return unit.part is Part.LIGHT and unit.stems[0] in openers


def _at_edge(units: Sequence[Unit]) -> bool:
    return 0 < len(units) <= _EDGE_LONGEST and _heavy(units) <= _EDGE


def _heavy(units: Sequence[Unit]) -> int:
    return sum(unit.heavy for unit in units)
