"""What a source calls its speaker besides the name: a title, and a description in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claims.model import Word
from claims.speakers.mentions import MentionData
from claims.speakers.names import key
from claims.speakers.phrase import NounPhrase

_EDGES = " \t\n،,;؛:–—-()[]"


class Called(NamedTuple):
    """The English of a title, and the words beside a name as they were printed."""

    title: str | None = None
    description: str | None = None


def called(
    phrase: NounPhrase | None, words: Sequence[Word], text: str, data: MentionData
) -> Called:
    """What the ``words`` of a source say of its one speaker: "Owen Hale, a spokesman for the
    miners" is a spokesperson, described as "a spokesman for the miners".

    A pronoun and a group are called nothing. Words that only describe somebody are the speaker's
    name, and no description besides.
    """
    if phrase is None or phrase.pronoun is not None or phrase.members:
        return Called()
    title = None
    if phrase.title is not None:
        title = f"former {phrase.title.title}" if phrase.former else phrase.title.title
    name = phrase.name or phrase.entry_words
    if not name:
        return Called(title)
    before = [word for word in words if word.end <= name[0].start]
    after = [word for word in words if word.start >= name[-1].end]
    parts = [told for each in (before, after) if (told := _told(each, text, data))]
    return Called(title, ", ".join(parts) or None)


def _told(words: Sequence[Word], text: str, data: MentionData) -> str:
    if all(_silent(word.text, data) for word in words):
        return ""
    return " ".join(text[words[0].start : words[-1].end].split()).strip(_EDGES)


def _silent(word: str, data: MentionData) -> bool:
    if not any(letter.isalnum() for letter in word):
        return True
    return key(word) in data.honorific_of or data.has("skipped", word)
