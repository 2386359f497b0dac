"""A pair of claims that conflict, as it is found and as it is kept until all are ranked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Self

from claims.contradictions.meeting import Finding
from claims.contradictions.statements import Statement
from claims.model import ContradictionKind, Span, Spans


@dataclass(frozen=True, slots=True)
class Found:
    """A finding between two statements, ``left`` the one that is contested."""

    left: Statement
    right: Statement
    finding: Finding

    @property
    def order(self) -> tuple[float, str, str]:
        """Best first."""
        return (-self.finding.score, self.left.claim_id, self.right.claim_id)


@dataclass(frozen=True, slots=True)
class Side:
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

    def covers(self, other: Side) -> bool:
        """Whether the contents of both overlap, in one article."""
        if self.article_id != other.article_id or self.content is None or other.content is None:
            return False
        return self.content.start < other.content.end and other.content.start < self.content.end


@dataclass(frozen=True, slots=True)
class Pair:
    """A finding without the statements' texts and terms: of a large database there are hundreds of
    thousands before the first is ranked."""

    left: Side
    right: Side
    kind: ContradictionKind
    score: float
    explanation: str

    @classmethod
    def of(cls, found: Found) -> Self:
        """The pair that was found."""
        finding = found.finding
        return cls(
            Side.of(found.left, finding.asserted_words),
            Side.of(found.right, finding.contested_words),
            finding.kind,
            finding.score,
            finding.explanation,
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
    def sides(self) -> tuple[Side, Side]:
        """Left and right."""
        return self.left, self.right

    @property
    def articles(self) -> frozenset[str]:
        """The articles of both."""
        return frozenset((self.left.article_id, self.right.article_id))

    def covers(self, other: Pair) -> bool:
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
