"""X کے مطابق C: a postposition that attributes what its clause says, or what follows it."""

from __future__ import annotations

from claims.attribution.rules.extents import clause_after
from claims.attribution.rules.lexicon import Cue
from claims.attribution.rules.match import Reading
from claims.attribution.rules.match_cues import Found
from claims.attribution.rules.text import Text
from claims.attribution.rules.urdu_hindi.noun_phrases import finished, phrase_before
from claims.attribution.rules.urdu_hindi.postposition_content import limit_of
from claims.attribution.rules.urdu_hindi.postposition_sources import Phrase, named, read_as
from claims.model import Span

SHORTEST = 3
"""Words of a content on one side of the phrase."""


def read_according_to(
    text: Text, found: Found, cue: Cue, later: tuple[Found, ...]
) -> Reading | None:
    """The attribution of an according phrase; None where its noun is no voice (قانون کے مطابق)."""
    words = found.sentence.words
    grammar = text.grammar
    first = words[found.first]
    source: Phrase | None
    if first.text in grammar.genitive_markers or first.text.startswith(grammar.genitive_markers):
        source = phrase_before(words, found.first, grammar)
    else:
        return text.refused("no noun phrase with its marker stands before the cue")
    voice = named(words, source, grammar)
    if source is None or voice is None:
        return text.refused("what stands before the cue is no voice (see `not_a_source`)")
    last = words[voice[1] - 1].text
    if last in grammar.not_a_source:
        return text.refused("what stands before the cue is no voice (see `not_a_source`)")
    if voice != source and last not in grammar.documents:
        return text.refused("the relative stands for no document (see `documents`)")
    left, right = _left(text, found, source), _right(text, found, later)
    if source != voice:
        left = None
    if left is not None and right is not None and _opens_relative(text, found):
        right = None  # …، متن کے مطابق، جس میں …
    pieces: list[Span] = []
    if left is not None and _long(text, left):
        opener = words[0].text
        joins = opener in (*grammar.not_in_source, *grammar.demonstratives)
        if right is None or not _long(text, right) or not joins:
            pieces.append(left)
    if right is not None and _long(text, right):
        pieces.append(right)
    return read_as(text, found, cue, "according", voice, pieces)


def _left(text: Text, found: Found, source: Phrase) -> Span | None:
    """What stands before the phrase; nothing where that is a clause of its own that goes on
    without a stop (… بند رہے گا پولیس کے مطابق …) or a relative (جو ان کے بقول)."""
    words = found.sentence.words
    before = source[0] - 1
    if before < 0 or words[before].text in text.grammar.relatives:
        return None
    if finished(words, before, text.grammar) and found.last + 1 < len(words):
        return None
    return text.content(words[0].start, words[source[0]].start)


def _right(text: Text, found: Found, later: tuple[Found, ...]) -> Span | None:
    words = found.sentence.words
    if found.last + 1 >= len(words):
        return None
    limit = limit_of(text, found, found.last + 1, later)
    return clause_after(text, found.sentence, words[found.last].end, limit)


def _long(text: Text, span: Span) -> bool:
    return len(span.of(text.text).split()) >= SHORTEST


def _opens_relative(text: Text, found: Found) -> bool:
    after = [word for word in found.sentence.words[found.last + 1 :] if word.upos != "PUNCT"]
    return bool(after) and after[0].text in text.grammar.relatives
