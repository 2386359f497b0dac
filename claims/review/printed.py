"""A claim as every page prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Printed:
    """Who says what, where and when.

    ``speaker`` is the canonical name, None where it is not known; ``source_text`` the words that
    name it in the article, None where nobody is named: then the outlet itself speaks.
    """

    claim_id: str
    article_id: str
    outlet: str
    language: str
    published_at: datetime | None
    stance: str
    speaker_id: str | None
    speaker: str | None
    speaker_kind: str | None
    via: str | None
    source_text: str | None
    cue_text: str
    content_text: str
