"""Words that were typed without the space between them: پروفیسرشاہد, اداکارنے."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from claims.model import Word
from claims.speakers.mentions import MentionData
from claims.speakers.names import key

_SHORTEST = 3  # letters that a word cut off may have
_REMEMBERED = 1 << 16  # words


class GluedWords:
    """Parts words of a language whose script has no capitals: a title before a name, and a case
    marker of the subject after a name or title.

    A word that is listed or one of people's names itself is left alone, and so is one of which the
    rest is neither. ``knows`` says whether a word is one of people's names.
    """

    def __init__(self, data: MentionData, knows: Callable[[str], bool]) -> None:
        self._data = data
        self._knows = knows
        self._markers = tuple(data.subject_markers)
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
        if text.isascii() or len(text) <= _SHORTEST + 1 or self._listed(text):
            return 0
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
        made = key(text)
        data = self._data
        return (
            made in data.title_of
            or made in data.noun_of
            or made in data.honorific_of
            or made in data.english_of
            or self._knows(text)
        )
