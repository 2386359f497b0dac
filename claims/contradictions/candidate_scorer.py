"""How likely it is that two statements contradict each other, before they are read closely.

A logistic regression over the named features of ``candidate_features``, cheap enough to look at
every pair of an article. ``python -m training.judge`` learns its weights on articles that readers
read whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from claims.config.yaml_file import Checked, load
from claims.contradictions.candidate_features import FEATURES, candidate_features
from claims.contradictions.contested import StatementSigns
from claims.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

WEIGHTS = Path(__file__).resolve().parent / "weights" / "candidates.yaml"

CLOSEST = 16
"""How many statements of other articles a statement is weighed against by all features; they are
chosen by the sentence vectors alone."""

Scored = tuple[float, int, int]
"""The log odds of a pair, and the numbers of both."""


class CandidateWeights(Checked):
    """What each feature adds to the log odds that a pair contradicts."""

    constant: float
    features: dict[str, float]


class CandidateScorer:
    """Weighs pairs by ``weights``, which must name each feature once."""

    def __init__(self, weights: CandidateWeights) -> None:
        self._constant = weights.constant
        self._named = [weights.features[name] for name in FEATURES]

    def within(self, sides: Sequence[StatementSigns], vectors: Matrix) -> list[Scored]:
        """All pairs of the statements of one article; ``vectors`` (n, 384) are theirs, of length
        1."""
        if len(sides) < 2:
            return []
        cosines = (vectors @ vectors.T).tolist()
        pairs = combinations(range(len(sides)), 2)
        return [
            (self._score(sides[row], sides[at], cosines[row][at]), row, at) for row, at in pairs
        ]

    def across(
        self,
        sides: Sequence[StatementSigns],
        vectors: Matrix,
        others: Sequence[StatementSigns],
        beside: Matrix,
    ) -> list[Scored]:
        """The statements of one article with the ``CLOSEST`` of ``others`` to each, which are of
        other articles; the second number is that of the other."""
        import numpy as np

        if not sides or not others:
            return []
        cosines = vectors @ beside.T
        kept = min(CLOSEST, len(others))
        nearest = np.argpartition(-cosines, kept - 1, axis=1)[:, :kept]
        return [
            (self._score(side, others[at], float(cosines[row, at])), row, int(at))
            for row, side in enumerate(sides)
            for at in nearest[row]
        ]

    def _score(self, one: StatementSigns, other: StatementSigns, cosine: float) -> float:
        values = candidate_features(one, other, cosine)
        return self._constant + sum(a * b for a, b in zip(self._named, values, strict=True))


@cache
def candidate_scorer(path: Path = WEIGHTS) -> CandidateScorer:
    """The bundled weights; raises ModelError where they do not fit this code."""
    weights = load(path, CandidateWeights)
    if set(weights.features) != set(FEATURES):
        wrong = ", ".join(sorted(set(weights.features) ^ set(FEATURES)))
        raise ModelError(f"{path}: features are missing or unknown: {wrong}")
    return CandidateScorer(weights)
