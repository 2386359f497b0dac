"""The encoder's matrices in 8 bits, which a CPU multiplies faster.

A few values that go into ``down`` are ten times as large as all others, in each layer at one and
the same place: its column is the longest of the matrix. Rounded together with it, 8 bits would
leave nothing of the rest. So that column is multiplied as it is, and the rest in 8 bits (Dettmers
et al. 2022, with a place that is known beforehand).
"""

from __future__ import annotations

import warnings
from functools import cache

import torch
from torch import Tensor, nn

from claims.language.encoder.network import Encoder

KEPT_COLUMNS = {"joint": 0, "out": 0, "up": 0, "down": 1}
"""A layer's matrices, each with the number of its columns that stay as they are."""

LEVELS = 127


class QuantizedLinear(nn.Module):  # type: ignore[misc]
    """Stands for a linear layer that is not trained any more; each row has its own scale.

    What goes in is rounded by the greatest value of the line that is read, and may be written to.
    """

    def __init__(self, whole: nn.Linear, apart: int) -> None:
        super().__init__()
        weight = whole.weight.detach().clone()
        self.places = weight.norm(dim=0).topk(apart).indices
        self.columns = weight[:, self.places].t().contiguous()
        weight[:, self.places] = 0
        self.packed = _packed(weight, whole.bias.detach())
        self.reduced = _overflows()

    def forward(self, x: Tensor) -> Tensor:
        """(…, out) of (…, in)."""
        if not len(self.places):
            return self._rounded(x)
        apart = x.index_select(-1, self.places) @ self.columns
        return self._rounded(x.index_fill_(-1, self.places, 0.0)).add_(apart)

    def _rounded(self, x: Tensor) -> Tensor:
        made: Tensor = torch.ops.quantized.linear_dynamic(x, self.packed, self.reduced)
        return made


def quantize(encoder: Encoder) -> Encoder:
    """The encoder with the matrices of ``KEPT_COLUMNS`` in 8 bits.

    Where the build of PyTorch has no 8-bit kernels the encoder comes back as it is.
    """
    if torch.backends.quantized.engine == "none":
        return encoder
    for layer in encoder.layers:
        for name, apart in KEPT_COLUMNS.items():
            setattr(layer, name, QuantizedLinear(getattr(layer, name), apart))
    return encoder


def _packed(weight: Tensor, bias: Tensor | None = None) -> torch.ScriptObject:
    scales = weight.abs().amax(1).clamp(min=1e-9) / LEVELS
    zeros = torch.zeros(len(weight), dtype=torch.long)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they move to another package; torch is pinned
        rounded = torch.quantize_per_channel(weight, scales, zeros, 0, torch.qint8)
    made: torch.ScriptObject = torch.ops.quantized.linear_prepack(rounded, bias)
    return made


@cache
def _overflows() -> bool:
    """Whether this CPU adds products of 8 bits in 16: then what goes in must make do with 7.

    Found by asking it for a sum that would not fit.
    """
    size = 64
    x, weight = torch.ones(1, size), torch.ones(size, size)
    made: Tensor = torch.ops.quantized.linear_dynamic(x, _packed(weight), False)
    return bool((made - size).abs().max() > 1)
