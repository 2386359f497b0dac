"""How far a content reaches: to the end of its sentence, over quotations, over sentences."""

from __future__ import annotations

from bisect import bisect_left

from claims.attribution.rules.quotes import covering, paragraphs_end
from claims.attribution.rules.text import Text
from claims.model import Sentence, Span


def clause_after(
    text: Text, sentence: Sentence, start: int, limit: int | None = None
) -> Span | None:
    """The content that begins at code point ``start`` and runs to the end of the sentence.

    A quotation that opens the content and ends the sentence bounds it, with those that follow
    it directly. A quotation that opens inside is taken whole, even where it runs over several
    sentences. ``limit`` is a code point where another attribution begins.
    """
    line_end = text.line_end(sentence)
    if limit is not None:
        return text.content(start, limit)
    run = text.quoted_run(start, line_end)
    end = sentence_end(text, sentence, start)
    if run is not None:
        rest = text.text[run.end : end].strip(" \t۔.،,؟!")
        if run.end >= end or len(rest.split()) < 2:
            return text.content(run.start, paragraphs_end(text.text, text.quoted, run.end))
    mark = covering(text.quoted, end - 1) if end > start else None
    if mark is not None and mark.start >= start and mark.end > end:
        end = mark.end
    elif mark is None:
        end = _stop(text, start, end)
    return text.content(start, end)


def _stop(text: Text, start: int, end: int) -> int:
    """The first full stop outside quotations, where a splitter went past it."""
    at = text.text.find("۔", start + 1, end - 1)
    while at >= 0:
        alone = "۔" not in (text.text[at - 1], text.text[at + 1])
        if alone and covering(text.quoted, at) is None:
            return at
        at = text.text.find("۔", at + 1, end - 1)
    return end


def sentence_end(text: Text, sentence: Sentence, start: int) -> int:
    """Where the sentence ends for a content from ``start``: a splitter that broke it at a closing
    quotation mark without a stop is overruled."""
    sentences = text.document.sentences
    end = sentence.end
    number = text.numbered(end - 1)
    while (
        number + 1 < len(sentences)
        and sentences[number + 1].line == sentence.line
        and not text.stopped(sentences[number])
        and text.text[end - 1] in "\"”'’"
        and not any(mark.start == sentences[number + 1].start for mark in text.quoted)
    ):
        number += 1
        end = sentences[number].end
    return end


def sentence_before(text: Text, sentence: Sentence) -> Span | None:
    """The sentence before on the same line: what a pronoun stands for (یہ دعویٰ کیا ہے)."""
    number = bisect_left(text.sentences, sentence.index, key=_index)
    before = text.sentences[number - 1] if number else None
    if before is None or before.line != sentence.line:
        return None
    return text.content(before.start, before.end)


def _index(sentence: Sentence) -> int:
    return sentence.index


def quotation_before(text: Text, sentence: Sentence, at: int, gap: int = 3) -> Span | None:
    """The quotation that ends right before code point ``at`` on the same line, run back over
    quotations that touch it."""
    start = text.line_start(sentence)
    ended = [mark for mark in text.quoted if mark.end <= at and mark.start >= start]
    if not ended:
        return None
    last = ended[-1]
    if len(text.text[last.end : at].strip(" \t،,۔.-–—:")) > gap:
        return None
    if len(text.text[last.start : last.end].split()) < 2:
        return None
    begin = last.start
    for mark in reversed(ended[:-1]):
        if not text.text[mark.end : begin].strip(" \t،,۔."):
            begin = mark.start
    return text.content(begin, last.end)
