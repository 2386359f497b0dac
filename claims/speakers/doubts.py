"""Whether what stands as a speaker's name is one, or has swallowed a word of the text around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from claims.model import Speaker, SpeakerKind
from claims.speakers.gazetteer import Gazetteer, load_gazetteer
from claims.speakers.mentions import MentionData, load_mentions
from claims.speakers.names import key, speaker_id

PRONOUN = "has a pronoun in it"
ARTICLE = "has an article in it"
CASE_MARKER = "has a case marker in it"
CLAUSE = "has somebody else's clause in it"
NO_NAME = "has no word that names anybody"
SMALL = "has a word in small letters"

_PARTICLE = 3  # letters that a small word inside somebody's name may have (de, bin, van)


class Doubts:
    """Looks at names with the words that ``config/mentions`` lists for each language."""

    def __init__(self, mentions: Mapping[str, MentionData], gazetteer: Gazetteer) -> None:
        self._mentions = mentions
        self._gazetteer = gazetteer

    def why(self, speaker: Speaker) -> str | None:
        """What is wrong with a speaker's name, in a few words; None where nothing is.

        A name proper may hold no pronoun, article, case marker or word of a clause. In what only
        describes somebody ("a senior official of the ministry") articles and case markers are at
        home, pronouns of the subject are not. Entries of the gazetteer are as somebody wrote them.
        """
        if self._gazetteer.named(speaker.name) is not None:
            return None
        language, spelled = next(
            ((known, names[0]) for known, names in speaker.names.items() if names), ("", "")
        )
        data = self._mentions.get(language)
        words = spelled.split()
        if data is None or not words or speaker.members:
            return None
        if _silent(words, data):
            return NO_NAME
        named = speaker.kind is not SpeakerKind.DOCUMENT and speaker.speaker_id == speaker_id(
            speaker.kind, spelled
        )
        # میری is "Mary", and "my"
        given = len(words) > 1 and self._gazetteer.latin.knows(words[0])
        looked = _in_name(words, data, int(given)) if named else _in_description(words, data)
        found = next(looked, None)
        if found is None and named and speaker.kind is SpeakerKind.PERSON:
            return SMALL if any(map(_small, words)) else None
        return found


def _in_name(words: Sequence[str], data: MentionData, first: int) -> Iterator[str]:
    for at, word in enumerate(words):
        if at < first or _is_name(words, at, data):
            continue
        pronoun = data.pronoun_of.get(key(word))
        if pronoun is not None and pronoun.role != "nobody":
            yield PRONOUN
        elif data.has("articles", word) and not (at and data.has("head_before", words[at - 1])):
            yield ARTICLE
        elif at and data.has("case_markers", word):
            yield CASE_MARKER
        elif at and data.has("clauses", word):
            yield CLAUSE


def _in_description(words: Sequence[str], data: MentionData) -> Iterator[str]:
    for at, word in enumerate(words):
        pronoun = data.pronoun_of.get(key(word))
        hanging = at > 0 and at + 1 == len(words) and pronoun is not None
        if pronoun is not None and hanging and pronoun.role == "relative":
            yield CLAUSE
        elif data.has("subject_pronouns", word):
            yield PRONOUN
        elif at and not word.isascii() and data.has("clauses", word):
            yield CLAUSE


def _is_name(words: Sequence[str], at: int, data: MentionData) -> bool:
    """Whether a word is part of a name though it is listed: one with a capital, a given name
    (جو is "Joe" too), or a letter beside another (کے in "جے کے")."""
    word = words[at]
    if word[:1].isupper() and len(word) > 1:
        return True
    if key(word) in data.gender_of:
        return True
    beside = [words[n] for n in (at - 1, at + 1) if 0 <= n < len(words)]
    return data.has("letters", word) and any(data.has("letters", one) for one in beside)


def _small(word: str) -> bool:
    return len(word) > _PARTICLE and word.isalpha() and word.islower()


def _silent(words: Sequence[str], data: MentionData) -> bool:
    """Whether words say nothing about who somebody is."""
    lists = ["skipped", "not_names", "articles", "case_markers", "indefinite"]
    if len(words) == 1:
        lists.append("ignored")
    return not any(
        any(letter.isalpha() for letter in word) and not any(data.has(one, word) for one in lists)
        for word in words
    )


def load_doubts(config: Path, languages: Sequence[str]) -> Doubts:
    """``Doubts`` of a configuration folder. Raises ConfigError."""
    return Doubts(load_mentions(config, languages), load_gazetteer(config, languages))
