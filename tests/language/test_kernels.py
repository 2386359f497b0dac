"""The encoder's layers in 8 bits, and what is said of the kernels that multiply them."""

from __future__ import annotations

import copy
from types import SimpleNamespace

import pytest
import torch
from torch.nn import functional

from claims.cli import doctor
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


@pytest.mark.parametrize(
    ("engine", "has", "said"),
    [
        ("x86", ("avx2", "avx512_f", "avx512_vnni"), "8 bits, fbgemm, AVX-512 VNNI"),
        ("onednn", ("avx2", "avx512_f"), "8 bits, onednn, AVX-512"),
        ("fbgemm", ("avx2",), "8 bits, fbgemm, AVX2"),
        ("qnnpack", (), "8 bits, qnnpack, DEFAULT"),
        ("none", ("avx2",), "single precision, AVX2"),
    ],
)
def test_the_kernels_are_named(
    monkeypatch: pytest.MonkeyPatch, engine: str, has: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr(torch.backends, "quantized", SimpleNamespace(engine=engine))
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: dict.fromkeys(has, True))
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: "DEFAULT")
    monkeypatch.setattr(quantize, "_overflows", lambda: False)
    assert quantize.kernels() == said
    monkeypatch.setattr(quantize, "_overflows", lambda: True)
    assert quantize.kernels() == said.replace("8 bits", "8 bits, what goes in has 7")


def test_doctor_says_which_kernels_read() -> None:
    assert doctor._encoder(None).endswith(f"checksums right; {quantize.kernels()}")
