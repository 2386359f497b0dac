"""Cuts text into the pieces of words that the encoder knows, with their places in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from claims.language.encoder.packed import Base

FIRST, PADDING, LAST, UNKNOWN = 0, 1, 2, 3


def tokenizer(base: Base) -> Tokenizer:
    """The tokenizer of the packed vocabulary.

    One thing differs from the original: a mark of punctuation that follows another is a piece of
    its own (`."` is two), so that a span may end between them.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    made = Tokenizer(
        models.Unigram(list(zip(base.pieces, base.scores, strict=True)), unk_id=UNKNOWN)
    )
    made.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always"),
            pre_tokenizers.Split(Regex(r"(?<=\p{P})\p{P}"), "isolated"),
        ]
    )
    return made


def pieces(made: Tokenizer, text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """Numbers of the pieces of a text and their [start, end) in it, without white space."""
    encoding = made.encode(text)
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
