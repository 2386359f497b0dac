"""Layers that learn little: two narrow matrices beside each large one, which stays as it is.

Hu and others, 2021, "LoRA: Low-Rank Adaptation of Large Language Models".
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.contradictions.judges.learned.large.adapters import ADAPTED, SCALE
from claims.language.encoder.network import Encoder


class AdaptedLinear(nn.Module):  # type: ignore[misc]
    """A linear layer that stays as it is, and what is added to it: ``outer`` times ``inner``."""

    def __init__(self, whole: nn.Linear, rank: int) -> None:
        super().__init__()
        self.weight, self.bias = whole.weight, whole.bias
        narrow = torch.randn(rank, whole.in_features) / whole.in_features**0.5
        self.inner = nn.Parameter(narrow)
        self.outer = nn.Parameter(torch.zeros(whole.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        """(…, out) of (…, in)."""
        added = functional.linear(functional.linear(x, self.inner), self.outer)
        whole: Tensor = functional.linear(x, self.weight, self.bias)
        return whole + SCALE * added


def adapt(encoder: Encoder, frozen: int, rank: int) -> None:
    """Put ``AdaptedLinear`` into all layers above the lowest ``frozen``; nothing else learns."""
    for parameter in encoder.parameters():
        parameter.requires_grad = False
    for layer in encoder.layers[frozen:]:
        for name in ADAPTED:
            setattr(layer, name, AdaptedLinear(getattr(layer, name), rank))
