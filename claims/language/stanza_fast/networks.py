"""The four bundled networks of a language, loaded for reading only.

Their weights are Stanza's, and so is most of their code. The words, tags, lemmas and relations that
come out are those of ``stanza.Pipeline``; how they are computed differs:

- no optimiser is made for a network that nobody trains; making one imports PyTorch's compiler,
  a second of every start;
- tagger and parser read with ``claims.language.stanza_fast.recurrent``, each kind of word once;
- what they make of a word's letters is remembered, and so is the lemma of a word that no dictionary
  has;
- the tokenizer prepares its characters with regular expressions, not one by one;
- the parser's scores are decoded by ``claims.language.stanza_fast.decoding``;
- the parser reads only the sentences that somebody asks it for, and is loaded with the first.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.doc import Document
from stanza.models.common.foundation_cache import FoundationCache

from claims.language.stanza_fast.lemmatizer import Lemmas
from claims.language.stanza_fast.parser import Relations
from claims.language.stanza_fast.tagger import Tags
from claims.language.stanza_fast.tokenizer import Tokens

DEVICE = "cpu"
BATCHES = {"tokenize": 8, "pos": 600, "lemma": 50, "depparse": 600}
"""What each network reads together: lines, words of sentences, words, words of sentences."""


_ALWAYS = {"tokenize": Tokens, "pos": Tags, "lemma": Lemmas}
_PARSER = "depparse"


class Networks:
    """The networks of one language, in the order in which they read."""

    def __init__(self, language: str, folder: Path) -> None:
        self.foundation_cache = FoundationCache(local_files_only=True)
        self._language, self._folder = language, folder
        self.processors: dict[str, Any] = {}
        self.seconds: defaultdict[str, float] = defaultdict(float)  # CPU time of each network
        for name, kind in _ALWAYS.items():
            self._load(name, kind)

    def _load(self, name: str, kind: Callable[..., Any]) -> None:
        config = {
            "lang": self._language,
            "model_path": str(self._folder / f"{name}.pt"),
            "pretrain_path": str(self._folder / "pretrain.pt"),
            "check_requirements": False,
            "batch_size": BATCHES[name],
        }
        self.processors[name] = kind(config, self, DEVICE)

    @property
    def loaded_processors(self) -> list[Any]:
        """The networks, as Stanza's own processors ask for them."""
        return list(self.processors.values())

    def bulk_process(
        self, documents: list[Document], asked: Callable[[int, Any], bool] | None = None
    ) -> list[Document]:
        """Read documents that hold only their text; what is found is put into them.

        ``asked`` says whether the parser should read a sentence, given the number of its document
        and the sentence with its tags and lemmas; it reads all without it. Words of other
        sentences have no head.
        """
        with torch.inference_mode():
            for name in _ALWAYS:
                begun = time.process_time()
                documents = self.processors[name].bulk_process(documents)
                self.seconds[name] += time.process_time() - begun
            together = Document([])
            together.sentences = [
                sentence
                for number, document in enumerate(documents)
                for sentence in document.sentences
                if asked is None or asked(number, sentence)
            ]
            begun = time.process_time()
            if together.sentences:
                if _PARSER not in self.processors:
                    self._load(_PARSER, Relations)
                self.processors[_PARSER].process(together)
            self.seconds[_PARSER] += time.process_time() - begun
        return documents
