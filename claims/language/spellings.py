"""What a network makes of a word by its letters alone, remembered: a word looks always the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from stanza.models.common.utils import simplify_punct
from stanza.models.common.vocab import ROOT_ID
from torch import Tensor

LIMIT = 10_000
"""Words that are remembered, a kilobyte each; when there are more, all are forgotten."""

ROOT = ""
"""Stands for the root of a tree, which has no letters."""


class Spellings:
    """The vectors of words in one of Stanza's networks that is not trained any more.

    ``model`` has them of whole words, ``learned`` and ``given``, and a network of ``characters``;
    ``vocab`` and ``pretrained`` number words and characters. ``order`` is that of the three parts
    in one vector.
    """

    def __init__(
        self,
        model: Any,
        vocab: Any,
        pretrained: Any,
        order: tuple[str, str, str] = ("given", "learned", "characters"),
    ) -> None:
        self._model = model
        self._vocab = vocab
        self._pretrained = pretrained
        self._order = order
        self._known: dict[str, int] = {}  # its row of the vectors
        self._vectors = torch.empty(0, 0)

    def forget(self) -> None:
        """Know no word."""
        self._known.clear()

    def of(self, words: Sequence[str]) -> Tensor:
        """The vectors of ``words``, which are all different: words by what a vector has."""
        new = [word for word in words if word not in self._known]
        if new:
            if len(self._known) + len(new) > LIMIT:
                self.forget()
                new = list(words)
            with torch.inference_mode():
                self._keep(new, self._made(new))
        return self._vectors[[self._known[word] for word in words]]

    def _keep(self, words: list[str], vectors: Tensor) -> None:
        """Remember the vectors of new words, in one place: as tensors of their own they would take
        twice as much."""
        start = len(self._known)
        if start + len(words) > len(self._vectors):
            room = vectors.new_empty(max(LIMIT, len(words)), vectors.shape[1])  # taken as it fills
            if start:
                room[:start] = self._vectors[:start]
            self._vectors = room
        self._vectors[start : start + len(words)] = vectors
        self._known.update(zip(words, range(start, start + len(words)), strict=True))

    def _made(self, words: list[str]) -> Tensor:
        model, vocab = self._model, self._vocab
        plain = [each[0] for each in simplify_punct([[[word] for word in words]])[0]]
        learned, given, letters = [], [], []
        for word in plain:
            root = word == ROOT
            learned.append(ROOT_ID if root else vocab["word"].unit2id(word))
            given.append(ROOT_ID if root else self._pretrained.unit2id(word.lower()))
            letters.append([ROOT_ID] if root else vocab["char"].map(list(word)))
        parts = {
            "given": model.trans_pretrained(model.pretrained_emb(torch.tensor(given))),
            "learned": model.word_emb(torch.tensor(learned)),
            "characters": model.trans_char(self._read(letters)),
        }
        return torch.cat([parts[name] for name in self._order], 1)

    def _read(self, letters: list[list[int]]) -> Tensor:
        """What the network of characters makes of each word, given by its characters' numbers."""
        order = sorted(range(len(letters)), key=lambda place: -len(letters[place]))
        lengths = [len(letters[place]) for place in order]
        padded = torch.nn.utils.rnn.pad_sequence([torch.tensor(letters[at]) for at in order], True)
        words: Tensor = self._model.charmodel(
            padded, padded == 0, order, [1] * len(order), lengths
        ).data
        return words
