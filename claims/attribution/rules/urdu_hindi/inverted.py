"""What is said before who says it, in languages that mark roles after the noun phrase (Urdu).

’C‘، X بولے, C، X نے کہا, and ”C“ یہ کہنا ہے X کا.
"""

from __future__ import annotations

from claims.attribution.rules.extents import quotation_before
from claims.attribution.rules.lexicon import Grammar
from claims.attribution.rules.match_cues import Found
from claims.attribution.rules.quotes import covering
from claims.attribution.rules.text import Text
from claims.attribution.rules.urdu_hindi.noun_phrases import COMMAS, phrase_before, subject_before
from claims.attribution.rules.urdu_hindi.postposition_sources import Phrase, named
from claims.model import Span, Word

SHORTEST = 3
"""Words of a clause that stands before its source without quotation marks."""

LONGEST = 6
"""Words that open a sentence and are its source, where the tagger sees no noun in them."""

REACH = 10
"""Words of a source that follows its noun (یہ کہنا ہے | رخسانہ ملک | کا)."""


def speaker(text: Text, found: Found) -> Phrase | None:
    """Who says what stands before: the subject that a marker shows, or the phrase right before a
    verb that takes none (عبدالرؤف | بولے)."""
    words, grammar = found.sentence.words, text.grammar
    marked = named(words, subject_before(words, found.first, grammar), grammar)
    if marked is not None and _inside_quotation(text, found, marked):
        marked = None
    if marked is not None or found.first == 0:
        return marked
    if words[found.first - 1].upos not in {"NOUN", "PROPN", "PRON"}:
        return None
    return named(words, phrase_before(words, found.first, grammar), grammar)


def _inside_quotation(text: Text, found: Found, phrase: Phrase) -> bool:
    """Whether a phrase stands in a quotation that ends before the cue."""
    words = found.sentence.words
    mark = covering(text.quoted, words[phrase[0]].start)
    return mark is not None and mark.end <= words[found.first].start


def opening(text: Text, found: Found, content: Span) -> Phrase | None:
    """The words that open a sentence before a cue that a quotation follows, where the tagger sees
    no noun in them (ماہی گیر قادر بخش | بولے: ”…“)."""
    words, grammar = found.sentence.words, text.grammar
    quoted = covering(text.quoted, content.start) is not None
    before = words[: found.first]
    marks = {*grammar.object_markers, *grammar.negations, *grammar.complementisers}
    if not quoted or not 0 < len(before) <= LONGEST:
        return None
    if any(w.upos in {"VERB", "AUX", "PUNCT"} or w.text in marks for w in before):
        return None
    return 0, found.first


def clause_before(text: Text, found: Found, source: Phrase) -> Span | None:
    """The clause that its source, at the end of the sentence, is parted from by a comma."""
    words = found.sentence.words
    at = source[0] - 1
    if at < SHORTEST or words[at].text not in COMMAS:
        return None
    if any(word.upos != "PUNCT" for word in words[found.last + 1 :]):
        return None
    before = words[:at]
    if not any(word.upos in {"VERB", "AUX"} for word in before) or _subordinate(before, text):
        return None
    return text.content(words[0].start, words[at].start)


def _subordinate(before: tuple[Word, ...], text: Text) -> bool:
    """Whether the clause only leads up to what follows: جب X آئے، …، یہ کہتے ہوئے، …"""
    grammar = text.grammar
    opens = before[0].text in (*grammar.not_in_source, *grammar.conditionals, *grammar.relatives)
    asks = any(word.text in grammar.speech.asking for word in before)
    return opens or asks or before[-1].text in grammar.unfinished


def of_noun(text: Text, found: Found) -> tuple[Phrase, Span] | None:
    """Source and content of یہ کہنا ہے X کا, the quotation before it or behind its colon."""
    words, grammar = found.sentence.words, text.grammar
    pointed = found.first > 0 and words[found.first - 1].text in grammar.demonstratives
    opens = found.first == 0 or words[found.first - 1].upos == "PUNCT"
    if not (pointed or opens):
        return None
    marker = _marker(words, found.last + 1, grammar)
    source = named(words, phrase_before(words, marker, grammar), grammar) if marker else None
    if marker is None or source is None or source[0] <= found.last:
        return None
    start = words[found.first - 1 if pointed else found.first].start
    content = quotation_before(text, found.sentence, start)
    if content is None:
        line_end = text.line_end(found.sentence)
        colon = text.text.find(":", words[marker].end, line_end)
        run = text.quoted_run(colon + 1, line_end) if colon >= 0 else None
        content = text.content(run.start, run.end) if run is not None else None
    return (source, content) if content is not None else None


def _marker(words: tuple[Word, ...], start: int, grammar: Grammar) -> int | None:
    """The marker at which the phrase that begins at ``start`` ends: the last one before the next
    mark, verb or relative."""
    last = None
    for at in range(start, min(start + REACH, len(words))):
        word = words[at]
        if word.text in grammar.genitive_markers:
            last = at
        elif word.upos in {"PUNCT", "VERB", "AUX"} or word.text in grammar.relatives:
            break
    return last
