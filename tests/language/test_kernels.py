"""The encoder's layers in 8 bits."""

from __future__ import annotations

import copy

import pytest
import torch
from torch.nn import functional

from claims.language.encoder import quantize
from claims.language.encoder.network import Encoder


@pytest.fixture
def encoder() -> Encoder:
    torch.manual_seed(0)
    made: Encoder = Encoder(64, 2, 4, 256, 32, 1e-5).requires_grad_(False)
    for layer in made.layers:
        layer.down.weight[:, 9] *= 10
    made.eval()
    return made


def test_layers_in_8_bits_give_what_the_whole_ones_give(encoder: Encoder) -> None:
    light = quantize.quantize(copy.deepcopy(encoder))
    words, lengths = torch.randn(2, 20, 64), torch.tensor([20, 13])
    before = words.clone()
    whole, rounded = encoder(words, lengths), light(words, lengths)
    assert torch.equal(words, before)
    assert torch.equal(rounded, light(words, lengths))
    for row, length in enumerate(lengths.tolist()):
        alike = functional.cosine_similarity(whole[row, :length], rounded[row, :length], dim=-1)
        assert float(alike.min()) > 0.999


def test_the_column_apart_is_added_to_the_last_digit() -> None:
    torch.manual_seed(0)
    whole = torch.nn.Linear(64, 32).requires_grad_(False)
    light = quantize.QuantizedLinear(whole, 1)
    ((place, column),) = light.kept
    x = torch.randn(1, 9, 64)
    apart = x[..., [place]] @ column[None]
    rest = x.clone()
    rest[..., place] = 0
    assert torch.equal(light(x.clone()), light(rest) + apart)
