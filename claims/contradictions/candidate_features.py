"""What tells, before anything is read closely, that two statements may contradict each other.

Each feature has a name and a value between 0 and 1 or so; ``candidate_scorer`` weighs them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from claims.contradictions.statement_signs import StatementSigns
from claims.model import Stance

FEATURES = (
    "within",
    "near",
    "beside",
    "shared_words",
    "shared_names",
    "rare_shared",
    "rarest_shared",
    "overlap",
    "one_denies",
    "either_denies",
    "one_negates",
    "accuses",
    "claims",
    "opines",
    "demands",
    "one_voice",
    "both_own",
    "one_own",
    "names_the_other",
    "other_numbers",
    "short",
    "long",
    "one_denies_near",
    "one_negates_overlap",
    "meaning",
    "meaning_and_negation",
)
"""In the order of ``candidate_features``."""

_ALIKE, _SPREAD = 0.8, 0.1
"""Cosines of any two statements lie about the first, most of them within the second."""


def rarity(sides: Iterable[StatementSigns]) -> dict[str, float]:
    """How rare each word and name is among the statements at hand: 1 where two share it, a half
    where three do."""
    counts = Counter(word for side in sides for word in side.words | side.names)
    return {word: 1 / (count - 1) for word, count in counts.items() if count > 1}


def candidate_features(
    one: StatementSigns, other: StatementSigns, cosine: float, rare: Mapping[str, float]
) -> list[float]:
    """The features of a pair, of whose sentence vectors ``cosine`` is, and ``rare`` the ``rarity``
    where they stand; they are the same whichever comes first."""
    a, b = one.statement, other.statement
    stances = (a.stance, b.stance)
    within = a.article_id == b.article_id
    apart = abs(a.sentence_index - b.sentence_index)
    near = 1 / (1 + apart) if within else 0.0
    shared = len(one.words & other.words)
    least = min(len(one.words), len(other.words))
    both = (one.words | one.names) & (other.words | other.names)
    weights = [rare[word] for word in both]
    overlap = shared / max(3, least)
    denies = (a.stance is Stance.DENY) != (b.stance is Stance.DENY)
    negates = one.negates != other.negates
    meaning = (cosine - _ALIKE) / _SPREAD
    return [
        float(within),
        near,
        float(within and apart <= 1),
        min(shared, 6) / 6,
        min(len(one.names & other.names), 4) / 4,
        min(sum(weights), 3) / 3,
        max(weights, default=0.0),
        overlap,
        float(denies),
        float(one.denies or other.denies),
        float(negates),
        float(Stance.ACCUSE in stances),
        float(Stance.CLAIM in stances),
        float(Stance.OPINE in stances),
        float(Stance.DEMAND in stances),
        float(not a.own and not b.own and a.speaker == b.speaker),
        float(a.own and b.own),
        float(a.own != b.own),
        float(bool(one.voices & other.names or other.voices & one.names)),
        float(bool(one.numbers and other.numbers) and not one.numbers & other.numbers),
        float(one.short or other.short),
        float(one.long or other.long),
        denies * near,
        negates * overlap,
        meaning,
        meaning * negates,
    ]
