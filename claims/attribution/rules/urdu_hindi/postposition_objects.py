"""Contents that are the object of their cue, in languages that mark roles after the noun phrase."""

from __future__ import annotations

from claims.attribution.rules.extents import sentence_before
from claims.attribution.rules.lexicon import Cue, Frame, Grammar
from claims.attribution.rules.match import Reading
from claims.attribution.rules.match_cues import Found
from claims.attribution.rules.text import Text
from claims.attribution.rules.urdu_hindi.noun_phrases import (
    clause_start,
    finished,
    subject_before,
)
from claims.attribution.rules.urdu_hindi.postposition_sources import (
    Phrase,
    cited,
    named,
    opening,
    read_as,
)
from claims.model import Stance, Word


def read_object(
    text: Text, found: Found, cue: Cue, frame: Frame, earlier: list[Reading]
) -> Reading | None:
    """X نے C کی تردید کی (object)، X نے A کو B قرار دیا (predicate)."""
    words = found.sentence.words
    grammar = text.grammar
    source, begin = _source(text, found)
    source = named(words, source, grammar)
    if source is None or begin > found.first:
        return text.refused("no subject before the cue that could be the source")
    end = _end(words, found.first, begin, text)
    adjective = begin < end - 1 and words[end - 1].upos == "ADJ"
    if frame == "object" and adjective and words[end - 2].text in cue.takes:
        end = _end(words, end - 1, begin, text)  # فیصلے پر | کڑی تنقید: it belongs to the cue
    begin = _start(words, begin, end)
    begin = _past_converb(words, begin, end, grammar)
    while begin < end - 1 and words[begin].upos == "PART":
        begin += 1
    inside = words[begin:end]
    relative = source[0] > 1 and any(
        word.text in grammar.relatives for word in words[source[0] - 2 : source[0]]
    )
    if not inside and relative and earlier:
        return read_as(text, found, cue, frame, source, earlier[-1].content)
    topic = _topic(words, source, text) if frame == "predicate" else None
    if not inside:
        return text.refused("nothing stands between source and cue that could be the content")
    if len(inside) > 1 and inside[-2].text in grammar.relatives:
        # جن پھلوں کا مشورہ دیتے ہیں
        return text.refused("a relative clause tells about the noun; nobody is cited for it")
    if frame == "object" and not _marked(words, found.first, cue, grammar):
        return text.refused("no marker of its object stands before the cue (see `takes`)")
    if inside[-1].text in grammar.adverbials and frame == "object":
        return text.refused("an adverbial stands before the cue, not what it is about")
    if inside[-1].text in grammar.demonstratives or _anaphoric(inside, text):
        content = sentence_before(text, found.sentence)
        if content is not None:
            return read_as(text, found, cue, frame, source, (content,))
    asked = words[end : found.first]
    if cue.stance is Stance.DEMAND and any(word.text in grammar.ablative_markers for word in asked):
        # X نے عدالت سے درخواست کی
        return text.refused("what stands before the cue is who is asked, not what for")
    if all(word.upos == "NUM" for word in inside) or "Poss=Yes" in inside[-1].feats:
        return None
    span = text.span(inside)
    if span is None or (frame == "predicate" and len(inside) < 2 and topic is None):
        return None
    pieces = (text.span(words[topic[0] : topic[1]]), span) if topic else (span,)
    return read_as(text, found, cue, frame, source, pieces)


def read_passive(text: Text, found: Found, cue: Cue) -> Reading | None:
    """C کا اعلان کیا گیا، C کا مشورہ دیا جاتا ہے، C بتائی جاتی ہے: who says it may be cited."""
    words = found.sentence.words
    grammar = text.grammar
    at = found.first - 1
    while at > 0 and words[at].upos in {"ADV", "PART", "DET"}:
        at -= 1
    marked = at > 0 and words[at].text in grammar.object_markers
    if found.first < 2 or marked != bool(cue.verbs):
        return None
    return _unsaid(text, found, cue, "object")


def read_judged(text: Text, found: Found, cue: Cue) -> Reading | None:
    """رپورٹ میں A کو B قرار دیا گیا: where it is said who or what calls it so."""
    return _unsaid(text, found, cue, "predicate") if found.first > 1 else None


def read_infinitive(text: Text, found: Found, cue: Cue) -> Reading | None:
    """X نے Y کو C کرنے کا کہا، Y کو C کرنے کو کہا گیا: what somebody is told to do."""
    words = found.sentence.words
    grammar = text.grammar
    at = found.first - 2
    if at < 1 or "VerbForm=Inf" not in words[at].feats:
        return None
    if words[at + 1].text not in (*grammar.genitive_markers, *grammar.experiencer_markers):
        return None
    source, begin = (cited(text, found), 0) if found.passive else _source(text, found)
    source = named(words, source, grammar)
    if source is None and not found.passive:
        return None
    begin = max(begin, clause_start(words, found.first, grammar))
    for told in range(at - 1, begin, -1):
        if words[told].text in grammar.experiencer_markers or finished(words, told, grammar):
            begin = told + 1
            break
    span = text.span(words[begin : at + 1])
    return read_as(text, found, cue, "infinitive", source, (span,)) if at > begin else None


def read_disclosed(text: Text, found: Found, cue: Cue) -> Reading | None:
    """C کا انکشاف ہوا، میڈیا میں C کی خبریں گردش کرتی ہیں."""
    words = found.sentence.words
    if found.first < 2 or words[found.first - 1].text not in text.grammar.genitive_markers:
        return None
    return _unsaid(text, found, cue, "disclosed")


def _unsaid(text: Text, found: Found, cue: Cue, frame: Frame) -> Reading | None:
    """The object of a cue that no subject says: back to what is cited or the clause's beginning."""
    words = found.sentence.words
    grammar = text.grammar
    source = cited(text, found, agents=frame in ("object", "predicate"))
    if source is None and frame == "predicate":
        return text.refused("nobody is cited who calls it so")
    begin = clause_start(words, found.first, grammar)
    for at in range(found.first - 1, begin, -1):
        if finished(words, at - 1, grammar):
            begin = at
            break
    if source is not None:
        begin = max(begin, source[1])
        while begin < found.first and words[begin].upos in {"ADP", "PART", "PUNCT"}:
            begin += 1
    end = _end(words, found.first, begin, text)
    inside = words[begin:end]
    if len(inside) < 2 or _anaphoric(inside, text) or inside[-1].text in grammar.demonstratives:
        return text.refused("too little stands before the cue to be the content")
    span = text.span(inside)
    if span is None:
        return None
    return read_as(text, found, cue, frame, named(words, source, grammar), (span,))


def _source(text: Text, found: Found) -> tuple[Phrase | None, int]:
    """The source, and the word after its marker: where the object may begin."""
    words = found.sentence.words
    source = subject_before(words, found.first, text.grammar)
    if source is not None:
        return source, source[1] + 1
    source = opening(text, found)
    return source, source[1] if source else 0


def _topic(words: tuple[Word, ...], source: Phrase, text: Text) -> Phrase | None:
    """What a sentence puts before its subject: A کو | X نے B قرار دیا."""
    grammar = text.grammar
    at = source[0]
    if at < 2 or words[at - 1].text not in grammar.experiencer_markers:
        return None
    start = at - 1
    while start > 0 and not (
        words[start - 1].upos in {"PUNCT", "SCONJ", "CCONJ"}
        or words[start - 1].text in (*grammar.subject_markers, *grammar.complementisers)
        or finished(words, start - 1, grammar)
    ):
        start -= 1
    return (start, at) if at - start >= 2 else None


def _end(words: tuple[Word, ...], end: int, begin: int, text: Text) -> int:
    grammar = text.grammar
    while end > begin and (
        words[end - 1].text in grammar.object_markers
        or words[end - 1].text in (*grammar.negations, *grammar.resumptives)
        or words[end - 1].upos in {"PART", "ADV", "CCONJ"}
    ):
        end -= 1
    return end


def _start(words: tuple[Word, ...], begin: int, end: int) -> int:
    """Past what a finished verb and a comma or coordinator close off between source and object."""
    for at in range(end - 1, begin, -1):
        verb = words[at - 1]
        closed = verb.upos in {"VERB", "AUX"} and "VerbForm=Inf" not in verb.feats
        if closed and words[at].upos in {"PUNCT", "CCONJ"}:
            return at + 1
    return begin


def _past_converb(words: tuple[Word, ...], begin: int, end: int, grammar: Grammar) -> int:
    """Past what somebody does while he says the object: فیصلہ سناتے ہوئے | رہائی کا حکم دیا."""
    for at in range(end - 3, begin, -1):
        if words[at].text in grammar.unfinished and words[at - 1].text.endswith("تے"):
            return at + 1
    return begin


def _marked(words: tuple[Word, ...], first: int, cue: Cue, grammar: Grammar) -> bool:
    """Whether one of the markers that the cue takes stands before it, past what modifies the cue
    (کا باضابطہ اعلان، کا بھی مطالبہ)."""
    at = first - 1
    while (
        at > 0
        and (
            words[at].upos in {"ADV", "PART", "DET", "ADJ", "CCONJ"}
            or words[at].text in (*grammar.negations, *grammar.coordinators)
        )
        and words[at].text not in grammar.demonstratives
    ):
        at -= 1
    shared = finished(words, at, grammar) and words[at].text not in grammar.unfinished
    # shared: خبر کی نہ تصدیق کی نہ | تردید کی
    return not cue.takes or shared or words[at].text in (*cue.takes, *grammar.demonstratives)


def _anaphoric(inside: tuple[Word, ...], text: Text) -> bool:
    """Whether an object only points back: یہ دعویٰ, ان رپورٹوں کو."""
    grammar = text.grammar
    tail = [word for word in inside if word.text not in grammar.object_markers]
    return (
        0 < len(tail) <= 2
        and tail[0].text in grammar.demonstratives
        and all(word.text in (*grammar.demonstratives, *grammar.anaphors) for word in tail)
    )
