"""Words that were typed without the space between them: پروفیسرشاہد, اداکارنے."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from claims.model import Word
from claims.speakers.mentions import MentionData
from claims.speakers.names import key

_SHORTEST = 3  # letters that a word cut off may have
_LONG = 5  # the same of one before a case marker that many words end with
_NUMBER = re.compile(r"\d+(?=[^\W\d]{3})")  # before a word
_REMEMBERED = 1 << 16  # words


class GluedWords:
    """Parts words of a language whose script has no capitals: a title before a name, a number
    before a word, a case marker after a pronoun, title or noun, that of the subject after a name
    too.

    A word that is listed or one of people's names itself is left alone, and so is one of which the
    rest is neither. ``knows`` says whether a word is one of people's names.
    """

    def __init__(self, data: MentionData, knows: Callable[[str], bool]) -> None:
        self._data = data
        self._knows = knows
        self._markers = tuple(data.subject_markers)
        self._cases = tuple(data.case_markers)
        words = (form for title in data.titles for form in title.forms)
        alone = (*words, *(form for each in data.honorifics for form in each.forms))
        self._titles = tuple(
            sorted({w for w in alone if " " not in w and len(w) > _SHORTEST}, key=len, reverse=True)
        )
        self._place = lru_cache(maxsize=_REMEMBERED)(self._find)

    def parted(self, words: Sequence[Word]) -> Sequence[Word]:
        """The words, those that are two as two; the same object where none is."""
        if not self._markers or not any(self._place(word.text) for word in words):
            return words
        made: list[Word] = []
        for word in words:
            at = self._place(word.text)
            if not at:
                made.append(word)
                continue
            middle = word.start + at
            made.append(word.model_copy(update={"text": word.text[:at], "end": middle}))
            made.append(word.model_copy(update={"text": word.text[at:], "start": middle}))
        return made

    def _find(self, text: str) -> int:
        """How many letters the first word has; 0 where it is one word."""
        if text.isascii():
            return 0
        for marker in self._cases:
            rest = text.removesuffix(marker)
            pronoun = rest != text and key(rest) in self._data.pronoun_of
            if pronoun and not self._data.lists_of(text):
                return len(rest)
        if len(text) <= _SHORTEST + 1 or self._listed(text):
            return 0
        number = _NUMBER.match(text)
        if number is not None:
            return number.end()
        for marker in self._cases:
            rest = text.removesuffix(marker)
            if rest != text and len(rest) >= _LONG and self._called(rest):
                return len(rest)
        for marker in self._markers:
            rest = text.removesuffix(marker)
            if rest != text and len(rest) >= _SHORTEST and self._listed(rest):
                return len(rest)
        for title in self._titles:
            rest = text.removeprefix(title)
            if rest != text and len(rest) >= _SHORTEST and self._knows(rest):
                return len(title)
        return 0

    def _listed(self, text: str) -> bool:
        made, data = key(text), self._data
        return (
            self._called(text)
            or made in data.honorific_of
            or made in data.english_of
            or self._knows(text)
        )

    def _called(self, text: str) -> bool:
        """Whether somebody may be called by a word alone: a title or a common noun."""
        made = key(text)
        return made in self._data.title_of or made in self._data.noun_of
