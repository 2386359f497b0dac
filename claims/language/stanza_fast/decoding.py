"""The best dependency tree for a parser's scores.

Stanza's decoder asks for a tree with one root by making roots dear, so that even a sentence whose
best heads are a tree already is contracted cycle by cycle: half of the time of a parse with models
of this size. Here the best heads are tried first. Where they are a tree with one root they are the
answer, as no tree scores higher than every word's best head (Chu and Liu 1965, Edmonds 1967).
Elsewhere cycles are contracted one after the other, on whole rows and columns at once, with roots
as dear as they must be: the best tree of all is the best of one root where it has one, whatever
each root costs; at the last price there is only one (Stanojević and Cohen 2021).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[Any]

_PRICES = (0.0, 4.0, 16.0)


def best_tree(scores: Scores) -> list[int]:
    """The head of every word, with exactly one word on the root: ``[0, head of word 1, …]``.

    ``scores[i, j]`` is how well word ``j`` suits as the head of word ``i``; 0 is the root.
    """
    heads: list[int] = scores[1:].argmax(axis=1).tolist()
    heads.insert(0, 0)
    if _is_tree(heads):
        return heads
    weights = scores.astype(np.float64)
    last = -weights[np.isfinite(weights)].min() * len(weights)
    for price in (*_PRICES, last):
        dear = weights.copy()
        dear[:, 0] -= price
        heads = _arborescence(dear).tolist()
        if heads.count(0) == 2:  # the root itself and one word
            break
    return heads


@dataclass(frozen=True, slots=True)
class _Contraction:
    """A cycle that became one word, the last of a smaller sentence: its words, all others, and the
    heads before. For each word outside: at which word of the cycle (by place in ``inside``) an arc
    from it enters best, and which word of the cycle is its own best head."""

    inside: NDArray[np.intp]
    outside: NDArray[np.intp]
    heads: NDArray[np.intp]
    entered: NDArray[np.intp]
    above: NDArray[np.intp]


def _arborescence(weights: Scores) -> NDArray[np.intp]:
    """The head of every word in the tree of the greatest sum; ``weights`` as in ``best_tree``."""
    contracted: list[_Contraction] = []
    np.fill_diagonal(weights, -np.inf)
    while True:
        heads: NDArray[np.intp] = weights.argmax(1)
        heads[0] = 0
        cycle = _cycle(heads.tolist())
        if not cycle:
            break
        inside = np.array(cycle)
        outside = np.setdiff1d(np.arange(len(weights)), inside)
        enter = weights[np.ix_(inside, outside)] - weights[inside, heads[inside]][:, None]
        leave = weights[np.ix_(outside, inside)]
        contracted.append(
            _Contraction(inside, outside, heads, enter.argmax(0), inside[leave.argmax(1)])
        )
        size = len(outside)
        smaller = np.full((size + 1, size + 1), -np.inf)
        smaller[:size, :size] = weights[np.ix_(outside, outside)]
        smaller[size, :size] = enter.max(0)
        smaller[:size, size] = leave.max(1)
        weights = smaller
    for each in reversed(contracted):
        last = len(each.outside)
        whole = each.heads.copy()
        own = heads[:last]
        whole[each.outside] = np.where(
            own == last, each.above, each.outside[np.minimum(own, last - 1)]
        )
        from_where = heads[last]
        whole[each.inside[each.entered[from_where]]] = each.outside[from_where]
        whole[0] = 0
        heads = whole
    return heads


def _cycle(heads: Sequence[int]) -> list[int]:
    """The words of one cycle; empty where there is none."""
    seen = [0] * len(heads)
    seen[0] = -1
    for each in range(1, len(heads)):
        word = each
        while not seen[word]:
            seen[word] = each
            word = heads[word]
        if seen[word] == each:
            cycle = [word]
            while heads[cycle[-1]] != word:
                cycle.append(heads[cycle[-1]])
            return cycle
    return []


def _is_tree(heads: Sequence[int]) -> bool:
    """Whether one word, and only one, hangs on the root, and every word hangs on it in the end."""
    if heads[1:].count(0) != 1:
        return False
    reached = [False] * len(heads)
    reached[0] = True
    for each in range(1, len(heads)):
        path: list[int] = []
        word = each
        while not reached[word]:
            if len(path) > len(heads):
                return False
            path.append(word)
            word = heads[word]
        for word in path:
            reached[word] = True
    return True
