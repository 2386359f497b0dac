"""How sure the large judge may be, and what it is asked about: fitted on news that was kept out."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.learned_judge import BUNDLED
from claims.contradictions.judges.learned.network import PairNetwork
from claims.contradictions.judges.learned.network_calibration import LargeCalibration
from claims.contradictions.judges.learned.probabilities import read_small
from claims.contradictions.judges.learned.reader import log_odds
from training.half_precision import half_precision
from training.judge.fitting import Reading, logits
from training.judge.pairs import LabelledPair
from training.regression import logistic

_AT_ONCE = 16


def first_odds(pairs: Sequence[LabelledPair]) -> Tensor:
    """(pairs,): the calibrated log odds of the bundled small network."""
    reader, calibration = read_small(BUNDLED)
    made = []
    with torch.inference_mode():
        for start in range(0, len(pairs), _AT_ONCE):
            part = pairs[start : start + _AT_ONCE]
            facts = torch.tensor([pair.facts for pair in part])
            sides = [(reader.pieces(pair.left), reader.pieces(pair.right)) for pair in part]
            scores = reader.network.each(reader.vectors, sides, facts)
            made.append(calibration.odds(log_odds(scores), facts))
    return torch.cat(made)


def asked_from(asked: Sequence[LabelledPair], wanted: int) -> float:
    """The probability to the small network from which on ``wanted`` pairs remain of those that the
    program asks about."""
    probabilities = torch.sigmoid(first_odds(asked)).sort(descending=True).values
    return round(float(probabilities[min(wanted, len(probabilities) - 1)]), 3)


def calibrated_large(
    network: PairNetwork,
    reading: Reading,
    judged: Sequence[LabelledPair],
    language: str,
    least_asked: float,
) -> LargeCalibration:
    """The regression that fits best what readers said of pairs one by one, with a little weight
    decay, by Newton's method."""
    with half_precision():
        z = log_odds(logits(network, reading, judged)).double()
    first = first_odds(judged).double()
    within = torch.tensor([pair.facts[0] for pair in judged], dtype=torch.float64)
    truth = torch.tensor([pair.label is PairLabel.CONTRADICT for pair in judged]).double()
    inputs = torch.stack([torch.ones_like(z), z, within, first], 1)
    decay = torch.ones(inputs.shape[1], dtype=torch.float64)
    weights = logistic(inputs, truth, decay, torch.ones_like(z)).tolist()
    constant, slope, inside, of_first = (round(value, 4) for value in weights)
    return LargeCalibration(
        constant=constant,
        slope=slope,
        within=inside,
        first=of_first,
        languages=frozenset({language}),
        asked_from=least_asked,
    )
