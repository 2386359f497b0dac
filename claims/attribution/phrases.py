"""Noun phrases of languages whose roles stand after the noun: read leftwards from the marker."""

from __future__ import annotations

from claims.attribution.lexicon import Grammar
from claims.model import Word

LONGEST = 14
"""Words in a source's noun phrase; a longer run is a parse gone wrong."""

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "PRON", "DET", "X", "SYM"})
_NAME = frozenset({"NOUN", "PROPN"})
_INSIDE = frozenset({"compound", "flat", "amod", "nmod", "nummod", "det", "dep"})


def phrase_before(words: tuple[Word, ...], end: int, grammar: Grammar) -> tuple[int, int] | None:
    """The noun phrase whose last word is ``words[end - 1]``, as ``[start, end)`` word numbers.

    Takes nominals, genitive markers between them and a coordinator with a nominal on each side;
    leaves out words that resume the phrase (حکام، دونوں نے). None where no nominal stands there.
    """
    while end > 0 and words[end - 1].text in grammar.resumptives:
        end -= 1
        if end > 0 and words[end - 1].upos == "PUNCT":
            end -= 1
    at = end - 1
    if at < 0 or words[at].upos == "PUNCT" or words[at].text in grammar.complementisers:
        return None
    if words[at].text in grammar.auxiliaries:
        return None
    if words[at].text in grammar.not_in_source and words[at].upos not in _NAME:
        return None
    start = at
    while start > 0 and end - start < LONGEST:
        word = words[start - 1]
        if word.text in grammar.not_in_source or word.text in grammar.complementisers:
            break
        if word.text in grammar.relatives:
            break
        if word.text in grammar.genitive_markers:
            if start < 2 or not _is_nominal(words[start - 2], words, end, grammar):
                break
            if words[start - 2].text in grammar.relatives:
                break
            start -= 2
            continue
        if word.text in grammar.coordinators:
            if start < 2 or words[start - 2].upos not in _NOMINAL:
                break
            if words[start - 2].text in grammar.not_in_source:
                break
            start -= 2
            continue
        if word.text in grammar.subject_markers or not _is_nominal(word, words, end, grammar):
            break
        start -= 1
    return start, end


def _is_nominal(word: Word, words: tuple[Word, ...], end: int, grammar: Grammar) -> bool:
    if word.text in grammar.not_in_source or word.text in grammar.subject_markers:
        return False
    if word.text in grammar.auxiliaries or word.upos in {"PUNCT", "SCONJ", "ADP", "CCONJ"}:
        return False
    if word.upos in _NOMINAL or (word.upos == "PART" and word.deprel in _INSIDE):
        return True
    # a name that the tagger took for a verb hangs on the phrase, a verb does not
    inside = word.index < word.head <= words[end - 1].index
    return word.upos in {"VERB", "AUX", "ADV"} and inside and word.deprel in _INSIDE


def subject_before(words: tuple[Word, ...], cue: int, grammar: Grammar) -> tuple[int, int] | None:
    """The subject of a verb at ``cue``: the phrase before the nearest subject marker to its left,
    not beyond a complementiser (that one belongs to another clause)."""
    for at in range(cue - 1, 0, -1):
        if words[at].text in grammar.complementisers:
            return None
        if words[at].text in grammar.subject_markers:
            phrase = phrase_before(words, at, grammar)
            if phrase is None:
                return None
            return _antecedent(words, phrase, cue, grammar) or phrase
    return None


def _antecedent(
    words: tuple[Word, ...], phrase: tuple[int, int], cue: int, grammar: Grammar
) -> tuple[int, int] | None:
    """What a relative clause between subject and cue hangs on: پوتن، جن کا ترجمہ X نے کیا، کہا."""
    closed = any(
        word.upos == "PUNCT" and words[at].upos in {"VERB", "AUX"}
        for at, word in enumerate(words[phrase[1] : cue], phrase[1] - 1)
    )
    if not closed:
        return None
    for at in range(phrase[0] - 1, 0, -1):
        if words[at].text in grammar.relatives:
            if words[at - 1].upos == "PUNCT":
                return phrase_before(words, at - 1, grammar)
            return None
        if words[at].upos in {"PUNCT", "AUX", "SCONJ"}:
            return None
    return None


def unmarked_subject(
    words: tuple[Word, ...], head: int, grammar: Grammar
) -> tuple[int, int] | None:
    """The subject that no marker shows (present and future): by the parser's relation, with the
    words before it that belong to it."""
    index = words[head].index
    for at, word in enumerate(words[:head]):
        if word.head == index and word.deprel == "nsubj" and word.upos in _NOMINAL:
            after = words[at + 1].text if at + 1 < len(words) else ""
            if after in grammar.object_markers and after not in grammar.genitive_markers:
                continue
            phrase = phrase_before(words, at + 1, grammar)
            if phrase and phrase[1] - phrase[0] > 1 and words[at + 1].upos == "CCONJ":
                return phrase[0], phrase[1] - 1  # its last word begins a list: the object
            return phrase
    return None


def clause_start(words: tuple[Word, ...], at: int, grammar: Grammar) -> int:
    """The first word of the clause of ``words[at]``, by punctuation and conjunctions."""
    for number in range(at - 1, -1, -1):
        word = words[number]
        if word.text in grammar.complementisers or word.text in grammar.not_in_source:
            return number + 1
        if word.upos == "PUNCT":
            return number + 1
    return 0
