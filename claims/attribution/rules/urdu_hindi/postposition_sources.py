"""Who the source of a cue may be, in languages that mark roles after the noun phrase."""

from __future__ import annotations

from collections.abc import Iterable

from claims.attribution.rules.lexicon import Cue, Frame, Grammar
from claims.attribution.rules.match import Reading
from claims.attribution.rules.match_cues import Found
from claims.attribution.rules.text import Text, joined
from claims.attribution.rules.urdu_hindi.noun_phrases import (
    clause_start,
    finished,
    phrase_before,
    subject_before,
)
from claims.model import Span, Word

Phrase = tuple[int, int]
"""``[start, end)`` word numbers of a sentence, from 0."""

_NOUNS = frozenset({"NOUN", "PROPN"})


def subject(text: Text, found: Found) -> Phrase | None:
    """Who does what the cue says: the phrase that a marker shows, the one right before the cue, or
    the first bare phrase of the clause; for a relative what it stands for."""
    words = found.sentence.words
    grammar = text.grammar
    phrase = (
        _marked(words, found.first, grammar)
        or adjacent(words, found.first, grammar)
        or _bare_subject(words, found.first, grammar)
    )
    return named(words, phrase, grammar)


def _marked(words: tuple[Word, ...], first: int, grammar: Grammar) -> Phrase | None:
    """The subject that a marker shows; none where a clause ends after it and the cue has a bare
    subject of its own (X نے تجویز دے دی | Y کہتے ہیں)."""
    phrase = subject_before(words, first, grammar)
    own = adjacent(words, first, grammar) if phrase is not None else None
    if phrase is None or own is None or own[0] <= phrase[1]:
        return phrase
    ended = any(
        finished(words, at, grammar) and words[at + 1].text not in grammar.coordinators
        for at in range(phrase[1], own[0])
    )
    return None if ended else phrase


def named(words: tuple[Word, ...], phrase: Phrase | None, grammar: Grammar) -> Phrase | None:
    """The phrase; where it is nothing but a relative (جنہوں نے، جس میں), the one that it stands
    for: the nearest before it, past the verb of its clause. None where that names nobody."""
    if phrase is None or any(
        word.text not in grammar.relatives for word in words[phrase[0] : phrase[1]]
    ):
        return phrase
    at = phrase[0]
    while at > 0 and (
        words[at - 1].upos in {"PUNCT", "VERB", "AUX", "PART", "ADV", "ADP"}
        or words[at - 1].text in grammar.demonstratives
        or (words[at - 1].upos == "ADJ" and words[at - 1].deprel == "compound")  # جاری کر دی
    ):
        at -= 1
    return phrase_before(words, at, grammar) if at > 0 else None


def adjacent(words: tuple[Word, ...], first: int, grammar: Grammar) -> Phrase | None:
    """The bare phrase right before a cue (ماہرین یہ | دعویٰ کرتے ہیں)."""
    at = first
    while at > 0 and (
        words[at - 1].text in (*grammar.demonstratives, *grammar.resumptives)
        or words[at - 1].upos in {"PART", "ADV"}
    ):
        at -= 1
    if at == 0 or words[at - 1].upos not in {*_NOUNS, "PRON"}:
        return None
    return phrase_before(words, at, grammar)


def _bare_subject(words: tuple[Word, ...], first: int, grammar: Grammar) -> Phrase | None:
    """The first bare phrase of the clause, where the verb shows no marked subject (وہ کہتے ہیں)."""
    for at in range(clause_start(words, first, grammar), first):
        if words[at].upos in {"PRON", *_NOUNS}:
            end = at + 1
            while end < first and words[end].upos in _NOUNS:
                end += 1
            after = words[end].text if end < len(words) else ""
            if after in grammar.object_markers:
                return None
            return phrase_before(words, end, grammar)
    return None


def opening(text: Text, found: Found) -> Phrase | None:
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


def cited(text: Text, found: Found, agents: bool = True) -> Phrase | None:
    """Who a passive names: رپورٹ میں کہا گیا، تحقیق سے معلوم ہوا، and with ``agents`` who is said
    to have said it: حکام کے حوالے سے بتایا گیا."""
    words = found.sentence.words
    grammar = text.grammar
    speaking = (*grammar.documents, *grammar.media)
    for at in range(found.first - 1, 0, -1):
        if words[at].text in grammar.complementisers:
            return None
        before = words[at - 1]
        if words[at].text in grammar.locative_markers + grammar.ablative_markers and (
            before.text in speaking
            or (
                before.text in grammar.demonstratives
                and words[at].text in grammar.locative_markers
                and found.first - at <= 3
                and before.upos == "PRON"
            )
            or (
                found.passive
                and words[at].text == grammar.locative_markers[0]
                and all(_light(word, grammar) for word in words[at + 1 : found.first])
                and before.upos == "NOUN"
                and before.text not in grammar.not_documents
            )
        ):
            return phrase_before(words, at, grammar)
        if (
            found.passive
            and before.text in grammar.relatives
            and words[at].text in grammar.locative_markers
            and all(_light(word, grammar) for word in words[at + 1 : found.first])
        ):  # ایک ویڈیو جاری کی، جس میں بتایا گیا
            document = named(words, (at - 1, at), grammar)
            told = document is not None and words[document[0]].text not in grammar.demonstratives
            if document is not None and told and words[document[1] - 1].text in speaking:
                return document
        for citing in grammar.citing if agents else ():
            marker = citing.split()
            start = at + 1 - len(marker)
            if start > 0 and [word.text for word in words[start : at + 1]] == marker:
                return phrase_before(words, start, grammar)
        if finished(words, at, grammar):
            return None
    return None


def _light(word: Word, grammar: Grammar) -> bool:
    """What may stand between a document and its verb: رپورٹ میں | یہ بھی | کہا گیا."""
    light = (*grammar.demonstratives, *grammar.resumptives, "مزید")
    return word.text in light or word.upos in {"PART", "ADV"}


def possessor_end(words: tuple[Word, ...], first: int, grammar: Grammar) -> int | None:
    """The marker of whom a noun or infinitive at ``first`` belongs to, past what may stand
    between: X کا | مزید کہنا تھا، X کا اس حوالے سے کہنا ہے، X کے اس دعوے."""
    verb = words[first]
    if verb.upos == "VERB" and "VerbForm=Inf" not in verb.feats:
        return None  # X کو C کہتے ہیں
    at = first - 1
    reach, converb = 6, False
    while at > 0 and first - at <= reach:
        word = words[at]
        if word.text in grammar.unfinished and words[at - 1].text.endswith("تے"):
            reach, converb = 16, True  # X کا | لوگوں کو مخاطب کرتے ہوئے کہنا تھا
            at -= 2
            continue
        if converb and word.text in grammar.genitive_markers[1:]:
            return None
        if word.text in grammar.genitive_markers and not _inside_adverbial(words, at):
            return at
        if word.text in grammar.experiencer_markers and not converb:
            return at if at == first - 1 else None
        if word.upos in {"VERB", "AUX", "SCONJ", "CCONJ"} or word.text in grammar.subject_markers:
            return None
        at -= 1
    return None


def _inside_adverbial(words: tuple[Word, ...], at: int) -> bool:
    """Whether the marker belongs to an adverbial of its own (اس کے بعد، اس کے علاوہ)."""
    return at + 1 < len(words) and words[at + 1].upos == "ADP"


def of_cue(text: Text, found: Found) -> Phrase | None:
    """The source of a cue, by its form alone: enough to see where its clause begins."""
    words = found.sentence.words
    grammar = text.grammar
    if words[found.first].text in grammar.genitive_markers:
        return phrase_before(words, found.first, grammar)
    if words[found.first - 1].text not in grammar.genitive_markers and all(
        "genitive" in cue.frames and not cue.verbs for cue in found.cues
    ):
        return None  # a noun that nobody is said to have: ہم خود تجزیہ کرتے ہیں
    genitive = any("genitive" in cue.frames for cue in found.cues) and found.first > 1
    if genitive and words[found.first - 1].text in grammar.genitive_markers:
        return phrase_before(words, found.first - 1, grammar)
    impersonal = any("impersonal" in cue.frames for cue in found.cues)
    if found.passive or impersonal:
        return cited(text, found)
    return _marked(words, found.first, grammar) or adjacent(words, found.first, grammar)


def clause_opening(text: Text, found: Found, source: Phrase, reach: int = 30) -> int | None:
    """The word that opens the clause of a cue whose source is known, where a finished clause ends
    up to ``reach`` words before the source: text without stops goes on with a new sentence there.
    None where the clause is part of another one (… کہ X نے کہا) or nothing ends before it."""
    words = found.sentence.words
    grammar = text.grammar
    for at in range(source[0] - 1, max(source[0] - 1 - reach, -1), -1):
        word = words[at]
        if word.text in grammar.complementisers and at > 1:
            if words[at - 1].text in grammar.coordinators and finished(words, at - 2, grammar):
                return at - 1  # جب کہ
            return None
        if word.text in (*grammar.complementisers, *grammar.subject_markers):
            return None
        if word.text in grammar.relatives:
            return None
        if word.text in grammar.coordinators and at > 0 and finished(words, at - 1, grammar):
            return at
        ended = at == source[0] - 1 and word.text in grammar.negations  # … جواز نہیں | ان کا
        if ended or finished(words, at, grammar):
            return at + 1
    return None


def read_as(
    text: Text,
    found: Found,
    cue: Cue,
    frame: Frame,
    source: tuple[int, int] | None,
    content: Iterable[Span | None],
) -> Reading:
    """The reading of a cue in a frame; ``source`` is ``[start, end)`` word numbers from 0."""
    named = text.span(found.sentence.words[source[0] : source[1]]) if source else None
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
