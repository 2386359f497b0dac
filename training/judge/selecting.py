"""The network of ``candidate_scorer``: which pairs are worth reading closely."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from claims.contradictions.candidate_features import FEATURES
from claims.contradictions.candidate_scorer import ASKED_FROM, LAYERS
from claims.contradictions.statement_signs import FORM
from training.judge.candidate_pool import CandidatePool

WIDTH, HIDDEN, DIMENSION = 12, 48, 384
DROPOUT = 0.7
"""So few disputes were told that a network of this size knows them by heart with less."""

_RATE, _DECAY, _AVERAGE = 1e-3, 0.1, 0.99
_TOLD, _READ, _OTHERS = 160, 150, 900
"""Pairs of each kind in a step."""

_SPREAD = 20.0
"""What makes the spread of sentence vectors about their mean that of the other inputs."""

_AT_ONCE = 20_000


class CandidateNetwork(nn.Module):  # type: ignore[misc]
    """As ``CandidateScorer`` has it, over inputs that are brought to one scale."""

    def __init__(self, pool: CandidatePool) -> None:
        super().__init__()
        self.centre = pool.vectors.mean(0)
        self.mean = pool.features.mean(0)
        self.scale = 1 / (pool.features.std(0) + 1e-3)
        self.side = nn.Linear(DIMENSION + FORM, WIDTH)
        self.meaning = nn.Linear(DIMENSION, WIDTH)
        self.pair = nn.Linear(len(FEATURES) + 4 * WIDTH, HIDDEN)
        self.named = nn.Linear(len(FEATURES), 1)
        self.odds = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, pool: CandidatePool, pairs: Tensor) -> Tensor:
        """(pairs,): the log odds of those with these numbers."""
        features = (pool.features[pairs] - self.mean) * self.scale
        (a, p), (b, q) = (self._seen(pool, end) for end in pool.ends[pairs].T)
        both = torch.cat([features, a * b, a + b, (a - b).abs(), p * q], 1)
        hidden = self.drop(functional.relu(self.pair(self.drop(both))))
        made: Tensor = (self.odds(hidden) + self.named(features))[:, 0]
        return made

    def _seen(self, pool: CandidatePool, ends: Tensor) -> tuple[Tensor, Tensor]:
        vectors = (pool.vectors[ends] - self.centre) * _SPREAD
        whole = self.drop(torch.cat([vectors, pool.form[ends]], 1))
        return torch.tanh(self.side(whole)), self.meaning(vectors)

    def every(self, pool: CandidatePool) -> Tensor:
        """(pairs,): the log odds of all."""
        self.eval()
        with torch.inference_mode():
            parts = torch.arange(len(pool.ends)).split(_AT_ONCE)
            return torch.cat([self(pool, part) for part in parts])

    def folded(self) -> dict[str, Tensor]:
        """The tensors of ``LAYERS`` for inputs as they are."""
        made = {name: one.detach().clone() for name, one in self.state_dict().items()}
        for layer in ("side", "meaning"):
            weight = made[f"{layer}.weight"]
            weight[:, :DIMENSION] *= _SPREAD
            made[f"{layer}.bias"] -= weight[:, :DIMENSION] @ self.centre
        for layer in ("pair", "named"):
            weight = made[f"{layer}.weight"]
            weight[:, : len(FEATURES)] *= self.scale
            made[f"{layer}.bias"] -= weight[:, : len(FEATURES)] @ self.mean
        return made


def fitted(
    pool: CandidatePool, learned: Tensor, read: dict[int, float], steps: int, seed: int
) -> CandidateNetwork:
    """A network that learned from the pairs with the numbers ``learned``: what readers told, and
    how likely a judge found those that it has ``read``; the others count as no contradictions.
    It ends with the averaged weights."""
    torch.manual_seed(seed)
    target = pool.told.clone()
    for number, likely in read.items():
        target[number] = max(float(target[number]), likely)
    kinds = [
        learned[pool.told[learned] > 0],
        learned[torch.tensor([number in read for number in learned.tolist()])],
        learned,
    ]
    network = CandidateNetwork(pool)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    average = {name: one.detach().clone() for name, one in network.named_parameters()}
    network.train()
    for step in range(1, steps + 1):
        drawn = [
            kind[torch.randint(len(kind), (count,))]
            for kind, count in zip(kinds, (_TOLD, _READ, _OTHERS), strict=True)
            if len(kind) and count
        ]
        pairs = torch.cat(drawn)
        loss = functional.binary_cross_entropy_with_logits(network(pool, pairs), target[pairs])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        new = 1 - min(_AVERAGE, step / (step + 9))
        with torch.no_grad():
            torch._foreach_lerp_(list(average.values()), list(network.parameters()), new)
    network.load_state_dict(average)
    return network


def asked_from(odds: Tensor, wanted: int) -> float:
    """The log odds from which on ``wanted`` pairs remain."""
    return float(odds.sort(descending=True).values[min(wanted, len(odds) - 1)])


def write_candidates(network: CandidateNetwork, least: tuple[float, float], path: Path) -> None:
    """Write the file that ``candidate_scorer`` reads; ``least`` within an article and across."""
    made = network.folded()
    names = [f"{layer}.{part}" for layer in LAYERS for part in ("weight", "bias")]
    tensors = {name: made[name].half().contiguous() for name in names}
    save_file(tensors | {ASKED_FROM: torch.tensor(least).half()}, path)
