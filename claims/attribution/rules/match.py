"""What a frame makes of a cue."""

from __future__ import annotations

from dataclasses import dataclass, replace

from claims.attribution.rules.lexicon import Cue, Frame
from claims.model import Sentence, Spans


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
