"""How likely it is that two statements contradict each other, before they are read closely.

A small network over what is seen of each statement by itself (its sentence vector and signs of its
form) and the named features of both: cheap enough to look at every pair of an article.
``python -m training.judge.candidates`` learns it from where readers saw disputes, and from what the
large judge says of very many pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from claims.contradictions.candidate_features import FEATURES, candidate_features, rarity
from claims.contradictions.statement_signs import StatementSigns
from claims.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

WEIGHTS = Path(__file__).resolve().parent / "weights" / "candidates.safetensors"

CLOSEST = 16
"""How many statements of other articles a statement is weighed against by all features; they are
chosen by the sentence vectors alone."""

Scored = tuple[float, int, int]
"""The log odds of a pair, and the numbers of both."""

LAYERS = ("side", "meaning", "pair", "named", "odds")
"""Each has a ``.weight`` (out, in) and a ``.bias`` (out,) in the file."""

ASKED_FROM = "asked_from"
"""In the file: (2,), the log odds from which on a pair is worth reading closely, within an article
and across two."""


class CandidateScorer:
    """Weighs pairs by ``weights``, the tensors of ``LAYERS`` by their names and ``ASKED_FROM``.

    ``side`` and ``meaning`` make the vectors a, b and p, q (each of ``width``) of two statements,
    the first of a sentence vector with ``StatementSigns.form``, the second of the sentence vector;
    ``pair`` makes hidden units of the features, a·b, a+b, |a-b| and p·q, from which ``odds`` makes
    log odds; what ``named`` makes of the features is added.
    """

    def __init__(self, weights: dict[str, Matrix]) -> None:
        self._weights = weights
        self.within_from, self.across_from = weights[ASKED_FROM].tolist()

    def within(self, sides: Sequence[StatementSigns], vectors: Matrix) -> list[Scored]:
        """All pairs of the statements of one article; ``vectors`` (n, 384) are theirs, of length
        1."""
        if len(sides) < 2:
            return []
        pairs = list(combinations(range(len(sides)), 2))
        return self._scored(sides, vectors, sides, vectors, pairs)

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
        kept = min(CLOSEST, len(others))
        nearest = np.argpartition(-(vectors @ beside.T), kept - 1, axis=1)[:, :kept]
        pairs = [(row, int(at)) for row in range(len(sides)) for at in nearest[row]]
        return self._scored(sides, vectors, others, beside, pairs)

    def _scored(
        self,
        sides: Sequence[StatementSigns],
        vectors: Matrix,
        others: Sequence[StatementSigns],
        beside: Matrix,
        pairs: list[tuple[int, int]],
    ) -> list[Scored]:
        import numpy as np

        rows, columns = np.array(pairs).T
        rare = rarity(sides if sides is others else [*sides, *others])
        cosines = (vectors[rows] * beside[columns]).sum(1).tolist()
        features = np.array(
            [
                candidate_features(sides[row], others[at], cosine, rare)
                for (row, at), cosine in zip(pairs, cosines, strict=True)
            ],
            dtype=np.float32,
        )
        (a, p), (b, q) = self._seen(sides, vectors), self._seen(others, beside)
        one, other = a[rows], b[columns]
        both = [features, one * other, one + other, abs(one - other), p[rows] * q[columns]]
        hidden = np.maximum(self._layer("pair", np.concatenate(both, axis=1)), 0)
        odds = self._layer("odds", hidden) + self._layer("named", features)
        return [(odd, *pair) for odd, pair in zip(odds[:, 0].tolist(), pairs, strict=True)]

    def _seen(self, sides: Sequence[StatementSigns], vectors: Matrix) -> tuple[Matrix, Matrix]:
        """What is made of each statement by itself: two matrices (n, width)."""
        import numpy as np

        form = np.array([side.form() for side in sides], dtype=np.float32)
        whole = np.concatenate([vectors, form], axis=1)
        return np.tanh(self._layer("side", whole)), self._layer("meaning", vectors)

    def _layer(self, name: str, inputs: Matrix) -> Matrix:
        made: Matrix = inputs @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return made


@cache
def candidate_scorer(path: Path = WEIGHTS) -> CandidateScorer:
    """The bundled weights; raises ModelError where they do not load or are not all there."""
    from safetensors.numpy import load_file

    try:
        found = load_file(path)
        names = [f"{layer}.{part}" for layer in LAYERS for part in ("weight", "bias")]
        names.append(ASKED_FROM)
        if found["named.weight"].shape != (1, len(FEATURES)):
            raise ValueError("they were learned for other features")
        return CandidateScorer({name: found[name].astype("float32") for name in names})
    except Exception as error:  # safetensors raises several kinds
        reason = " ".join(str(error).split())
        raise ModelError(f"{path}: the weights do not load: {reason}") from error
