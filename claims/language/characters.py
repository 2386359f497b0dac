"""What a network makes of the characters of a word, remembered: a word looks always the same."""

from __future__ import annotations

import torch
from stanza.models.common.char_model import CharacterModel
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_sequence

LIMIT = 50_000
"""Words that are remembered; when there are more, all are forgotten."""


class Remembered(nn.Module):  # type: ignore[misc]
    """Stands for a ``CharacterModel`` that is not trained any more."""

    def __init__(self, model: CharacterModel) -> None:
        super().__init__()
        self.model = model
        self._known: dict[bytes, Tensor] = {}

    def forget(self) -> None:
        """Know no word."""
        self._known.clear()

    def forward(
        self,
        characters: Tensor,
        mask: Tensor,
        order: list[int],
        sentence_lengths: list[int],
        word_lengths: list[int],
    ) -> PackedSequence:
        """As ``CharacterModel.forward``: ``characters`` has one row a word, longest first;
        ``order`` says where each word stands in the text."""
        rows = characters.numpy()
        keys = [row[:size].tobytes() for row, size in zip(rows, word_lengths, strict=True)]
        if len(self._known) > LIMIT:
            self.forget()
        new = {key: at for at, key in reversed(list(enumerate(keys))) if key not in self._known}
        if new:
            places = sorted(new.values())
            read = self.model(
                characters[places],
                mask[places],
                list(range(len(places))),
                [1] * len(places),
                [word_lengths[at] for at in places],
            )
            for at, features in zip(places, read.data, strict=True):
                self._known[keys[at]] = features
        placed: list[Tensor] = [torch.empty(0)] * len(keys)
        for key, at in zip(keys, order, strict=True):
            placed[at] = self._known[key]
        return pack_sequence(torch.stack(placed).split(sentence_lengths))
