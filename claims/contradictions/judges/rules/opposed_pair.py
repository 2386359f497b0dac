"""Two claims of opposed polarity: what they share, and how sure that makes us that they speak of
one thing. Denials and negations are judged over this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from claims.contradictions.candidate import CandidatePair
from claims.contradictions.statements import ENTITIES, Statement
from claims.model import Span, Spans, Stance, Term, TermKind

_LISTED = 6
"""Shared terms that an explanation lists before it only counts."""


@dataclass(frozen=True)
class OpposedPair:
    """What one says and the other denies or negates. ``overlap`` is the weighted share of the
    shorter content that the other holds; ``words`` counts the shared words that are no names."""

    asserted: Statement
    contesting: Statement
    overlap: float
    words: int

    @classmethod
    def of(cls, pair: CandidatePair) -> OpposedPair:
        """The pair as SQL has measured it: ``right`` contests."""
        return cls(pair.left, pair.right, pair.likeness, pair.shared_words)

    @classmethod
    def measured(cls, asserted: Statement, contesting: Statement) -> OpposedPair:
        """Two statements that no query brought together: every term weighs as if it were as rare as
        any other."""
        one, other = _weights(asserted), _weights(contesting)
        least = min(sum(one.values()), sum(other.values()))
        both = one.keys() & other.keys()
        overlap = sum(min(one[text], other[text]) for text in both) / least if least else 0.0
        words = len(asserted.words & contesting.words)
        return cls(asserted, contesting, min(1.0, overlap), words)

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """Terms that stand in both contents, in the order of the contesting one."""
        left, right = self.asserted.places, self.contesting.places
        return tuple(text for text in right if text in left)

    @property
    def agreement(self) -> float:
        """How well the names fit, in [0, 1]: the same known names, and the same one acting. Two
        claims that name others, or others as those who act, are rarely about one thing."""
        left, right = self.asserted.entities, self.contesting.entities
        around = right | self.contesting.term_texts(TermKind.VOICE)
        if left and right and not left & around:
            return 0.4
        # Who denies without naming an agent speaks of itself.
        accused = self.asserted.stance is Stance.ACCUSE
        agents = self.asserted.term_texts(TermKind.AGENT, *((TermKind.TARGET,) if accused else ()))
        denied = self.contesting.term_texts(TermKind.AGENT) or self.contesting.term_texts(
            TermKind.VOICE
        )
        if agents and denied and not agents & denied:
            return 0.5
        if left and not left & around:
            return 0.8
        return 1.0

    @property
    def evidence(self) -> float:
        """How much is said of the shared names, in [0, 1): half for a word, more for each more."""
        return float(1 - 0.5**self.words)

    @property
    def coverage(self) -> float:
        """A factor for how much of what is contested the other side says at all."""
        share = self.words / max(1, len(self.contesting.words))
        return 0.7 + 0.3 * min(1.0, 2 * share)

    @property
    def certainty(self) -> float:
        """A factor for how sure the two attributions are."""
        return 0.8 + 0.2 * min(self.asserted.confidence, self.contesting.confidence)

    @cached_property
    def named(self) -> tuple[Term, ...]:
        """Where the asserted claim names who contests it: in its content or beside it."""
        voices = self.contesting.term_texts(TermKind.VOICE)
        terms = self.asserted.terms
        return tuple(term for term in terms if term.kind in ENTITIES and term.text in voices)

    def asserted_words(self) -> Spans:
        """The shared terms' places in the asserted claim, with the name of who contests it."""
        shared = (self.asserted.places[text] for text in self.shared)
        return joined({*shared, *(term.span for term in self.named)})

    def contesting_words(self, *more: Span) -> Spans:
        """The shared terms' places in the contesting claim, and ``more``: what contests."""
        return joined({*(self.contesting.places[text] for text in self.shared), *more})

    def both_speak_of(self) -> str:
        """The shared terms for a reader: names in English, words as the contesting side
        has them."""
        told = dict.fromkeys(
            text[1:] if text.startswith(("=", "#")) else f"“{self._word(text)}”"
            for text in self.shared
        )
        listed = list(told)
        if len(listed) > _LISTED:
            listed[_LISTED:] = [f"{len(listed) - _LISTED} words more"]
        first, last = listed[:-1], listed[-1]
        both = f"both speak of {', '.join(first)} and {last}" if first else f"both speak of {last}"
        beside = [term.text for term in self.named if term.text not in self.shared]
        if not beside:
            return both
        return f"{both}, and {self.asserted.speaker} named {beside[0].removeprefix('=')}"

    def _word(self, text: str) -> str:
        return self.contesting.quoted([self.contesting.places[text]])


# What a shared term is worth beside a shared word, as in opposed.sql.
_WORTH = {
    TermKind.WORD: 1.0,
    TermKind.REFUSABLE: 1.0,
    TermKind.NUMBER: 0.8,
    TermKind.NAME: 0.8,
    TermKind.ENTITY: 0.4,
    TermKind.AGENT: 0.4,
    TermKind.TARGET: 0.4,
    TermKind.VAGUE: 0.1,
}


def _weights(statement: Statement) -> dict[str, float]:
    weights: dict[str, float] = {}
    for term in statement.terms:
        if term.kind in _WORTH:
            weights[term.text] = max(weights.get(term.text, 0.0), _WORTH[term.kind])
    return weights


def joined(spans: Iterable[Span]) -> Spans:
    """``spans`` in text order, those that overlap made one."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if result and span.start < result[-1].end:
            result[-1] = Span(start=result[-1].start, end=max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)
