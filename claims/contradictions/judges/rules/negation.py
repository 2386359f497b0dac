"""Kind ``negation``: one source says it, another says that it is not so."""

from __future__ import annotations

from claims.contradictions.candidate import describe, said
from claims.contradictions.judges.judge import Judgement
from claims.contradictions.judges.rules.opposed_pair import OpposedPair
from claims.model import ContradictionKind, Stance, TermKind

# A negated sentence shares words with many that it does not negate: only the same proposition
# counts, so much more must be shared than of a denial.
_SHARED_WORDS = 2
_OVERLAP = 0.6
"""The least share of the shorter content's weight that both hold."""
_LENGTHS = 0.5
"""The least share of the longer content's words that both hold: it says hardly anything else."""


def negation(pair: OpposedPair) -> Judgement | None:
    """The judgement where the contesting side says the asserted content negated, else None."""
    asserted, contesting = pair.asserted, pair.contesting
    if contesting.stance is Stance.DENY or asserted.negated or not contesting.negated:
        return None
    lengths = sorted((len(asserted.words), len(contesting.words)))
    if (
        pair.words < _SHARED_WORDS
        or pair.overlap < _OVERLAP
        or pair.words < _LENGTHS * lengths[1]
        or not _negates_what_is_shared(pair)
        or not _numbers_agree(pair)
    ):
        return None
    known = asserted.entities & (contesting.entities | contesting.term_texts(TermKind.VOICE))
    party = 1.0 if known else 0.5
    score = 0.5 * pair.overlap + 0.3 * pair.evidence + 0.2 * party
    marks = [term.span for term in contesting.terms if term.kind is TermKind.NEGATION]
    said_so = f" (“{contesting.quoted(marks)}”)" if marks else ""
    return Judgement.of_kind(
        ContradictionKind.NEGATION,
        score * pair.agreement * pair.certainty,
        (
            f"{contesting.speaker} {said(contesting)} the opposite{said_so} of what "
            f"{describe(asserted)}: {pair.both_speak_of()}."
        ),
        pair.asserted_words(),
        pair.contesting_words(*marks),
    )


def _numbers_agree(pair: OpposedPair) -> bool:
    """Whether the numbers of both, if there are any, are not all different."""
    left, right = (
        pair.asserted.term_texts(TermKind.NUMBER),
        pair.contesting.term_texts(TermKind.NUMBER),
    )
    return not left or not right or bool(left & right)


def _negates_what_is_shared(pair: OpposedPair) -> bool:
    """Whether a word beside a negation is one that the asserted side says too.

    A long content may negate something of which the other says nothing. Terms next to the negation
    on either side are asked, as languages differ in where they put it.
    """
    beside_content = (TermKind.VOICE, TermKind.TARGET)
    terms = [term for term in pair.contesting.terms if term.kind not in beside_content]
    for place, term in enumerate(terms):
        if term.kind is TermKind.NEGATION:
            beside = (*terms[max(0, place - 1) : place], *terms[place + 1 : place + 2])
            if any(neighbour.text in pair.shared for neighbour in beside):
                return True
    return False
