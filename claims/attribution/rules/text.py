"""A document as the frames read it: words, lines, quotations, and spans cut from them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from claims.attribution.rules.lexicon import Grammar, Lexicon
from claims.attribution.rules.match import Reading
from claims.attribution.rules.match_cues import Found, find
from claims.attribution.rules.quotes import Quoted, covering, quotations, trimmed
from claims.attribution.rules.trace import Trace
from claims.model import Document, Sentence, Span, Spans, Word

STOPS = "۔.؟?!…।"
EDGES = STOPS + "،,;؛:–—-"  # what a content does not begin or end with

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")


@dataclass(frozen=True)
class Text:
    """A document with its lexicon; ``trace`` hears of what was tried, where somebody asks.

    Words of a document whose language has ``grammar.letters`` are in those.
    """

    document: Document
    lexicon: Lexicon
    trace: Trace | None = None

    def __post_init__(self) -> None:
        if self.grammar.letters:  # models level what they read; who has none is levelled here
            object.__setattr__(self, "document", _levelled(self.document, self.grammar))

    def refused(self, reason: str) -> Reading | None:
        """No reading, for a reason in a few words."""
        if self.trace is not None:
            self.trace.reason = reason
        return None

    @property
    def text(self) -> str:
        """The article's text, that all offsets count in."""
        return self.document.article.text

    @property
    def grammar(self) -> Grammar:
        """The grammar of the document's language."""
        return self.lexicon.grammar

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """The quotations of the text."""
        return quotations(self.text)

    @cached_property
    def known(self) -> tuple[Found, ...]:
        """The cues of all sentences, the longest first."""
        found = [found for sentence in self.sentences for found in self.cues(sentence)]
        return tuple(sorted(found, key=lambda found: found.first - found.last))

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """``[start, end)`` of each line, numbered as ``Sentence.line``."""
        return tuple(match.span() for match in _LINE.finditer(self.text))

    @cached_property
    def written(self) -> tuple[tuple[int, int], ...]:
        """``lines`` without their boilerplate: a stamp or dateline at the beginning of a line is
        cut off, and so is a "(continued)" at its end; a line that is nothing else is empty."""
        return tuple(self._written(start, end) for start, end in self.lines)

    def _written(self, start: int, end: int) -> tuple[int, int]:
        line = self.text[start:end]
        if any(pattern.match(line) for pattern in self.grammar.boilerplate_patterns):
            return end, end
        for pattern in self.grammar.stamp_patterns:
            if match := pattern.match(line):
                start += match.end()
                line = self.text[start:end]
        for pattern in self.grammar.ending_patterns:
            if match := pattern.search(line):
                end = start + match.start()
                line = self.text[start:end]
        return start, end

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The document's sentences without words of boilerplate; those that keep none are left
        out. Numbers of words stay the parser's."""
        kept: list[Sentence] = []
        for sentence in self.document.sentences:
            start, end = self.written[sentence.line]
            if start <= sentence.words[0].start and sentence.words[-1].start < end:
                kept.append(sentence)
                continue
            words = tuple(word for word in sentence.words if start <= word.start < end)
            if words:
                kept.append(sentence.model_copy(update={"words": words, "start": words[0].start}))
        return tuple(kept)

    @cached_property
    def negating(self) -> frozenset[int]:
        """The indexes of the document's own sentences in which a negation stands."""
        negations = frozenset(self.grammar.negations)
        return frozenset(
            sentence.index
            for sentence in self.document.sentences
            if not negations.isdisjoint([word.text.lower() for word in sentence.words])
        )

    @cached_property
    def starts(self) -> list[int]:
        """Where each of ``sentences`` begins."""
        return [sentence.start for sentence in self.sentences]

    def cues(self, sentence: Sentence) -> tuple[Found, ...]:
        """The cues of one of ``sentences``, looked for once."""
        found = self._found.get(sentence.index)
        if found is None:
            found = self._found[sentence.index] = find(sentence, self.lexicon)
        return found

    @cached_property
    def _found(self) -> dict[int, tuple[Found, ...]]:
        return {}

    @cached_property
    def _begins(self) -> list[int]:
        return [sentence.start for sentence in self.document.sentences]

    @cached_property
    def _ends(self) -> list[int]:
        return [sentence.end for sentence in self.document.sentences]

    def numbered(self, at: int) -> int:
        """The index of the last of the document's sentences that begins at the code point ``at``
        or before it; -1 where none does."""
        return bisect_right(self._begins, at) - 1

    def around(self, spans: Spans) -> tuple[Sentence, ...]:
        """The document's own sentences that have a place in common with one of ``spans``."""
        touched: list[Sentence] = []
        at = 0
        for span in sorted(spans, key=lambda span: span.start):
            at = max(bisect_left(self._ends, span.start + 1), at)
            while at < len(self._ends) and self.document.sentences[at].start < span.end:
                touched.append(self.document.sentences[at])
                at += 1
        return tuple(touched)

    def sentence_at(self, at: int) -> Sentence | None:
        """The last of ``sentences`` that begins at the code point ``at`` or before it."""
        number = bisect_right(self.starts, at)
        return self.sentences[number - 1] if number else None

    def line_end(self, sentence: Sentence) -> int:
        """Where the sentence's line ends, boilerplate aside."""
        return self.written[sentence.line][1]

    def line_start(self, sentence: Sentence) -> int:
        """Where the sentence's line begins."""
        return self.lines[sentence.line][0]

    def span(self, words: Sequence[Word]) -> Span | None:
        """From the first to the last word, without quotation marks cut in half or edge marks."""
        if not words:
            return None
        marks = EDGES + "\"'“”‘’«»"
        return trimmed(self.text, words[0].start, max(word.end for word in words), marks)

    def stopped(self, sentence: Sentence) -> bool:
        """Whether the sentence ends with a mark that ends sentences (a closing quote aside)."""
        tail = self.text[sentence.start : sentence.end].rstrip(" \t\"'”’»")
        return tail.endswith(tuple(STOPS))

    def content(self, start: int, end: int) -> Span | None:
        """A content from ``[start, end)``: edge marks go, but stay inside quotation marks."""
        while start < end and (self.text[start].isspace() or self.text[start] in EDGES):
            start += 1
        while end > start and (
            self.text[end - 1].isspace()
            or (self.text[end - 1] in EDGES and not self._kept(start, end - 1))
        ):
            end -= 1
        if end <= start:
            return None
        mark = covering(self.quoted, end - 1)
        if mark is not None and mark.closed and mark.end == end and mark.start < start:
            # a mark whose partner lies outside is not part of the content
            return trimmed(self.text, start, end, "\"'“”‘’«»" + STOPS)
        return Span(start=start, end=end)

    def _kept(self, start: int, at: int) -> bool:
        mark = covering(self.quoted, at)
        return mark is not None and mark.start >= start

    def quoted_run(self, at: int, limit: int) -> Quoted | None:
        """The quotation that begins at ``at`` (white space aside), run on over quotations that
        follow it directly, up to ``limit``."""
        while at < limit and self.text[at].isspace():
            at += 1
        first = next((mark for mark in self.quoted if mark.start == at), None)
        if first is None:
            return None
        end, closed = first.end, first.closed
        for mark in self.quoted:
            if mark.start > first.start and mark.start < limit:
                between = self.text[end : mark.start]
                if mark.start >= end and not between.strip(" \t" + STOPS + "،,"):
                    end, closed = mark.end, mark.closed
        return Quoted(first.start, end, closed)


def joined(spans: Iterable[Span | None]) -> Spans:
    """Pieces in text order; empty ones left out."""
    return tuple(sorted((span for span in spans if span), key=lambda span: span.start))


def _levelled(document: Document, grammar: Grammar) -> Document:
    """The document with its words in the letters of their language."""

    def own(word: Word) -> Word:
        text, lemma = grammar.levelled(word.text), grammar.levelled(word.lemma)
        same = text == word.text and lemma == word.lemma
        return word if same else word.model_copy(update={"text": text, "lemma": lemma})

    sentences = tuple(
        sentence.model_copy(update={"words": tuple(map(own, sentence.words))})
        for sentence in document.sentences
    )
    return document.model_copy(update={"sentences": sentences})
