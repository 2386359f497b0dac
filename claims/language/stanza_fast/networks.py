"""The four bundled networks of a language, loaded for reading only.

Their weights are Stanza's, and so is most of their code. The words, tags, lemmas and relations that
come out are those of ``stanza.Pipeline``; how they are computed differs:

- no optimiser is made for a network that nobody trains; making one imports PyTorch's compiler,
  a second of every start;
- tagger and parser read with ``claims.language.stanza_fast.recurrent``, each kind of word once;
- what they make of a word's letters is remembered, and so is the lemma of a word that no dictionary
  has;
- the tokenizer prepares its characters with regular expressions, not one by one;
- the parser's scores are decoded by ``claims.language.stanza_fast.decoding``.
"""

from __future__ import annotations

import time
from collections import defaultdict
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
BATCHES = {"tokenize": 8, "pos": 1_200, "lemma": 50, "depparse": 1_200}
"""What each network reads together: lines, words of sentences, words, words of sentences."""


class Networks:
    """The networks of one language, in the order in which they read."""

    def __init__(self, language: str, folder: Path) -> None:
        self.foundation_cache = FoundationCache(local_files_only=True)
        self.processors: dict[str, Any] = {}
        self.seconds: defaultdict[str, float] = defaultdict(float)  # CPU time of each network
        kinds = {"tokenize": Tokens, "pos": Tags, "lemma": Lemmas, "depparse": Relations}
        for name, kind in kinds.items():
            config = {
                "lang": language,
                "model_path": str(folder / f"{name}.pt"),
                "pretrain_path": str(folder / "pretrain.pt"),
                "check_requirements": False,
                "batch_size": BATCHES[name],
            }
            self.processors[name] = kind(config, self, DEVICE)

    @property
    def loaded_processors(self) -> list[Any]:
        """The networks, as Stanza's own processors ask for them."""
        return list(self.processors.values())

    def bulk_process(self, documents: list[Document]) -> list[Document]:
        """Read documents that hold only their text; what is found is put into them."""
        with torch.inference_mode():
            for name, processor in self.processors.items():
                begun = time.process_time()
                documents = processor.bulk_process(documents)
                self.seconds[name] += time.process_time() - begun
        return documents
