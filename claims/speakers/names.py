"""Names as keys: two spellings of one name that differ only in how they were typed are equal."""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from functools import lru_cache

from claims.model import Speaker, SpeakerKind

# Letters that keyboards and fonts confuse. Those with hamza or madda lose it in decomposition.
_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ې": "ی",
        "ك": "ک",
        "ه": "ہ",
        "ھ": "ہ",
        "ە": "ہ",
        "ة": "ہ",
        "ٱ": "ا",
        "ء": None,
        "ـ": None,
    }
)
_ACRONYM = 4


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """``name`` without case, marks, spaces, hyphens, joiners, punctuation and letter variants.

    A short word all in capitals (US, WHO) keeps them, so that it never equals a common word.
    """
    letters = unicodedata.normalize("NFKD", name).translate(_LETTERS)
    if not letters.isalnum():
        letters = "".join(
            character
            for character in letters
            if unicodedata.category(character)[0] in "LN" or _vowel_sign(character)
        )
    if letters.isupper() and letters.isascii() and len(letters) <= _ACRONYM:
        return letters
    return letters.casefold()


def _vowel_sign(character: str) -> bool:
    """Whether a mark is a letter of its own, as the vowels of Devanagari and its relatives are."""
    indic = "\u0900" <= character <= "\u0dff"
    return (
        indic and unicodedata.category(character)[0] == "M" and not unicodedata.combining(character)
    )


@lru_cache(maxsize=1 << 16)
def lookups(name: str) -> tuple[str, ...]:
    """The keys under which ``name`` may be listed: as it stands, and in lower case.

    Only a word in capitals (TRUMP, in a headline or a transcript) has two.
    """
    first = key(name)
    lower = first.casefold()
    return (first,) if first == lower else (first, lower)


def spellings(pattern: str) -> tuple[str, ...]:
    """Every spelling that a configured name stands for: ``"a|b c"`` is ``a c`` and ``b c``."""
    words = [word.split("|") for word in pattern.split()]
    return tuple(" ".join(choice) for choice in itertools.product(*words))


def tokens(name: str) -> tuple[str, ...]:
    """The keys of the words of ``name``, in order; words of punctuation alone are dropped."""
    return tuple(made for word in re.split(r"[\s\u200c\-‐–]+", name) if (made := key(word)))


def named_in(speaker: Speaker, article_id: str | None = None) -> bool:
    """Whether one of a speaker's names is what its identifier was made of, together with
    ``article_id``: whether it is the same voice in every article, or belongs to that one alone."""
    known = (speaker.name, *(name for names in speaker.names.values() for name in names))
    return speaker.speaker_id in {speaker_id(speaker.kind, name, article_id) for name in known}


def speaker_id(kind: SpeakerKind, name: str, article_id: str | None = None) -> str:
    """A stable identifier of 16 hexadecimal digits.

    ``article_id`` is given for those who are described but not named: they are never the same
    voice in two articles.
    """
    identity = "\x1f".join((kind.value, key(name) or name, article_id or ""))
    return hashlib.sha256(identity.encode()).hexdigest()[:16]
