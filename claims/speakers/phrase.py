"""A reading of a noun phrase."""

from __future__ import annotations

from typing import NamedTuple

from claims.model import SpeakerKind, Word
from claims.speakers.gazetteer import Entry
from claims.speakers.mentions import Gender, Noun, Pronoun, Title
from claims.speakers.names import key


class NounPhrase(NamedTuple):
    """Who a source is by its words alone.

    ``pronoun``, ``entry`` (named by ``entry_words``), ``name`` (one the gazetteer lacks) or
    ``members`` say who it is; else ``title`` (whoever holds the office), else ``noun``. Beside
    an entry or name, ``title`` is what that person is called (``titles``: all of it, "Finance
    Minister Senator") and ``noun`` what sort of body it is.
    ``of`` is what qualifies title or noun ("US", "Russian"), ``plain`` says that nothing else
    does. ``english`` is what a description says. ``demonym``: a state by its adjective.
    ``behalf`` is whom a spokesperson speaks for, where that is no known body.
    ``indefinite``: somebody new ("a spokesman"); ``former``: an office no longer held.
    """

    words: tuple[Word, ...]
    pronoun: Pronoun | None = None
    entry: Entry | None = None
    entry_words: tuple[Word, ...] = ()
    name: tuple[Word, ...] = ()
    title: Title | None = None
    noun: Noun | None = None
    of: tuple[NounPhrase, ...] = ()
    members: tuple[NounPhrase, ...] = ()
    gender: Gender | None = None
    former: bool = False
    plain: bool = True
    indefinite: bool = False
    demonym: bool = False
    english: str = ""
    behalf: NounPhrase | None = None
    titles: tuple[Title, ...] = ()

    @property
    def text(self) -> str:
        """The words, with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the words."""
        return frozenset(key(word.text).casefold() for word in self.words)

    @property
    def person(self) -> bool:
        """Whether it names a person."""
        if self.entry is not None:
            return self.entry.kind is SpeakerKind.PERSON
        return bool(self.name) and self.noun is None

    @property
    def clear(self) -> bool:
        """Whether it says who it is by more than a description."""
        return bool(self.entry or self.name or self.title or self.noun or self.members)
