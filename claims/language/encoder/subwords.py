"""Cuts text into the pieces of words that the encoder knows, with their places in the text.

A word is cut so that the scores of its pieces sum up to the most, by Viterbi (Kudo 2018, as
SentencePiece and the package ``tokenizers`` do it). That package would first make a trie of all
250,000 pieces, which takes longer than reading an article; their sorted hashes are there sooner and
take little memory, and words come up again and again. What it knows of text (normal forms, words,
places) is used.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import (
    NormalizedString,
    PreTokenizedString,
    Regex,
    Token,
    normalizers,
    pre_tokenizers,
)

if TYPE_CHECKING:
    from claims.language.encoder.packed import Base

FIRST, PADDING, LAST, UNKNOWN = 0, 1, 2, 3

WORDS = 10_000
"""Words whose pieces are remembered; the longest unused one is forgotten first."""

_PENALTY = 10.0
"""How much less than the worst piece a character counts that is in no piece."""

_NORMALIZER = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
_WORDS = pre_tokenizers.Sequence(
    [
        pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always"),
        pre_tokenizers.Split(Regex(r"(?<=\p{P})\p{P}|[۔؟،؛]"), "isolated"),
    ]
)


class Cutter:
    """Cuts text with a packed vocabulary.

    Two things differ from the original: a mark of punctuation that follows another is a piece of
    its own (`."` is two), and so are the marks of Arabic script, which the vocabulary has glued to
    words (`ہے۔` is one), so that a span may end between them.
    """

    def __init__(self, base: Base) -> None:
        self._pieces, ends, scores = base.vocabulary()
        self._ends, self._scores = array("q", ends.tobytes()), array("d", scores.tobytes())
        self._longest = int(np.diff(ends).max())
        self._unknown = float(scores.min()) - _PENALTY
        # Not a dictionary: 250,000 objects take ten times as much memory as their hashes.
        hashes = np.fromiter(
            (hash(self._pieces[a:b]) for a, b in pairwise(ends.tolist())), np.int64, len(scores)
        )
        order = np.argsort(hashes, kind="stable")
        self._hashes = array("q", hashes[order].tobytes())
        # Where the hashes of the same first 16 bits begin, so that few are looked at.
        first = np.arange(-(1 << 15), 1 << 15, dtype=np.int64) << 48
        starts = [*np.searchsorted(hashes[order], first).tolist(), len(order)]
        self._starts = array("i", starts)
        self._order = array("i", order.astype(np.int32).tobytes())
        self._tokens = lru_cache(WORDS)(self._cut)

    def pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Numbers of the pieces of a text and their [start, end) in it, without white space."""
        read = PreTokenizedString(text)
        read.normalize(_normalize)
        _WORDS.pre_tokenize(read)
        read.tokenize(self._tokens)
        encoding = read.to_encoding()
        numbers: list[int] = []
        places: list[tuple[int, int]] = []
        for number, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            if start < end:
                numbers.append(number)
                places.append((start, end))
        return numbers, places

    def rarity(self, word: str) -> float:
        """How rare a word is in the texts that the vocabulary was made from: minus the logarithm of
        its likelihood, from 5 for the commonest to 30 for a rare name, and beyond for long ones."""
        numbers, _ = self.pieces(word)
        known = (self._scores[n] if n != UNKNOWN else self._unknown for n in numbers)
        return -sum(known)

    def _cut(self, word: str) -> list[Token]:
        """The pieces of one word; their places are bytes of it in UTF-8."""
        data = word.encode()
        edges = [at for at, byte in enumerate(data) if byte & 0xC0 != 0x80]
        edges.append(len(data))
        # For each edge: the score of the best way to it, where its last piece begins, and which.
        best: list[tuple[float, int, int] | None] = [None] * (len(data) + 1)
        best[0] = (0.0, 0, UNKNOWN)
        hashes, starts = self._hashes, self._starts
        for at, start in enumerate(edges[:-1]):
            way = best[start]
            assert way is not None
            so_far = way[0]
            first = edges[at + 1]
            for end in edges[at + 1 :]:
                if end - start > self._longest:
                    break
                piece = data[start:end]
                wanted = hash(piece)
                alike = (wanted >> 48) + (1 << 15)
                last = starts[alike + 1]
                there = bisect_left(hashes, wanted, starts[alike], last)
                number = None
                if there < last and hashes[there] == wanted:
                    number = self._number(piece, there)
                if number is not None:
                    score = self._scores[number] + so_far
                elif end == first:
                    number, score = UNKNOWN, self._unknown + so_far
                else:
                    continue
                known = best[end]
                if known is None or score > known[0]:
                    best[end] = (score, start, number)
        return self._followed(data, best)

    def _number(self, piece: bytes, at: int) -> int | None:
        """The number of a piece whose hash is the one at ``at``, the first of its kind; the last
        number, should the piece be there twice."""
        wanted, found = self._hashes[at], None
        while at < len(self._hashes) and self._hashes[at] == wanted:
            number = self._order[at]
            if self._pieces[self._ends[number] : self._ends[number + 1]] == piece:
                found = number
            at += 1
        return found

    def _followed(self, data: bytes, best: list[tuple[float, int, int] | None]) -> list[Token]:
        """The pieces of the best way, from its end; unknown characters in a row are one piece."""
        spans: list[tuple[int, int, int]] = []
        end, after = len(data), False
        while end > 0:
            way = best[end]
            assert way is not None
            _score, start, number = way
            unknown = number == UNKNOWN
            if unknown and after:
                spans[-1] = (start, spans[-1][1], UNKNOWN)
            else:
                spans.append((start, end, number))
            end, after = start, unknown
        return [
            Token(number, data[start:end].decode(), (start, end))
            for start, end, number in reversed(spans)
        ]


def _normalize(text: NormalizedString) -> None:
    _NORMALIZER.normalize(text)
