"""A statement as a row of units to align: words, names, numbers, negations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from claims.contradictions.judges.rules.contrasts import Contrasts, Vocabulary
from claims.contradictions.judges.rules.reading_numbers import Quantity, quantities
from claims.contradictions.judges.rules.tokens import Token, tokens
from claims.contradictions.statements import ENTITIES, Statement
from claims.model import Span, TermKind


class Part(Enum):
    """What a unit is. ``LIGHT`` words say nothing of their own."""

    WORD = "word"
    NAME = "name"
    NUMBER = "number"
    NEGATION = "negation"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Unit:
    """``[start, end)`` in the article's text. Units with the same ``key`` say the same; ``stems``
    are those of its words; a ``heavy`` one says something of its own."""

    key: str
    part: Part
    start: int
    end: int
    stems: tuple[str, ...]
    heavy: bool
    quantity: Quantity | None = None

    @property
    def span(self) -> Span:
        """Where the unit stands."""
        return Span(start=self.start, end=self.end)


@dataclass(frozen=True)
class TokenisedStatement:
    """A statement with its tokens; what each form in it was tagged as, words with their key."""

    statement: Statement
    contrasts: Contrasts
    tokens: tuple[Token, ...]
    names: frozenset[str]
    words: dict[str, str]
    entities: dict[int, tuple[int, str]]
    negations: frozenset[str]

    def units(self, names: Collection[str]) -> tuple[Unit, ...]:
        """The units, where forms in ``names`` are names too: taggers know a name in one sentence
        and not in the next."""
        own = self.forms.intersection(names)
        made = self._made.get(own)
        if made is None:
            made = self._made[own] = self._units(own)
        return made

    @cached_property
    def forms(self) -> frozenset[str]:
        """The forms of its tokens."""
        return frozenset(token.form for token in self.tokens)

    @cached_property
    def _made(self) -> dict[frozenset[str], tuple[Unit, ...]]:
        return {}

    def _units(self, names: Collection[str]) -> tuple[Unit, ...]:
        said = {q.first: q for q in quantities(self.tokens, self.contrasts.numbers)}
        language = self.contrasts.language
        found: list[Unit] = []
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.start in self.entities:
                end, key = self.entities[token.start]
                last = at + 1
                while last < len(self.tokens) and self.tokens[last].end <= end:
                    last += 1
                found.append(_unit(self.tokens[at:last], key, Part.NAME))
                at = last
            elif at in said:
                last = said[at].last
                unit = _unit(self.tokens[at:last], said[at].key, Part.NUMBER, said[at])
                found.append(unit)
                at = last
            else:
                following = self.tokens[at + 1].stem if at + 1 < len(self.tokens) else ""
                if (
                    token.form in self.negations
                    or token.stem in self.contrasts.negating
                    or language.is_negation(self.statement.text[token.start : token.end], "")
                ):
                    only = following in self.contrasts.only
                    part = Part.LIGHT if only else Part.NEGATION
                elif token.form in names and not language.is_light(token.form, token.form):
                    part = Part.NAME
                elif token.form in self.words:
                    part = Part.WORD
                else:
                    part = Part.LIGHT
                key = self.words.get(token.form, token.stem) if part is Part.WORD else token.stem
                found.append(_unit((token,), key, part))
                at += 1
        return tuple(found)


def tokenise(statement: Statement, vocabulary: Vocabulary) -> TokenisedStatement:
    """``statement`` with its tokens, by its own terms and the words of its language."""
    contrasts = vocabulary.contrasts(statement.language)
    every = tokens(statement.text, statement.pieces, contrasts)
    found = _said(_without_dateline(statement, every, contrasts), contrasts)
    names: set[str] = set()
    words: dict[str, str] = {}
    negations: set[str] = set()
    entities: dict[int, tuple[int, str]] = {}
    spans = {(token.start, token.end): token.form for token in found}
    for term in statement.terms:
        if term.kind in ENTITIES and term.kind is not TermKind.TARGET:
            entities[term.start] = (term.end, term.text)
        elif term.kind is TermKind.NAME:
            names.add(spans.get((term.start, term.end), ""))
        elif term.kind is TermKind.NEGATION:
            negations.add(spans.get((term.start, term.end), ""))
        elif term.kind not in (TermKind.VOICE, TermKind.TARGET):
            # By its lemma, or the concept that it stands for: synonyms share one.
            words[spans.get((term.start, term.end), "")] = term.text
    forms = {
        spans[start, end]: text for start, (end, text) in entities.items() if (start, end) in spans
    }
    # A known name stands in the terms once; the text may have it again.
    for token in found:
        if token.form in forms and token.start not in entities:
            entities[token.start] = (token.end, forms[token.form])
    return TokenisedStatement(
        statement=statement,
        contrasts=contrasts,
        tokens=found,
        names=frozenset(names - {""}),
        words=words,
        entities=entities,
        negations=frozenset(negations - {""}),
    )


def _without_dateline(
    statement: Statement, found: tuple[Token, ...], contrasts: Contrasts
) -> tuple[Token, ...]:
    """The tokens after "KARACHI (News Desk)": where and by whom a report was filed is no part of
    what it says."""
    if statement.content is None:
        return found
    start = statement.content.start
    opening = statement.text.find("(", start, start + _DATELINE)
    if opening < 0:
        return found
    closing = statement.text.find(")", opening, opening + _DATELINE)
    end = closing if closing >= 0 else opening + _DATELINE
    filed = (token for token in found if opening < token.start < end)
    if not any(token.form in contrasts.datelines for token in filed):
        return found
    return tuple(token for token in found if token.start > end)


def _said(found: tuple[Token, ...], contrasts: Contrasts) -> tuple[Token, ...]:
    """The tokens without photo credits and the like."""
    return tuple(token for token in found if token.form not in contrasts.boilerplate)


_DATELINE = 64
"""Characters of a dateline before its brackets, and in them."""


def _unit(tokens: Sequence[Token], key: str, part: Part, quantity: Quantity | None = None) -> Unit:
    stems = tuple(token.stem for token in tokens)
    heavy = part is not Part.LIGHT
    return Unit(key, part, tokens[0].start, tokens[-1].end, stems, heavy, quantity)
