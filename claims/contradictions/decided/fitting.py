"""A calibration fitted to decisions, and what it is worth on decisions that it has not seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from claims.contradictions.judges.calibration import PairCalibration, logit

_PRIOR = 10.0
"""Decisions that were never made, spread evenly over what a judge may say and all bearing it out:
so many real ones weigh as much as the belief that nothing needs to change."""

_STIFFNESS = 4.0
"""How strongly the slope is held to 1 besides (a normal prior of standard deviation 1/2): of scores
that are all above 0.5 a few decisions cannot tell slope and constant apart. Both were chosen by the
log loss on decisions drawn at random, 10 and 40 of them, from judges bent in seven ways."""

_SPREAD = np.linspace(0.05, 0.95, 19)
_LEAST_SLOPE = 0.1
"""A judge whose order is wrong is not turned around: what it finds likelier stays likelier."""

_FOLDS = 10
_STEPS = 100
_NEAR = 1e-9
_EDGE = 1e-6
_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Of the table: pairs below 0.5 are not stored unless a pipeline's ``minimum_score`` says so."""


class ScoredDecision(NamedTuple):
    """A decided pair: what the judge said before any calibration, and whether it was right."""

    said: float
    right: bool


class CalibrationFigures(NamedTuple):
    """How well probabilities fit what was decided: ``log_loss`` and ``brier``, the mean squared
    distance, are smaller where they fit better; of ``shown`` pairs, those of 0.5 or more, ``right``
    were right."""

    log_loss: float
    brier: float
    shown: int
    right: int


class Reliability(NamedTuple):
    """The pairs whose probability is in ``[low, high)`` (the last: up to 1): how many, their mean
    probability, and the share that was right."""

    low: float
    high: float
    pairs: int
    said: float
    right: float


def fitted(examples: Sequence[ScoredDecision]) -> PairCalibration:
    """The calibration that makes the decisions likeliest, held back by a prior towards no change.

    Any number of examples will do: without any it changes nothing.
    """
    scores = np.array([logit(one.said) for one in examples] + [logit(p) for p in _SPREAD])
    wanted = np.array([float(one.right) for one in examples] + list(_SPREAD))
    weights = np.array([1.0] * len(examples) + [_PRIOR / len(_SPREAD)] * len(_SPREAD))
    slope, constant = _newton(scores, wanted, weights, free=True)
    if slope < _LEAST_SLOPE:
        slope, constant = _newton(scores, wanted, weights, free=False)
    return PairCalibration(slope=round(slope, 6), constant=round(constant, 6) + 0.0)


def held_out(examples: Sequence[ScoredDecision]) -> list[float]:
    """For each example, what the calibration that was fitted on the others makes of it.

    The others are those of nine folds of ten; each fold has its share of both kinds.
    """
    order = sorted(range(len(examples)), key=lambda at: (examples[at].right, examples[at].said, at))
    found = [0.0] * len(examples)
    for fold in range(min(_FOLDS, len(examples))):
        left_out = set(order[fold::_FOLDS])
        made = fitted([one for at, one in enumerate(examples) if at not in left_out])
        for at in left_out:
            found[at] = made.applied(examples[at].said)
    return found


def figures(probabilities: Sequence[float], right: Sequence[bool]) -> CalibrationFigures:
    """How well ``probabilities`` fit ``right``; at least one of each, one for one."""
    pairs = list(zip(probabilities, right, strict=True))
    bounded = [(min(max(said, _EDGE), 1 - _EDGE), true) for said, true in pairs]
    shown = [true for said, true in pairs if said >= 0.5]
    return CalibrationFigures(
        -sum(math.log(said if true else 1 - said) for said, true in bounded) / len(pairs),
        sum((said - true) ** 2 for said, true in pairs) / len(pairs),
        len(shown),
        sum(shown),
    )


def reliability(probabilities: Sequence[float], right: Sequence[bool]) -> list[Reliability]:
    """The same by how sure the judge was, from low to high; ranges without a pair are left out."""
    rows = []
    for low, high in pairwise(_EDGES):
        inside = [
            (said, true)
            for said, true in zip(probabilities, right, strict=True)
            if low <= said < high or (high == 1.0 and said == 1.0)
        ]
        if inside:
            mean = sum(said for said, _ in inside) / len(inside)
            share = sum(true for _, true in inside) / len(inside)
            rows.append(Reliability(low, high, len(inside), mean, share))
    return rows


def _newton(
    scores: np.ndarray, wanted: np.ndarray, weights: np.ndarray, *, free: bool
) -> tuple[float, float]:
    """Slope and constant that minimise the weighted log loss and the prior's distance, a convex
    function; the slope stays at its least where it is not ``free``."""
    at = np.array([1.0 if free else _LEAST_SLOPE, 0.0])
    features = np.stack([scores, np.ones_like(scores)], axis=1)
    moving = slice(0 if free else 1, 2)

    def loss(at: np.ndarray) -> float:
        values = features @ at
        fit = weights * (np.logaddexp(0.0, values) - wanted * values)
        return float(fit.sum() + _STIFFNESS / 2 * (at[0] - 1) ** 2)

    for _ in range(_STEPS):
        told = 1 / (1 + np.exp(-features @ at))
        gradient = features.T @ (weights * (told - wanted)) + [_STIFFNESS * (at[0] - 1), 0.0]
        curvature = (features * (weights * told * (1 - told))[:, None]).T @ features
        curvature[0, 0] += _STIFFNESS
        step = np.zeros(2)
        step[moving] = np.linalg.solve(curvature[moving, moving], gradient[moving])
        # Halved where it would lead uphill: far from the minimum the curve is flatter.
        while np.abs(step).max() > _NEAR and loss(at - step) > loss(at):
            step = step / 2
        at = at - step
        if np.abs(step).max() <= _NEAR:
            break
    return float(at[0]), float(at[1])
