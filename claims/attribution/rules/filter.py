"""Which of the attributions that were found are kept."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribution.rules.dismissals import dismissed
from claims.attribution.rules.text import Text
from claims.model import Attribution, Stance


def kept(each: Attribution, found: Sequence[Attribution], text: Text) -> bool:
    """Whether an attribution says something that none of the others says better."""
    return against(each, found, text) is None


def against(each: Attribution, found: Sequence[Attribution], text: Text) -> str | None:
    """Why an attribution is not kept, in a few words; None where it is."""
    others = [other for other in found if other is not each]
    if dismissed(text, each):
        return "a person is dismissed here; nobody denies what was said"
    if _repeats(each, others):
        return "another attribution of the sentence says the same and names a source"
    if _leads_to(each, others):
        return "another cue, nearer to the content, brings in the same words of the same source"
    if _asked(each, others):
        return "it is part of what somebody declined to say: a question, no claim"
    if _within(each, others, text):
        return "it stands in the quoted words of another attribution"
    return None


def _repeats(each: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether a sourceless attribution says what another of its sentence says with a source."""
    return each.source is None and any(
        other.source is not None
        and other.sentence_index == each.sentence_index
        and any(a.start <= b.start and b.end <= a.end for a in other.content for b in each.content)
        for other in others
    )


def _leads_to(each: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether another cue brings in the same words of the same source: «explaining this, he said»
    is one attribution, and the cue nearest to its content carries it."""
    return any(
        other.sentence_index == each.sentence_index
        and other.source == each.source
        and other.content == each.content
        and (_distance(other), other.cue[0].start) < (_distance(each), each.cue[0].start)
        for other in others
    )


def _distance(each: Attribution) -> int:
    """Characters between a cue and the nearest piece of its content."""
    cue = each.cue[0]
    return min(max(span.start - cue.end, cue.start - span.end) for span in each.content)


def _asked(each: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether an attribution is part of what somebody declined to say: a question, no claim."""
    at = each.cue[0].start
    return any(
        other.stance is Stance.DECLINE
        and any(span.start <= at < span.end for span in other.content)
        for other in others
    )


def _within(each: Attribution, others: Sequence[Attribution], text: Text) -> bool:
    """Whether a cue stands in the quoted words of another attribution: the speaker's own story
    («I told them that…») is part of what is quoted."""
    at = each.cue[0].start
    return any(
        mark.closed and mark.start < at < mark.end
        for other in others
        for span in other.content
        if span.start <= at < span.end
        for mark in text.quoted
        if span.start <= mark.start < span.end
    )
