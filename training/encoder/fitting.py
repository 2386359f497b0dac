"""The training of the encoder: batches in a fixed order, with checkpoints it goes on from."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from claims.language.encoder.network import Network
from training.checkpoints import keep
from training.encoder.examples import Example, batches, epoch
from training.encoder.recipe import Phase, Recipe
from training.half_precision import half_precision

CLIP = 2.0
SCALE = 8.0
OFTEN = 50
"""Steps between two lines of the log."""
CHECKPOINT = 600.0
"""Seconds between two checkpoints."""

Note = Callable[[str], None]
Articles = Mapping[str, list[list[Example]]]
"""The paragraphs of each article, by language."""
Objective = Callable[[list[Example], random.Random, bool], tuple[Tensor, dict[str, float]]]
"""What is made small for a batch, with its parts for the log; the last argument says whether pieces
that only look like a cue are asked about as well."""


def fit(
    network: Network,
    queue: Sequence[list[Example]],
    objective: Objective,
    recipe: Recipe,
    phase: Phase,
    place: Path,
    note: Note,
) -> None:
    """Train ``network`` through a phase's batches; it ends with the averaged weights.

    What ``place`` holds is gone on from, and kept anew every ten minutes; batches, their order and
    their noise depend on seed, phase and step only.
    """
    groups = _groups(network, recipe, phase)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    moving = {name: p for name, p in network.named_parameters() if p.requires_grad}
    average = {name: p.detach().clone() for name, p in moving.items()}
    done = 0
    if place.is_file():
        state = torch.load(place, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        average = state["average"]
        done = int(state["step"])
        note(f"{phase.name}: goes on from step {done}")
    network.train()
    for layer in network.encoder.layers[: recipe.frozen]:
        layer.eval()
    kept = time.monotonic()
    means: dict[str, float] = {}
    for step, batch in enumerate(queue, 1):
        if step <= done:
            continue
        chance = random.Random(f"{recipe.seed} {phase.name} {step}")
        torch.manual_seed(chance.randrange(2**31))
        rate = min(1.0, step / phase.warm_up) * (1 - (step - 1) / len(queue))
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * rate
        hard = step > phase.hard_after
        with half_precision():
            loss, parts = objective(batch, chance, hard)
        optimiser.zero_grad(set_to_none=True)
        (loss * SCALE).backward()
        nn.utils.clip_grad_norm_(list(moving.values()), CLIP)
        optimiser.step()
        new = 1 - min(recipe.average, step / (step + 9))
        with torch.no_grad():
            torch._foreach_lerp_(list(average.values()), list(moving.values()), new)
        for name, value in parts.items():
            means[name] = 0.97 * means.get(name, value) + 0.03 * value
        if step % OFTEN == 0:
            told = " ".join(f"{name} {value:.4f}" for name, value in means.items())
            note(f"{phase.name}: step {step} of {len(queue)}: {told}")
        if time.monotonic() - kept > CHECKPOINT:
            kept = time.monotonic()
            keep(place, network, average, optimiser, step)
    keep(place, network, average, optimiser, len(queue))
    network.load_state_dict(network.state_dict() | average)
    network.eval()


def queued(data: Articles, recipe: Recipe, phase: Phase) -> list[list[Example]]:
    """The batches of a phase, in rounds that each have every language's share of its passes."""
    queue: list[list[Example]] = []
    for number in range(phase.rounds):
        order = random.Random(f"{recipe.seed} {phase.name} {number}")
        examples: list[Example] = []
        for language, passes in sorted(phase.passes.items()):
            articles = list(data[language])
            random.Random(f"{recipe.seed} {phase.name} {language}").shuffle(articles)
            first, end = (
                round(len(articles) * passes * at / phase.rounds) for at in (number, number + 1)
            )
            now = [articles[at % len(articles)] for at in range(first, end)]
            examples += epoch(now, order, phase)
        queue += batches(examples, order, recipe.batch)
    return queue


def _groups(network: Network, recipe: Recipe, phase: Phase) -> list[dict[str, Any]]:
    for parameter in network.encoder.norm.parameters():
        parameter.requires_grad = False
    layers = list(network.encoder.layers)
    groups: list[dict[str, Any]] = []
    for number, layer in enumerate(layers):
        for parameter in layer.parameters():
            parameter.requires_grad = number >= recipe.frozen
        if number >= recipe.frozen:
            peak = phase.rate * recipe.layer_decay ** (len(layers) - 1 - number)
            groups.append({"params": list(layer.parameters()), "peak": peak, "lr": peak})
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    groups.append({"params": heads, "peak": phase.head_rate, "lr": phase.head_rate})
    return groups
