"""The stored pairs that people decided on the page of the review."""

from __future__ import annotations

from pathlib import Path

import duckdb

from claims.contradictions.judges.judge import PairLabel
from claims.model import ContradictionKind, Frozen, Verdict

_SQL = Path(__file__).with_name("decided_pairs.sql").read_text(encoding="utf-8")

_LABELS = {
    Verdict.CONTRADICTION: PairLabel.CONTRADICT,
    Verdict.SUPERSEDED: PairLabel.UPDATE,
    Verdict.COMPATIBLE: PairLabel.NEITHER,
    Verdict.EXTRACTION_ERROR: PairLabel.NEITHER,
}
"""What a verdict says of how two statements stand. Compatible ones may say the same or have nothing
to do with each other: of both it is known that they do not contradict."""


class DecidedPair(Frozen):
    """A pair with its latest verdict, none of them "unsure".

    ``reviewers`` decided about it, ``agreeing`` of them as the latest did. ``score`` is the stored
    one. ``standing`` is false where an outlet edited one of the articles since.
    """

    contradiction_id: str
    verdict: Verdict
    note: str
    reviewers: int
    agreeing: int
    kind: ContradictionKind
    score: float
    left_claim_id: str
    right_claim_id: str
    left_article_id: str
    right_article_id: str
    standing: bool

    @property
    def label(self) -> PairLabel:
        """How the two statements stand to each other, as it was decided."""
        return _LABELS[self.verdict]

    @property
    def articles(self) -> frozenset[str]:
        """The articles of both sides."""
        return frozenset((self.left_article_id, self.right_article_id))


def decided_pairs(connection: duckdb.DuckDBPyConnection) -> list[DecidedPair]:
    """All decided pairs that are stored, by identifier."""
    found = connection.execute(_SQL)
    columns = [column[0] for column in found.description or []]
    return [DecidedPair(**dict(zip(columns, row, strict=True))) for row in found.fetchall()]


def standing_verdicts(connection: duckdb.DuckDBPyConnection) -> dict[str, Verdict]:
    """The latest verdict about each pair, stored or not, by identifier; none of them "unsure"."""
    found = connection.execute(
        "SELECT contradiction_id, verdict FROM verdicts WHERE verdict <> 'unsure'"
    )
    return {pair: Verdict(verdict) for pair, verdict in found.fetchall()}
