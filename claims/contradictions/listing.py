"""Stored contradictions as ``claims contradictions`` shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from claims.model import ContradictionKind, Frozen, Stance

if TYPE_CHECKING:
    import duckdb

_SQL = Path(__file__).with_name("listing.sql").read_text(encoding="utf-8")
_ALL = 2**62
_SIDE = 11  # columns a side


class Side(Frozen):
    """One side of a pair. ``[start, end)`` is the content's hull in the article at path
    ``article``; both are None where the claim has no content of its own. ``outlets`` is how many
    outlets printed it. The fields that JSON leaves out are for a table."""

    article: str | None
    outlet: str
    speaker: str | None
    stance: Stance
    text: str
    start: int | None
    end: int | None
    source: str | None = Field(default=None, exclude=True)
    cue: str | None = Field(default=None, exclude=True)
    published_at: datetime | None = Field(default=None, exclude=True)
    outlets: int = Field(default=1, exclude=True)


class Pair(Frozen):
    """A contradiction with both sides; its JSON is the line that ``--format jsonl`` prints."""

    left: Side
    right: Side
    kind: ContradictionKind
    score: float
    explanation: str
    contradiction_id: str = Field(exclude=True)


def pairs(connection: duckdb.DuckDBPyConnection, limit: int | None = None) -> list[Pair]:
    """The stored contradictions, best first, at most ``limit``.

    ``model_dump_json()`` of a pair is one line in the shape that the design names.
    """
    rows = connection.execute(_SQL, {"most": _ALL if limit is None else limit}).fetchall()
    return [
        Pair(
            contradiction_id=row[0],
            kind=row[1],
            score=row[2],
            explanation=row[3],
            left=_side(row[4 : 4 + _SIDE]),
            right=_side(row[4 + _SIDE : 4 + 2 * _SIDE]),
        )
        for row in rows
    ]


def _side(row: Sequence[Any]) -> Side:
    return Side(**dict(zip(Side.model_fields, row, strict=True)))
