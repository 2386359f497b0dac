"""Found claims with their words marked in the sentences that they stand in."""

from __future__ import annotations

from collections.abc import Iterable

from claims.review.marking import CONTENT, CUE, SOURCE, Mark, MarkedSegment, segments
from claims.search.found_claims import FoundClaim


def marked_claims(claims: Iterable[FoundClaim]) -> dict[str, list[MarkedSegment]]:
    """The passage of each claim in segments, by identifier."""
    return {one.claim_id: _marked(one) for one in claims}


def _marked(claim: FoundClaim) -> list[MarkedSegment]:
    roles = ((SOURCE, claim.source), (CUE, claim.cue), (CONTENT, claim.content))
    marks = [
        Mark(max(span.start - claim.start, 0), span.end - claim.start, role)
        for role, spans in roles
        for span in spans
        if span.end > claim.start
    ]
    return segments(claim.passage, 0, len(claim.passage), marks)
