"""Attributions in languages that mark roles after the noun phrase (Urdu, Hindi, Punjabi)."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribution.complements import complement, far_complement
from claims.attribution.cues import Found, find
from claims.attribution.extents import clause_after, quotation_before, sentence_before
from claims.attribution.lexicon import Cue, Frame
from claims.attribution.phrases import (
    clause_start,
    phrase_before,
    subject_before,
    unmarked_subject,
)
from claims.attribution.readings import Reading
from claims.attribution.texts import Text, joined
from claims.model import Sentence, Span, Word

Phrase = tuple[int, int]
"""``[start, end)`` word numbers of a sentence, from 0."""


def read(text: Text, sentence: Sentence) -> list[Reading]:
    """The attributions of one sentence, left to right."""
    founds = find(sentence, text.lexicon)
    readings: list[Reading] = []
    for number, found in enumerate(founds):
        reading = _read_one(text, found, founds[number + 1 :], readings)
        if reading is not None:
            readings.append(reading)
    return readings


def _read_one(
    text: Text, found: Found, later: tuple[Found, ...], earlier: list[Reading]
) -> Reading | None:
    for cue in found.cues:
        for frame in cue.frames:
            reading = None
            if found.passive != (frame == "passive") and frame not in ("according", "genitive"):
                text.refused("the verb is passive" if found.passive else "the verb is not passive")
            if frame == "according":
                reading = _according(text, found, cue)
            elif frame == "genitive":
                reading = _genitive(text, found, cue, later)
            elif frame == "clause" and not found.passive:
                reading = _clause(text, found, cue, later)
            elif frame == "passive" and found.passive:
                reading = _passive(text, found, cue, later)
            elif frame == "quotation" and not found.passive:
                reading = _quotation(text, found, cue)
            elif frame in ("object", "predicate") and not found.passive:
                reading = _object(text, found, cue, frame, earlier)
            if text.trace is not None:
                text.trace.tried(found, cue, frame, reading)
            if reading is not None and reading.content:
                return reading
    return None


def _reading(
    text: Text, found: Found, cue: Cue, frame: Frame, source: Phrase | None, content: Sequence[Span]
) -> Reading:
    words = found.sentence.words
    named = text.span(words[source[0] : source[1]]) if source else None
    expression = Span(start=found.words[0].start, end=found.words[-1].end)
    return Reading(
        sentence=found.sentence,
        cue=cue,
        frame=frame,
        expression=(expression,),
        source=(named,) if named else None,
        content=joined(content),
        negated=found.negated,
    )


def _usable(text: Text, sentence: Sentence, phrase: Phrase | None) -> Phrase | None:
    """The phrase, unless it is nothing but a relative (جس نے), that names nobody."""
    words = sentence.words[slice(*phrase)] if phrase else ()
    return phrase if any(word.text not in text.grammar.relatives for word in words) else None


def _clause(text: Text, found: Found, cue: Cue, later: tuple[Found, ...]) -> Reading | None:
    words = found.sentence.words
    content = complement(text, found, later)
    if content is None:
        return text.refused("no complementiser (or colon and quotation) follows the cue")
    source = subject_before(words, found.first, text.grammar)
    if source is None:
        source = unmarked_subject(words, found.head, text.grammar)
    if source is None:
        source = _coordinated_subject(text, found)
    source = _usable(text, found.sentence, source)
    if source is None:
        return text.refused("no subject before the cue that could be the source")
    return _reading(text, found, cue, "clause", source, (content,))


def _coordinated_subject(text: Text, found: Found) -> Phrase | None:
    """The first bare phrase of the clause, where the verb shows no marked subject (وہ کہتے ہیں)."""
    words = found.sentence.words
    start = clause_start(words, found.first, text.grammar)
    for at in range(start, found.first):
        word = words[at]
        if word.upos in {"PRON", "PROPN", "NOUN"}:
            end = at + 1
            while end < found.first and words[end].upos in {"PROPN", "NOUN"}:
                end += 1
            after = words[end].text if end < len(words) else ""
            if after in text.grammar.object_markers:
                return None
            return phrase_before(words, end, text.grammar)
    return None


def _passive(text: Text, found: Found, cue: Cue, later: tuple[Found, ...]) -> Reading | None:
    content = complement(text, found, later)
    if content is None:
        return text.refused("no complementiser (or colon and quotation) follows the cue")
    source = _cited(text, found)
    return _reading(text, found, cue, "passive", source, (content,))


def _cited(text: Text, found: Found) -> Phrase | None:
    """Who a passive names: رپورٹ میں کہا گیا, حکام کے حوالے سے بتایا گیا."""
    words = found.sentence.words
    grammar = text.grammar
    for at in range(found.first - 1, 0, -1):
        if words[at].text in grammar.complementisers:
            return None
        if words[at].text in grammar.locative_markers and words[at - 1].text in grammar.documents:
            return phrase_before(words, at, grammar)
        for citing in grammar.citing:
            marker = citing.split()
            start = at + 1 - len(marker)
            if start > 0 and [word.text for word in words[start : at + 1]] == marker:
                return phrase_before(words, start, grammar)
    return None


def _genitive(text: Text, found: Found, cue: Cue, later: tuple[Found, ...]) -> Reading | None:
    words = found.sentence.words
    grammar = text.grammar
    markers = grammar.genitive_markers + grammar.experiencer_markers
    marked = words[found.first].text in markers
    end = found.first if marked else found.first - 1
    pointed = words[end].text in grammar.demonstratives
    if not pointed and not any(word.text in grammar.auxiliaries for word in found.words):
        # a claim that is only named: the sentence says no more of it
        return text.refused("the noun is only named: no verb «is» and no «this» goes with it")
    if not marked:
        while end > 0 and words[end].text in grammar.demonstratives:
            end -= 1  # X کے اس دعوے کے بعد … کہ
        if end < 1 or words[end].text not in markers:
            return text.refused("no genitive marker stands before the cue")
    source = _usable(text, found.sentence, phrase_before(words, end, grammar))
    if source is None:
        return text.refused("no noun phrase before the marker that could be the source")
    content = complement(text, found, later)
    if content is None and pointed:
        content = far_complement(text, found, later)
    if content is None:
        content = quotation_before(text, found.sentence, words[source[0]].start)
    if content is None:
        return text.refused("neither a complementiser after the cue nor a quotation before it")
    return _reading(text, found, cue, "genitive", source, (content,))


def _according(text: Text, found: Found, cue: Cue) -> Reading | None:
    words = found.sentence.words
    grammar = text.grammar
    before = words[found.first].text in grammar.genitive_markers
    if not before:
        return text.refused("no noun phrase with its marker stands before the cue")
    source = phrase_before(words, found.first, grammar)
    source = _usable(text, found.sentence, source)
    if source is None or words[source[1] - 1].text in grammar.not_a_source:
        return text.refused("what stands before the cue is no voice (see `not_a_source`)")
    sentence = found.sentence
    left = text.content(sentence.start, words[source[0]].start)
    right = None
    if found.last + 1 < len(words):
        right = clause_after(text, sentence, words[found.last].end)
    pieces: list[Span] = []
    if source[0] and words[source[0] - 1].text in grammar.relatives:
        left = None  # …، جو ان کے بقول …
    if left is not None and right is not None and _opens_relative(text, found):
        right = None  # …، متن کے مطابق، جس میں …
    if left is not None and len(left.of(text.text).split()) >= 3:
        opener = words[0].text
        if (
            right is None
            or len(right.of(text.text).split()) < 3
            or opener
            not in (
                *grammar.not_in_source,
                *grammar.demonstratives,
            )
        ):
            pieces.append(left)
    if right is not None and len(right.of(text.text).split()) >= 3:
        pieces.append(right)
    return _reading(text, found, cue, "according", source, tuple(pieces))


def _opens_relative(text: Text, found: Found) -> bool:
    after = [word for word in found.sentence.words[found.last + 1 :] if word.upos != "PUNCT"]
    return bool(after) and after[0].text in text.grammar.relatives


def _quotation(text: Text, found: Found, cue: Cue) -> Reading | None:
    """A quotation before the source ("…" X نے کہا) or between source and cue (X نے "…" کہا)."""
    words = found.sentence.words
    source = subject_before(words, found.first, text.grammar)
    source = _usable(text, found.sentence, source)
    if source is None:
        return text.refused("no subject before the cue that could be the source")
    content = quotation_before(text, found.sentence, words[source[0]].start)
    if content is None:
        content = quotation_before(text, found.sentence, words[found.first].start)
        if content is not None and content.start < words[source[1] - 1].end:
            content = None
    if content is None:
        return text.refused("no quotation ends right before source or cue")
    return _reading(text, found, cue, "quotation", source, (content,))


def _object(
    text: Text, found: Found, cue: Cue, frame: Frame, earlier: list[Reading]
) -> Reading | None:
    words = found.sentence.words
    grammar = text.grammar
    source = subject_before(words, found.first, grammar)
    if source is not None:
        begin = source[1] + 1
    else:
        source = unmarked_subject(words, found.head, grammar)
        if source is None:
            source = _opening_subject(text, found)
        if source is None:
            return text.refused("no subject before the cue that could be the source")
        begin = source[1]
    source = _usable(text, found.sentence, source)
    if source is None or begin > found.first:
        return text.refused("no subject before the cue that could be the source")
    end = found.first
    while end > begin and (
        words[end - 1].text in grammar.object_markers
        or words[end - 1].text in grammar.negations
        or words[end - 1].upos in {"PART", "ADV", "CCONJ"}
    ):
        end -= 1
    begin = _object_start(words, begin, end)
    inside = words[begin:end]
    relative = source[0] > 1 and any(
        word.text in grammar.relatives for word in words[source[0] - 2 : source[0]]
    )
    if not inside and relative and earlier:
        return _reading(text, found, cue, frame, source, earlier[-1].content)
    if not inside:
        return text.refused("nothing stands between source and cue that could be the content")
    if inside[-1].text in grammar.demonstratives or _anaphoric(inside, text):
        content = sentence_before(text, found.sentence)
        if content is not None:
            return _reading(text, found, cue, frame, source, (content,))
    span = text.span(inside)
    if span is None or (frame == "predicate" and len(inside) < 2):
        return None
    return _reading(text, found, cue, frame, source, (span,))


def _object_start(words: tuple[Word, ...], begin: int, end: int) -> int:
    """Past what a finished verb and a comma or coordinator close off between source and object."""
    for at in range(end - 1, begin, -1):
        verb = words[at - 1]
        closed = verb.upos in {"VERB", "AUX"} and "VerbForm=Inf" not in verb.feats
        if closed and words[at].upos in {"PUNCT", "CCONJ"}:
            return at + 1
    return begin


def _anaphoric(inside: tuple[Word, ...], text: Text) -> bool:
    """Whether an object only points back: یہ دعویٰ, ان رپورٹوں کو."""
    grammar = text.grammar
    tail = [word for word in inside if word.text not in grammar.object_markers]
    return (
        0 < len(tail) <= 2
        and tail[0].text in grammar.demonstratives
        and all(word.text in (*grammar.demonstratives, *grammar.anaphors) for word in tail)
    )


def _opening_subject(text: Text, found: Found) -> Phrase | None:
    """The bare phrase that opens the clause, where the parser shows no subject: of the nominals
    before the first marker or conjunction the last is the object's (مغرب | ایران پر الزام)."""
    words = found.sentence.words
    start = clause_start(words, found.first, text.grammar)
    end = start
    while end < found.first and words[end].upos in {"PROPN", "NOUN", "PRON", "ADJ"}:
        end += 1
    if end < found.first and (
        words[end].text in text.grammar.object_markers or words[end].upos == "CCONJ"
    ):
        end -= 1
    return (start, end) if end > start and found.first - end >= 1 else None
