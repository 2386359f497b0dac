"""What the network reads of one statement: who, with which stance, in which words, beside which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from claims.model import Stance

Cut = Callable[[str], tuple[list[int], list[tuple[int, int]]]]
"""Cuts text into the numbers of its pieces and their places, as ``subwords.Cutter`` does."""


class PieceKind(IntEnum):
    """What a piece is part of: the heading (speaker and stance), the content, or what stands
    around it."""

    HEADING = 0
    CONTENT = 1
    AROUND = 2


MOST = {PieceKind.HEADING: 14, PieceKind.CONTENT: 60}
"""Pieces of the heading and of the content that are read; the rest is left out."""

SHORT = 16
"""A content of fewer pieces is read with what stands around it: "denied the report" says nothing
alone."""

BEFORE, AFTER = 32, 10
"""Pieces that are read of what stands before and after a short content."""


@dataclass(frozen=True, slots=True)
class PairSide:
    """One statement of a pair. ``speaker`` is empty for the outlet's own words, ``stance`` None
    where nobody has said; ``before`` and ``after`` are the words around the content."""

    text: str
    speaker: str = ""
    stance: Stance | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class SidePieces:
    """The pieces of a side and the kind of each; both of one length."""

    numbers: tuple[int, ...]
    kinds: tuple[int, ...]


def cut_side(side: PairSide, cut: Cut) -> SidePieces:
    """The pieces of a side: heading, what stands before, content, what stands after."""
    stance = side.stance.value if side.stance else ""
    heading = cut(side.speaker)[0][: MOST[PieceKind.HEADING] - 2] + cut(stance)[0]
    content = cut(side.text)[0][: MOST[PieceKind.CONTENT]]
    alone = len(content) >= SHORT
    before = [] if alone or not side.before else cut(side.before)[0][-BEFORE:]
    after = [] if alone or not side.after else cut(side.after)[0][:AFTER]
    parts = (
        (PieceKind.HEADING, heading),
        (PieceKind.AROUND, before),
        (PieceKind.CONTENT, content),
        (PieceKind.AROUND, after),
    )
    numbers = [number for _, part in parts for number in part]
    kinds = [int(kind) for kind, part in parts for _ in part]
    return SidePieces(tuple(numbers), tuple(kinds))
