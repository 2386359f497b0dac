"""How far a review is, and how far reviewers agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from claims.model import Review, Verdict


class Reviewer(NamedTuple):
    """What one person decided: pairs by verdict, as their latest decision on each stands."""

    name: str
    pairs: int
    verdicts: dict[str, int]
    latest: datetime


class Agreement(NamedTuple):
    """Two reviewers over the pairs that both decided.

    ``kappa`` is Cohen's (1960): agreement beyond chance; None where chance alone explains all.
    """

    one: str
    other: str
    pairs: int
    agreed: int
    kappa: float | None
    differing: list[str]


class Disagreement(NamedTuple):
    """A pair about which reviewers differ, with the latest decision of each who judged it."""

    contradiction_id: str
    decisions: list[Review]


def reviewers(decided: Sequence[Review]) -> list[Reviewer]:
    """Everyone who decided something that stands, who decided most first."""
    made = [
        Reviewer(
            name,
            len(by_pair),
            dict(Counter(one.verdict.value for one in by_pair.values())),
            max(one.reviewed_at for one in by_pair.values()),
        )
        for name, by_pair in _latest(decided).items()
    ]
    return sorted(made, key=lambda one: (-one.pairs, one.name))


def agreements(decided: Sequence[Review]) -> list[Agreement]:
    """Every two reviewers who decided a pair in common, those with most in common first.

    Pairs that one of them left as unsure do not count: that is no judgement yet.
    """
    latest = {
        name: {pair: one for pair, one in by_pair.items() if one.verdict is not Verdict.UNSURE}
        for name, by_pair in _latest(decided).items()
    }
    made = []
    for one, other in combinations(sorted(latest), 2):
        common = sorted(latest[one].keys() & latest[other].keys())
        if common:
            verdicts = [(latest[one][pair].verdict, latest[other][pair].verdict) for pair in common]
            differing = [
                pair
                for pair, (left, right) in zip(common, verdicts, strict=True)
                if left is not right
            ]
            agreed = len(common) - len(differing)
            made.append(
                Agreement(one, other, len(common), agreed, _kappa(verdicts, agreed), differing)
            )
    return sorted(made, key=lambda found: (-found.pairs, found.one, found.other))


def disagreements(decided: Sequence[Review]) -> list[Disagreement]:
    """The pairs that two reviewers decided differently, unsure left out, the latest first."""
    by_pair: defaultdict[str, list[Review]] = defaultdict(list)
    for by_one in _latest(decided).values():
        for one in by_one.values():
            if one.verdict is not Verdict.UNSURE:
                by_pair[one.contradiction_id].append(one)
    found = [
        Disagreement(pair, sorted(judged, key=lambda one: one.reviewed_at))
        for pair, judged in by_pair.items()
        if len({one.verdict for one in judged}) > 1
    ]
    return sorted(found, key=lambda one: one.decisions[-1].reviewed_at, reverse=True)


def _kappa(verdicts: Sequence[tuple[Verdict, Verdict]], agreed: int) -> float | None:
    total = len(verdicts)
    left = Counter(one for one, _ in verdicts)
    right = Counter(other for _, other in verdicts)
    chance = sum(left[one] * right[one] for one in left) / total**2
    return None if chance == 1 else (agreed / total - chance) / (1 - chance)


def _latest(decided: Sequence[Review]) -> dict[str, dict[str, Review]]:
    """By reviewer, the latest decision on each pair."""
    latest: defaultdict[str, dict[str, Review]] = defaultdict(dict)
    for one in decided:
        latest[one.reviewer][one.contradiction_id] = one
    return dict(latest)
