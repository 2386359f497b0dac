"""The weights of the features: logistic regression over pairs of reports, then the base.

Three sets count alike: two whose events somebody told, undated, and dated articles of a year of
politics, of which nobody did. There time tells something: articles of a day or two are more often
much alike than articles ten to thirty days apart, and what they are more often is what is of one
event. So each pair of near articles counts as of one event by that share, and all others as not:
that teaches what the days are worth, and that a topic is no event. What is added between languages
is learned last, from statements in Urdu and English that agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from claims.stories.clustering import formed
from claims.stories.likeness import StoryWeights
from training.stories.bcubed import b_cubed
from training.stories.reports import Reports

Floats = NDArray[np.float64]

_NEGATIVES = 10.0
"""How much all pairs of two events weigh beside all pairs of one, in each set."""

_NEAREST = 30
"""Reports that each may be linked with; as in ``pipeline.yaml``."""

_UNLIKELY = -4.0
_AS_GOOD = 0.003
"""By how much less F1 a stricter base is still taken: what is clustered later is more than what
was learned from, and has more that is alike."""

_NEAR = (0, 2, 3, 4, 6, 9)
"""Days apart at which shares are estimated, each up to the next."""

_BACKGROUND = (10, 30)
_ALIKE = (0.98, 0.99, 0.995, 0.998, 0.999, 0.9995)
"""Shares of pairs that are less alike than where shares are estimated; below the first, none."""


class Pairs:
    """All pairs of some reports of a set, each with its features."""

    def __init__(self, reports: Reports, chosen: Sequence[int]) -> None:
        numbers = np.array(chosen)
        self.first, self.second = np.triu_indices(len(numbers), 1)
        vectors = reports.vectors[numbers]
        places: dict[str, int] = {}
        for n in numbers:
            for word in reports.words[n]:
                places.setdefault(word, len(places))
        words = np.zeros((len(numbers), len(places)), dtype=np.float32)
        for row, n in enumerate(numbers):
            for word, weight in reports.words[n].items():
                words[row, places[word]] = weight
        where = (self.first, self.second)
        days = np.array(
            [day.toordinal() if (day := reports.reports[n].day) else np.nan for n in numbers]
        )
        self.apart = np.abs(days[self.first] - days[self.second])
        self.features: Floats = np.stack(
            [
                (vectors @ vectors.T)[where],
                (words @ words.T)[where],
                np.nan_to_num(np.log1p(self.apart)),
                np.ones(len(self.first)),
            ],
            axis=1,
        ).astype(np.float64)


def fit(
    events: Sequence[tuple[Reports, Sequence[int]]], dated: Reports, across: Reports
) -> StoryWeights:
    """Weights learned from the chosen reports of each set, whose events are told, from ``dated``,
    and from ``across``, statements of which some agree with one in another language."""
    rows, labels, counts = [], [], []
    for reports, chosen in events:
        pairs = Pairs(reports, chosen)
        told = np.array([reports.reports[n].event for n in chosen])
        same = (told[pairs.first] == told[pairs.second]).astype(np.float64)
        rows.append(pairs.features)
        labels.append(same)
        counts.append(_balanced(same))
    near = Pairs(dated, range(len(dated.reports)))
    content = logistic(np.concatenate(rows), np.concatenate(labels), np.concatenate(counts))
    same = shares(near.features @ content, near.apart)
    rows.append(near.features)
    labels.append(same)
    counts.append(_balanced(same))
    weights = logistic(np.concatenate(rows), np.concatenate(labels), np.concatenate(counts))
    meaning, words, days, base = (float(one) for one in weights)
    first = StoryWeights(meaning=meaning, words=words, days=days, languages=0.0, base=base)
    best = _with_best_base(first, events)
    return best.model_copy(update={"languages": between_languages(best, across)})


def between_languages(weights: StoryWeights, across: Reports) -> float:
    """What is to be added to the log odds of two statements in different languages."""
    pairs = Pairs(across, range(len(across.reports)))
    told = np.array([one.event for one in across.reports])
    spoken = np.array([one.language for one in across.reports])
    here = spoken[pairs.first] != spoken[pairs.second]
    same = (told[pairs.first] == told[pairs.second]).astype(np.float64)[here]
    worth = np.array([weights.meaning, weights.words, weights.days, weights.base])
    known, counts, found = pairs.features[here] @ worth, _balanced(same), 0.0
    for _ in range(40):
        likely = 1 / (1 + np.exp(-np.clip(known + found, -30, 30)))
        slope = float((counts * (likely - same)).sum())
        step = slope / max(float((counts * likely * (1 - likely)).sum()), 1e-6)
        found -= min(max(step, -1.0), 1.0)  # Newton's method leaps where nearly all are sure
    return found


def shares(alike: Floats, apart: Floats) -> Floats:
    """How likely each pair is of one event, by how alike its texts are and how many days apart: the
    share of pairs that are so alike at so many days beyond that ten to thirty days apart."""
    edges = np.quantile(alike, _ALIKE)
    level = np.searchsorted(edges, alike, side="right")
    found = np.zeros(len(alike))
    far = (apart >= _BACKGROUND[0]) & (apart < _BACKGROUND[1])
    usual = np.bincount(level[far], minlength=len(edges) + 1) / max(int(far.sum()), 1)
    for begin, end in pairwise(_NEAR):
        here = (apart >= begin) & (apart < end)
        rate = np.bincount(level[here], minlength=len(edges) + 1) / max(int(here.sum()), 1)
        beyond = np.clip(1 - usual / np.maximum(rate, 1e-12), 0, 1)
        beyond[0] = 0
        found[here] = beyond[level[here]]
    return found


def _balanced(same: Floats) -> Floats:
    """What each pair weighs; both sorts of pairs of a set weigh the same whatever their number."""
    apart = 1 - same
    as_same: Floats = same / max(same.sum(), 1e-9)
    as_apart: Floats = apart / max(apart.sum(), 1e-9)
    return 1000 * (as_same + _NEGATIVES * as_apart)


def logistic(rows: Floats, labels: Floats, counts: Floats) -> Floats:
    """Weights by Newton's method; ``labels`` may lie between 0 and 1."""
    found = np.zeros(rows.shape[1])
    ridge = 1e-3 * np.eye(rows.shape[1])
    for _ in range(40):
        likely = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (counts * (likely - labels)) + ridge @ found
        curve = (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + ridge
        step = np.linalg.solve(curve, slope)
        found = found - step
        if np.abs(step).max() < 1e-6:
            break
    return found


def clustered(
    reports: Reports, weights: StoryWeights, chosen: Sequence[int] | None = None
) -> dict[str, str]:
    """The story of each report, or of each of the ``chosen``, as ``claims`` forms them where all
    come at once: named after the story's first report."""
    numbers = list(range(len(reports.reports)) if chosen is None else chosen)
    pairs = Pairs(reports, numbers)
    worth = np.array([weights.meaning, weights.words, weights.days, weights.base])
    scores = np.full((len(numbers), len(numbers)), -np.inf)
    scores[pairs.first, pairs.second] = scores[pairs.second, pairs.first] = pairs.features @ worth
    names = [reports.reports[n].name for n in numbers]
    links = {
        (min(names[row], names[other]), max(names[row], names[other]))
        for row in range(len(numbers))
        for other in np.argsort(-scores[row])[:_NEAREST]
        if scores[row, other] > _UNLIKELY
    }
    groups = formed(reports.groups(numbers), sorted(links), weights)
    return {name: group[0] for group in groups for name in group}


def _with_best_base(
    weights: StoryWeights, events: Sequence[tuple[Reports, Sequence[int]]]
) -> StoryWeights:
    """The weights with the strictest base by which stories fit the events as well as by any."""
    tried: list[tuple[StoryWeights, float]] = []
    for step in range(-1, 7):
        one = weights.model_copy(update={"base": weights.base - 0.75 * step})
        found = [_f1(reports, chosen, one) for reports, chosen in events]
        tried.append((one, sum(found) / len(found)))
    best = max(f1 for _, f1 in tried)
    return [one for one, f1 in tried if f1 >= best - _AS_GOOD][-1]


def _f1(reports: Reports, chosen: Sequence[int], weights: StoryWeights) -> float:
    told = events_of(reports, chosen)
    return b_cubed(told, clustered(reports, weights, chosen)).f1


def events_of(reports: Reports, chosen: Sequence[int] | None = None) -> Mapping[str, str]:
    """The event of each report that has one."""
    numbers = range(len(reports.reports)) if chosen is None else chosen
    return {
        one.name: one.event
        for one in (reports.reports[n] for n in numbers)
        if one.event is not None
    }
