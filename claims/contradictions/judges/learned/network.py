"""The network of the judge: an encoder over both statements at once, with a head.

A learned vector says for each piece which side it is of and what part it plays there; the head
looks at the first piece, at the mean of either content, and at how these differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.contradictions.judges.learned.sides import PieceKind, SidePieces
from claims.language.encoder.network import Encoder
from claims.language.encoder.subwords import FIRST, LAST, PADDING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int64]

LABELS = 4
"""Contradict, agree, update, neither: the order of ``PairLabel``."""

FACTS = 6
"""What is told of a pair beside its words: see ``reader.pair_facts``."""

WIDTH = 256
_KINDS = len(PieceKind)


class PieceVectors(Protocol):
    """What the pieces of words go into an encoder as."""

    def rows(self, numbers: Places) -> NDArray[np.float32]:
        """(..., hidden): the vectors of these pieces."""


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
        self, base: PieceVectors, pairs: Sequence[tuple[SidePieces, SidePieces]], facts: Tensor
    ) -> Tensor:
        """(pairs, LABELS) in logits; ``facts`` is (pairs, FACTS). Pairs of like length are best
        given together."""
        laid = [_laid(*pair) for pair in pairs]
        lengths = torch.tensor([len(numbers) for numbers, _ in laid])
        numbers = np.full((len(pairs), int(lengths.max())), PADDING)
        kinds = np.full_like(numbers, int(PieceKind.HEADING))
        for row, (own, kind) in enumerate(laid):
            numbers[row, : len(own)], kinds[row, : len(own)] = own, kind
        words, kind = self._words(base, numbers, kinds)
        return self._scores(self.encoder(words, lengths), kind, facts)

    def each(
        self, base: PieceVectors, pairs: Sequence[tuple[SidePieces, SidePieces]], facts: Tensor
    ) -> Tensor:
        """The same, each pair read as if it were alone, to the last digit: `Encoder.each`."""
        laid = [_laid(*pair) for pair in pairs]
        given = [self._words(base, np.array([own]), np.array([kind])) for own, kind in laid]
        read = self.encoder.each([words for words, _ in given])
        scores = [
            self._scores(x, kind, fact[None])
            for x, (_, kind), fact in zip(read, given, facts, strict=True)
        ]
        return torch.cat(scores)

    def _words(self, base: PieceVectors, numbers: Places, kinds: Places) -> tuple[Tensor, Tensor]:
        """The vectors that go in (pairs, length, hidden), and the kind of each piece."""
        kind = torch.from_numpy(kinds)
        return torch.from_numpy(base.rows(numbers)) + self.kinds(kind), kind

    def _scores(self, x: Tensor, kind: Tensor, facts: Tensor) -> Tensor:
        left_content = kind == int(PieceKind.CONTENT)
        right_content = kind == int(PieceKind.CONTENT) + _KINDS
        left, right = _mean(x, left_content), _mean(x, right_content)
        told = torch.cat([x[:, 0], left, right, (left - right).abs(), left * right, facts], -1)
        told = functional.dropout(told, 0.1, self.training)
        scores: Tensor = self.labels(functional.gelu(self.inner(told)))
        return scores


def _laid(one: SidePieces, two: SidePieces) -> tuple[list[int], list[int]]:
    """The pieces of a pair and the kind of each, the right side's counted on from the left's."""
    # As the encoder learned pairs: both ends of either side are marked.
    mark = int(PieceKind.HEADING)
    numbers = [FIRST, *one.numbers, LAST, LAST, *two.numbers, LAST]
    right = [kind + _KINDS for kind in two.kinds]
    return numbers, [mark, *one.kinds, mark, mark + _KINDS, *right, mark + _KINDS]


def _mean(x: Tensor, which: Tensor) -> Tensor:
    share = which.float() / which.float().sum(1, keepdim=True).clamp(min=1)
    return torch.bmm(share[:, None], x)[:, 0]
