"""A pair that was judged a contradiction, as ranking sees it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Self

from claims.contradictions.candidate import CandidatePair
from claims.contradictions.judges.judge import Judgement, PairLabel
from claims.contradictions.statements import Statement
from claims.model import ContradictionKind, Span, Spans


@dataclass(frozen=True, slots=True)
class FoundSide:
    """What ranking asks of a statement in a pair: ``words`` are those that conflict, ``printed``
    the same as the article has them, case folded, ``said`` its whole content as printed."""

    claim_id: str
    article_id: str
    speaker: str
    content: Span | None
    words: Spans
    printed: str
    said: str

    @classmethod
    def of(cls, statement: Statement, words: Spans) -> Self:
        """The side that ``statement`` is, with its conflicting words."""
        return cls(
            statement.claim_id,
            statement.article_id,
            statement.speaker,
            statement.content,
            words,
            statement.quoted(words).casefold(),
            statement.quoted(statement.pieces),
        )

    def covers(self, other: FoundSide) -> bool:
        """Whether the contents of both overlap, in one article."""
        if self.article_id != other.article_id or self.content is None or other.content is None:
            return False
        return self.content.start < other.content.end and other.content.start < self.content.end


@dataclass(frozen=True, slots=True)
class FoundPair:
    """A candidate with its judgement, without the statements' texts and terms."""

    left: FoundSide
    right: FoundSide
    kind: ContradictionKind
    score: float
    explanation: str

    @classmethod
    def of(cls, pair: CandidatePair, judgement: Judgement) -> Self:
        """What is kept of a judged pair. Where the judge does not tell in which words the two
        conflict, these are their whole contents, or the cue of a denial that has none."""
        left, right = pair.left, pair.right
        update = judgement.label is PairLabel.UPDATE
        untold = ContradictionKind.SUPERSEDED if update else ContradictionKind.OTHER
        return cls(
            FoundSide.of(left, judgement.left_words or left.pieces or left.cue),
            FoundSide.of(right, judgement.right_words or right.pieces or right.cue),
            judgement.kind or untold,
            judgement.score,
            judgement.explanation,
        )

    @property
    def order(self) -> tuple[float, str, str]:
        """Best first."""
        return (-self.score, self.left.claim_id, self.right.claim_id)

    @property
    def contradiction_id(self) -> str:
        """The identifier of the pair."""
        return contradiction_id(self.left.claim_id, self.right.claim_id)

    @property
    def sides(self) -> tuple[FoundSide, FoundSide]:
        """Left and right."""
        return self.left, self.right

    @property
    def articles(self) -> frozenset[str]:
        """The articles of both."""
        return frozenset((self.left.article_id, self.right.article_id))

    def covers(self, other: FoundPair) -> bool:
        """Whether the other pair is of the same words on both sides, told otherwise."""
        return any(
            all(mine.covers(theirs) for mine, theirs in zip(self.sides, turned, strict=True))
            for turned in (other.sides, other.sides[::-1])
        )


def contradiction_id(one: str, other: str) -> str:
    """The identifier of the pair of two claims, whichever comes first: 16 hexadecimal digits.

    It does not depend on kind or score, so a review outlives a better comparison.
    """
    return hashlib.sha256("\x1f".join(sorted((one, other))).encode()).hexdigest()[:16]
