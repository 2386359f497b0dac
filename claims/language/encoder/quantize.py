"""The encoder's matrices in 8 bits, which a CPU multiplies faster.

A few values that go into ``down`` are ten times as large as all others, in each layer at one and
the same place: its column is the longest of the matrix. Rounded together with it, 8 bits would
leave nothing of the rest. So that column is multiplied as it is, and the rest in 8 bits (Dettmers
et al. 2022, with a place that is known beforehand).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import torch
from torch import Tensor, nn

from claims.language.encoder.network import Encoder, Layer, attended

KEPT_COLUMNS = {"joint": 0, "out": 0, "up": 0, "down": 1}
"""A layer's matrices, each with the number of its columns that stay as they are: the longest."""

Kept = Mapping[str, int | Sequence[int]]
"""For each matrix how many of its columns stay as they are, or which."""

LEVELS = 127

_INSTRUCTIONS = {"avx512_vnni": "AVX-512 VNNI", "avx512_f": "AVX-512", "avx2": "AVX2"}

_multiply = torch.ops.quantized.linear_dynamic.default


class QuantizedLinear:
    """Stands for a linear layer that is not trained any more; each row has its own scale.

    What goes in is rounded by the greatest value of the line that is read.
    ``apart`` are the columns that stay as they are, or how many of the longest do.
    """

    def __init__(self, whole: nn.Linear, apart: int | Sequence[int]) -> None:
        weight = whole.weight.detach().clone()
        places = (
            weight.norm(dim=0).topk(apart).indices.tolist()
            if isinstance(apart, int)
            else list(apart)
        )
        self.kept = [(place, weight[:, place].clone()) for place in places]
        weight[:, places] = 0
        self.packed = _packed(weight, whole.bias.detach())
        self.reduced = _overflows()

    def __call__(self, x: Tensor) -> Tensor:
        """(…, out) of (…, in)."""
        values = []
        for place, _ in self.kept:
            there = x.select(-1, place)
            values.append(there.clone())
            there.zero_()
        made: Tensor = _multiply(x, self.packed, self.reduced)
        for value, (place, column) in zip(values, self.kept, strict=True):
            made += value[..., None] * column
            x.select(-1, place).copy_(value)
        return made


class QuantizedLayer(nn.Module):  # type: ignore[misc]
    """Stands for a layer of the encoder that is not trained any more.

    It takes the steps of `Layer`, to the last digit, in fewer calls, and writes over what nobody
    reads again: where a line is short, calls and memory are a good part of the time.
    """

    def __init__(self, layer: Layer, kept: Kept = KEPT_COLUMNS) -> None:
        super().__init__()
        self.heads = layer.heads
        self.joint, self.out, self.up, self.down = (
            QuantizedLinear(getattr(layer, name), apart) for name, apart in kept.items()
        )
        self.first_norm, self.second_norm = _fixed(layer.first_norm), _fixed(layer.second_norm)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """As `Layer.forward`."""
        seen = self.out(attended(self.joint(x), self.heads, mask))
        x = self.first_norm(seen.add_(x))
        inner = self.down(torch.ops.aten.gelu_.default(self.up(x)))
        return self.second_norm(inner.add_(x))


def quantize(encoder: Encoder) -> Encoder:
    """The encoder with the matrices of ``KEPT_COLUMNS`` in 8 bits.

    Where the build of PyTorch has no 8-bit kernels the encoder comes back as it is.
    """
    if has_kernels():
        for number in range(len(encoder.layers)):  # each is let go of before the next
            encoder.layers[number] = QuantizedLayer(encoder.layers[number])
    return encoder


def has_kernels() -> bool:
    """Whether this build of PyTorch multiplies in 8 bits."""
    return bool(torch.backends.quantized.engine != "none")


def kernels() -> str:
    """What multiplies the matrices: bits, PyTorch's engine, and the processor's instructions."""
    engine, has = torch.backends.quantized.engine, torch.cpu.get_capabilities()
    usual = torch.backends.cpu.get_cpu_capability()
    instructions = next((said for key, said in _INSTRUCTIONS.items() if has.get(key)), usual)
    if engine == "none":
        return f"single precision, {instructions}"
    # What PyTorch calls x86 takes fbgemm for linear layers; another kernel for convolutions alone.
    name = "fbgemm" if engine == "x86" else engine
    seven = ", what goes in has 7" if _overflows() else ""
    return f"8 bits{seven}, {name}, {instructions}"


def _fixed(norm: nn.LayerNorm) -> Callable[[Tensor], Tensor]:
    """The norm as a function, which is called faster than a module."""
    shape, epsilon = norm.normalized_shape, norm.eps
    weight, bias = norm.weight.detach(), norm.bias.detach()
    return lambda x: torch.layer_norm(x, shape, weight, bias, epsilon)


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
    made: Tensor = _multiply(x, _packed(weight), False)
    return bool((made - size).abs().max() > 1)
