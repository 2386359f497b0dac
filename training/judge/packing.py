"""The folder of weights that is bundled: differences in 4 bits, the calibration, checksums."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import yaml

from claims.contradictions.candidate_scorer import WEIGHTS as CANDIDATES
from claims.contradictions.judges.learned.large.adapters import packed
from claims.contradictions.judges.learned.large.reader import SHAPES
from claims.contradictions.judges.learned.network import PairNetwork
from claims.contradictions.judges.learned.network_calibration import (
    LargeCalibration,
    NetworkCalibration,
)
from claims.language.encoder.network import from_base
from claims.language.encoder.packed import Base
from claims.language.encoder.stored_weights import SMALLER, write_smaller
from claims.language.encoder.weight_delta import pack
from claims.language.encoder.weights import CALIBRATION
from training.checksums import write_checksums


def write_judge(
    network: PairNetwork,
    base: Base,
    calibration: NetworkCalibration,
    folder: Path,
) -> Path:
    """Write weights, calibration, the bundled choice of candidates and ``SHA256SUMS`` to a folder;
    gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    before = PairNetwork(from_base(base).encoder, base.sizes.hidden).state_dict()
    encoder = {name: tensor for name, tensor in before.items() if name.startswith("encoder.")}
    differences = pack(network.state_dict(), encoder)
    write_smaller(differences, folder)
    rows = yaml.safe_dump(calibration.model_dump(), sort_keys=False)
    text = f"# Fitted by `python -m training.judge`.\n{rows}"
    (folder / CALIBRATION).write_text(text, "utf-8")
    shutil.copy(CANDIDATES, folder)  # which is learned afterwards: `training.judge.candidates`
    write_checksums(folder, (SMALLER, CALIBRATION, CANDIDATES.name))
    return folder


def write_large(network: PairNetwork, calibration: LargeCalibration, folder: Path) -> Path:
    """Write what was learned beside the encoder, the head, the calibration and ``SHA256SUMS`` to a
    folder; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    learned = {
        name: parameter.detach()
        for name, parameter in network.named_parameters()
        if parameter.requires_grad
    }
    shapes = {name: list(one.shape) for name, one in learned.items()}
    write_smaller(packed(learned), folder, {SHAPES: json.dumps(shapes)})
    rows = yaml.safe_dump(calibration.model_dump(mode="json"), sort_keys=False)
    text = f"# Fitted by `python -m training.judge.large`.\n{rows}"
    (folder / CALIBRATION).write_text(text, "utf-8")
    write_checksums(folder, (SMALLER, CALIBRATION))
    return folder
