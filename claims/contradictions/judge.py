"""Whether two statements contradict each other: the interface, and the judge that comes with it.

Any object with the method ``judge`` of ``Judge`` will do. ``BuiltIn`` explains itself by the words
that conflict; ``claims.contradictions.cross_encoder`` has one that asks a language model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Protocol

from claims.configuration import config_folder
from claims.contradictions.across import disagreement
from claims.contradictions.alternative import alternative
from claims.contradictions.comparison import Comparison, Conflict
from claims.contradictions.contrasts import Vocabulary, default_vocabulary
from claims.contradictions.denial import denial
from claims.contradictions.entity import entity
from claims.contradictions.meeting import Finding, Meeting, joined, meet, told
from claims.contradictions.negation import negation
from claims.contradictions.opposite import opposite
from claims.contradictions.polarity import polarity
from claims.contradictions.quantity import quantity, rose
from claims.contradictions.statements import Statement
from claims.contradictions.terms import Kind
from claims.contradictions.units import Read, read
from claims.model import ContradictionKind, Frozen, Spans, Stance, Verdict
from claims.speakers.transliteration import Transliteration, load_transliteration

OPPOSED: tuple[Callable[[Meeting], Finding | None], ...] = (denial, negation)
"""Kinds that the polarity of two claims tells, in the order in which they are asked."""

DIFFERING: tuple[Callable[[Comparison], Iterator[Conflict]], ...] = (
    quantity,
    opposite,
    polarity,
    entity,
    alternative,
)
"""Kinds that the words tell in which two statements differ."""

_WORD = re.compile(r"\w+")

_LISTED = 3
"""Conflicts that an explanation names."""


class Judgement(Frozen):
    """What a judge finds: the verdict, how sure it is in [0, 1], and why in a sentence. A judge
    that knows them gives the kind and the conflicting words of both sides."""

    verdict: Verdict
    confidence: float
    reason: str
    kind: ContradictionKind | None = None
    left_words: Spans = ()
    right_words: Spans = ()


class Judge(Protocol):
    """Whoever can tell whether two statements contradict each other."""

    def judge(self, left: Statement, right: Statement) -> Judgement:
        """The judgement on a pair; it must not depend on any other pair."""


class BuiltIn:
    """The judge that needs no model: polarity, numbers, names and the lexicon of contrasts."""

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self._vocabulary = vocabulary or default_vocabulary()
        self._read: dict[str, Read] = {}
        self._sounds: Transliteration | None = None

    def judge(self, left: Statement, right: Statement) -> Judgement:
        """The strongest of all kinds; ``compatible`` where there is none."""
        findings = [
            *(
                found
                for one, other in ((left, right), (right, left))
                if (meeting := meet(one, other)).words
                and (found := self.opposed(meeting)) is not None
            ),
            *([differing] if (differing := self.differing(left, right)) else []),
        ]
        if not findings:
            return Judgement(
                verdict=Verdict.COMPATIBLE, confidence=0.5, reason="nothing in them conflicts"
            )
        best = max(findings, key=lambda found: found.score)
        superseded = best.kind is ContradictionKind.SUPERSEDED
        return Judgement(
            verdict=Verdict.SUPERSEDED if superseded else Verdict.CONTRADICTION,
            confidence=best.score,
            reason=best.explanation,
            kind=best.kind,
            left_words=best.asserted_words,
            right_words=best.contested_words,
        )

    def opposed(self, meeting: Meeting) -> Finding | None:
        """The first finding of the kinds that polarity tells."""
        contested = meeting.contested
        if meeting.nested or (contested.stance is not Stance.DENY and self._not_only(contested)):
            return None
        return next((made for kind in OPPOSED if (made := kind(meeting)) is not None), None)

    def comparison(self, left: Statement, right: Statement) -> Comparison:
        """The two statements, ready to be compared word by word."""
        return Comparison(self._reading(left), self._reading(right))

    def differing(self, left: Statement, right: Statement) -> Finding | None:
        """The finding of the kinds that differing words tell."""
        if Meeting(left, right, 0.0, 0).nested:
            return None
        comparison = self.comparison(left, right)
        conflicts = [conflict for kind in DIFFERING for conflict in kind(comparison)]
        return conclude(comparison, conflicts) if conflicts else None

    def across(self, left: Statement, right: Statement, likeness: float) -> Finding | None:
        """The finding between statements of different languages, whose vectors have the cosine
        ``likeness``."""
        if self._sounds is None:
            self._sounds = load_transliteration(config_folder())
        return disagreement(self.comparison(left, right), self._sounds, likeness)

    def _not_only(self, statement: Statement) -> bool:
        """Whether all its negations only open a "not only", which says the thing and more."""
        contrasts = self._vocabulary.contrasts(statement.language)
        marks = [term for term in statement.terms if term.kind is Kind.NEGATION]
        following = (_WORD.search(statement.text, mark.end) for mark in marks)
        return bool(marks) and all(
            word is not None and contrasts.stem(word[0]) in contrasts.only for word in following
        )

    def forget(self) -> None:
        """Drop the statements that were read so far: they are kept for the next comparison."""
        self._read.clear()

    def _reading(self, statement: Statement) -> Read:
        known = self._read.get(statement.claim_id)
        if known is None or known.statement is not statement:
            known = read(statement, self._vocabulary)
            self._read[statement.claim_id] = known
        return known


def conclude(comparison: Comparison, conflicts: list[Conflict]) -> Finding:
    """One finding of all conflicts of a pair: the surest gives kind and score."""
    left, right = comparison.left.statement, comparison.right.statement
    ranked = sorted(conflicts, key=lambda c: (-_strength(comparison, c), c.left[0].start))
    best = ranked[0]
    kind, score = best.kind, _strength(comparison, best)
    why = "; ".join(dict.fromkeys(conflict.reason for conflict in ranked[:_LISTED]))
    lead = f"{told(left)}; {told(right)}. In much the same words: {why}."
    if kind is ContradictionKind.QUANTITY and all(rose(comparison, one) for one in ranked):
        kind = ContradictionKind.SUPERSEDED
        lead = f"{told(left)}; {told(right)}. The later count replaces the earlier: {why}."
    return Finding(
        kind=kind,
        score=score,
        explanation=lead,
        asserted_words=joined(unit.span for conflict in ranked for unit in conflict.left),
        contested_words=joined(unit.span for conflict in ranked for unit in conflict.right),
    )


def _strength(comparison: Comparison, conflict: Conflict) -> float:
    left, right = comparison.left.statement, comparison.right.statement
    certainty = 0.9 + 0.1 * min(left.confidence, right.confidence)
    overlap = min(1.0, comparison.alignment.overlap)
    shared = 1 - 0.7**comparison.alignment.shared
    return (
        conflict.weight
        * certainty
        * (0.35 + 0.3 * conflict.agreement + 0.2 * overlap + 0.15 * shared)
    )
