"""Kind ``denial``: one source says it, another denies it."""

from __future__ import annotations

from claims.contradictions.candidate import describe
from claims.contradictions.judges.judge import Judgement
from claims.contradictions.judges.rules.opposed_pair import OpposedPair, joined
from claims.model import ContradictionKind, Stance, TermKind

_ANSWER = 0.7
"""Nothing but the place and the name ties a bare denial to what it answers."""

_A_PROPOSITION = 3
"""Words that both say, from which on a denial from elsewhere needs no name to be about the same."""


def denial(pair: OpposedPair) -> Judgement | None:
    """The judgement where the contesting side denies what the asserted side says, else None."""
    asserted, contesting = pair.asserted, pair.contesting
    if contesting.stance is not Stance.DENY or asserted.negated != contesting.negated:
        return None
    # An offer or a demand is refused; whoever says that it was made is not contradicted.
    if contesting.term_texts(TermKind.REFUSABLE):
        return None
    # Who reports that it was denied agrees with the denial.
    if asserted.term_texts(TermKind.DENIAL):
        return None
    if pair.words == 0:
        return _answer(pair)
    if pair.words == 1 and not _says_one_thing(pair):
        return None
    known = asserted.entities & (contesting.entities | contesting.term_texts(TermKind.VOICE))
    # A word or two without a name in common bring a denial together with whatever another article
    # tells of such things.
    elsewhere = asserted.article_id != contesting.article_id
    if elsewhere and pair.words < _A_PROPOSITION and not pair.named and not known:
        return None
    # Who was named in the claim denies it for itself; a name in common tells at least of one story.
    party = 1.0 if pair.named else 0.6 if known else 0.2
    score = 0.4 * pair.overlap + 0.3 * pair.evidence + 0.3 * party
    return Judgement.of_kind(
        ContradictionKind.DENIAL,
        score * pair.agreement * pair.coverage * pair.certainty * _said_of_it(pair),
        (f"{describe(contesting)} what {describe(asserted)}: {pair.both_speak_of()}."),
        pair.asserted_words(),
        pair.contesting_words(*contesting.cue),
    )


def _said_of_it(pair: OpposedPair) -> float:
    """A factor for how much of an outlet's own statement is denied. A source's claim is about one
    thing; what an outlet tells may mention in passing what somebody denies."""
    if not pair.asserted.own:
        return 1.0
    return min(1.0, 2 * pair.words / max(1, len(pair.asserted.words)))


def _says_one_thing(pair: OpposedPair) -> bool:
    """Whether a single shared word is all that the denial says, and it is said of the denier."""
    return len(pair.contesting.words) == 1 and bool(pair.named)


def _answer(pair: OpposedPair) -> Judgement | None:
    """The judgement where the denial only points back at an accusation: "denied the allegation"."""
    asserted, contesting = pair.asserted, pair.contesting
    if not pair.named:
        return None
    name = pair.named[0].text.removeprefix("=")
    pointers = (term.span for term in contesting.terms if term.kind is TermKind.VAGUE)
    return Judgement.of_kind(
        ContradictionKind.DENIAL,
        _ANSWER * pair.certainty,
        (
            f"{describe(contesting)} what {describe(asserted)} just before, "
            f"where {asserted.speaker} named {name}."
        ),
        joined({*(term.span for term in pair.named), *asserted.cue}),
        joined({*pointers, *contesting.cue}),
    )
