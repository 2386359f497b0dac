"""Lists of speakers of which a source has only the end: «شاہد آفریدی، یونس خان اور مصباح الحق»."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.model import Word
from claims.speakers.phrase import NounPhrase
from claims.speakers.segments import COMMAS

_LONGEST = 7  # words of one part of a list, with titles
_VERBS = ("VERB", "AUX", "SCONJ")


def whole_list(
    group: NounPhrase,
    before: Sequence[Word],
    read: Callable[[Sequence[Word]], NounPhrase | None],
    marks_subject: Callable[[str], bool],
) -> NounPhrase:
    """``group`` with the members that stand before its words, each followed by a comma.

    ``before`` are the words of the sentence up to the group, ``read`` reads a noun phrase. A part
    counts only where it names somebody; the list begins with the first that does in a row.
    """
    members, words, rest = list(group.members), list(group.words), list(before)
    while rest and rest[-1].text in COMMAS:
        comma = rest.pop()
        start = len(rest)
        while start > 0 and rest[start - 1].text not in COMMAS:
            start -= 1
        part = rest[start:]
        if not 0 < len(part) <= _LONGEST or any(_ends(word, marks_subject) for word in part):
            break
        phrase = read(part)
        if phrase is None or phrase.members or not (phrase.entry or len(phrase.name) > 1):
            break
        if phrase.entry is not None and not (phrase.title or phrase.entry_words == tuple(part)):
            break  # "in Pakistan, Iran and Turkey said"
        members.insert(0, phrase)
        words[:0] = [*part, comma]
        rest = rest[:start]
    if len(members) == len(group.members):
        return group
    return group._replace(members=tuple(members), words=tuple(words))


def _ends(word: Word, marks_subject: Callable[[str], bool]) -> bool:
    """Whether a word shows that what it stands in is no part of a list of names."""
    return word.upos in _VERBS or marks_subject(word.text)
