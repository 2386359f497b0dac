"""How likely two groups of articles are of one event: named features, and learned weights.

Every feature of two groups is the mean over their pairs of articles, which sums of vectors and of
words give without looking at a single pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import log1p
from pathlib import Path
from typing import TYPE_CHECKING

from claims.config.yaml_file import Checked, load

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).resolve().parent / "weights.yaml"


class StoryWeights(Checked):
    """What each feature adds to the log odds that two groups are of one event.

    ``meaning`` is the cosine of their vectors, ``words`` that of their rare words, ``days`` the
    logarithm of one more than the days between them, where both are dated; ``languages`` is added
    where they are in different ones, which share few words and lie further apart; ``base`` is there
    for every pair. ``python -m training.stories`` learns them.
    """

    meaning: float
    words: float
    days: float
    languages: float
    base: float


@dataclass
class Group:
    """Articles taken together, the least first: sums of their vectors (each of length 1), of the
    weights of their words, and of the days of those that are dated; and how many are in which
    language."""

    members: tuple[str, ...]
    vector: NDArray[np.float32]
    words: dict[str, float]
    languages: dict[str, int]
    days: float = 0.0
    dated: int = 0

    @property
    def first(self) -> str:
        """The least article."""
        return self.members[0]

    def with_(self, other: Group) -> Group:
        """Both groups as one. The words of the larger one are taken over, not copied."""
        most, least = (self, other) if len(self.words) >= len(other.words) else (other, self)
        for word, weight in least.words.items():
            most.words[word] = most.words.get(word, 0.0) + weight
        front, back = sorted((self.members, other.members))
        return Group(
            front + back,
            self.vector + other.vector,
            most.words,
            {
                code: self.languages.get(code, 0) + other.languages.get(code, 0)
                for code in {**self.languages, **other.languages}
            },
            self.days + other.days,
            self.dated + other.dated,
        )


def likeness(one: Group, other: Group, weights: StoryWeights) -> float:
    """The log odds that two groups are of one event."""
    pairs = len(one.members) * len(other.members)
    few, many = sorted((one.words, other.words), key=len)
    shared = sum(weight * many[word] for word, weight in few.items() if word in many)
    apart = 0.0
    if one.dated and other.dated:
        apart = log1p(abs(one.days / one.dated - other.days / other.dated))
    same = sum(count * other.languages.get(code, 0) for code, count in one.languages.items())
    return (
        weights.base
        + weights.meaning * float(one.vector @ other.vector) / pairs
        + weights.words * shared / pairs
        + weights.days * apart
        + weights.languages * (1 - same / pairs)
    )


@cache
def learned() -> StoryWeights:
    """The weights that come with the package."""
    return load(WEIGHTS, StoryWeights)
