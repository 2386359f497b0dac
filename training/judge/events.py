"""Written events: ten statements of different voices each, and how every two of them stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from claims.contradictions.judges.judge import PairLabel
from training.judge.pairs import LabelledPair, facts_of, read_rows, read_side

_APART = 300
"""Characters from one statement of an article to the next, for want of its other sentences."""


def event_pairs(path: Path) -> Iterator[LabelledPair]:
    """All pairs of statements of each event of a JSON Lines file.

    An event has ``event`` (its name), ``statements``, and under ``contradict``, ``agree`` and
    ``update`` the pairs of their numbers, from 1; every other pair is ``neither``. They are of
    different papers, unless ``one_article`` is true: then they stand there in this order.
    """
    for row in read_rows(path):
        within = row.get("one_article", False)
        placed = [
            one | {"article": row["event"] if within else str(at), "start": at * _APART}
            for at, one in enumerate(row["statements"])
        ]
        labels = {
            (one - 1, other - 1): label
            for label in PairLabel
            for one, other in row.get(label.value, ())
        }
        for one, other in combinations(range(len(placed)), 2):
            left, right = placed[one], placed[other]
            label = labels.get((one, other), PairLabel.NEITHER)
            facts = facts_of(left, right)
            yield LabelledPair(read_side(left), read_side(right), label, row["event"], facts)
