"""Letters to the editor: whoever signs a letter is the "I" of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from claims.model import Document, Word

_LINE = re.compile(r"[^\r\n]+")
_FEWEST, _MOST = 2, 4  # words of a name that signs
_MARKS = ".,;—–- "


@dataclass(frozen=True, slots=True)
class Signature:
    """A line of an article that is nothing but somebody's name."""

    words: tuple[Word, ...]
    start: int


def signatures(document: Document) -> tuple[Signature, ...]:
    """The lines that sign what stands above them, in text order.

    Such a line is two to four proper nouns that all have capitals, and ends its paragraph; the
    first line of an article, its headline, signs nothing.
    """
    text = document.article.text
    words = [word for sentence in document.sentences for word in sentence.words]
    found = []
    for number, line in enumerate(_LINE.finditer(text)):
        told = line.group().strip(_MARKS)
        if number == 0 or not _FEWEST <= len(told.split()) <= _MOST:
            continue
        first, last = (bisect_left(words, at, key=_place) for at in line.span())
        inside = tuple(word for word in words[first:last] if word.text.strip(_MARKS))
        if _is_name(inside):
            found.append(Signature(inside, line.start()))
    return tuple(found)


def _place(word: Word) -> int:
    return word.start


def _is_name(words: Sequence[Word]) -> bool:
    return bool(words) and all(
        word.text[:1].isupper() and word.upos == "PROPN" and not word.text.isupper()
        for word in words
        if len(word.text) > 1 and word.text.strip(_MARKS)
    )
