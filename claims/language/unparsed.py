"""Sentences and words of languages that nobody has trained a model for.

A library splits the sentences (`sentencex`, by rules for some 300 languages). Words are runs of
letters and digits, or single marks; they have no lemma, part of speech or relation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from claims.model import Article, Document, Sentence, Word

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_MARK = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
_JOINER = "\u200c\u200d"
_DIRECTION = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_PART = rf"\w[\w{_MARK}]*"
_WORD = re.compile(rf"{_PART}(?:(?:-|[{_JOINER}]+){_PART})*|[^\w\s{_MARK}{_JOINER}{_DIRECTION}]")


def unparsed(article: Article) -> Document:
    """The document of an article; no sentence crosses a line break.

    Each word hangs on the first of its sentence, and its lemma is its form in small letters.
    """
    sentences: list[Sentence] = []
    for number, line in enumerate(_LINE.finditer(article.text)):
        for start, end in _sentences(line[0], article.language):
            words = _words(article.text, line.start() + start, line.start() + end)
            if words:
                sentences.append(
                    Sentence(
                        index=len(sentences),
                        line=number,
                        start=words[0].start,
                        end=words[-1].end,
                        words=words,
                    )
                )
    return Document(article=article, sentences=tuple(sentences))


def _sentences(line: str, language: str) -> Iterator[tuple[int, int]]:
    from sentencex import get_sentence_boundaries  # only who reads such a language needs it

    for boundary in get_sentence_boundaries(language, line):
        yield boundary["start_index"], boundary["end_index"]


def _words(text: str, start: int, end: int) -> tuple[Word, ...]:
    found = []
    for index, match in enumerate(_WORD.finditer(text, start, end), 1):
        form = unicodedata.normalize("NFC", match[0])
        found.append(
            Word(
                index=index,
                text=form,
                lemma=form.lower(),
                upos="X" if match[0][0].isalnum() else "PUNCT",
                head=0 if index == 1 else 1,
                deprel="root" if index == 1 else "dep",
                start=match.start(),
                end=match.end(),
            )
        )
    return tuple(found)
