"""A statement as it stands in its article: its words, and those before and after them."""

from __future__ import annotations

from typing import NamedTuple

from claims.contradictions.statements import Statement
from claims.model import Span


class Surroundings(NamedTuple):
    """``place`` is the hull of the content, or of the cue of a statement without one; ``before``
    and ``after`` are the article's own characters on both sides of it, untouched."""

    place: Span
    before: str
    after: str

    @classmethod
    def of(cls, statement: Statement, before: int = 300, after: int = 200) -> Surroundings:
        """The surroundings of a statement, at most so many characters on each side."""
        place = statement.content or Span(start=statement.cue[0].start, end=statement.cue[-1].end)
        return cls(
            place,
            statement.text[max(place.start - before, 0) : place.start],
            statement.text[place.end : place.end + after],
        )
