"""The training of the judge: batches in a fixed order, with checkpoints it goes on from."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.network import PairNetwork, PieceVectors
from claims.contradictions.judges.learned.sides import Cut, PairSide, SidePieces, cut_side
from training.checkpoints import keep
from training.half_precision import half_precision
from training.judge.pairs import LabelledPair
from training.judge.recipe import JudgePhase, JudgeRecipe

CLIP = 2.0
OFTEN = 50
"""Steps between two lines of the log."""
CHECKPOINT = 300.0
"""Seconds between two checkpoints."""
LABELS = list(PairLabel)
UPDATE = LABELS.index(PairLabel.UPDATE)

Note = Callable[[str], None]


class Reading:
    """The pieces of the sides of pairs, each cut once."""

    def __init__(self, base: PieceVectors, cut: Cut) -> None:
        self.base, self._cut = base, cut
        self._pieces: dict[PairSide, SidePieces] = {}

    def pieces(self, side: PairSide) -> SidePieces:
        """The pieces of a side."""
        if side not in self._pieces:
            self._pieces[side] = cut_side(side, self._cut)
        return self._pieces[side]

    def length(self, pair: LabelledPair) -> int:
        """Pieces of both sides."""
        return len(self.pieces(pair.left).numbers) + len(self.pieces(pair.right).numbers) + 4

    def of(self, pairs: Sequence[LabelledPair]) -> list[tuple[SidePieces, SidePieces]]:
        """Both sides of each pair, cut."""
        return [(self.pieces(pair.left), self.pieces(pair.right)) for pair in pairs]


def fit(
    network: PairNetwork,
    reading: Reading,
    sources: Mapping[str, Sequence[LabelledPair]],
    recipe: JudgeRecipe,
    phase: JudgePhase,
    place: Path,
    note: Note,
) -> None:
    """Train ``network`` through a phase; it ends with the averaged weights.

    What ``place`` holds is gone on from, and kept anew every five minutes; batches, their order and
    their noise depend on seed, phase and step only.
    """
    moving = learning(network, recipe.frozen)
    groups = _groups(network, recipe, phase)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    average = {name: p.detach().clone() for name, p in moving.items()}
    done = 0
    if place.is_file():
        state = torch.load(place, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        average, done = state["average"], int(state["step"])
        note(f"{phase.name}: goes on from step {done}")
    network.train()
    for layer in network.encoder.layers[: recipe.frozen]:
        layer.eval()
    missing = sorted(name for name in phase.passes if not sources.get(name))
    if missing:
        note(f"{phase.name}: nothing is at hand of {', '.join(missing)}")
    queue = _queue(reading, sources, recipe, phase)
    kept, mean = time.monotonic(), 0.0
    for step, batch in enumerate(queue, 1):
        if step <= done:
            continue
        torch.manual_seed(random.Random(f"{recipe.seed} {phase.name} {step}").randrange(2**31))
        rate = min(1.0, step / phase.warm_up) * (1 - (step - 1) / len(queue))
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * rate
        with half_precision():
            loss = pair_loss(network, reading, batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(list(moving.values()), CLIP)
        optimiser.step()
        new = 1 - min(recipe.average, step / (step + 9))
        with torch.no_grad():
            torch._foreach_lerp_(list(average.values()), list(moving.values()), new)
        mean = 0.97 * mean + 0.03 * float(loss.detach()) if mean else float(loss.detach())
        if step % OFTEN == 0:
            note(f"{phase.name}: step {step} of {len(queue)}: loss {mean:.4f}")
        if time.monotonic() - kept > CHECKPOINT:
            kept = time.monotonic()
            keep(place, network, average, optimiser, step)
    keep(place, network, average, optimiser, len(queue))
    network.load_state_dict(network.state_dict() | average)
    network.eval()


def pair_loss(network: PairNetwork, reading: Reading, batch: Sequence[LabelledPair]) -> Tensor:
    """The mean negative log likelihood of the labels, each pair by its weight."""
    facts = torch.tensor([pair.facts for pair in batch])
    scores = network(reading.base, reading.of(batch), facts)
    truth = torch.tensor([LABELS.index(pair.label) for pair in batch])
    each = functional.cross_entropy(scores, truth, reduction="none", label_smoothing=0.02)
    weights = torch.tensor([pair.weight for pair in batch])
    loss: Tensor = (each * weights).sum() / len(batch)
    return loss


def learning(network: PairNetwork, frozen: int) -> dict[str, nn.Parameter]:
    """The parameters that learn: the layers above the lowest ``frozen``, and the head."""
    for parameter in network.encoder.norm.parameters():
        parameter.requires_grad = False
    for layer in network.encoder.layers[:frozen]:
        for parameter in layer.parameters():
            parameter.requires_grad = False
    return {name: p for name, p in network.named_parameters() if p.requires_grad}


def logits(network: PairNetwork, reading: Reading, pairs: Sequence[LabelledPair]) -> Tensor:
    """(pairs, labels): what the network says of pairs that it does not learn from."""
    order = sorted(range(len(pairs)), key=lambda at: reading.length(pairs[at]))
    made = torch.zeros(len(pairs), len(LABELS))
    network.eval()
    with torch.no_grad():
        for start in range(0, len(order), 32):
            part = order[start : start + 32]
            chosen = [pairs[at] for at in part]
            facts = torch.tensor([pair.facts for pair in chosen])
            made[part] = network(reading.base, reading.of(chosen), facts)
    return made


def _queue(
    reading: Reading,
    sources: Mapping[str, Sequence[LabelledPair]],
    recipe: JudgeRecipe,
    phase: JudgePhase,
) -> list[list[LabelledPair]]:
    """The batches of a phase: each source by its passes, half of the pairs turned round."""
    chance = random.Random(f"{recipe.seed} {phase.name}")
    pairs: list[LabelledPair] = []
    for name, passes in sorted(phase.passes.items()):
        own = list(sources.get(name, ()))
        while passes > 0 and own:
            chance.shuffle(own)
            pairs += own[: round(len(own) * min(1.0, passes))]
            passes -= 1
    pairs = [pair.turned() if chance.random() < 0.5 else pair for pair in pairs]
    pairs = [_plain(pair) if chance.random() < phase.plain else pair for pair in pairs]
    # Pairs of like length go together, in batches of mixed sources: drawn in large handfuls.
    chance.shuffle(pairs)
    batches: list[list[LabelledPair]] = []
    for start in range(0, len(pairs), 1024):
        handful = sorted(pairs[start : start + 1024], key=reading.length)
        batch: list[LabelledPair] = []
        own_batches = []
        for pair in handful:
            if batch and reading.length(pair) * (len(batch) + 1) > recipe.batch:
                own_batches.append(batch)
                batch = []
            batch.append(pair)
        own_batches.append(batch)
        chance.shuffle(own_batches)
        batches += own_batches
    return batches


def _plain(pair: LabelledPair) -> LabelledPair:
    """The words alone: what is known beside them must not be all that counts."""
    left, right = PairSide(pair.left.text), PairSide(pair.right.text)
    return LabelledPair(left, right, pair.label, pair.group, weight=pair.weight)


def _groups(network: PairNetwork, recipe: JudgeRecipe, phase: JudgePhase) -> list[dict[str, Any]]:
    layers = list(network.encoder.layers)[recipe.frozen :]
    groups: list[dict[str, Any]] = []
    for number, layer in enumerate(layers):
        peak = phase.rate * recipe.layer_decay ** (len(layers) - 1 - number)
        groups.append({"params": list(layer.parameters()), "peak": peak, "lr": peak})
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    groups.append({"params": heads, "peak": phase.head_rate, "lr": phase.head_rate})
    return groups
