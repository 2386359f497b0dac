"""MPNet's encoder: BERT's layers, and a learned word for how far apart two pieces stand.

Song and others, 2020, "MPNet: Masked and Permuted Pre-training for Language Understanding"; the
distances as in T5 (Raffel and others, 2020).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor, nn

from claims.contradictions.judges.learned.large.base import LargeBase, LargeFiles
from claims.language.encoder.network import Encoder, Layer, Unfilled
from claims.language.encoder.packed import Sizes

DROPOUT = 0.1
"""While it learns."""

BUCKETS = 32
"""How many distances are told apart, half of them to either side."""

_EXACT, _FARTHEST = 8, 128
"""Distances below the first have a bucket each; from the second on all are in the last."""


class DistanceEncoder(Encoder):
    """An encoder whose attention also sees how far apart two pieces stand."""

    def __init__(
        self, hidden: int, layers: int, heads: int, inner: int, positions: int, epsilon: float
    ) -> None:
        super().__init__(hidden, layers, heads, inner, positions, epsilon)
        self.distances = nn.Parameter(torch.zeros(BUCKETS, heads), requires_grad=False)

    def forward(self, words: Tensor, lengths: Tensor) -> Tensor:
        """As `Encoder.forward`."""
        length = words.shape[1]
        mask = self._bias(length)
        if int(lengths.min()) < length:
            beyond = torch.arange(length)[None] >= lengths[:, None]
            mask = mask.masked_fill(beyond[:, None, None], float("-inf"))
        x = self.norm(words + self.positions[:length])
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def each(self, texts: Sequence[Tensor]) -> list[Tensor]:
        """As `Encoder.each`."""
        made = [self.norm(words + self.positions[: words.shape[1]]) for words in texts]
        masks = {x.shape[1]: self._bias(x.shape[1]) for x in made}
        for layer in self.layers:
            made = [layer(x, masks[x.shape[1]]) for x in made]
        return made

    def _bias(self, length: int) -> Tensor:
        """(1, heads, length, length): what is added to what a piece sees of another."""
        places = torch.arange(length)
        return self.distances[buckets(places[None] - places[:, None])].permute(2, 0, 1)[None]


def buckets(away: Tensor) -> Tensor:
    """The bucket of each distance in pieces, which is positive where the other stands after."""
    half = BUCKETS // 2
    far = away.abs()
    share = torch.log(far.clamp(min=1) / _EXACT) / math.log(_FARTHEST / _EXACT)
    beyond = (_EXACT + (share * (half - _EXACT)).long()).clamp(max=half - 1)
    return torch.where(far < _EXACT, far, beyond) + half * (away > 0)


def read_large_encoder(
    files: LargeFiles, layer_done: Callable[[int, Layer], nn.Module] = lambda _, layer: layer
) -> tuple[LargeBase, DistanceEncoder]:
    """The encoder with the weights of the packages, and what its pieces are read by.

    ``layer_done`` gets each layer as soon as its weights are there, by its number from 0, and gives
    what stands for it from then on: so all of them are never in memory in single precision.
    Raises ModelError where the packages have something else.
    """
    sizes = files.sizes()
    with Unfilled():
        encoder = DistanceEncoder(
            sizes.hidden, 0, sizes.heads, sizes.inner, sizes.positions, sizes.epsilon
        )
    encoder.layers = nn.ModuleList(nn.Identity() for _ in range(sizes.layers))
    words = torch.zeros(0)
    open_layers: dict[int, dict[str, Tensor]] = defaultdict(dict)
    for name, tensor in files.tensors():
        if name == _WORDS:
            words = tensor.half()
        elif name == _POSITIONS:
            encoder.positions.data = tensor[files.first_position :].clone()
        elif found := _OF_A_LAYER.fullmatch(name):
            number, own = int(found[1]), open_layers[int(found[1])]
            own[found[2]] = tensor
            if len(own) == _TENSORS:
                layer = _layer(sizes, open_layers.pop(number))
                encoder.layers[number] = layer_done(number, layer)
        elif name in _OTHERS:
            encoder.get_parameter(_OTHERS[name]).data = tensor
    return LargeBase(sizes, files.tokenizer(), words), encoder


_WORDS = "embeddings.word_embeddings.weight"
_POSITIONS = "embeddings.position_embeddings.weight"
_OTHERS = {
    "embeddings.LayerNorm.weight": "norm.weight",
    "embeddings.LayerNorm.bias": "norm.bias",
    "encoder.relative_attention_bias.weight": "distances",
}
_OF_A_LAYER = re.compile(r"encoder\.layer\.(\d+)\.(.+)")
_JOINT = ("attention.attn.q", "attention.attn.k", "attention.attn.v")
_IN_A_LAYER = {
    "out": "attention.attn.o",
    "first_norm": "attention.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "second_norm": "output.LayerNorm",
}
_TENSORS = 2 * (len(_JOINT) + len(_IN_A_LAYER))


def _layer(sizes: Sizes, tensors: Mapping[str, Tensor]) -> Layer:
    with Unfilled():
        layer = Layer(sizes.hidden, sizes.inner, sizes.heads, sizes.epsilon, DROPOUT)
    state: dict[str, Tensor] = {}
    for kind in ("weight", "bias"):
        state[f"joint.{kind}"] = torch.cat([tensors[f"{name}.{kind}"] for name in _JOINT])
        for own, there in _IN_A_LAYER.items():
            state[f"{own}.{kind}"] = tensors[f"{there}.{kind}"]
    layer.load_state_dict(state, assign=True)
    return layer
