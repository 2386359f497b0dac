"""What the training of the encoder makes small."""

from __future__ import annotations

import random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from claims.language.encoder.network import (
    NONE,
    Network,
    close,
    log_partition,
    score_of,
)
from claims.language.encoder.packed import Base
from claims.language.encoder.subwords import FIRST, LAST, PADDING
from claims.language.encoder.subwords import UNKNOWN as UNKNOWN_PIECE
from training.encoder.examples import UNKNOWN, Example
from training.encoder.fitting import Objective

CUE_WEIGHT = 3.0
STANCE_WEIGHT = 0.5
HARD = 0.15  # a piece outside every cue that looks like one this much is asked about as well


def inputs(
    base: Base, batch: list[Example], rng: random.Random, hidden: float
) -> tuple[Tensor, Tensor]:
    """Word vectors (batch, length, hidden) and lengths (batch,), with the marks of both ends.

    A share of the pieces, chosen by ``rng``, is ``hidden``: read as unknown.
    """
    length = max(len(e.numbers) for e in batch) + 2
    numbers = np.full((len(batch), length), PADDING)
    for row, example in enumerate(batch):
        told = [UNKNOWN_PIECE if rng.random() < hidden else each for each in example.numbers]
        numbers[row, : len(example.numbers) + 2] = [FIRST, *told, LAST]
    lengths = torch.tensor([len(e.numbers) + 2 for e in batch])
    return torch.from_numpy(base.rows(numbers)), lengths


def shaken(first: int, last: int, length: int, rng: random.Random) -> tuple[int, int]:
    """The borders of a cue, half of the time a little wrong, as a tagger's are."""
    chance = rng.random()
    if chance < 0.5:
        return first, last
    if chance < 0.75 and last > first:
        a, b = sorted(rng.randint(first, last) for _ in range(2))
        return a, b
    return max(1, first - rng.randint(0, 2)), min(length - 2, last + rng.randint(0, 2))


def attributions(network: Network, base: Base, hidden: float) -> Objective:
    """The objective of annotated text: `told_loss` of a batch, ``hidden`` of whose pieces are read
    as unknown."""

    def of(batch: list[Example], rng: random.Random, hard: bool) -> tuple[Tensor, dict[str, float]]:
        words, lengths = inputs(base, batch, rng, hidden)
        return told_loss(network, network.encoder(words, lengths), lengths, batch, rng, hard)

    return of


def told_loss(
    network: Network,
    vectors: Tensor,
    lengths: Tensor,
    batch: list[Example],
    rng: random.Random,
    hard: bool,
) -> tuple[Tensor, dict[str, float]]:
    """Negative log likelihood of cues, of what belongs to them and of their stances, for each piece
    of a batch whose vectors are (batch, length, hidden)."""
    vectors = functional.dropout(vectors, 0.1)
    tags = torch.full(vectors.shape[:2], -100)
    rows: list[int] = []
    spans: list[tuple[int, int]] = []
    for row, example in enumerate(batch):
        tags[row, 1 : len(example.numbers) + 1] = 0
        for r in example.relations:
            tags[row, r.first + 1] = 1
            tags[row, r.first + 2 : r.last + 2] = 2
            rows.append(row)
            spans.append(shaken(r.first + 1, r.last + 1, int(lengths[row]), rng))
    scores = network.cues(vectors)
    cue_loss = functional.cross_entropy(
        scores.reshape(-1, 3), tags.reshape(-1), ignore_index=-100, reduction="sum"
    )
    true = len(rows)
    if hard:
        with torch.no_grad():
            looks = (1 - scores.softmax(-1)[..., 0]) * (tags == 0)
        candidates = (looks > HARD).nonzero().tolist()
        rng.shuffle(candidates)
        for row, place in candidates[: max(4, true // 2)]:
            rows.append(row)
            spans.append((place, place))
    pieces = sum(len(e.numbers) for e in batch)
    parts = {"cue": float(cue_loss.detach()) / pieces}
    loss = CUE_WEIGHT * cue_loss
    if rows:
        length = vectors.shape[1]
        places = torch.arange(length)[None]
        edges = torch.tensor(spans)
        weights = ((places >= edges[:, :1]) & (places <= edges[:, 1:])).float()
        weights = weights / weights.sum(1, keepdim=True)
        roles = torch.full((len(rows), length), NONE)
        at = 0
        for example in batch:
            for r in example.relations:
                for i, role in r.roles.items():
                    roles[at, i + 1] = role
                roles[at, len(example.numbers) + 1 :] = roles[at, len(example.numbers)]
                at += 1
        which = torch.tensor(rows)
        steps, valid, stances = network.relate(vectors, which, weights)
        steps = close(steps, lengths[which])
        field_loss = (log_partition(steps) - score_of(steps, roles)).sum()
        truth = (torch.arange(len(rows)) < true).float()
        valid_loss = functional.binary_cross_entropy_with_logits(valid, truth, reduction="sum")
        told = torch.tensor([r.stance for example in batch for r in example.relations])
        stance_loss = functional.cross_entropy(
            stances[:true], told.long(), ignore_index=UNKNOWN, reduction="sum"
        )
        loss = loss + field_loss + valid_loss + STANCE_WEIGHT * stance_loss
        parts |= {
            "field": float(field_loss.detach()) / len(rows),
            "valid": float(valid_loss.detach()) / len(rows),
            "stance": float(stance_loss.detach()) / max(1, true),
        }
    return loss / pieces, parts
