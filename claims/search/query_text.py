"""The text of a query, taken apart: words in any order, and phrases."""

from __future__ import annotations

import re
from typing import NamedTuple

from claims.errors import QueryError
from claims.search.words import SearchWords, tokens

MOST_WORDS = 16
"""Words of a query: each costs a look through the claims."""

_PARTS = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^"“”„«»]+)')


class QueryText(NamedTuple):
    """``words`` are found in any order, ``phrases`` word after word; both folded."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]


def read_text(text: str, words: SearchWords) -> QueryText:
    """What a text asks for. Words that narrow nothing ("what did … say about …") are left out,
    unless there are no others. Raises QueryError for too many words."""
    loose: list[str] = []
    phrases: list[tuple[str, ...]] = []
    for phrase, other in _PARTS.findall(text):
        if found := tuple(tokens(phrase)):
            phrases.append(found)
        loose += tokens(other)
    kept = [word for word in loose if not words.narrows_nothing(word)]
    if not kept and not phrases:
        kept = loose
    asked = QueryText(tuple(dict.fromkeys(kept)), tuple(dict.fromkeys(phrases)))
    count = len(asked.words) + sum(map(len, asked.phrases))
    if count > MOST_WORDS:
        raise QueryError(f"{count} words are too many to search for; give {MOST_WORDS} at most")
    return asked
