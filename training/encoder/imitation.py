"""What the training of a small encoder makes small: how far it is from its teacher, and from what
readers marked.

The vectors of both are compared after a layer in the middle and after the last, each of their
dimensions by how much it varies in the teacher's; then what the heads make of them: how the tags of
cues are spread, and for each cue the roles of the pieces (Hinton, Vinyals and Dean 2015; Sanh et
al. 2019, whose layers begin as some of the teacher's, too).
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from claims.language.encoder.network import Network
from claims.language.encoder.packed import Base
from training.encoder.examples import Example
from training.encoder.fitting import Objective
from training.encoder.objective import CUE_WEIGHT, inputs, told_loss
from training.encoder.teaching import Taught, padded, vectors_after

LOOKS = 0.3
"""How likely a piece must be one of a cue, to the teacher, for its roles to be compared."""
MOST_CUES = 24
"""Cues of a batch that are compared."""
SAMPLE = 20_000
ROLES_WEIGHT = 0.5


def imitation(
    network: Network,
    teachers: Sequence[Network],
    base: Base,
    vectors: Sequence[NDArray[np.float16]],
    middle: int,
    vectors_weight: float = 1.0,
) -> Objective:
    """The objective of `Taught` examples, with the vectors that `read_vectors` gives: of the first
    of the ``teachers`` both, then the last of each other.

    ``middle`` is the layer of ``network`` (from 1) that answers to the first teacher's in the
    middle. Of the teachers only the heads are asked; what they make of a text is the mean of all.
    """
    spreads = [
        torch.from_numpy(each[:SAMPLE].astype(np.float32)).std(0) + 1e-3 for each in vectors[:2]
    ]

    def of(batch: list[Example], rng: random.Random, hard: bool) -> tuple[Tensor, dict[str, float]]:
        lesson = cast("list[Taught]", batch)
        words, lengths = inputs(base, batch, rng, 0.0)
        own = vectors_after(network.encoder, words, lengths, middle)
        right = [padded(each, lesson, words.shape[1]) for each in vectors]
        inside = torch.arange(words.shape[1])[None] < lengths[:, None]
        pieces = int(inside.sum())
        parts: dict[str, float] = {}
        loss = words.new_zeros(())
        for name, a, b, spread in zip(("middle", "last"), own, right[:2], spreads, strict=True):
            away = (((a - b) / spread)[inside] ** 2).mean()
            parts[name] = float(away.detach())
            loss = loss + vectors_weight * away
        heads, roles = _heads(network, teachers, own[1], right[1:], inside, rng)
        parts |= {"tags": float(heads.detach()) / pieces, "roles": float(roles.detach()) / pieces}
        loss = loss + (CUE_WEIGHT * heads + ROLES_WEIGHT * roles) / pieces
        rows = [row for row, example in enumerate(lesson) if example.told]
        if rows:
            some = [batch[row] for row in rows]
            told, said = told_loss(network, own[1][rows], lengths[rows], some, rng, hard)
            share = sum(len(example.numbers) for example in some) / pieces
            loss = loss + told * share
            parts |= said
        return loss, parts

    return of


def _heads(
    network: Network, teachers: Sequence[Network], own: Tensor, right: Sequence[Tensor],
    inside: Tensor, rng: random.Random,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """How far tags and roles are from the teachers', summed over the pieces."""
    with torch.no_grad():
        true = _mean([one.cues(last) for one, last in zip(teachers, right, strict=True)])
    tags = functional.kl_div(
        network.cues(own).log_softmax(-1)[inside], true[inside], log_target=True, reduction="sum"
    )
    looks = ((1 - true[..., 0].exp()) > LOOKS) & inside
    cues = looks.nonzero().tolist()
    rng.shuffle(cues)
    cues = cues[:MOST_CUES]
    if not cues:
        return tags, tags.new_zeros(())
    rows = torch.tensor([row for row, _ in cues])
    weights = torch.zeros(len(cues), own.shape[1])
    weights[torch.arange(len(cues)), torch.tensor([place for _, place in cues])] = 1.0
    with torch.no_grad():
        told = [one.relate(last, rows, weights) for one, last in zip(teachers, right, strict=True)]
        steps, stances = _mean([each[0] for each in told]), _mean([each[2] for each in told])
        valid = torch.stack([each[1].sigmoid() for each in told]).mean(0)
    mine, my_valid, my_stances = network.relate(own, rows, weights)
    away = functional.kl_div(
        mine.log_softmax(-1), steps, log_target=True, reduction="none"
    ).sum(-1).mean(-1)  # fmt: skip
    roles = away[inside[rows]].sum()
    roles = roles + functional.kl_div(
        my_stances.log_softmax(-1), stances, log_target=True, reduction="sum"
    )
    roles = roles + functional.binary_cross_entropy_with_logits(my_valid, valid, reduction="sum")
    return tags, roles


def _mean(scores: Sequence[Tensor]) -> Tensor:
    """The logs of the mean of several spreads, each told in scores."""
    return torch.stack([each.log_softmax(-1) for each in scores]).logsumexp(0) - math.log(
        len(scores)
    )
