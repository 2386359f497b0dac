"""The large judge's network: the encoder of the packages, and what was learned beside it."""

from __future__ import annotations

import json
from contextlib import closing
from functools import cache
from pathlib import Path

import torch
from torch import Tensor, nn

from claims import startup
from claims.config.yaml_file import load
from claims.contradictions.judges.learned.large.adapters import add_to, unpacked
from claims.contradictions.judges.learned.large.base import LargeFiles
from claims.contradictions.judges.learned.large.encoder import read_large_encoder
from claims.contradictions.judges.learned.network import PairNetwork
from claims.contradictions.judges.learned.network_calibration import LargeCalibration
from claims.contradictions.judges.learned.reader import PairReader
from claims.errors import ModelError
from claims.language.encoder.network import Layer, Unfilled
from claims.language.encoder.quantize import Kept, QuantizedLayer, has_kernels
from claims.language.encoder.stored_weights import read_weights
from claims.language.encoder.weights import CALIBRATION
from claims.language.pipelines import verify

SHAPES = "shapes"
"""In the metadata of the weights: the shape of each tensor by its name."""

_OUTLIERS = (461, 555, 568, 756)
"""Where what goes into the matrices is up to sixty times as large as elsewhere, in every layer; in
8 bits nothing would be left of the rest."""

_KEPT: Kept = {"joint": _OUTLIERS, "out": 0, "up": _OUTLIERS, "down": 4}


@cache
def read_large(folder: Path) -> tuple[PairReader, LargeCalibration]:
    """The network of a folder, ready to read, and how sure it may be; loaded once a process, from
    files only.

    Raises ModelError where the packages of its encoder are not installed, or where weights are
    missing, altered or do not fit.
    """
    verify(folder)
    # So little is multiplied at a time that a second thread costs more than it gives.
    torch.set_num_threads(1)
    calibration = load(folder / CALIBRATION, LargeCalibration)
    try:
        learned = _learned(folder)

        def done(number: int, layer: Layer) -> nn.Module:
            add_to(layer, number, learned)
            startup.give_back()  # what the layers before it took, of which nothing is needed
            return QuantizedLayer(layer, _KEPT) if has_kernels() else layer

        with closing(LargeFiles()) as files:
            base, encoder = read_large_encoder(files, done)
        with Unfilled():
            network = PairNetwork(encoder, base.sizes.hidden)
        head = {name: one for name, one in learned.items() if not name.startswith("encoder.")}
        network.load_state_dict(head, strict=False, assign=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        raise ModelError(f"{folder}: the weights do not load: {reason}") from error
    startup.give_back()
    network.eval()
    return PairReader(network, base, base.pieces), calibration


def _learned(folder: Path) -> dict[str, Tensor]:
    """What lies in the folder; the file itself tells the shapes."""
    stored = read_weights(folder)
    shapes = {name: torch.Size(one) for name, one in json.loads(stored.told[SHAPES]).items()}
    return unpacked(stored.tensors, shapes)
