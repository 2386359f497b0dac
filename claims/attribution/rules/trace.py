"""What the engine tried and why it refused: kept only where somebody asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.attribution.rules.lexicon import Cue, Frame
from claims.attribution.rules.match import Reading
from claims.attribution.rules.match_cues import Found
from claims.model import Attribution

NO_FORM = "the sentence does not have this form"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A frame of a cue's entry that was tried; ``reason`` is None where it gave a reading."""

    found: Found
    cue: Cue
    frame: Frame
    reason: str | None


@dataclass
class Trace:
    """All that happened in the reading of a document, in its order.

    ``readings`` are those that became attributions, ``dropped`` the attributions that were not
    kept, each with its reason.
    """

    attempts: list[Attempt] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    dropped: list[tuple[Attribution, str]] = field(default_factory=list)
    reason: str | None = None

    def tried(self, found: Found, cue: Cue, frame: Frame, reading: Reading | None) -> None:
        """Keep an attempt, with the reason that was given since the one before."""
        reason = None if reading is not None else self.reason or NO_FORM
        self.attempts.append(Attempt(found, cue, frame, reason))
        self.reason = None
