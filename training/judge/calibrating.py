"""How sure the judge may be: a logistic regression on articles that it did not learn from."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.network import PairNetwork
from claims.contradictions.judges.learned.network_calibration import NetworkCalibration
from claims.contradictions.judges.learned.reader import log_odds
from training.half_precision import half_precision
from training.judge.fitting import LABELS, Reading, logits
from training.judge.pairs import LabelledPair, language_of
from training.regression import logistic

NEWS = (
    *("asked", "asked_told", "asked_world", "asked_told_world"),
    *("asked_ur", "asked_told_ur"),
)
"""What the judge is asked about in news: what contradicts is rare in them."""

_MOST = 2000

_SHOWN = (0.3, 0.5, 0.7, 0.9)

Apart = Mapping[str, Sequence[LabelledPair]]
"""The pairs of each source that were kept out of training."""


def read_apart(
    network: PairNetwork, reading: Reading, apart: Apart, seed: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Of the pairs of news that were kept out: the log odds of a contradiction, whether they are of
    one article, whether they contradict, and for how many each stands (pairs,). Of a source with
    more than ``_MOST`` pairs so many are drawn, which stand for all."""
    chance = random.Random(seed)
    pairs: list[LabelledPair] = []
    counts: list[float] = []
    for name in NEWS:
        own = apart[name]
        drawn = chance.sample(list(own), _MOST) if len(own) > _MOST else own
        pairs += drawn
        counts += [len(own) / max(1, len(drawn))] * len(drawn)
    within = torch.tensor([pair.facts[0] for pair in pairs], dtype=torch.float64)
    with half_precision():
        odds = log_odds(logits(network, reading, pairs)).double()
    truth = torch.tensor([pair.label is PairLabel.CONTRADICT for pair in pairs])
    return odds, within, truth, torch.tensor(counts, dtype=torch.float64)


def calibrated(odds: Tensor, within: Tensor, truth: Tensor, counts: Tensor) -> NetworkCalibration:
    """The regression that fits best, with a little weight decay, by Newton's method."""
    inputs = torch.stack([torch.ones_like(odds), odds, within], 1)
    decay = torch.ones(inputs.shape[1], dtype=torch.float64)
    weights = logistic(inputs, truth.double(), decay, counts)
    constant, slope_of, inside = (round(float(value), 4) for value in weights)
    return NetworkCalibration(constant=constant, slope=slope_of, within=inside)


def figures(
    network: PairNetwork,
    reading: Reading,
    apart: Apart,
    calibration: NetworkCalibration,
    news: tuple[Tensor, Tensor, Tensor, Tensor],
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
    odds, within, truth, counts = news
    chance = torch.sigmoid(
        calibration.constant + calibration.slope * odds + calibration.within * within
    )
    shown = {
        str(at): [round(float(counts[over].sum())), round(float(counts[over & truth].sum()))]
        for at in _SHOWN
        for over in [chance >= at]
    }
    return {
        "written": {name: [len(own), round(sum(own) / len(own), 3)] for name, own in right.items()},
        "news": {
            "pairs": round(float(counts.sum())),
            "told": round(float(counts[truth].sum())),
            "shown_and_told": shown,
        },
    }
