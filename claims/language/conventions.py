"""What a treebank always does, put right where a network that reads word by word did otherwise.

``conventions.yaml`` in a model's folder says it. The tagger reads before the parser, and the
lemmatizer sees a word without its neighbours; both may break what holds in every tree that they
were trained on.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from claims.config.yaml_file import Checked, load

if TYPE_CHECKING:
    from stanza import Document
    from stanza.models.common.doc import Word

NAME = "conventions.yaml"


class SettledTag(Checked):
    """Of two parts of speech, a word with one of the ``relations`` has ``tag``, any other
    ``other``; words with a third part of speech, or with no relation, are left as they are."""

    tag: str
    other: str
    relations: frozenset[str]

    def of(self, upos: str | None, relation: str | None) -> str | None:
        """The part of speech that the tree gives, or the one that was there."""
        if relation is None or upos not in (self.tag, self.other):
            return upos
        return self.tag if relation in self.relations else self.other


class SettledLemma(Checked):
    """The ``lemma`` of a ``form`` with the part of speech ``upos``: only before a word with the
    part of speech ``next``, and with no relation of ``unless``, where these are given."""

    form: str
    upos: str
    lemma: str
    next: str | None = None
    unless: frozenset[str] = frozenset()

    def holds(self, word: Word, after: Word | None) -> bool:
        """Whether ``word``, which stands before ``after``, has this lemma."""
        if word.upos != self.upos or word.text.lower() != self.form or word.deprel in self.unless:
            return False
        return self.next is None or (after is not None and after.upos == self.next)


class Conventions(Checked):
    """``conventions.yaml``: tags by relation, lemmas by relation or by the word that follows.

    The lemma of a word with a part of speech of ``capitals`` keeps the capitals that it has; words
    of ``whole`` are never cut in two.
    """

    tags: tuple[SettledTag, ...] = ()
    lemmas: tuple[SettledLemma, ...] = ()
    capitals: frozenset[str] = frozenset()
    whole: tuple[str, ...] = ()

    @cached_property
    def uncut(self) -> re.Pattern[str] | None:
        """An expression for the words of ``whole``."""
        if not self.whole:
            return None
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, self.whole))})\b", re.IGNORECASE)

    @cached_property
    def _unsettled(self) -> frozenset[str]:
        return frozenset(tag for one in self.tags for tag in (one.tag, one.other))

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(one.form for one in self.lemmas)

    def apply(self, document: Document) -> None:
        """Change tags and lemmas of a document of Stanza's, in place."""
        for sentence in document.sentences:
            words = sentence.words
            for word in words:
                upos = tagged = word.upos
                if upos in self._unsettled:
                    for settled in self.tags:
                        upos = settled.of(upos, word.deprel)
                    if upos != tagged:
                        word.upos = upos
                if upos in self.capitals and word.lemma == word.text.lower():
                    word.lemma = word.text
            for at, word in enumerate(words):
                if word.text.lower() in self._forms:
                    after = words[at + 1] if at + 1 < len(words) else None
                    for one in self.lemmas:
                        if one.holds(word, after):
                            word.lemma = one.lemma


def load_conventions(folder: Path) -> Conventions:
    """``conventions.yaml`` of a model's folder, or none where it has no such file; raises
    ConfigError."""
    path = folder / NAME
    return load(path, Conventions) if path.is_file() else Conventions()
