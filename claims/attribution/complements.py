"""The clause that follows a cue, in languages whose clauses follow their complementiser."""

from __future__ import annotations

from claims.attribution.cues import Found
from claims.attribution.extents import clause_after
from claims.attribution.phrases import phrase_before, subject_before
from claims.attribution.texts import Text
from claims.model import Span, Word


def complement(text: Text, found: Found, later: tuple[Found, ...]) -> Span | None:
    """The clause after the complementiser that follows the cue."""
    words = found.sentence.words
    grammar = text.grammar
    for at in range(found.last + 1, min(found.last + 4, len(words))):
        word = words[at]
        if word.text in grammar.complementisers or (word.text in {":", "،"} and _opens(text, word)):
            if at + 1 < len(words):
                limit = _limit(text, found, at + 1, later)
                return clause_after(text, found.sentence, words[at].end, limit)
            return _quotation_from(text, word.end)
        if word.upos not in {"PUNCT", "PART", "AUX", "ADV", "VERB"} and word.text not in {":", "،"}:
            break
    return None


def _opens(text: Text, word: Word) -> bool:
    """Whether a quotation opens right after the word."""
    return any(word.end <= mark.start <= word.end + 2 for mark in text.quoted)


def _quotation_from(text: Text, at: int) -> Span | None:
    """A quotation that opens in the next line: …نے کہا کہ: ↵ "…"."""
    run = text.quoted_run(at, len(text.text))
    return text.content(run.start, run.end) if run else None


def _limit(text: Text, found: Found, start: int, later: tuple[Found, ...]) -> int | None:
    """The code point where a later attribution of the same sentence cuts the content off: one
    whose source stands right after a coordinator or a relative that points back."""
    words = found.sentence.words
    grammar = text.grammar
    for other in later:
        if other.first <= start:
            continue
        source = _source(text, other)
        if source is None or source[0] <= start:
            continue
        at = source[0] - 1
        while at > start and (
            words[at].text in grammar.genitive_markers or words[at].upos == "PUNCT"
        ):
            at -= 1
        opener = words[at]
        joins = opener.text in grammar.coordinators or opener.text in grammar.not_in_source
        points = opener.text in grammar.relatives
        if (joins or points) and at > start + 2:
            if any(mark.start <= opener.start < mark.end for mark in text.quoted):
                continue
            return opener.start
    return None


def _source(text: Text, found: Found) -> tuple[int, int] | None:
    words = found.sentence.words
    if words[found.first].text in text.grammar.genitive_markers:
        return phrase_before(words, found.first, text.grammar)
    return subject_before(words, found.first, text.grammar)


def far_complement(text: Text, found: Found, later: tuple[Found, ...]) -> Span | None:
    """The clause of a noun that the sentence comes back to: X کے اس دعوے کے بعد … کہا گیا ہے کہ."""
    words = found.sentence.words
    for at in range(found.last + 1, len(words) - 1):
        if words[at].text in text.grammar.complementisers:
            limit = _limit(text, found, at + 1, later)
            return clause_after(text, found.sentence, words[at].end, limit)
    return None
