"""The clause that follows a cue, in languages whose clauses follow their complementiser."""

from __future__ import annotations

from claims.attribution.rules.extents import clause_after
from claims.attribution.rules.lexicon import Grammar
from claims.attribution.rules.match_cues import Found
from claims.attribution.rules.quotes import paragraphs_end
from claims.attribution.rules.text import Text
from claims.attribution.rules.urdu_hindi.noun_phrases import finished
from claims.attribution.rules.urdu_hindi.postposition_sources import clause_opening, of_cue
from claims.model import Span, Word

SHORTEST = 3
"""Words of a clause that follows its cue without a complementiser."""


def complement(text: Text, found: Found, later: tuple[Found, ...]) -> Span | None:
    """The clause after the complementiser that follows the cue."""
    words = found.sentence.words
    grammar = text.grammar
    if _opens(text, words[found.last]):  # X نے کہا "…"
        run = text.quoted_run(words[found.last].end, text.line_end(found.sentence))
        if run is not None and len(text.text[run.start : run.end].split()) >= SHORTEST:
            return text.content(run.start, paragraphs_end(text.text, text.quoted, run.end))
    for at in range(found.last + 1, min(found.last + 4, len(words))):
        word = words[at]
        if any(other.first <= at <= other.last for other in later):
            break  # تردید کرتے ہوئے کہا کہ: the clause is the nearer cue's
        if (
            word.text in grammar.complementisers
            or word.text == ":"
            or (word.text == "،" and _opens(text, word))
        ):
            if at + 1 < len(words):
                limit = limit_of(text, found, at + 1, later)
                return clause_after(text, found.sentence, words[at].end, limit)
            return _quotation_from(text, word.end)
        if word.upos not in {"PUNCT", "PART", "AUX", "ADV", "VERB"} and word.text not in {":", "،"}:
            break
    return None


def bare_complement(text: Text, found: Found, later: tuple[Found, ...]) -> Span | None:
    """The clause that follows the cue directly: اداکارہ نے کہا میں خوش ہوں."""
    words = found.sentence.words
    grammar = text.grammar
    start = found.last + 1
    if start >= len(words):
        return None
    first = words[start]
    apart = first.upos in {"PUNCT", "AUX", "CCONJ", "ADP"}
    if (apart and first.text not in grammar.self_words) or first.text in (
        *grammar.coordinators,
        *grammar.continuing,
        *grammar.complementisers,
        *grammar.unfinished,
    ):
        return None
    if any(start <= other.first <= start + 1 and other.passive == found.passive for other in later):
        return None  # خبردار کرتے ہوئے | کہا ہے کہ: the clause is the nearer cue's
    limit = limit_of(text, found, start, later)
    content = clause_after(text, found.sentence, words[found.last].end, limit)
    inside = [word for word in words[start:] if content and word.end <= content.end]
    if len(inside) < SHORTEST or not any(word.upos in {"VERB", "AUX"} for word in inside):
        return None
    return content


def _opens(text: Text, word: Word) -> bool:
    """Whether a quotation opens right after the word."""
    return any(word.end <= mark.start <= word.end + 2 for mark in text.quoted)


def _quotation_from(text: Text, at: int) -> Span | None:
    """A quotation that opens in the next line: …نے کہا کہ: ↵ "…"."""
    run = text.quoted_run(at, len(text.text))
    return text.content(run.start, run.end) if run else None


def limit_of(text: Text, found: Found, start: int, later: tuple[Found, ...]) -> int | None:
    """The code point where a later attribution of the same sentence cuts the content off: one
    that opens a clause after a finished one, or whose source stands right after a coordinator
    or a relative that points back."""
    words = found.sentence.words
    grammar = text.grammar
    for other in later:
        if other.first <= start:
            continue
        source = of_cue(text, other)
        if source is None and _unsourced(text, other):
            source = (other.first, other.first)
        if source is None or source[0] <= start:
            continue
        at = clause_opening(text, other, source)
        turn = _answering(words, source[0], grammar)
        if turn is not None and turn > start + 2:
            at = turn
        elif at is None or at <= start + 2:
            at = source[0] - 1
            while at > start and (
                words[at].text in grammar.genitive_markers or words[at].upos == "PUNCT"
            ):
                at -= 1
            joins = _joins(words[at], text) and words[at].text not in grammar.consequents
            points = words[at].text in grammar.relatives
            if not (joins or points) or at <= start + 2:
                continue
        opener = words[at]
        if any(mark.start <= opener.start < mark.end for mark in text.quoted):
            continue
        return opener.start
    return None


def _answering(words: tuple[Word, ...], source: int, grammar: Grammar) -> int | None:
    """The word that takes up what was said, for somebody else to answer: …، | جس پر X نے کہا."""
    at = source - 2
    if at < 1 or words[at + 1].text not in grammar.locative_markers:
        return None
    if words[at].text not in (*grammar.relatives, *grammar.demonstratives):
        return None
    closed = words[at - 1].upos == "PUNCT" or finished(words, at - 1, grammar)
    return at if closed else None


def _joins(word: Word, text: Text) -> bool:
    """Whether a word brings in a clause beside the one before it."""
    adverbs = word.text in text.grammar.not_in_source and word.upos in {"CCONJ", "SCONJ", "ADV"}
    return word.text in text.grammar.coordinators or adverbs


def _unsourced(text: Text, found: Found) -> bool:
    """Whether a passive brings in a clause of its own (صارفین کو آگاہ کیا گیا کہ …)."""
    after = found.sentence.words[found.last + 1 : found.last + 2]
    return found.passive and any(word.text in text.grammar.complementisers for word in after)
