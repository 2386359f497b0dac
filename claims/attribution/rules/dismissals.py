"""Whom a cue is about: a person is dismissed or rejected, but only what is said is denied.

«The captain was dismissed» and کپتان کو مسترد کر دیا گیا tell what happened to somebody; «the
report was dismissed» tells what somebody denies.
"""

from __future__ import annotations

from claims.attribution.rules.text import Text
from claims.model import Attribution, Stance, Word

_BESIDE = frozenset({"punct", "obl", "advmod", "advcl"})
"""Relations of what stands beside the noun phrase: when and where it was done."""


def dismissed(text: Text, each: Attribution) -> bool:
    """Whether an attribution that seems to deny tells only that a person or a body was dismissed or
    rejected."""
    return each.stance is Stance.DENY and names_a_person(text, each)


def names_a_person(text: Text, each: Attribution) -> bool:
    """Whether the content of an attribution is no more than a noun phrase for a person."""
    if not each.content:
        return False
    first, last = min(s.start for s in each.content), max(s.end for s in each.content)
    inside = [
        word
        for sentence in text.sentences
        if sentence.start < last and first < sentence.end
        for word in sentence.words
        if any(span.start <= word.start and word.end <= span.end for span in each.content)
    ]
    head = _head(inside, last=text.grammar.marking == "postposition")
    if head is None:
        return False
    people = text.grammar.people
    if head.text.lower() in people or head.lemma.lower() in people:
        return True
    # A name before the cue is the subject of a passive, or an object that its marker shows.
    return head.upos == "PROPN" and each.content[-1].end <= each.cue[0].start


def _head(inside: list[Word], last: bool) -> Word | None:
    """The noun that a noun phrase is about, None where the words are more than such a phrase."""
    if any(word.upos == "VERB" for word in inside):
        return None
    nouns = [word for word in inside if word.upos in {"NOUN", "PROPN", "PRON"}]
    if last:
        return nouns[-1] if nouns else None
    numbers = {word.index for word in inside}
    roots = [
        word
        for word in inside
        if word.head not in numbers and word.deprel.split(":")[0] not in _BESIDE
    ]
    return roots[0] if len(roots) == 1 and roots[0] in nouns else None
