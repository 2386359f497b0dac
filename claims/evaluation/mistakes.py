"""Each annotated and each predicted attribution with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from claims.evaluation.gold import Roles
from claims.evaluation.tokens import ENOUGH, Numbering, TokenRoles, found_pairs, jaccard, likeness


class Outcome(StrEnum):
    """What became of an attribution. Every one has exactly one outcome."""

    FOUND = "found"
    WRONG_STANCE = "wrong-stance"
    MISSED_CUE = "missed-cue"
    MISSED_SOURCE = "missed-source"
    WRONG_SOURCE = "wrong-source"
    TOO_SHORT = "content-too-short"
    TOO_LONG = "content-too-long"
    WRONG_CONTENT = "wrong-content"
    WRONG_BOTH = "wrong-source-and-content"
    SPURIOUS = "spurious"

    @property
    def explanation(self) -> str:
        """What it means, in a few words."""
        return _EXPLANATIONS[self]


_EXPLANATIONS = {
    Outcome.FOUND: "cue, source and content agree",
    Outcome.WRONG_STANCE: "found, but with another stance",
    Outcome.MISSED_CUE: "annotated; no prediction shares a word of its cue",
    Outcome.MISSED_SOURCE: "the content is right; the annotated source was not found",
    Outcome.WRONG_SOURCE: "the content is right; the source is another one",
    Outcome.TOO_SHORT: "the source is right; much of the content is missing",
    Outcome.TOO_LONG: "the source is right; the content takes in much that is not part of it",
    Outcome.WRONG_CONTENT: "the source is right; the content is another one",
    Outcome.WRONG_BOTH: "the cue is right; source and content are not",
    Outcome.SPURIOUS: "predicted; nothing is annotated with a word of its cue",
}

CORRECT = (Outcome.FOUND, Outcome.WRONG_STANCE)
"""Outcomes that count as found: the figures do not ask for the stance."""

_MOSTLY = 0.8
"""Share of the shorter content that lies in the longer one where an extent, and not the content, is
wrong. Set by hand: it only names mistakes, no figure depends on it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An outcome with what was annotated and what was predicted; one of them may be None."""

    outcome: Outcome
    gold: Roles | None
    predicted: Roles | None

    @property
    def start(self) -> int:
        """The code point where it begins in the article."""
        return min(
            start
            for roles in (self.gold, self.predicted)
            if roles is not None
            for role in (roles.cue, roles.source, roles.content)
            for start, _ in role or ()
        )


def judge(text: str, gold: Sequence[Roles], predicted: Sequence[Roles]) -> list[Judged]:
    """The outcomes of one article, in text order.

    Pairs that count as found are those of the figures. Of the rest a prediction and an annotated
    attribution whose cues share a word are one mistake, those with the likest contents first.
    """
    numbering = Numbering(text)
    left = [numbering.see(one) for one in predicted]
    right = [numbering.see(one) for one in gold]
    pairs = found_pairs(left, right)
    judged = [
        Judged(_stance(predicted[i], gold[j]), gold[j], predicted[i]) for i, j in pairs.items()
    ]
    rest = {i for i in range(len(left)) if i not in pairs}
    wanted = {j for j in range(len(right)) if j not in pairs.values()}
    for i, j in _nearest(left, right, rest, wanted):
        judged.append(Judged(_difference(left[i], right[j]), gold[j], predicted[i]))
        rest.remove(i)
        wanted.remove(j)
    judged += [Judged(Outcome.MISSED_CUE, gold[j], None) for j in wanted]
    judged += [Judged(Outcome.SPURIOUS, None, predicted[i]) for i in rest]
    return sorted(judged, key=lambda one: one.start)


def _stance(predicted: Roles, gold: Roles) -> Outcome:
    known = predicted.stance is not None and gold.stance is not None
    return Outcome.WRONG_STANCE if known and predicted.stance != gold.stance else Outcome.FOUND


def _nearest(
    left: Sequence[TokenRoles], right: Sequence[TokenRoles], rest: set[int], wanted: set[int]
) -> Iterator[tuple[int, int]]:
    """Pairs whose cues touch, each number once, the likest first."""
    touching = sorted(
        (
            -likeness(left[i].content, right[j].content) - jaccard(left[i].source, right[j].source),
            i,
            j,
        )
        for i in rest
        for j in wanted
        if left[i].cue & right[j].cue
    )
    used: tuple[set[int], set[int]] = set(), set()
    for _, i, j in touching:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            yield i, j


def _difference(predicted: TokenRoles, gold: TokenRoles) -> Outcome:
    source = jaccard(predicted.source, gold.source) >= ENOUGH
    content = likeness(predicted.content, gold.content) >= ENOUGH
    if not source and not content:
        return Outcome.WRONG_BOTH
    if not source:
        return Outcome.WRONG_SOURCE if predicted.source else Outcome.MISSED_SOURCE
    shared = len(predicted.content & gold.content)
    smaller = min(len(predicted.content), len(gold.content))
    if shared >= _MOSTLY * max(smaller, 1):
        shorter = len(predicted.content) < len(gold.content)
        return Outcome.TOO_SHORT if shorter else Outcome.TOO_LONG
    return Outcome.WRONG_CONTENT
