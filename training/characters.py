"""Stanza's model of a word's characters, made to train several times faster."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from stanza.models.common.char_model import CharacterModel
from stanza.models.common.utils import tensor_unsort
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pack_sequence


class SummedCharacters(CharacterModel):  # type: ignore[misc]
    """The same weights and the same result, to rounding.

    Stanza pads what its LSTM gives, to sum it for each word. Padding writes one character after
    the other into one large tensor, and the way back copies all of it for each: three quarters of
    a step of the parser on a CPU. Here characters are added to their words where they stand, and a
    word that a batch has several times is read once.
    """

    def forward(
        self,
        chars: Tensor,
        chars_mask: Tensor,
        word_orig_idx: Sequence[int],
        sentlens: Sequence[int],
        wordlens: Sequence[int],
    ) -> PackedSequence:
        """As ``CharacterModel.forward`` with attention and without padding; the arguments are its
        own: words by characters, longest word first."""
        rows, place = torch.unique(chars, dim=0, return_inverse=True)
        sizes = (rows != 0).sum(1)
        longest = torch.argsort(sizes, descending=True)
        rows, lengths = rows[longest], sizes[longest].tolist()
        place = torch.argsort(longest)[place]
        embedded = self.dropout(self.char_emb(rows))
        packed = pack_padded_sequence(embedded, lengths, batch_first=True)
        shape = (-1, len(lengths), -1)
        begin = (self.charlstm_h_init.expand(shape), self.charlstm_c_init.expand(shape))
        read, _ = self.charlstm(packed, lengths, hx=tuple(one.contiguous() for one in begin))
        weights = torch.sigmoid(self.char_attn(self.dropout(read.data)))
        owners = torch.cat([torch.arange(int(size)) for size in read.batch_sizes])
        sums = read.data.new_zeros(len(lengths), read.data.size(1))
        sums = sums.index_add(0, owners.to(sums.device), read.data * weights)
        return pack_sequence(tensor_unsort(sums[place], word_orig_idx).split(sentlens))


def sum_characters(model: nn.Module) -> None:
    """Have the tagger or the parser ``model`` read characters as ``SummedCharacters`` does, in
    place."""
    reading = model.charmodel
    if type(reading) is CharacterModel and reading.attn and not reading.pad:
        reading.__class__ = SummedCharacters
