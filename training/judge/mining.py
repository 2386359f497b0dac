"""Pairs that contradict nothing and look to a network as if they did: what it learns most from.

Hard negatives, as retrievers are trained with (Xiong and others, 2021, "Approximate nearest
neighbor negative contrastive learning"). Some are contradictions that no reader noted, so few are
taken.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import torch

from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.network import PairNetwork
from training.judge.fitting import LABELS, Note, Reading, logits
from training.judge.pairs import LabelledPair
from training.judge.recipe import HardestPairs

CONTRADICT = LABELS.index(PairLabel.CONTRADICT)
LONGEST = 170
"""Pieces of the longest pair that is looked at."""
PART = 960


def hardest(
    network: PairNetwork,
    reading: Reading,
    sources: Mapping[str, Sequence[LabelledPair]],
    wanted: HardestPairs,
    seed: int,
    note: Note,
) -> list[LabelledPair]:
    """The pairs without a contradiction in which ``network`` sees one most, most first."""
    chance = random.Random(seed)
    pool: list[LabelledPair] = []
    for name, most in sorted(wanted.of.items()):
        own = [pair for pair in sources[name] if pair.label is not PairLabel.CONTRADICT]
        pool += chance.sample(own, min(most, len(own)))
    pool = [pair for pair in pool if reading.length(pair) < LONGEST]
    scores: list[float] = []
    for start in range(0, len(pool), PART):
        part = logits(network, reading, pool[start : start + PART])
        scores += torch.log_softmax(part, 1)[:, CONTRADICT].tolist()
        note(f"{len(scores)} of {len(pool)} pairs scored")
    order = sorted(range(len(pool)), key=lambda at: -scores[at])
    return [pool[at] for at in order[: wanted.kept]]
