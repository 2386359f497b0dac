"""Noun phrases of languages whose roles stand after the noun: read leftwards from the marker."""

from __future__ import annotations

from claims.attribution.rules.lexicon import Grammar
from claims.model import Word

LONGEST = 18
"""Words in a source's noun phrase; a longer run is a parse gone wrong."""

LONGEST_MODIFIED = 26
"""Words in one with a participle clause that modifies it."""

BRACKETED = 8
"""Words that may stand in brackets inside a name."""

COMMAS = frozenset({"،", ","})

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "PRON", "DET", "X", "SYM"})
_NAME = frozenset({"NOUN", "PROPN"})
_NAMED = frozenset({"compound", "flat", "nmod"})
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
    at = bracket_start(words, end - 1) - 1 if end and words[end - 1].text == ")" else end - 1
    if at < 0 or words[at].upos == "PUNCT" or words[at].text in grammar.complementisers:
        return None
    if words[at].text in grammar.auxiliaries and words[at].upos != "PROPN":  # جیٹ لی
        return None
    if words[at].text in grammar.not_in_source and words[at].upos not in _NAME:
        return None
    start = at
    while start > 0 and at - start < LONGEST:
        word = words[start - 1]
        if word.text == ")" and bracket_start(words, start - 1) > 0:
            inner = bracket_start(words, start - 1)
            if not _is_nominal(words[inner - 1], words, end, grammar):
                break
            start = inner - 1
            continue
        if word.text in grammar.not_in_source or word.text in grammar.complementisers:
            break
        if word.text in grammar.relatives:
            break
        if words[start].text in grammar.openers and word.text not in grammar.genitive_markers:
            break
        pointed = words[start].text in grammar.demonstratives and words[start].upos != "PROPN"
        if pointed and word.upos in {"ADJ", "ADV", "DET"}:
            break  # … بہت زیادہ | ان بچوں نے
        if word.text in (*grammar.genitive_markers, *grammar.linkers):
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
    if _article(words, start, grammar):
        start -= 1
    start = titled(words, modified(words, start, end, grammar), grammar)
    return _past_period(words, start, end, grammar), end


def _past_period(words: tuple[Word, ...], start: int, end: int, grammar: Grammar) -> int:
    """Where a phrase begins without the time before it: گزشتہ روز | میڈیا، اس مرتبہ | کپتان."""
    if start + 1 < end and words[start].text in grammar.periods:
        before = words[start - 1].text if start > 0 else ""
        return start + 1 if before in grammar.not_in_source else start
    if start + 2 < end and words[start].text in grammar.demonstratives:
        return start + 2 if words[start + 1].text in grammar.periods else start
    return start


def _article(words: tuple[Word, ...], start: int, grammar: Grammar) -> bool:
    """Whether a foreign article stands before a name, where it is no verb (دی مرر)."""
    if start == 0 or words[start - 1].text not in grammar.articles:
        return False
    if words[start].upos not in _NAME:
        return False
    before = words[start - 2] if start > 1 else None
    return (
        before is None
        or before.upos == "PUNCT"
        or before.text in grammar.tenses
        or finished(words, start - 2, grammar)
    )


def bracket_start(words: tuple[Word, ...], at: int) -> int:
    """The word number of the bracket that the closing bracket at ``at`` closes; ``at`` itself
    where there is none or it lies far off."""
    for number in range(at - 1, max(at - BRACKETED, -1), -1):
        if words[number].text.endswith("("):
            return number if words[number].text == "(" else number + 1
    return at


def modified(words: tuple[Word, ...], start: int, end: int, grammar: Grammar) -> int:
    """Where a phrase ``[start, end)`` begins with the participle clause that modifies its noun:
    X کی جانب سے جاری کردہ | رپورٹ، X میں شرکت کرنے والے | افراد، X میں کی گئی | تحقیق."""
    at = _participle(words, start, end, grammar)
    if at is None:
        return start
    while at > 0 and end - at < LONGEST_MODIFIED:
        word = words[at - 1]
        if (
            word.upos in {"PUNCT", "SCONJ", "CCONJ"}
            or word.text in (*grammar.subject_markers, *grammar.complementisers)
            or word.text in (*grammar.relatives, *grammar.not_in_source)
            or finished(words, at - 1, grammar)
        ):
            break
        at -= 1
    while words[at].text in grammar.not_in_source and at < start:
        at += 1
    return min(at, start)


def _participle(words: tuple[Word, ...], start: int, end: int, grammar: Grammar) -> int | None:
    """The first word of the participle that stands before or at the beginning of a phrase."""
    for at in range(min(start + 2, end - 1), start - 2, -1):
        if at >= 0 and words[at].text in grammar.participles:
            return min(at, start)
        after_case = at > 0 and words[at].text in grammar.participles_after_case
        if after_case and words[at - 1].upos == "ADP":
            return min(at, start)
    # a perfect participle modifies where a postposition stands right before it; with a subject
    # before it, it is the verb of a sentence (یہ تحقیق تیار کی گئی | تحقیق میں …)
    return start - 2 if start > 3 and _attributive(words, start - 1, grammar) else None


def _attributive(words: tuple[Word, ...], at: int, grammar: Grammar) -> bool:
    """Whether ``words[at]`` ends a participle like کی گئی in «X میں کی گئی تحقیق»."""
    return (
        at > 1
        and words[at].text in grammar.passive_auxiliaries
        and words[at - 1].upos in {"VERB", "AUX"}
        and words[at - 2].upos == "ADP"
        and words[at - 2].text not in grammar.limits
        and words[at].text not in grammar.direct
    )


def titled(words: tuple[Word, ...], start: int, grammar: Grammar) -> int:
    """Where a name's phrase begins with the title that a comma parts from it:
    کمپنی کے سربراہ، | سلیم احمد."""
    if start < 4 or words[start - 1].text not in COMMAS or words[start].upos not in _NAME:
        return start
    title = start - 1
    while title > 0 and (
        _is_nominal(words[title - 1], words, start, grammar)
        or words[title - 1].text in (*grammar.genitive_markers, *grammar.coordinators)
    ):
        title -= 1
    inside = words[title : start - 1]
    possessed = any(word.text in grammar.genitive_markers for word in inside)
    if (
        not possessed
        or inside[-1].upos not in _NAME
        or (
            title > 0
            and not finished(words, title - 1, grammar)
            and words[title - 1].upos != "PUNCT"
        )
    ):
        return start
    return title


def finished(words: tuple[Word, ...], at: int, grammar: Grammar) -> bool:
    """Whether a finite clause can end with ``words[at]``: a verb that is no infinitive, no
    participle before ہوئے and no absolutive (کر)."""
    word = words[at]
    if word.text.endswith(grammar.fused):
        return True
    if word.upos not in {"VERB", "AUX"}:
        return False
    if word.text in grammar.unfinished and word.upos == "AUX":
        return False
    if _attributive(words, at, grammar):
        return False
    if any(form in word.feats for form in ("VerbForm=Inf", "VerbForm=Conv")):
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    return after is None or (
        after.upos != "AUX" and after.text not in (*grammar.unfinished, *grammar.participles)
    )


def _is_nominal(word: Word, words: tuple[Word, ...], end: int, grammar: Grammar) -> bool:
    if word.text in grammar.not_in_source or word.text in grammar.subject_markers:
        return False
    if grammar.fused and word.text.endswith(grammar.fused):
        return False
    if word.text in grammar.auxiliaries and word.upos != "PROPN":
        return False
    if word.upos in {"PUNCT", "SCONJ", "ADP", "CCONJ"}:
        return False
    if word.upos in _NOMINAL or (word.upos == "PART" and word.deprel in _INSIDE):
        return True
    # a name that the tagger took for a verb hangs on the phrase, a verb does not
    inside = word.index < word.head <= words[end - 1].index
    return word.upos in {"VERB", "AUX", "ADV"} and inside and word.deprel in _NAMED


def subject_before(words: tuple[Word, ...], cue: int, grammar: Grammar) -> tuple[int, int] | None:
    """The subject of a verb at ``cue``: the phrase before the nearest subject marker to its left,
    not beyond a complementiser (that one belongs to another clause)."""
    for at in range(cue - 1, 0, -1):
        if words[at].text in grammar.complementisers:
            return None
        if words[at].text in grammar.subject_markers:
            phrase = phrase_before(words, at, grammar) or _interrupted(words, at, grammar)
            if phrase is None:
                return None
            return _antecedent(words, phrase, cue, grammar) or phrase
    return None


def _interrupted(words: tuple[Word, ...], at: int, grammar: Grammar) -> tuple[int, int] | None:
    """The phrase that a relative clause parts from its marker at ``at``:
    سلیم احمد، جو وفد میں شامل تھے، | نے کہا."""
    if at < 4 or words[at - 1].upos != "PUNCT" or words[at - 2].upos not in {"VERB", "AUX"}:
        return None
    for opener in range(at - 2, 0, -1):
        if words[opener].text in grammar.subject_markers + grammar.complementisers:
            return None
        if words[opener].text in grammar.relatives:
            end = opener - 1 if words[opener - 1].upos == "PUNCT" else opener
            return phrase_before(words, end, grammar)
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


def clause_start(words: tuple[Word, ...], at: int, grammar: Grammar) -> int:
    """The first word of the clause of ``words[at]``, by punctuation and conjunctions."""
    for number in range(at - 1, -1, -1):
        word = words[number]
        if word.text in grammar.complementisers or word.text in grammar.not_in_source:
            return number + 1
        if word.upos == "PUNCT":
            return number + 1
    return 0
