"""The judge that needs no model: polarity, numbers, names and the lexicon of contrasts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

from claims.config.settings import ContradictionSettings
from claims.contradictions.candidate import CandidatePair, CandidateRoute
from claims.contradictions.judges.judge import Judgement, PairLabel
from claims.contradictions.judges.rules.between_articles import differing, judge_between_articles
from claims.contradictions.judges.rules.comparison import Comparison
from claims.contradictions.judges.rules.contrasts import Vocabulary, load_vocabulary
from claims.contradictions.judges.rules.cross_language import cross_language
from claims.contradictions.judges.rules.denial import denial
from claims.contradictions.judges.rules.negation import negation
from claims.contradictions.judges.rules.opposed_pair import OpposedPair
from claims.contradictions.judges.rules.units import TokenisedStatement, tokenise
from claims.contradictions.statements import Statement
from claims.model import Stance, TermKind
from claims.speakers.transliteration import Transliteration, load_transliteration

OPPOSED: tuple[Callable[[OpposedPair], Judgement | None], ...] = (denial, negation)
"""Kinds that the polarity of two claims tells, in the order in which they are asked."""

_WORD = re.compile(r"\w+")

_NOTHING = Judgement(PairLabel.NEITHER, 0.5, "nothing in them conflicts")
"""Rules know what conflicts and never what agrees: half is all that their silence says."""


class RulesJudge:
    """A ``Judge`` that explains itself by the words that conflict.

    ``config`` is the folder whose ``transliteration.yaml`` tells how names sound, read when two
    languages first meet. ``least`` is the score from which on a conflict counts: only between
    articles without one is the weakest evidence, a rewording, looked for.
    """

    def __init__(self, vocabulary: Vocabulary, config: Path, least: float) -> None:
        self._vocabulary = vocabulary
        self._config = config
        self._least = least
        self._tokenised: dict[str, TokenisedStatement] = {}

    @classmethod
    def of(cls, config: Path, settings: ContradictionSettings) -> Self:
        """The judge with the words of a configuration folder; raises ConfigError."""
        return cls(load_vocabulary(config), config, settings.minimum_score)

    def judge_many(self, pairs: Sequence[CandidatePair]) -> list[Judgement]:
        """A judgement for each pair, in their order: ``contradict`` or ``update`` with the kind and
        the words that conflict, else ``neither``. Raises ConfigError."""
        found: list[Judgement | None] = [None] * len(pairs)
        alike: dict[frozenset[str], list[int]] = defaultdict(list)
        for at, pair in enumerate(pairs):
            match pair.route:
                case CandidateRoute.OPPOSED:
                    found[at] = self._opposed(OpposedPair.of(pair))
                case CandidateRoute.ALIKE:
                    alike[pair.articles].append(at)
                case CandidateRoute.CROSS_LANGUAGE:
                    comparison = self._comparison(pair)
                    found[at] = cross_language(comparison, self._transliteration, pair.likeness)
                case CandidateRoute.GIVEN:
                    found[at] = self._given(pair)
        for places in alike.values():
            first = pairs[places[0]]
            judgements = judge_between_articles(
                [self._comparison(pairs[at]) for at in places],
                first.shared_statements,
                first.one_story,
                self._least,
            )
            for at, judgement in zip(places, judgements, strict=True):
                found[at] = judgement
        # The same statement comes in several pairs of a batch, and hardly in another batch.
        self._tokenised.clear()
        return [one or _NOTHING for one in found]

    @cached_property
    def _transliteration(self) -> Transliteration:
        return load_transliteration(self._config)

    def _given(self, pair: CandidatePair) -> Judgement | None:
        """The strongest of all kinds, whichever of the two contests the other."""
        if pair.nested:
            return None
        found = [differing(self._comparison(pair))]
        for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
            measured = OpposedPair.measured(one, other)
            if measured.words:
                found.append(self._opposed(measured))
        return max(
            (one for one in found if one is not None), key=lambda one: one.score, default=None
        )

    def _opposed(self, pair: OpposedPair) -> Judgement | None:
        """The first judgement of the kinds that polarity tells."""
        contesting = pair.contesting
        if contesting.stance is not Stance.DENY and self._not_only(contesting):
            return None
        return next((made for kind in OPPOSED if (made := kind(pair)) is not None), None)

    def _not_only(self, statement: Statement) -> bool:
        """Whether all its negations only open a "not only", which says the thing and more."""
        contrasts = self._vocabulary.contrasts(statement.language)
        marks = [term for term in statement.terms if term.kind is TermKind.NEGATION]
        following = (_WORD.search(statement.text, mark.end) for mark in marks)
        return bool(marks) and all(
            word is not None and contrasts.stem(word[0]) in contrasts.only for word in following
        )

    def _comparison(self, pair: CandidatePair) -> Comparison:
        return Comparison(self._tokens(pair.left), self._tokens(pair.right))

    def _tokens(self, statement: Statement) -> TokenisedStatement:
        known = self._tokenised.get(statement.claim_id)
        if known is None or known.statement is not statement:
            known = self._tokenised[statement.claim_id] = tokenise(statement, self._vocabulary)
        return known
