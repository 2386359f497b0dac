"""Whether two statements contradict each other: what a judge is asked, and what it answers.

Any object with the method ``judge_many`` will do. ``judges/rules`` is the judge that comes with the
package and needs no model; ``judges/registry`` tells how another takes its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self, runtime_checkable

from claims.contradictions.candidate import CandidatePair
from claims.model import ContradictionKind, Spans


class PairLabel(StrEnum):
    """How two statements stand to each other: both cannot be true, both say the same, one brings
    the other up to date, or none of these."""

    CONTRADICT = "contradict"
    AGREE = "agree"
    UPDATE = "update"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of a pair.

    ``score``, in [0, 1], is how sure it is of ``label``: of a calibrated judge the probability.
    Stored as ``contradictions.score``, it is compared with ``contradictions.minimum_score``.
    ``explanation`` says why, in one sentence for a reader. A judge that knows them gives the kind
    and the conflicting words of both sides, as spans of the article of each.
    """

    label: PairLabel
    score: float
    explanation: str = ""
    kind: ContradictionKind | None = None
    left_words: Spans = ()
    right_words: Spans = ()

    @classmethod
    def of_kind(
        cls,
        kind: ContradictionKind,
        score: float,
        explanation: str,
        left_words: Spans,
        right_words: Spans,
    ) -> Self:
        """That the pair conflicts, by what and in which words; ``superseded`` is an update."""
        update = kind is ContradictionKind.SUPERSEDED
        label = PairLabel.UPDATE if update else PairLabel.CONTRADICT
        return cls(label, score, explanation, kind, left_words, right_words)

    @property
    def conflicts(self) -> bool:
        """Whether the pair is one to keep: a contradiction, or an older account and a newer."""
        return self.label in (PairLabel.CONTRADICT, PairLabel.UPDATE)


class Judge(Protocol):
    """Whoever can tell whether two statements contradict each other."""

    def judge_many(self, pairs: Sequence[CandidatePair]) -> Sequence[Judgement]:
        """A judgement for each pair, in their order.

        The pairs are a batch of ``candidate_batches``: some thousands, of one route, with all that
        two articles have of it. A judgement depends on the pair and on what else its two articles
        say, and on nothing else.
        """


@runtime_checkable
class SecondJudge(Judge, Protocol):
    """A judge that makes up its mind about what another found, knowing what that one said."""

    def reconsider(
        self, pairs: Sequence[CandidatePair], judged: Sequence[Judgement]
    ) -> Sequence[Judgement]:
        """The judgements that stand then, for each of ``pairs``, in their order. Where it has
        nothing to say that is the one of ``judged``."""


def notices(judge: Judge) -> tuple[str, ...]:
    """What a judge has to tell the person who runs it, a line each, such as that a server did not
    answer: ``judge.notices``, where it has them."""
    return tuple(getattr(judge, "notices", ()))


def unanswered(judge: Judge) -> frozenset[str]:
    """The articles of pairs that a judge would have had to ask somebody about who did not answer,
    which are to be compared again: ``judge.unanswered``, where it has them."""
    return frozenset(getattr(judge, "unanswered", ()))
