"""What a trained network makes of texts, kept on disk for a smaller one that learns to do the same.

For each piece the vectors after two of its layers lie in files of float16, in the order of the
examples: after one in the middle and after the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from claims.language.encoder.network import Encoder
from claims.language.encoder.subwords import FIRST, LAST
from claims.language.encoder.weights import base_weights, reader
from training.encoder.examples import Example

NAMES = ("middle.f16", "last.f16")


@dataclass
class Taught(Example):
    """An example with the place of its first vector; ``told`` where a reader annotated it."""

    at: int = 0
    told: bool = True


def taught(examples: Sequence[tuple[Example, bool]]) -> list[Taught]:
    """Examples, each with whether it is annotated, in the order in which their vectors lie."""
    made: list[Taught] = []
    at = 0
    for example, told in examples:
        made.append(
            Taught(example.numbers, example.places, example.relations, example.marks, at, told)
        )
        at += len(example.numbers) + 2
    return made


def vectors_after(
    encoder: Encoder, words: Tensor, lengths: Tensor, middle: int
) -> tuple[Tensor, Tensor]:
    """(batch, length, hidden) each: the vectors after layer ``middle`` (from 1), and the last."""
    kept: list[Tensor] = []
    layer = encoder.layers[middle - 1]
    handle = layer.register_forward_hook(lambda _module, _given, made: kept.append(made))
    try:
        last = encoder(words, lengths)
    finally:
        handle.remove()
    return kept[0], last


def write_vectors(
    teacher: Path, examples: Sequence[Taught], middle: int, folder: Path, workers: int
) -> None:
    """Write the vectors that the network of the folder ``teacher`` has for all examples, those of a
    text with its marks of both ends, by so many processes."""
    hidden = base_weights().sizes.hidden
    pieces = sum(len(example.numbers) + 2 for example in examples)
    for name in NAMES:
        np.memmap(folder / name, dtype=np.float16, mode="w+", shape=(pieces, hidden)).flush()
    parts = [list(examples[at::workers]) for at in range(workers)]
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for done in [pool.submit(_fill, teacher, part, middle, folder) for part in parts]:
            done.result()


def _fill(teacher: Path, examples: list[Taught], middle: int, folder: Path) -> None:
    base, reading = base_weights(), reader(teacher)
    whole = [np.memmap(folder / name, dtype=np.float16, mode="r+") for name in NAMES]
    files = [each.reshape(-1, base.sizes.hidden) for each in whole]
    with torch.inference_mode():
        for example in examples:
            numbers = np.array([[FIRST, *example.numbers, LAST]])
            words, size = torch.from_numpy(base.rows(numbers)), numbers.shape[1]
            both = vectors_after(reading.network.encoder, words, torch.tensor([size]), middle)
            for file, made in zip(files, both, strict=True):
                file[example.at : example.at + size] = made[0].half().numpy()
    for each in whole:
        each.flush()


def read_vectors(folder: Path, hidden: int) -> list[NDArray[np.float16]]:
    """(pieces, hidden) of the middle and of the last layer, mapped from disk."""
    return [
        np.memmap(folder / name, dtype=np.float16, mode="r").reshape(-1, hidden) for name in NAMES
    ]


def padded(vectors: NDArray[np.float16], batch: Sequence[Taught], length: int) -> Tensor:
    """(batch, length, hidden) of a batch, zero in the padding."""
    made = np.zeros((len(batch), length, vectors.shape[1]), dtype=np.float32)
    for row, example in enumerate(batch):
        size = len(example.numbers) + 2
        made[row, :size] = vectors[example.at : example.at + size]
    return torch.from_numpy(made)
