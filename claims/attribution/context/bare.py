"""Contents that say nothing by themselves: a pronoun, a name, a single noun."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribution.rules.extents import sentence_before
from claims.attribution.rules.text import Text
from claims.model import Attribution, Modality, Quotation, Span, Stance, Word

LONGEST = 3
"""Words of a content that may say nothing by itself."""

_TELLING = frozenset({Stance.REPORT, Stance.CLAIM, Stance.OPINE})
"""Stances of which a noun alone says nothing; «confirmed arrests» does."""


def resolved(text: Text, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions; one whose content only points back gets what it points at («denied it»),
    and one that is left with no more than a pronoun or a name is marked."""
    out: list[Attribution] = []
    for each in found:
        words = _words(text, each)
        points = all(word.text.lower() in text.grammar.demonstratives for word in words)
        if not bare(text, each):
            out.append(each)
        elif points:
            out.append(_pointed(text, each, found))
        elif each.modality is Modality.ASSERTED:
            out.append(each.model_copy(update={"modality": Modality.BARE}))
        else:
            out.append(each)
    return out


def bare(text: Text, each: Attribution) -> bool:
    """Whether a content is no more than a pronoun, a name or, where nothing is said of it by the
    stance, a noun."""
    words = _words(text, each)
    if not words or len(words) > LONGEST or each.quotation is Quotation.DIRECT:
        return False
    return _bare(words, each.stance)


def _words(text: Text, each: Attribution) -> list[Word]:
    return [
        word
        for sentence in text.around(each.content)
        for word in sentence.words
        if word.upos != "PUNCT" and any(s.start <= word.start < s.end for s in each.content)
    ]


def _bare(words: Sequence[Word], stance: Stance) -> bool:
    kinds = {word.upos for word in words}
    if kinds <= {"PRON", "PROPN", "DET"}:
        return True
    if stance is Stance.REPORT and kinds <= {"DET", "NOUN"} and len(words) == 2:
        return True
    return len(words) == 1 and words[0].upos == "NOUN" and stance in _TELLING


def _pointed(text: Text, each: Attribution, found: Sequence[Attribution]) -> Attribution:
    sentence = text.sentence_at(each.cue[0].start) if each.cue else None
    before = sentence_before(text, sentence) if sentence is not None else None
    if before is None:
        return each.model_copy(update={"modality": Modality.BARE})
    inside = [
        other
        for other in found
        if other is not each
        and other.source is not None
        and other.modality is Modality.ASSERTED
        and all(before.start <= s.start and s.end <= before.end + 1 for s in other.content)
        and all(before.start <= s.start and s.end <= before.end for s in other.cue)
    ]
    content = inside[0].content if inside else (Span(start=before.start, end=before.end),)
    return each.model_copy(update={"content": content})
