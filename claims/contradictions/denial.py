"""Kind ``denial``: one source says it, another denies it."""

from __future__ import annotations

from claims.contradictions.meeting import Finding, Meeting, joined, told
from claims.contradictions.terms import Kind
from claims.model import ContradictionKind, Stance

_ANSWER = 0.7
"""Nothing but the place and the name ties a bare denial to what it answers."""


def denial(meeting: Meeting) -> Finding | None:
    """The finding where the contested side denies what the asserted side says, else None."""
    asserted, contested = meeting.asserted, meeting.contested
    if contested.stance is not Stance.DENY or asserted.negated != contested.negated:
        return None
    # An offer or a demand is refused; whoever says that it was made is not contradicted.
    if contested.of(Kind.REFUSABLE):
        return None
    # Who reports that it was denied agrees with the denial.
    if asserted.of(Kind.DENIAL):
        return None
    if meeting.words == 0:
        return _answer(meeting)
    if meeting.words == 1 and not _says_one_thing(meeting):
        return None
    known = asserted.entities & (contested.entities | contested.of(Kind.VOICE))
    party = 1.0 if meeting.named else 0.6 if known else 0.2
    score = 0.4 * meeting.overlap + 0.3 * meeting.evidence + 0.3 * party
    return Finding(
        kind=ContradictionKind.DENIAL,
        score=score
        * meeting.agreement
        * meeting.coverage
        * meeting.certainty
        * _said_of_it(meeting),
        explanation=f"{told(contested)} what {told(asserted)}: {meeting.both_speak_of()}.",
        asserted_words=meeting.asserted_words(),
        contested_words=meeting.contested_words(*contested.cue),
    )


def _said_of_it(meeting: Meeting) -> float:
    """A factor for how much of an outlet's own statement is denied. A source's claim is about one
    thing; what an outlet tells may mention in passing what somebody denies."""
    if not meeting.asserted.own:
        return 1.0
    return min(1.0, 2 * meeting.words / max(1, len(meeting.asserted.words)))


def _says_one_thing(meeting: Meeting) -> bool:
    """Whether a single shared word is all that the denial says, and it is said of the denier."""
    return len(meeting.contested.words) == 1 and bool(meeting.named)


def _answer(meeting: Meeting) -> Finding | None:
    """The finding where the denial only points back at an accusation: "denied the allegation"."""
    asserted, contested = meeting.asserted, meeting.contested
    if not meeting.named:
        return None
    name = meeting.named[0].text.removeprefix("=")
    pointers = (term.span for term in contested.terms if term.kind is Kind.VAGUE)
    return Finding(
        kind=ContradictionKind.DENIAL,
        score=_ANSWER * meeting.certainty,
        explanation=(
            f"{told(contested)} what {told(asserted)} just before, where {asserted.speaker} "
            f"named {name}."
        ),
        asserted_words=joined({*(term.span for term in meeting.named), *asserted.cue}),
        contested_words=joined({*pointers, *contested.cue}),
    )
