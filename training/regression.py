"""Logistic regression by Newton's method: what makes a probability of a few figures."""

from __future__ import annotations

import torch
from torch import Tensor


def logistic(
    inputs: Tensor, truth: Tensor, decay: Tensor, counts: Tensor | None = None, rounds: int = 25
) -> Tensor:
    """(features,): the weights that fit best, with ``decay`` (features,) of each.

    ``inputs`` (rows, features) has a column of ones where a constant is wanted, ``truth`` (rows,)
    is from 0 to 1, and ``counts`` (rows,) says for how many each row stands; all are float64.
    """
    each = torch.ones_like(truth) if counts is None else counts
    weights = torch.zeros(inputs.shape[1], dtype=torch.float64)
    ridge = torch.diag(decay)
    for _ in range(rounds):
        said = torch.sigmoid(inputs @ weights)
        slope = inputs.T @ (each * (said - truth)) + ridge @ weights
        bend = (inputs * (each * said * (1 - said))[:, None]).T @ inputs + ridge
        weights = weights - torch.linalg.solve(bend, slope)
    return weights
