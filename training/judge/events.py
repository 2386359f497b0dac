"""Written events: ten statements of different voices each, and how every two of them stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from claims.contradictions.judges.judge import PairLabel
from training.judge.pairs import LabelledPair, read_rows, read_side

_SENTENCES_BETWEEN = 2
"""How far apart two statements of an article follow each other, for want of its other sentences."""


def event_pairs(path: Path) -> Iterator[LabelledPair]:
    """All pairs of statements of each event of a JSON Lines file.

    An event has ``event`` (its name), ``statements``, and under ``contradict``, ``agree`` and
    ``update`` the pairs of their numbers, from 1; every other pair is ``neither``. They are of
    different papers, unless ``one_article`` is true: then they stand there in this order.
    """
    for row in read_rows(path):
        sides = [read_side(one) for one in row["statements"]]
        labels = {
            (one - 1, other - 1): label
            for label in PairLabel
            for one, other in row.get(label.value, ())
        }
        within = float(row.get("one_article", False))
        for one, other in combinations(range(len(sides)), 2):
            left, right = sides[one], sides[other]
            facts = (
                within,
                float(bool(left.speaker) and left.speaker == right.speaker),
                float(not left.speaker),
                float(not right.speaker),
                within / (1 + _SENTENCES_BETWEEN * (other - one)),
                0.0,
            )
            label = labels.get((one, other), PairLabel.NEITHER)
            yield LabelledPair(left, right, label, row["event"], facts)
