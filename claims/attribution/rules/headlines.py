"""Headlines that attribute with a colon, either way round: X: "…" and …: X."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.attribution.rules.quotes import covering
from claims.attribution.rules.text import Text
from claims.model import Sentence, Span, Word

HEAD_LINES = 4
"""Lines at the top of an article that may be headlines."""

LONGEST = 30
"""Words in a headline."""

SOURCE = 7
"""Words in the part that names the source."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline that attributes; all places are code points."""

    sentence: Sentence
    source: Span
    cue: Span
    content: Span


def read_headlines(text: Text) -> list[Headline]:
    """The attributing headlines among an article's first lines.

    A line counts where it has no stop at its end, few words, and one colon outside quotations
    with a part on one side that can name a source: short and without a verb.
    """
    found: list[Headline] = []
    with_words = 0
    for number, (start, end) in enumerate(text.written):
        sentences = [s for s in text.sentences if s.line == number]
        if not any(word.upos != "PUNCT" for s in sentences for word in s.words):
            continue
        with_words += 1
        if with_words > HEAD_LINES:
            break
        headline = _in_line(text, sentences, start, end)
        if headline is not None:
            found.append(headline)
    return found


def _in_line(text: Text, sentences: list[Sentence], start: int, end: int) -> Headline | None:
    begin = start
    body = text.text[start:end].rstrip()
    if not body or body[-1] in "۔.؟?!:।" or len(body.split()) > LONGEST:
        return None
    colons = [
        begin + match.start()
        for match in re.finditer(":", body)
        if covering(text.quoted, begin + match.start()) is None
        and not re.match(r"\d:\d", text.text[begin + match.start() - 1 : begin + match.start() + 2])
        and text.text[begin + match.start() + 1 : begin + match.start() + 3] != "//"
    ]
    if len(colons) != 1:
        return None
    colon = colons[0]
    words = [word for sentence in sentences for word in sentence.words]
    left = [word for word in words if begin <= word.start and word.end <= colon]
    right = [word for word in words if word.start > colon]
    if not left or not right:
        return None
    if _ends_with_cue(text, sentences, left):
        return None  # X نے کہا: that is no headline, whatever follows
    source, content = (left, right) if _names(left, right) else (right, left)
    if not _names(source, content):
        return None
    source = _speaker(text, source)
    if not source:
        return None
    source_span = text.span(source)
    content_span = text.content(content[0].start, content[-1].end)
    if source_span is None or content_span is None:
        return None
    return Headline(sentences[0], source_span, Span(start=colon, end=colon + 1), content_span)


def _ends_with_cue(text: Text, sentences: list[Sentence], left: list[Word]) -> bool:
    """Whether the words before the colon end with a cue that has somebody in front of it."""
    last = left[-1].start
    return any(
        found.words[0].start > left[0].start
        and found.words[0].start <= last < found.words[-1].end
        and any(set(cue.frames) & {"clause", "quotation", "genitive"} for cue in found.cues)
        and (found.words[-1].upos in {"VERB", "AUX"} or len(found.words) > 1)
        for sentence in sentences
        for found in text.cues(sentence)
    )


def _speaker(text: Text, source: list[Word]) -> list[Word]:
    """The source; where it holds the verb of a clause of its own who speaks in it («Greek PM |
    rejects fine»), and nobody where that is no verb of saying («families | flee city»)."""
    if text.grammar.marking == "postposition":
        return source
    for at, word in enumerate(source):
        acts = word.upos in {"VERB", "AUX"}
        if at == 0:
            continue
        keys = text.lexicon.keys(word)
        says = word.text.endswith("s") and any(
            "VERB" in cue.pos and len(cue.parts) == 1
            for key in keys
            for cue in text.lexicon.by_first_word.get(key, ())
        )
        if says and (acts or word.upos == "NOUN") and at + 1 < len(source):
            return source[:at]
        if acts and source[at - 1].upos != "ADP":
            return []
    return source


def _names(source: list[Word], content: list[Word]) -> bool:
    """Whether one part can name the source of the other: short, shorter, without a verb."""
    if len(source) > SOURCE or len(source) >= len(content) or len(content) < 3:
        return False
    if any(word.upos == "PUNCT" or "VerbForm=Fin" in word.feats for word in source):
        return False
    return len(source) == 1 or any(word.upos in {"NOUN", "PROPN"} for word in source)
