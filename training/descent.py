"""One training loop for Stanza's tagger and parser: a falling learning rate, averaged weights,
and a checkpoint to go on from after an interruption."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.optim import Optimizer

AVERAGE_DECAY = 0.99
"""Weight of the past in the moving average of the weights, once it has one."""

WARM_UP = 30
"""Steps in which the learning rate rises from nothing."""

LOWEST = 0.02
"""The share of the highest learning rate that is left at the last step."""


@dataclass(frozen=True, slots=True)
class Descent:
    """How long and how fast: ``steps`` batches, ``rate`` at most, a note every ``every`` steps."""

    steps: int
    rate: float
    seed: int
    every: int = 100


def rate_at(step: int, descent: Descent) -> float:
    """The learning rate of a step: up for ``WARM_UP`` steps, then down along half a cosine."""
    if step < WARM_UP:
        return descent.rate * (step + 1) / WARM_UP
    gone = (step - WARM_UP) / max(1, descent.steps - WARM_UP)
    return descent.rate * (LOWEST + (1 - LOWEST) * (1 + math.cos(math.pi * min(1.0, gone))) / 2)


def descend(
    model: torch.nn.Module,
    optimizers: list[Optimizer],
    update: Callable[[Any], float],
    batches: Callable[[], Iterator[Any]],
    descent: Descent,
    checkpoint: Path,
    note: Callable[[str], None],
) -> None:
    """Train ``model`` in place and leave the moving average of its weights in it.

    ``batches`` starts a new pass over the data. The weights are averaged (Polyak and Juditsky,
    1992) because the last ones depend on the last few batches; no checkpoint is chosen on
    held-out sentences. ``checkpoint`` is written at every note, gone on from where it exists
    (with the data in a new order), and left in place: the caller removes it when all is stored.
    """
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    done = 0
    if checkpoint.is_file():
        kept = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(kept["model"])
        average = kept["average"]
        for optimizer, state in zip(optimizers, kept["optimizers"], strict=True):
            optimizer.load_state_dict(state)
        done = kept["done"]
        note(f"goes on after step {done}")
    _seed(descent.seed + done)
    total = 0.0
    passing: Iterator[Any] = iter(())
    while done < descent.steps:
        batch = next(passing, None)
        if batch is None:
            passing = batches()
            batch = next(passing)
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate_at(done, descent)
        total += update(batch)
        done += 1
        _average(average, model, min(AVERAGE_DECAY, done / (done + 10)))
        if done % descent.every == 0 or done == descent.steps:
            note(
                f"step {done}/{descent.steps}, loss {total / descent.every:.4f}, "
                f"learning rate {rate_at(done - 1, descent):.5f}"
            )
            total = 0.0
            _store(checkpoint, model, average, optimizers, done)
    model.load_state_dict(average)


def _average(average: dict[str, torch.Tensor], model: torch.nn.Module, decay: float) -> None:
    for name, value in model.state_dict().items():
        if value.is_floating_point():
            average[name].mul_(decay).add_(value.detach(), alpha=1 - decay)
        else:
            average[name].copy_(value)


def _store(
    path: Path,
    model: torch.nn.Module,
    average: dict[str, torch.Tensor],
    optimizers: list[Optimizer],
    done: int,
) -> None:
    # Written beside and then moved: a killed run leaves the checkpoint before it whole.
    fresh = path.with_suffix(".new")
    torch.save(
        {
            "model": model.state_dict(),
            "average": average,
            "optimizers": [optimizer.state_dict() for optimizer in optimizers],
            "done": done,
        },
        fresh,
    )
    fresh.replace(path)


def _seed(seed: int) -> None:
    random.seed(seed)
    torch.manual_seed(seed)
