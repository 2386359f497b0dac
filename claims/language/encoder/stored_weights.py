"""The file of a folder's weights: safetensors, which cannot carry code, as it is or in gzip."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

WEIGHTS = "network.safetensors"
SMALLER = "network.safetensors.gz"
"""The same in gzip: an eighth less of what is in 4 bits, for some 50 ms when it is read."""

_HEADING = 8
"""Bytes of a safetensors file that say how long the list of its tensors is."""


@dataclass(frozen=True)
class StoredWeights:
    """The tensors of a file by their names, and what else is told there."""

    tensors: dict[str, Tensor]
    told: dict[str, str]


def read_weights(folder: Path) -> StoredWeights:
    """What lies in a folder, in ``SMALLER`` or ``WEIGHTS``; raises OSError, ValueError and what
    safetensors raises."""
    from safetensors.torch import load

    smaller = folder / SMALLER
    if smaller.is_file():
        data = gzip.decompress(smaller.read_bytes())
    else:
        data = (folder / WEIGHTS).read_bytes()
    return StoredWeights(load(data), told_in(data))


def told_in(data: bytes) -> dict[str, str]:
    """What the bytes of a safetensors file tell beside its tensors; raises ValueError."""
    end = _HEADING + int.from_bytes(data[:_HEADING], "little")
    told: dict[str, str] = json.loads(data[_HEADING:end]).get("__metadata__", {})
    return told


def write_smaller(
    tensors: Mapping[str, Tensor], folder: Path, told: Mapping[str, str] | None = None
) -> None:
    """Write ``SMALLER``; of the same tensors it has the same bytes."""
    from safetensors.torch import save

    whole = {name: tensor.contiguous() for name, tensor in tensors.items()}
    data = save(whole, dict(told) if told else None)
    (folder / SMALLER).write_bytes(gzip.compress(data, mtime=0))
