"""Parts of speech and features, by Stanza's tagger."""

from __future__ import annotations

from typing import Any

import torch
from stanza.models.common.doc import Document
from stanza.models.common.foundation_cache import FoundationCache
from stanza.models.pos.trainer import Trainer
from stanza.pipeline.pos_processor import POSProcessor
from torch import Tensor
from torch.nn.functional import linear

from claims.language.spellings import Spellings
from claims.language.stanza_fast.recurrent import Highway, batches


class _Tagger(Trainer):  # type: ignore[misc]
    def __init__(self, path: str, pretrain: Any, cache: FoundationCache) -> None:
        self.load(path, pretrain, {}, cache)
        self.model.float()  # weights may be stored in half precision
        self.model.eval()


class Tags(POSProcessor):  # type: ignore[misc]
    """Parts of speech and features. Tags of a treebank's own are left out: nobody asks for them."""

    def _set_up_model(self, config: dict[str, Any], pipeline: Any, device: str) -> None:
        cache = pipeline.foundation_cache
        self._pretrain = cache.load_pretrain(config["pretrain_path"])
        self._trainer = _Tagger(config["model_path"], self._pretrain, cache)
        model, vocab = self._trainer.model, self._trainer.vocab
        if not model.share_hid:
            raise ValueError("its tagger has a layer for each kind of tag (share_hid is off)")
        self.spellings = Spellings(
            model, vocab, self._pretrain.vocab, ("learned", "given", "characters")
        )
        self._highway = Highway(
            model.taggerlstm, (model.taggerlstm_h_init, model.taggerlstm_c_init)
        )
        del model.taggerlstm  # its weights are the highway's now
        heads = [model.upos_clf, *model.tag_clf["feats"]]
        self._sizes = [head.out_features for head in heads]
        self._weights = torch.cat([head.weight for head in heads]).detach()
        self._bias = torch.cat([head.bias for head in heads]).detach()
        self._features: dict[tuple[int, ...], str] = {}

    def process(self, document: Document) -> Document:
        """Set part of speech and features of every word of ``document``."""
        sentences = [sentence.words for sentence in document.sentences]
        for batch in batches([len(words) for words in sentences], self.config["batch_size"]):
            words = [word for place in batch for word in sentences[place]]
            tags = self._tagged([word.text for word in words], [len(sentences[at]) for at in batch])
            for word, (upos, *features) in zip(words, tags.tolist(), strict=True):
                word.upos = self.vocab["upos"].id2unit(upos)
                word.feats = self._name(tuple(features))
        return document

    def _tagged(self, words: list[str], lengths: list[int]) -> Tensor:
        """The number of each word's part of speech, and of each of its features."""
        kinds: dict[str, int] = {}
        rows = torch.tensor([kinds.setdefault(word, len(kinds)) for word in words])
        read = self._highway.read(self.spellings.of(list(kinds)), rows, lengths)
        scores = linear(torch.relu(self.trainer.model.upos_hid(read)), self._weights, self._bias)
        return torch.stack([each.argmax(1) for each in scores.split(self._sizes, 1)], 1)

    def _name(self, features: tuple[int, ...]) -> str:
        name = self._features.get(features)
        if name is None:
            name = self._features[features] = self.vocab["feats"].id2unit(features)
        return name
