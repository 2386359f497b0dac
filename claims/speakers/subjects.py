"""Who does what a sentence tells: whoever was last a subject is the likeliest to be meant next."""

from __future__ import annotations

from collections.abc import Sequence

from claims.model import Sentence, Word

SUBJECTS = ("nsubj", "csubj")
"""Relations of Universal Dependencies."""

_BEFORE = frozenset({"DET", "ADJ", "NUM", "PUNCT", "NOUN", "PROPN", "CCONJ", "SCONJ", "ADV"})


def subject(words: Sequence[Word], sentence: Sentence) -> bool:
    """Whether a word of ``words`` is the subject of a clause of its sentence.

    Where no parser read the sentence, what comes first in it is taken for its subject: no verb and
    no preposition stands before.
    """
    if any(word.deprel.startswith(SUBJECTS) for word in words):
        return True
    if sentence.parsed:
        return False
    for word in sentence.words:
        if word.index >= words[0].index:
            return True
        if word.upos not in _BEFORE:
            return False
    return False
