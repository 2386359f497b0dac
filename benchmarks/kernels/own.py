"""The encoder as PyTorch can multiply its matrices, as functions that read one line."""

from __future__ import annotations

import copy
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.language.encoder import quantize
from claims.language.encoder.network import Encoder

Read = Callable[[Tensor], Tensor]
"""(1, length, hidden) of the same, the whole encoder."""

SLOW = ("none", "qnnpack")
"""Engines that are not for such a processor: the one for phones takes five times as long."""


class HalfLinear(nn.Module):  # type: ignore[misc]
    """A linear layer that multiplies in bfloat16, as training does, with its matrix kept so."""

    def __init__(self, whole: nn.Linear) -> None:
        super().__init__()
        self.weight = whole.weight.detach().bfloat16()
        self.bias = whole.bias.detach().bfloat16()

    def forward(self, x: Tensor) -> Tensor:
        """(…, out) of (…, in)."""
        return functional.linear(x.bfloat16(), self.weight, self.bias).float()


def own(encoder: Encoder) -> tuple[dict[str, Read], list[str]]:
    """What PyTorch has, and the names of what this processor or build has not."""
    found = {"PyTorch, single precision": _reading(encoder)}
    missing = []
    if torch.ops.mkldnn._is_mkldnn_bf16_supported():
        found["PyTorch, bfloat16"] = _reading(_in_half(encoder))
    else:
        missing.append("PyTorch, bfloat16: not on this processor")
    usual = torch.backends.quantized.engine
    for engine in torch.backends.quantized.supported_engines:
        if engine not in SLOW:
            found[f"PyTorch, 8 bits, {engine}"] = _reading(_in_bits(encoder, engine))
    found["what reads"] = _reading(_in_bits(encoder, usual))
    return found, missing


def _reading(encoder: Encoder) -> Read:
    def read(words: Tensor) -> Tensor:
        made: Tensor = encoder(words, torch.tensor([words.shape[1]]))
        return made

    return read


def _in_bits(encoder: Encoder, engine: str) -> Encoder:
    """In 8 bits, packed for an engine; whether that one overflows is asked anew."""
    usual = torch.backends.quantized.engine
    torch.backends.quantized.engine = engine
    quantize._overflows.cache_clear()
    try:
        return quantize.quantize(copy.deepcopy(encoder))
    finally:
        torch.backends.quantized.engine = usual
        quantize._overflows.cache_clear()


def _in_half(encoder: Encoder) -> Encoder:
    half = copy.deepcopy(encoder)
    for layer in half.layers:
        for name in quantize.KEPT_COLUMNS:
            setattr(layer, name, HalfLinear(getattr(layer, name)))
    return half
