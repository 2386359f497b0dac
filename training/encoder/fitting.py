"""The training of the encoder: batches in a fixed order, with checkpoints it goes on from."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from claims.language.encoder.network import Network
from claims.language.encoder.packed import Base
from training.encoder.examples import Example, batches, epoch
from training.encoder.objective import attribution_loss, entity_loss
from training.encoder.recipe import Phase, Recipe

CLIP = 2.0
SCALE = 8.0
OFTEN = 50
"""Steps between two lines of the log."""
CHECKPOINT = 600.0
"""Seconds between two checkpoints."""

Note = Callable[[str], None]


@dataclass(frozen=True)
class Data:
    """What is learned from: paragraphs by article, and sentences with entities."""

    english: list[list[Example]]
    extra: list[list[Example]]
    entities: list[Example]


def fit(
    network: Network, base: Base, data: Data, recipe: Recipe, phase: Phase, place: Path, note: Note
) -> None:
    """Train ``network`` through a phase. What ``place`` holds is gone on from, and kept anew every
    ten minutes; batches, their order and their noise depend on seed, phase and step only."""
    groups = _groups(network, recipe, phase)
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    done = 0
    if place.is_file():
        state = torch.load(place, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        done = int(state["step"])
        note(f"{phase.name}: goes on from step {done}")
    network.train()
    total, step, number = 0, 0, 0
    kept = time.monotonic()
    means: dict[str, float] = {}
    while total == 0 or step < total:
        order = random.Random(f"{recipe.seed} {phase.name} {number}")
        queue = _queue(data, recipe, phase, order)
        if total == 0:
            total = max(1, round(len(queue) * phase.epochs / phase.english))
        number += 1
        for kind, batch in queue[: total - step]:
            step += 1
            if step <= done:
                continue
            chance = random.Random(f"{recipe.seed} {phase.name} {step}")
            torch.manual_seed(chance.randrange(2**31))
            share = min(1.0, step / phase.warm_up) * (1 - (step - 1) / total)
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * share
            if kind == "attributions":
                hard = phase is not recipe.phases[0] or step > recipe.hard_after
                loss, parts = attribution_loss(network, base, batch, chance, hard)
                loss = loss * SCALE
            else:
                loss = entity_loss(network, base, batch)
                parts = {"entities": float(loss.detach())}
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], CLIP)
            optimiser.step()
            for name, value in parts.items():
                means[name] = 0.97 * means.get(name, value) + 0.03 * value
            if step % OFTEN == 0:
                told = " ".join(f"{name} {value:.4f}" for name, value in means.items())
                note(f"{phase.name}: step {step} of {total}: {told}")
            if time.monotonic() - kept > CHECKPOINT:
                kept = time.monotonic()
                _keep(place, network, optimiser, step)
    _keep(place, network, optimiser, step)
    network.eval()


def _keep(place: Path, network: Network, optimiser: torch.optim.Optimizer, step: int) -> None:
    beside = place.with_suffix(".new")
    state = {
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "step": step,
    }
    torch.save(state, beside)
    beside.replace(place)


def _queue(
    data: Data, recipe: Recipe, phase: Phase, order: random.Random
) -> list[tuple[str, list[Example]]]:
    count = round(phase.english * len(data.english))
    articles = order.sample(data.english, count) + data.extra * phase.extra
    examples = epoch(articles, order, phase.joined, phase.bare)
    queue = [("attributions", each) for each in batches(examples, order, recipe.batch)]
    sentences = batches(data.entities, order, recipe.batch)
    wanted = round(len(queue) * phase.entities / (1 - phase.entities))
    queue += [("entities", each) for each in sentences[:wanted]]
    order.shuffle(queue)
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
