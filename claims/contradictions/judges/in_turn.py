"""Several judges, each asked about what those before it took for a contradiction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.contradictions.candidate import CandidatePair
from claims.contradictions.judges.judge import Judge, Judgement, SecondJudge, notices, unanswered


class JudgesInTurn:
    """A judge that finds a contradiction where all of ``judges`` do: a cheap one first, then a
    dearer one that hears of few pairs. The first gives kind and words; the score is the mean. A
    ``SecondJudge`` says itself what stands when it was asked."""

    def __init__(self, judges: Sequence[Judge]) -> None:
        self._first, *self._others = judges

    @property
    def notices(self) -> tuple[str, ...]:
        """What any of them has to tell."""
        return tuple(line for one in (self._first, *self._others) for line in notices(one))

    @property
    def unanswered(self) -> frozenset[str]:
        """The articles of pairs that one of them got no answer about."""
        return frozenset().union(*(unanswered(one) for one in (self._first, *self._others)))

    def judge_many(self, pairs: Sequence[CandidatePair]) -> list[Judgement]:
        """A judgement for each pair, in their order."""
        judgements = list(self._first.judge_many(pairs))
        for judge in self._others:
            standing = [at for at, one in enumerate(judgements) if one.conflicts]
            asked, before = [pairs[at] for at in standing], [judgements[at] for at in standing]
            if not standing:
                break
            told: Sequence[Judgement]
            if isinstance(judge, SecondJudge):
                told = judge.reconsider(asked, before)
            else:
                seconds = judge.judge_many(asked)
                told = [_agreed(one, two) for one, two in zip(before, seconds, strict=True)]
            for at, one in zip(standing, told, strict=True):
                judgements[at] = one
        return judgements


def _agreed(first: Judgement, second: Judgement) -> Judgement:
    if not second.conflicts:
        return second
    return replace(
        first,
        score=(first.score + second.score) / 2,
        explanation=f"{first.explanation} A second judge agrees: {second.explanation}",
    )
