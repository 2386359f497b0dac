"""Kind ``negation``: one source says it, another says that it is not so."""

from __future__ import annotations

from claims.contradictions.meeting import SAID, Finding, Meeting, told
from claims.contradictions.terms import Kind
from claims.model import ContradictionKind, Stance

# A negated sentence shares words with many that it does not negate: only the same proposition
# counts.
_SHARED_WORDS = 2
_OVERLAP = 0.6
_LENGTHS = 0.5


def negation(meeting: Meeting) -> Finding | None:
    """The finding where the contested side says the asserted content negated, else None."""
    asserted, contested = meeting.asserted, meeting.contested
    if contested.stance is Stance.DENY or asserted.negated or not contested.negated:
        return None
    lengths = sorted((len(asserted.words), len(contested.words)))
    if (
        meeting.words < _SHARED_WORDS
        or meeting.overlap < _OVERLAP
        or meeting.words < _LENGTHS * lengths[1]
        or not _negates_what_is_shared(meeting)
        or not _numbers_agree(meeting)
    ):
        return None
    known = asserted.entities & (contested.entities | contested.of(Kind.VOICE))
    party = 1.0 if known else 0.5
    score = 0.5 * meeting.overlap + 0.3 * meeting.evidence + 0.2 * party
    marks = [term.span for term in contested.terms if term.kind is Kind.NEGATION]
    said_so = f" (“{contested.quoted(marks)}”)" if marks else ""
    return Finding(
        kind=ContradictionKind.NEGATION,
        score=score * meeting.agreement * meeting.certainty,
        explanation=(
            f"{contested.speaker} {SAID[contested.stance]} the opposite{said_so} of what "
            f"{told(asserted)}: {meeting.both_speak_of()}."
        ),
        asserted_words=meeting.asserted_words(),
        contested_words=meeting.contested_words(*marks),
    )


def _numbers_agree(meeting: Meeting) -> bool:
    """Whether the numbers of both, if there are any, are not all different."""
    left, right = meeting.asserted.of(Kind.NUMBER), meeting.contested.of(Kind.NUMBER)
    return not left or not right or bool(left & right)


def _negates_what_is_shared(meeting: Meeting) -> bool:
    """Whether a word beside a negation is one that the asserted side says too.

    A long content may negate something of which the other says nothing. Terms next to the negation
    on either side are asked, as languages differ in where they put it.
    """
    beside_content = (Kind.VOICE, Kind.TARGET)
    terms = [term for term in meeting.contested.terms if term.kind not in beside_content]
    for place, term in enumerate(terms):
        if term.kind is Kind.NEGATION:
            beside = (*terms[max(0, place - 1) : place], *terms[place + 1 : place + 2])
            if any(neighbour.text in meeting.shared for neighbour in beside):
                return True
    return False
