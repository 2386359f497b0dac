"""What a training goes on from where it was cut off."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn


def keep(
    place: Path,
    network: nn.Module,
    average: Mapping[str, Tensor],
    optimiser: torch.optim.Optimizer,
    step: int,
) -> None:
    """Write a checkpoint after ``step``: written beside its place and moved, so that whoever is
    cut off here goes on from the one before."""
    beside = place.with_suffix(".new")
    state = {
        "network": network.state_dict(),
        "average": dict(average),
        "optimiser": optimiser.state_dict(),
        "step": step,
    }
    torch.save(state, beside)
    beside.replace(place)
