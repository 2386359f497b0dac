"""What is seen of a statement by itself, before it is set against another."""

from __future__ import annotations

from claims.contradictions.statements import WORDS, Statement
from claims.model import Stance, TermKind

_SHORT, _LONG = 3, 25
"""Terms of a short content, and of a long one."""

_FAR, _MANY = 40, 20
"""The sentence from which on all are far down, and the words that are many."""

FORM = 12
"""How many signs ``StatementSigns.form`` gives."""


class StatementSigns:
    """A statement with what its features need, made once for all of its pairs."""

    __slots__ = (
        "denies", "long", "names", "negates", "numbers", "short", "statement", "voices", "words",
    )  # fmt: skip

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.words = statement.words
        self.names = statement.entities
        self.numbers = statement.term_texts(TermKind.NUMBER)
        self.voices = statement.term_texts(TermKind.VOICE)
        kinds = {term.kind for term in statement.terms}
        self.denies = statement.stance is Stance.DENY or TermKind.DENIAL in kinds
        self.negates = statement.negated or TermKind.NEGATION in kinds
        count = sum(term.kind in WORDS for term in statement.terms)
        self.short, self.long = count < _SHORT, count > _LONG

    @property
    def states(self) -> bool:
        """Whether it says enough to be set against what stands elsewhere: a topic, a fragment or
        "denied the allegations" does not."""
        return not self.short and len(self.words) + len(self.names) >= _SHORT

    @property
    def asks(self) -> bool:
        """Whether it is printed as a question."""
        content = self.statement.content
        if content is None:
            return False
        return any(mark in self.statement.text[content.end - 1 : content.end + 2] for mark in "?؟")

    def form(self) -> list[float]:
        """The signs of its form, and where it stands."""
        stance = self.statement.stance
        return [
            float(self.denies),
            float(self.negates),
            float(stance is Stance.DENY),
            float(stance is Stance.ACCUSE),
            float(stance is Stance.CLAIM),
            float(stance is Stance.OPINE),
            float(self.statement.own),
            float(self.short),
            float(self.long),
            float(bool(self.numbers)),
            min(self.statement.sentence_index, _FAR) / _FAR,
            len(self.words) / _MANY,
        ]
