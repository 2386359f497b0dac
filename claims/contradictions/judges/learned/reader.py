"""A network that reads pairs of statements, with what it reads them by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from claims.contradictions.candidate import CandidatePair
from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.sides import Cut, PairSide, cut_side
from claims.contradictions.statements import Statement

if TYPE_CHECKING:
    from torch import Tensor

    from claims.contradictions.judges.learned.network import PairNetwork, PieceVectors

_AROUND = 240
"""Characters of the article that are looked at on either side of a content."""

_TOGETHER = 16
"""Pairs that go through a layer of the network before the next."""

_SIDES = 1024
"""Statements whose pieces are kept."""

_FORTNIGHT = timedelta(days=14)

LABELS = tuple(PairLabel)
CONTRADICT = LABELS.index(PairLabel.CONTRADICT)
OTHERS = [number for number in range(len(LABELS)) if number != CONTRADICT]


class PairReader:
    """A ``network`` that is ready to read, the ``vectors`` of its pieces, and what cuts them."""

    def __init__(self, network: PairNetwork, vectors: PieceVectors, cut: Cut) -> None:
        self.network, self.vectors = network, vectors
        # Kept a while: a statement stands in many pairs, one after another.
        self.pieces = lru_cache(maxsize=_SIDES)(lambda side: cut_side(side, cut))

    def read(self, pairs: Sequence[CandidatePair]) -> tuple[Tensor, Tensor]:
        """(pairs, labels) in logits, and the ``pair_facts`` (pairs, facts)."""
        import torch

        facts = torch.tensor([pair_facts(pair.left, pair.right) for pair in pairs])
        made = []
        with torch.inference_mode():
            for start in range(0, len(pairs), _TOGETHER):
                part = pairs[start : start + _TOGETHER]
                sides = [(pair_side(pair.left), pair_side(pair.right)) for pair in part]
                cut = [(self.pieces(one), self.pieces(other)) for one, other in sides]
                # Not in one batch: what goes in is rounded to 8 bits by the greatest value in it,
                # so a judgement would depend on what is judged with it.
                own = facts[start : start + _TOGETHER]
                made.append(self.network.each(self.vectors, cut, own))
        return torch.cat(made), facts


def log_odds(scores: Tensor) -> Tensor:
    """(pairs,): the log odds of a contradiction, of the network's scores (pairs, labels)."""
    odds: Tensor = scores[:, CONTRADICT] - scores[:, OTHERS].logsumexp(-1)
    return odds


def pair_side(statement: Statement) -> PairSide:
    """A statement as the network reads it; a denial without a content of its own by its cue."""
    spans = statement.pieces or statement.cue
    start, end = spans[0].start, spans[-1].end
    before, after = statement.text[max(0, start - _AROUND) : start], statement.text[end:]
    return PairSide(
        statement.quoted(spans),
        "" if statement.own else statement.speaker,
        statement.stance,
        before,
        after[:_AROUND],
    )


def pair_facts(left: Statement, right: Statement) -> tuple[float, ...]:
    """What is known of a pair beside its words: whether both are of one article, and of one voice;
    whether the left and the right are the outlet's own; how near they stand in one article (1 side
    by side, towards 0 far apart); and how far apart their articles were published (0 the same day
    or not known, 1 a fortnight or more)."""
    within = left.article_id == right.article_id
    voice = not left.own and not right.own and left.speaker == right.speaker
    apart = 0.0
    if not within and left.published_at and right.published_at:
        apart = min(1.0, abs(left.published_at - right.published_at) / _FORTNIGHT)
    near = 1 / (1 + abs(left.sentence_index - right.sentence_index)) if within else 0.0
    return (float(within), float(voice), float(left.own), float(right.own), near, apart)
