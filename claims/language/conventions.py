"""What a treebank always does, put right where a network that reads word by word did otherwise.

``conventions.yaml`` in a model's folder says it. The tagger reads before the parser, and the
lemmatizer sees a word without its neighbours; both may break what holds in every tree that they
were trained on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from claims.checked import Checked, load

if TYPE_CHECKING:
    from stanza import Document

NAME = "conventions.yaml"


class SettledTag(Checked):
    """Of two parts of speech, a word with one of the ``relations`` has ``tag``, any other
    ``other``; words with a third part of speech are left as they are."""

    tag: str
    other: str
    relations: frozenset[str]

    def of(self, upos: str | None, relation: str | None) -> str | None:
        """The part of speech that the tree gives, or the one that was there."""
        if upos not in (self.tag, self.other):
            return upos
        return self.tag if relation in self.relations else self.other


class LemmaBefore(Checked):
    """The ``lemma`` of a ``form`` with the part of speech ``upos`` before a word with ``next``."""

    form: str
    upos: str
    next: str
    lemma: str


class Conventions(Checked):
    """``conventions.yaml``: tags by relation, lemmas by the word that follows."""

    tags: tuple[SettledTag, ...] = ()
    lemmas: tuple[LemmaBefore, ...] = ()

    def apply(self, document: Document) -> None:
        """Change tags and lemmas of a document of Stanza's, in place."""
        for sentence in document.sentences if self.tags or self.lemmas else ():
            for word in sentence.words:
                for settled in self.tags:
                    word.upos = settled.of(word.upos, word.deprel)
            for word, after in zip(sentence.words, sentence.words[1:], strict=False):
                for one in self.lemmas:
                    if (word.text, word.upos, after.upos) == (one.form, one.upos, one.next):
                        word.lemma = one.lemma


def load_conventions(folder: Path) -> Conventions:
    """``conventions.yaml`` of a model's folder, or none where it has no such file; raises
    ConfigError."""
    path = folder / NAME
    return load(path, Conventions) if path.is_file() else Conventions()
