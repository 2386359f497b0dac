"""Whether what is attributed is itself negated."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribution.rules.lexicon import Grammar
from claims.attribution.rules.text import Text
from claims.model import Spans, Word

SHORTEST = 3
"""Words of a sentence that says something; a shorter one («No.», «نہیں۔») only answers."""


def negates(text: Text, content: Spans) -> bool:
    """Whether the main clause of the content is negated: an odd number of negations on its root.

    Of a content over several sentences the first that says something counts: what follows it
    explains or adds. Numbers of words are each sentence's own, so each is looked at by itself.
    """
    sentences = text.around(content)
    if text.negating.isdisjoint([sentence.index for sentence in sentences]):
        return False
    short: list[Word] = []
    for sentence in sentences:
        words = [
            word
            for word in sentence.words
            if word.upos != "PUNCT" and any(span.start <= word.start < span.end for span in content)
        ]
        if len(words) >= SHORTEST:
            return _odd(words, text.grammar)
        short = short or words
    return _odd(short, text.grammar)


def _odd(words: Sequence[Word], grammar: Grammar) -> bool:
    negations = [word for word in words if word.text.lower() in grammar.negations]
    inside = {word.index for word in words}
    roots = {word.index for word in words if word.head not in inside}
    return sum(word.head in roots or word.index in roots for word in negations) % 2 == 1
