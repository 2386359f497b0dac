"""The folder of weights that is bundled, written and read: differences in 4 bits, checksums."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml
from safetensors.torch import load_file, save_file

from claims.language.encoder.calibration import Calibration
from claims.language.encoder.network import Network, from_base
from claims.language.encoder.packed import Base
from claims.language.encoder.stored_weights import WEIGHTS
from claims.language.encoder.weight_delta import pack, unpack
from claims.language.encoder.weights import CALIBRATION, LAYERS
from training.checksums import write_checksums


def write_weights(
    network: Network,
    base: Base,
    calibration: Calibration,
    folder: Path,
    layers: Sequence[int] | None = None,
) -> Path:
    """Write weights, calibration and ``SHA256SUMS`` to a folder; gives the folder.

    ``layers`` are those of ``base`` that the network began with, counted from 0, where it has not
    all of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = {
        name: tensor
        for name, tensor in from_base(base, layers).state_dict().items()
        if name.startswith("encoder.")
    }
    packed = pack(network.state_dict(), before)
    whole = {name: tensor.contiguous() for name, tensor in packed.items()}
    told = None if layers is None else {LAYERS: " ".join(map(str, layers))}
    save_file(whole, folder / WEIGHTS, told)
    heading = (
        "# Fitted by `python -m training.encoder`; see claims/language/encoder/calibration.py.\n"
    )
    (folder / CALIBRATION).write_text(
        heading + yaml.safe_dump(calibration.model_dump(), sort_keys=False), encoding="utf-8"
    )
    write_checksums(folder, [WEIGHTS, CALIBRATION])
    return folder


def read_weights(network: Network, folder: Path) -> None:
    """Take the weights of a folder; heads that it lacks stay as they are."""
    before = network.state_dict()
    weights = unpack(load_file(folder / WEIGHTS), before)
    network.load_state_dict({name: weights[name] for name in before})
