"""How sure the large judge may be: fitted on news that was kept out."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.network import PairNetwork
from claims.contradictions.judges.learned.network_calibration import LargeCalibration
from claims.contradictions.judges.learned.reader import log_odds
from training.half_precision import half_precision
from training.judge.fitting import Reading, logits
from training.judge.pairs import LabelledPair
from training.regression import logistic


def calibrated_large(
    network: PairNetwork,
    reading: Reading,
    judged: Sequence[LabelledPair],
    language: str,
) -> LargeCalibration:
    """The regression that fits best what readers said of pairs one by one, with a little weight
    decay, by Newton's method."""
    with half_precision():
        z = log_odds(logits(network, reading, judged)).double()
    within = torch.tensor([pair.facts[0] for pair in judged], dtype=torch.float64)
    truth = torch.tensor([pair.label is PairLabel.CONTRADICT for pair in judged]).double()
    inputs = torch.stack([torch.ones_like(z), z, within], 1)
    decay = torch.ones(inputs.shape[1], dtype=torch.float64)
    weights = logistic(inputs, truth, decay, torch.ones_like(z)).tolist()
    constant, slope, inside = (round(value, 4) for value in weights)
    return LargeCalibration(
        constant=constant,
        slope=slope,
        within=inside,
        languages=frozenset({language}),
    )
