"""What the large judge has learned beside its encoder: two narrow matrices for each large one.

Hu and others, 2021, "LoRA: Low-Rank Adaptation of Large Language Models". The product of the two
is added to the matrix when it is read, so that it costs nothing afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from claims.language.encoder.network import Layer
from claims.language.encoder.weight_delta import pack, unpack

ADAPTED = ("joint", "out", "up", "down")
"""The matrices of a layer."""

SCALE = 2.0
"""What the product of the narrow matrices counts."""


def packed(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Matrices in 4 bits, the rest in half precision. What lies upright, (out, rank), is turned, as
    values of one row are rounded together."""
    turned = {name: _turned(name, tensor) for name, tensor in state.items()}
    nothing = {name: torch.zeros_like(tensor) for name, tensor in turned.items()}
    return {name: tensor.contiguous() for name, tensor in pack(turned, nothing).items()}


def unpacked(stored: Mapping[str, Tensor], shapes: Mapping[str, torch.Size]) -> dict[str, Tensor]:
    """What was ``packed``, by the names and shapes of its tensors."""
    nothing = {name: torch.zeros(shape) for name, shape in shapes.items()}
    made = unpack(stored, {name: _turned(name, tensor) for name, tensor in nothing.items()})
    return {name: _turned(name, tensor) for name, tensor in made.items()}


def add_to(layer: Layer, number: int, learned: Mapping[str, Tensor]) -> None:
    """Add to the matrices of the layer of this number what was ``learned`` beside them."""
    for name in ADAPTED:
        inner = learned.get(f"encoder.layers.{number}.{name}.inner")
        if inner is not None:
            outer = learned[f"encoder.layers.{number}.{name}.outer"]
            getattr(layer, name).weight.data.add_(outer @ inner, alpha=SCALE)


def _turned(name: str, tensor: Tensor) -> Tensor:
    return tensor.T if name.endswith(".outer") else tensor
