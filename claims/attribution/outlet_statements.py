"""What an article says in its own voice: the parts that no attribution covers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from claims.attribution.context.modality import inverted
from claims.attribution.rules.negation import negates
from claims.attribution.rules.quotes import Quoted, covering, kind
from claims.attribution.rules.text import Text
from claims.model import Attribution, Modality, Pattern, Sentence, Span, Stance, Word

SHORTEST = 5
"""Words that a part must have to state something; fewer are captions, datelines and leftovers."""

SPEECH = 4
"""Words in quotation marks, a verb among them, that somebody says; fewer are a name or a phrase."""

ASKED = 7
"""Words between a cue of asking and the word that opens the question."""

CONFIDENCE = 0.9

_UNREAL = frozenset({Modality.CONDITIONAL, Modality.QUESTIONED})


def unattributed(text: Text, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The outlet's own statements in text order: pattern ``unattributed``, no source, no cue.

    A statement is a sentence, or what of it lies before or after all that ``attributions`` (those
    of the text) cover; an attribution that names nobody covers nothing, unless it is somebody's
    direct speech or was not said.
    What stands in quotation marks is no statement of the outlet's: it is marked ``quoted``; and so
    are questions, and sentences that open with a condition. Spans are code points of the article's
    text.
    """
    taken = [
        span
        for each in attributions
        if each.source is not None
        or each.modality is not Modality.ASSERTED
        or each.pattern is Pattern.QUOTATION
        for role in (each.source, each.cue, each.content, each.via)
        for span in role or ()
    ]
    unsaid = {
        sentence.index
        for each in attributions
        if each.modality in _UNREAL and each.cue
        if (sentence := text.sentence_at(each.cue[0].start)) is not None
    }
    return tuple(
        Attribution(
            sentence_index=sentence.index,
            source=None,
            cue=(),
            content=(span,),
            stance=Stance.REPORT,
            pattern=Pattern.UNATTRIBUTED,
            quotation=kind(text.text, (span,), text.quoted),
            negated=negates(text, (span,)),
            modality=_modality(text, sentence, span, sentence.index in unsaid),
            confidence=CONFIDENCE,
        )
        for sentence, covered in zip(text.sentences, _covered(text.sentences, taken), strict=True)
        for part in _parts(sentence, covered)
        for span in _by_marks(text, part)
    )


def _modality(text: Text, sentence: Sentence, span: Span, unsaid: bool) -> Modality:
    """What a statement is worth: asserted, or quoted, asked or only supposed."""
    mark = covering(text.quoted, span.start)
    if mark is not None and span.end <= mark.end:
        return Modality.QUOTED
    line = text.lines[sentence.line][0]
    if text.text[line : sentence.end].lstrip().startswith((">", "—")):
        return Modality.QUOTED  # a block quotation, or who signs one
    speech = text.grammar.speech
    if text.text[span.end - 1 : span.end + 2].rstrip().endswith(("?", "؟")):
        return Modality.QUESTIONED
    own = [w for w in sentence.words if span.start <= w.start < span.end]
    words = [word.text.lower() for word in own]
    nouns = {"NOUN"} if text.grammar.marking == "dependency" else set()  # the press, a question
    asking = [n for n, w in enumerate(own) if words[n] in speech.asking and w.upos not in nouns]
    if any(not set(words[n + 1 : n + 1 + ASKED]).isdisjoint(speech.whether) for n in asking):
        return Modality.QUESTIONED
    opening = [w.text.lower() for w in sentence.words if w.upos != "PUNCT"][:3]
    supposes = any(w in speech.supposing for w in opening[:1] + opening[2:])
    if unsaid or supposes or opening[0] in speech.conditions or inverted(sentence, speech):
        return Modality.CONDITIONAL
    return Modality.ASSERTED


def _by_marks(text: Text, words: Sequence[Word]) -> Iterator[Span]:
    """A part cut where what somebody says in quotation marks begins and ends; a title or a few
    words in marks stay in their sentence."""
    runs: list[list[Word]] = []
    last: object = runs
    for word in words:
        mark = covering(text.quoted, word.start)
        inside = mark if mark is not None and _speech(text, mark) else None
        if inside is last and runs:
            runs[-1].append(word)
        else:
            runs.append([word])
        last = inside
    for run in runs:
        if len(run) >= SHORTEST:
            yield Span(start=run[0].start, end=max(word.end for word in run))


def _speech(text: Text, mark: Quoted) -> bool:
    words = [
        word
        for sentence in text.around((Span(start=mark.start, end=mark.end),))
        for word in sentence.words
        if mark.start <= word.start < mark.end and word.upos != "PUNCT"
    ]
    return len(words) >= SPEECH and any(word.upos in {"VERB", "AUX"} for word in words)


def _covered(sentences: Sequence[Sentence], taken: Sequence[Span]) -> list[list[Span]]:
    """For each sentence the spans that have a place in common with it."""
    covered: list[list[Span]] = [[] for _ in sentences]
    ends = [sentence.end for sentence in sentences]
    for span in taken:
        at = bisect_right(ends, span.start)
        while at < len(sentences) and sentences[at].start < span.end:
            covered[at].append(span)
            at += 1
    return covered


def _parts(sentence: Sentence, covered: Sequence[Span]) -> Iterator[Sequence[Word]]:
    """The words of the whole sentence, or of its free beginning and end."""
    words = [word for word in sentence.words if word.upos != "PUNCT"]
    if not covered:
        yield words
        return
    first = min(span.start for span in covered)
    last = max(span.end for span in covered)
    yield [word for word in words if word.end <= first]
    yield [word for word in words if word.start >= last]
