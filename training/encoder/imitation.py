"""What the training of a small encoder makes small: how far it is from its teacher, and from what
readers marked.

The vectors of both are compared after a layer in the middle and after the last, each of their
dimensions by how much it varies in the teacher's; then what the heads make of them: how the tags of
cues are spread, and for each cue the roles of the pieces (Hinton, Vinyals and Dean 2015; Sanh et
al. 2019, whose layers begin as some of the teacher's, too).
"""

from __future__ import annotations

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
VECTORS_WEIGHT = 1.0
ROLES_WEIGHT = 0.5


def imitation(
    network: Network,
    teacher: Network,
    base: Base,
    vectors: Sequence[NDArray[np.float16]],
    middle: int,
) -> Objective:
    """The objective of `Taught` examples, with the vectors that `read_vectors` gives.

    ``middle`` is the layer of ``network`` (from 1) that answers to the teacher's in the middle. Of
    the teacher only the heads are asked.
    """
    spreads = [torch.from_numpy(each[:SAMPLE].astype(np.float32)).std(0) + 1e-3 for each in vectors]

    def of(batch: list[Example], rng: random.Random, hard: bool) -> tuple[Tensor, dict[str, float]]:
        lesson = cast("list[Taught]", batch)
        words, lengths = inputs(base, batch, rng, 0.0)
        own = vectors_after(network.encoder, words, lengths, middle)
        right = [padded(each, lesson, words.shape[1]) for each in vectors]
        inside = torch.arange(words.shape[1])[None] < lengths[:, None]
        pieces = int(inside.sum())
        parts: dict[str, float] = {}
        loss = words.new_zeros(())
        for name, a, b, spread in zip(("middle", "last"), own, right, spreads, strict=True):
            away = (((a - b) / spread)[inside] ** 2).mean()
            parts[name] = float(away.detach())
            loss = loss + VECTORS_WEIGHT * away
        heads, roles = _heads(network, teacher, own[1], right[1], inside, rng)
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
    network: Network, teacher: Network, own: Tensor, right: Tensor, inside: Tensor,
    rng: random.Random,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """How far tags and roles are from the teacher's, summed over the pieces."""
    with torch.no_grad():
        true = teacher.cues(right).log_softmax(-1)
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
        steps, valid, stances = teacher.relate(right, rows, weights)
    mine, my_valid, my_stances = network.relate(own, rows, weights)
    away = functional.kl_div(
        mine.log_softmax(-1), steps.log_softmax(-1), log_target=True, reduction="none"
    ).sum(-1).mean(-1)  # fmt: skip
    roles = away[inside[rows]].sum()
    roles = roles + functional.kl_div(
        my_stances.log_softmax(-1), stances.log_softmax(-1), log_target=True, reduction="sum"
    )
    roles = roles + functional.binary_cross_entropy_with_logits(
        my_valid, valid.sigmoid(), reduction="sum"
    )
    return tags, roles
