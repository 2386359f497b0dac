"""How sure the judge may be: a logistic regression on articles that it did not learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch

from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.learned_judge import NetworkCalibration, log_odds
from claims.contradictions.judges.learned.network import PairNetwork
from training.judge.fitting import LABELS, Reading, logits
from training.judge.pairs import LabelledPair, language_of
from training.regression import logistic

NEWS = ("told", "told_agree", "untold", "untold_across")
"""The sources that are as the judge finds news: what contradicts is rare in them."""

_SHOWN = (0.3, 0.5, 0.7, 0.9)

Apart = Mapping[str, Sequence[LabelledPair]]
"""The pairs of each source that were kept out of training."""


def calibrated(network: PairNetwork, reading: Reading, apart: Apart) -> NetworkCalibration:
    """The regression that fits best, with a little weight decay, by Newton's method."""
    pairs = [pair for name in NEWS for pair in apart[name]]
    within = torch.tensor([pair.facts[0] for pair in pairs], dtype=torch.float64)
    z = log_odds(logits(network, reading, pairs)).double()
    inputs = torch.stack([torch.ones_like(z), z, within], 1)
    truth = torch.tensor([pair.label is PairLabel.CONTRADICT for pair in pairs]).double()
    weights = logistic(inputs, truth, torch.ones(inputs.shape[1], dtype=torch.float64))
    constant, slope_of, inside = (round(float(value), 4) for value in weights)
    return NetworkCalibration(constant=constant, slope=slope_of, within=inside)


def figures(
    network: PairNetwork, reading: Reading, apart: Apart, calibration: NetworkCalibration
) -> dict[str, object]:
    """What the judge gets right of what was kept out: the share of labels of written pairs by
    language, and of news how many are shown from each probability on and how many of these are
    told."""
    written = apart["written"]
    right: dict[str, list[bool]] = {}
    for pair, row in zip(
        written, logits(network, reading, written).argmax(1).tolist(), strict=True
    ):
        right.setdefault(language_of(pair), []).append(LABELS[row] is pair.label)
    news = [pair for name in NEWS for pair in apart[name]]
    z = log_odds(logits(network, reading, news))
    inside = torch.tensor([pair.facts[0] for pair in news])
    chance = torch.sigmoid(
        calibration.constant + calibration.slope * z + calibration.within * inside
    )
    true = torch.tensor([pair.label is PairLabel.CONTRADICT for pair in news])
    shown = {
        str(at): [int((chance >= at).sum()), int(((chance >= at) & true).sum())] for at in _SHOWN
    }
    return {
        "written": {name: [len(own), round(sum(own) / len(own), 3)] for name, own in right.items()},
        "news": {"pairs": len(news), "told": int(true.sum()), "shown_and_told": shown},
    }
