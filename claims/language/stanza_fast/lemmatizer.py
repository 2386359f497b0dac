"""Lemmas, by Stanza's lemmatizer: what it made of a word that no dictionary has is remembered."""

from __future__ import annotations

from typing import Any

from stanza.models.common import doc
from stanza.models.common.doc import Document
from stanza.models.common.foundation_cache import FoundationCache
from stanza.models.lemma.data import DataLoader
from stanza.models.lemma.trainer import Trainer as LemmaTrainer
from stanza.pipeline.lemma_processor import LemmaProcessor

LEMMAS = 10_000
"""Lemmas of words that no dictionary has that are remembered; then all are forgotten."""


class _LemmaReader(LemmaTrainer):  # type: ignore[misc]
    def __init__(self, path: str, cache: FoundationCache) -> None:
        self.load(path, {}, cache, {})
        self.caseless = self.args.get("caseless", False)
        self._dictionary: dict[str, dict[str, str]] = self.pos_dict
        self.forget()

    def forget(self) -> None:
        """Know the lemmas of the model's own dictionary only."""
        self.pos_dict: dict[str, dict[str, str]] = {
            tag: dict(words) for tag, words in self._dictionary.items()
        }
        self.learned = 0


class Lemmas(LemmaProcessor):  # type: ignore[misc]
    """Lemmas."""

    def _set_up_model(self, config: dict[str, Any], pipeline: Any, device: str) -> None:
        self._use_identity = False
        self._trainer = _LemmaReader(config["model_path"], pipeline.foundation_cache)

    def process(self, document: Document) -> Document:
        """Set the lemma of every word of ``document``, which has tags.

        The network is asked for each word and tag that it has not met yet, once.
        """
        reader = self.trainer
        if reader.learned > LEMMAS:
            reader.forget()
        words = [tuple(pair) for pair in document.get([doc.TEXT, doc.UPOS])]
        known = reader.skip_seq2seq(words)
        met: set[tuple[str, str]] = set()
        for at, pair in enumerate(words):
            known[at] = known[at] or pair in met
            met.add(pair)
        new = [pair for pair, skip in zip(words, known, strict=True) if not skip]
        if new:
            batches = DataLoader(
                document, self.config["batch_size"], self.config, vocab=self.vocab,
                evaluation=True, skip=known, expand_unk_vocab=True,
            )  # fmt: skip
            made: list[str] = []
            edits: list[int] = []
            for batch in batches:
                lemmas, edited = reader.predict(batch, self.config["beam_size"], batches.vocab)
                made += lemmas
                edits += edited or ()
            made = reader.postprocess([word for word, _ in new], made, edits=edits)
            read = [(word, tag, lemma) for (word, tag), lemma in zip(new, made, strict=True)]
            reader.train_dict(read, update_word_dict=False)
            reader.learned += len(read)
        document.set([doc.LEMMA], [lemma or "_" for lemma in reader.predict_dict(words)])
        return document
