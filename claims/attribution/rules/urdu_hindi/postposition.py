"""Attributions in languages that mark roles after the noun phrase (Urdu, Hindi, Punjabi)."""

from __future__ import annotations

from claims.attribution.rules.extents import quotation_before
from claims.attribution.rules.lexicon import Cue, Frame
from claims.attribution.rules.match import Reading
from claims.attribution.rules.match_cues import Found
from claims.attribution.rules.text import Text
from claims.attribution.rules.urdu_hindi.according_to import read_according_to
from claims.attribution.rules.urdu_hindi.noun_phrases import (
    COMMAS,
    clause_start,
    phrase_before,
    subject_before,
)
from claims.attribution.rules.urdu_hindi.postposition_content import (
    bare_complement,
    complement,
)
from claims.attribution.rules.urdu_hindi.postposition_objects import (
    read_disclosed,
    read_infinitive,
    read_judged,
    read_object,
    read_passive,
)
from claims.attribution.rules.urdu_hindi.postposition_sources import (
    Phrase,
    cited,
    named,
    possessor_end,
    read_as,
    subject,
)
from claims.model import Sentence, Span

BY_VOICE = frozenset({"clause", "bare", "quotation", "object", "predicate", "passive"})
"""Frames that ask for an active verb, or for a passive one."""


def read_postposition(text: Text, sentence: Sentence) -> list[Reading]:
    """The attributions of one sentence, left to right."""
    founds = text.cues(sentence)
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
            if found.passive != (frame == "passive") and frame in BY_VOICE:
                text.refused("the verb is passive" if found.passive else "the verb is not passive")
            reading = _in_frame(text, found, cue, frame, later, earlier)
            if reading is not None and cue.sourced and not reading.source:
                reading = text.refused("the entry asks for a source, and none is named")
            source = reading.source[0].of(text.text) if reading and reading.source else ""
            itself = source.split(" ")[-1] in text.grammar.self_words
            if reading is not None and _of_another(text, found, reading):
                reading = text.refused("no subject of this form of the verb has a marker")
            if reading is not None and _supposed(text, found, reading):
                reading = text.refused("the sentence only supposes it (see `conditionals`)")
            if itself:
                text.refused("the source is the writer or the reader (see `self_words`)")
            if text.trace is not None:
                text.trace.tried(found, cue, frame, None if itself else reading)
            if reading is None or not reading.content:
                continue
            return None if itself else reading
    return None


def _in_frame(
    text: Text,
    found: Found,
    cue: Cue,
    frame: Frame,
    later: tuple[Found, ...],
    earlier: list[Reading],
) -> Reading | None:
    if frame == "according":
        return read_according_to(text, found, cue, later)
    if frame == "genitive":
        return _genitive(text, found, cue, later)
    if frame == "impersonal":
        return _impersonal(text, found, cue, later)
    if frame == "disclosed":
        return read_disclosed(text, found, cue)
    if frame == "passive":
        return _passive(text, found, cue, later) if found.passive else None
    if frame == "infinitive":
        return read_infinitive(text, found, cue)
    if frame == "predicate" and found.passive:
        return read_judged(text, found, cue)
    if frame == "object" and found.passive:
        return read_passive(text, found, cue)
    if found.passive:
        return None
    if frame == "clause":
        return _clause(text, found, cue, frame, later)
    if frame == "bare" and not {"genitive", "impersonal"} & set(cue.frames):
        if _names(text, found):
            return text.refused("the verb gives something its name here")
        return _clause(text, found, cue, frame, later)
    if frame == "quotation":
        return _quotation(text, found, cue)
    if frame in ("object", "predicate"):
        return read_object(text, found, cue, frame, earlier)
    return None


def _clause(
    text: Text, found: Found, cue: Cue, frame: Frame, later: tuple[Found, ...]
) -> Reading | None:
    follows = complement if frame == "clause" else bare_complement
    content = follows(text, found, later)
    if content is None:
        return text.refused("no complementiser (or colon and quotation) follows the cue")
    source = subject(text, found)
    if source is None:
        return text.refused("no subject before the cue that could be the source")
    return read_as(text, found, cue, frame, source, (content,))


def _of_another(text: Text, found: Found, reading: Reading) -> bool:
    """Whether a source with the subject's marker stands with a verb that takes none (X نے … کر
    رہی تھی), or the cue is no more than the noun of a passive (الزامات لگائے جانے کے بعد)."""
    words, grammar = found.sentence.words, text.grammar
    following = [word.text for word in words[found.last + 1 : found.last + 2]]
    if any(word in grammar.passive_infinitives for word in following):
        return True
    if not reading.source or not any(word.text in grammar.progressives for word in found.words):
        return False
    end = reading.source[-1].end
    after = next((word.text for word in words if word.start >= end), "")
    return after in grammar.subject_markers


def _supposed(text: Text, found: Found, reading: Reading) -> bool:
    """Whether the cue's own clause is a condition (اگر وہ وعدہ کر لیں)."""
    words = found.sentence.words
    start = clause_start(words, found.first, text.grammar)
    source = reading.source[0].start if reading.source else words[found.first].start
    near = [word for word in words[: found.first] if word.start < source][-1:]
    return any(
        word.text in text.grammar.conditionals for word in (*near, *words[start : start + 2])
    ) and not any(word.text in text.grammar.tenses for word in found.words)


def _names(text: Text, found: Found) -> bool:
    """Whether a verb of saying gives something its name (اسے ہمہ اوست کہتے ہیں)."""
    words = found.sentence.words
    if subject_before(words, found.first, text.grammar) is not None:
        return False
    before = words[max(found.first - 5, 0) : found.first]
    return any(word.text in text.grammar.named for word in before)


def _passive(text: Text, found: Found, cue: Cue, later: tuple[Found, ...]) -> Reading | None:
    content = complement(text, found, later)
    if content is None:
        return text.refused("no complementiser (or colon and quotation) follows the cue")
    source = named(found.sentence.words, cited(text, found), text.grammar)
    return read_as(text, found, cue, "passive", source, (content,))


def _impersonal(text: Text, found: Found, cue: Cue, later: tuple[Found, ...]) -> Reading | None:
    """افواہیں گردش کر رہی ہیں کہ C، توقع ہے کہ C: nobody says it, or a document or the media."""
    content = complement(text, found, later)
    if content is None and "bare" in cue.frames:
        content = bare_complement(text, found, later)
    if content is None:
        return text.refused("no complementiser (or colon and quotation) follows the cue")
    source = named(found.sentence.words, cited(text, found), text.grammar)
    if source is None:
        before = found.sentence.words[max(found.first - 3, 0) : found.first]
        if any(word.text in text.grammar.self_words and word.upos == "PRON" for word in before):
            return text.refused("the source is the writer or the reader (see `self_words`)")
    return read_as(text, found, cue, "impersonal", source, (content,))


def _genitive(text: Text, found: Found, cue: Cue, later: tuple[Found, ...]) -> Reading | None:
    words = found.sentence.words
    grammar = text.grammar
    markers = grammar.genitive_markers + grammar.experiencer_markers
    marked = words[found.first].text in markers
    end: int | None = found.first
    pointed = False
    if not marked:
        end = possessor_end(words, found.first, grammar)
        pointed = words[found.first - 1].text in grammar.demonstratives
    if end is None and words[found.first - 1].text in grammar.experiencers and found.first > 0:
        source: Phrase | None = (found.first - 1, found.first)  # انہیں خدشہ ہے
        pointed = False
    elif end is None or end < 1:
        return text.refused("no genitive marker stands before the cue")
    else:
        source = named(words, phrase_before(words, end, grammar), grammar)
    if source is None:
        return text.refused("no noun phrase before the marker that could be the source")
    carried = (*grammar.auxiliaries, *grammar.fused)
    if not pointed and not any(word.text in carried for word in found.words):
        content = _headed(text, found, source)
        if content is None:
            return text.refused("the noun is only named: no verb «is» and no «this» goes with it")
        return read_as(text, found, cue, "genitive", source, (content,))
    content = complement(text, found, later)
    if content is None and "bare" in cue.frames:
        content = bare_complement(text, found, later)
    if content is None:
        content = quotation_before(text, found.sentence, words[source[0]].start)
    if content is None:
        return text.refused("neither a complementiser after the cue nor a quotation before it")
    return read_as(text, found, cue, "genitive", source, (content,))


def _headed(text: Text, found: Found, source: Phrase) -> Span | None:
    """The content of a headline that names its claim at the end: C، X کا دعویٰ. A claim that is
    named anywhere else says no more than that it is one."""
    words = found.sentence.words
    if found.last + 1 < len(words) or source[0] < 3 or words[source[0] - 1].text not in COMMAS:
        return None
    return text.content(words[0].start, words[source[0] - 1].start)


def _quotation(text: Text, found: Found, cue: Cue) -> Reading | None:
    """A quotation before the source ("…" X نے کہا) or between source and cue (X نے "…" کہا)."""
    words = found.sentence.words
    source = named(words, subject_before(words, found.first, text.grammar), text.grammar)
    if source is None:
        return text.refused("no subject before the cue that could be the source")
    content = quotation_before(text, found.sentence, words[source[0]].start)
    if content is None:
        content = quotation_before(text, found.sentence, words[found.first].start)
        if content is not None and content.start < words[source[1] - 1].end:
            content = None
    if content is None:
        return text.refused("no quotation ends right before source or cue")
    return read_as(text, found, cue, "quotation", source, (content,))
