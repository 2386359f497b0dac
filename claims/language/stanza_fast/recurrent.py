"""Highway LSTMs in both directions over sentences of different lengths, for reading only.

The weights are those of Stanza's ``HighwayLSTM``, and so is what comes out, but for the last bits.
Three things differ. Both directions take each step together, in one matrix product for each. What
comes into the first layer is multiplied once for each kind of row, not once for each word: most
words of an article occur in it more than once. And the hyperbolic tangent is written as
``2 * sigmoid(2x) - 1``, with the factors of two in the weights, so that all gates of a step are one
call; PyTorch's sigmoid takes a seventh of the time of its tangent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from stanza.models.common.hlstm import HighwayLSTM
from torch import Tensor
from torch.nn.functional import linear


def batches(lengths: Sequence[int], limit: int) -> Iterator[list[int]]:
    """Which sentences are read together: those of similar length, the longest first, as many as
    have ``limit`` words, and at least one. Gives places in ``lengths``."""
    batch: list[int] = []
    words = 0
    for place in sorted(range(len(lengths)), key=lambda each: -lengths[each]):
        if batch and words + lengths[place] > limit:
            yield batch
            batch, words = [], 0
        batch.append(place)
        words += lengths[place]
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class _Steps:
    """The words in the order in which they are read.

    ``sizes`` says how many sentences have a word for each step. ``rows`` has the place of each word
    in the text, step by step, read forwards and backwards: 2 by words; ``places`` is the way back.
    """

    sizes: list[int]
    rows: Tensor
    places: Tensor


def _steps(lengths: Sequence[int]) -> _Steps:
    sizes = np.asarray(lengths)
    starts = np.cumsum(sizes) - sizes
    order = np.argsort(-sizes, kind="stable")
    sizes, starts = sizes[order], starts[order]
    reading = np.count_nonzero(sizes[None] > np.arange(sizes[0])[:, None], axis=1)
    step = np.repeat(np.arange(len(reading)), reading)
    sentence = np.arange(len(step)) - np.repeat(np.cumsum(reading) - reading, reading)
    forwards = starts[sentence] + step
    backwards = starts[sentence] + sizes[sentence] - 1 - step
    rows = np.stack([forwards, backwards])
    return _Steps(
        reading.tolist(), torch.from_numpy(rows), torch.from_numpy(np.argsort(rows, axis=1))
    )


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer: for both directions what multiplies the input, then highway and its gate.

    Outputs are kept halved and cells doubled: ``tanh(cell) / 2 = sigmoid(2 * cell) - 0.5``.
    """

    inputs: Tensor
    bias: Tensor
    hidden: Tensor  # directions, hidden cells, gates
    first: tuple[Tensor, Tensor]  # half the outputs, and twice the cells, before the first word


class Highway:
    """Stands for a ``HighwayLSTM`` in both directions with ``tanh``, not trained any more.

    ``before`` are the learned outputs and cells before the first word: layers and directions by 1
    by cells.
    """

    def __init__(self, model: HighwayLSTM, before: tuple[Tensor, Tensor]) -> None:
        self._size: int = model.hidden_size
        self._layers = [
            _layer(model, at, [each[2 * at : 2 * at + 2] for each in before])
            for at in range(model.num_layers)
        ]

    def read(self, kinds: Tensor, words: Tensor, lengths: Sequence[int]) -> Tensor:
        """What the last layer says of every word: words by twice the cells.

        ``kinds`` are the different inputs, ``words`` has the row of each word in them, sentence
        after sentence, and ``lengths`` says how many words each sentence has, none of them 0.
        """
        steps = _steps(lengths)
        rows = words[steps.rows]
        read = kinds
        for layer in self._layers:
            read = self._through(layer, read, words, rows, steps)
            rows, words = steps.rows, torch.arange(len(words))
        return read

    def _through(
        self, layer: _Layer, read: Tensor, words: Tensor, rows: Tensor, steps: _Steps
    ) -> Tensor:
        size = self._size
        given = linear(read, layer.inputs, layer.bias)
        gates = given.new_empty(2, rows.size(1), 4 * size)
        for way in (0, 1):
            columns = given[:, way * 4 * size : (way + 1) * 4 * size]
            torch.index_select(columns, 0, rows[way], out=gates[way])
        found = given.new_empty(2, rows.size(1), size)
        out, cells = (each.expand(2, steps.sizes[0], size) for each in layer.first)
        at = 0
        for reading in steps.sizes:
            step = gates[:, at : at + reading].baddbmm_(out[:, :reading], layer.hidden).sigmoid_()
            take, keep, new, show = step.chunk(4, 2)
            cells = torch.mul(cells[:, :reading], keep).addcmul_(take, new.sub_(0.5), value=4)
            out = found[:, at : at + reading]
            torch.sigmoid(cells, out=out).sub_(0.5).mul_(show)
            at += reading
        half = torch.cat([found[way].index_select(0, steps.places[way]) for way in (0, 1)], 1)
        carried = _carried(given[:, 8 * size :])
        return torch.add(carried[words], half, alpha=2)


def _carried(given: Tensor) -> Tensor:
    """What goes past the LSTM: the input, transformed, as far as a gate lets it."""
    passing, gate = given.chunk(2, 1)
    return torch.tanh(passing).mul_(torch.sigmoid(gate))


def _layer(model: HighwayLSTM, at: int, first: Sequence[Tensor]) -> _Layer:
    lstm: Any = model.lstm[at].lstm
    twice = torch.ones(4, model.hidden_size, 1)
    twice[2] = 2  # PyTorch's order: what is taken in, what is kept, the new, what is shown
    twice = twice.flatten(0, 1)
    ways = ("", "_reverse")
    inputs = [getattr(lstm, f"weight_ih_l0{way}") * twice for way in ways]
    biases = [
        (getattr(lstm, f"bias_ih_l0{way}") + getattr(lstm, f"bias_hh_l0{way}")) * twice[:, 0]
        for way in ways
    ]
    hidden = [(2 * getattr(lstm, f"weight_hh_l0{way}") * twice).t() for way in ways]
    highway, gate = model.highway[at], model.gate[at]
    return _Layer(
        torch.cat([*inputs, highway.weight, gate.weight]).detach(),
        torch.cat([*biases, highway.bias, gate.bias]).detach(),
        torch.stack(hidden).detach(),
        (first[0].detach() / 2, first[1].detach() * 2),
    )
