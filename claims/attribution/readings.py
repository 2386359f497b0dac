"""What a frame makes of a cue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from claims.attribution.cues import Found
from claims.attribution.lexicon import Cue, Frame
from claims.attribution.texts import Text, joined
from claims.model import Sentence, Span, Spans


@dataclass(frozen=True, slots=True)
class Reading:
    """A cue in its sentence with the source and content that a frame gave it."""

    sentence: Sentence
    cue: Cue
    frame: Frame
    expression: Spans
    source: Spans | None
    content: Spans
    negated: bool = False
    via: Spans | None = None

    def with_cue(self, cue: Cue, expression: Spans) -> Reading:
        """The same reading of another expression, that is not negated itself."""
        return replace(self, cue=cue, expression=expression, negated=False)


def read_as(
    text: Text,
    found: Found,
    cue: Cue,
    frame: Frame,
    source: tuple[int, int] | None,
    content: Iterable[Span | None],
) -> Reading:
    """The reading of a cue in a frame; ``source`` is ``[start, end)`` word numbers from 0."""
    named = text.span(found.sentence.words[source[0] : source[1]]) if source else None
    expression = Span(start=found.words[0].start, end=found.words[-1].end)
    return Reading(
        sentence=found.sentence,
        cue=cue,
        frame=frame,
        expression=(expression,),
        source=(named,) if named else None,
        content=joined(content),
        negated=found.negated,
    )
