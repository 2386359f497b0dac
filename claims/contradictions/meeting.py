"""Two claims side by side: what they share, and how sure that makes us that they speak of one
thing. The kinds of contradiction are judged over this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from claims.contradictions.statements import ENTITIES, Statement
from claims.contradictions.terms import Kind, Term
from claims.model import ContradictionKind, Span, Spans, Stance

_LISTED = 6
"""Shared terms that an explanation lists before it only counts."""

# Past tense agrees with every subject: "US media reported", "United States reported".
SAID = {
    Stance.REPORT: "reported",
    Stance.CLAIM: "claimed",
    Stance.ACCUSE: "alleged",
    Stance.CONFIRM: "confirmed",
    Stance.ANNOUNCE: "announced",
    Stance.WARN: "warned of",
    Stance.DENY: "denied",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a kind of contradiction found in a meeting."""

    kind: ContradictionKind
    score: float
    explanation: str
    asserted_words: Spans
    contested_words: Spans


@dataclass(frozen=True)
class Meeting:
    """A candidate pair. ``overlap`` is the weighted share of the shorter content that the other
    holds; ``words`` counts the shared words that are no names."""

    asserted: Statement
    contested: Statement
    overlap: float
    words: int

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """Terms that stand in both contents, in the order of the contested one."""
        left, right = self.asserted.places, self.contested.places
        return tuple(text for text in right if text in left)

    @property
    def nested(self) -> bool:
        """Whether one content stands within the other: somebody is cited citing somebody."""
        one, other = self.asserted.content, self.contested.content
        same = self.asserted.article_id == self.contested.article_id
        if one is None or other is None:
            return False
        return same and one.start < other.end and other.start < one.end

    @property
    def agreement(self) -> float:
        """How well the names fit, in [0, 1]: the same known names, and the same one acting."""
        left, right = self.asserted.entities, self.contested.entities
        around = right | self.contested.of(Kind.VOICE)
        if left and right and not left & around:
            return 0.4
        # Who denies without naming an agent speaks of itself.
        accused = self.asserted.stance is Stance.ACCUSE
        agents = self.asserted.of(Kind.AGENT, *((Kind.TARGET,) if accused else ()))
        denied = self.contested.of(Kind.AGENT) or self.contested.of(Kind.VOICE)
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
        share = self.words / max(1, len(self.contested.words))
        return 0.7 + 0.3 * min(1.0, 2 * share)

    @property
    def certainty(self) -> float:
        """A factor for how sure the two attributions are."""
        return 0.8 + 0.2 * min(self.asserted.confidence, self.contested.confidence)

    @cached_property
    def named(self) -> tuple[Term, ...]:
        """Where the asserted claim names who contests it: in its content or beside it."""
        voices = self.contested.of(Kind.VOICE)
        terms = self.asserted.terms
        return tuple(term for term in terms if term.kind in ENTITIES and term.text in voices)

    def asserted_words(self) -> Spans:
        """The shared terms' places in the asserted claim, with the name of who contests it."""
        shared = (self.asserted.places[text] for text in self.shared)
        return joined({*shared, *(term.span for term in self.named)})

    def contested_words(self, *more: Span) -> Spans:
        """The shared terms' places in the contested claim, and ``more``: what contests."""
        return joined({*(self.contested.places[text] for text in self.shared), *more})

    def both_speak_of(self) -> str:
        """The shared terms for a reader: names in English, words as the contested side has them."""
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
        return self.contested.quoted([self.contested.places[text]])


# What a shared term is worth beside a shared word, as in candidates.sql.
_WORTH = {
    Kind.WORD: 1.0,
    Kind.REFUSABLE: 1.0,
    Kind.NUMBER: 0.8,
    Kind.NAME: 0.8,
    Kind.ENTITY: 0.4,
    Kind.AGENT: 0.4,
    Kind.TARGET: 0.4,
    Kind.VAGUE: 0.1,
}


def meet(asserted: Statement, contested: Statement) -> Meeting:
    """Two statements that no query brought together: every term weighs as if it were as rare as
    any other."""
    one, other = _weights(asserted), _weights(contested)
    least = min(sum(one.values()), sum(other.values()))
    both = one.keys() & other.keys()
    overlap = sum(min(one[text], other[text]) for text in both) / least if least else 0.0
    words = len(asserted.words & contested.words)
    return Meeting(asserted, contested, min(1.0, overlap), words)


def _weights(statement: Statement) -> dict[str, float]:
    weights: dict[str, float] = {}
    for term in statement.terms:
        if term.kind in _WORTH:
            weights[term.text] = max(weights.get(term.text, 0.0), _WORTH[term.kind])
    return weights


def told(statement: Statement) -> str:
    """Who did what, with the words that say so: ``Iran denied (“تردید کرتا ہے”)``."""
    if statement.own:
        return f"{statement.outlet} (its own words) {SAID[statement.stance]}"
    cue = statement.quoted(statement.cue)
    # The colon of a headline says nothing to a reader.
    quoted = f" (“{cue}”)" if any(character.isalnum() for character in cue) else ""
    return f"{statement.speaker} {SAID[statement.stance]}{quoted}"


def joined(spans: Iterable[Span]) -> Spans:
    """``spans`` in text order, those that overlap made one."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if result and span.start < result[-1].end:
            result[-1] = Span(start=result[-1].start, end=max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)
