"""Some of the encoder's matrices in 8 bits, which a CPU multiplies faster."""

from __future__ import annotations

import warnings

import torch
from torch import nn

from claims.language.encoder.network import Encoder

LIGHT = ("joint", "out", "up")
"""Of a layer's matrices those that lose nothing measurable. Into the fourth, `down`, go a few
values so large that 8 bits leave nothing of the rest."""


def lightened(encoder: Encoder) -> Encoder:
    """The encoder with ``LIGHT`` matrices in 8 bits, each row of weights with its own scale.

    What goes in is rounded to 8 bits by the greatest value of the line that is read. Where the
    build of PyTorch has no 8-bit kernels the encoder comes back as it is.
    """
    if torch.backends.quantized.engine == "none":
        return encoder
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch.ao moves to a package of its own; torch is pinned
        from torch.ao.quantization import per_channel_dynamic_qconfig, quantize_dynamic

        for layer in encoder.layers:
            for name in LIGHT:
                whole = nn.Sequential(getattr(layer, name))
                quantize_dynamic(whole, {nn.Linear: per_channel_dynamic_qconfig}, inplace=True)
                setattr(layer, name, whole[0])
    return encoder
