"""Sentences and words, by Stanza's tokenizer.

Its characters are prepared with regular expressions, not one by one, and its LSTMs read all lines
of a batch from their beginnings to their ends and from their ends to their beginnings, where
PyTorch reads step by step what it is given packed. What comes out is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from stanza.models.common.doc import Document
from stanza.models.common.foundation_cache import FoundationCache
from stanza.models.tokenization.data import (
    NEWLINE_WHITESPACE_RE,
    PER_CHAR_FEAT_FUNCS,
    STRUCTURAL_FEATURES,
    WHITESPACE_RE,
    TokenizationDataset,
)
from stanza.models.tokenization.trainer import Trainer
from stanza.models.tokenization.utils import SPACE_SPLIT_RE, predict
from stanza.pipeline.tokenize_processor import TOKEN_TOO_LONG_REPLACEMENT, TokenizeProcessor
from torch import Tensor, nn
from torch.nn.functional import logsigmoid

from claims.language.conventions import load_conventions

_SPACES = re.compile(" +")
_PIECE = 1_000
"""Characters that are read in one piece; a longer line is read from sentence to sentence."""

_Paragraph = tuple[NDArray[Any], NDArray[Any], NDArray[Any], list[str]]
"""Numbers of the characters, labels (none), features, and the characters."""


class _BothWays(nn.Module):  # type: ignore[misc]
    """An LSTM of one layer in both directions, over lines that are padded at their ends.

    The way back is read forwards, over each line turned around, so that padding comes last in both.
    """

    def __init__(self, lstm: nn.LSTM) -> None:
        super().__init__()
        self.ways = nn.ModuleList(_one_way(lstm, suffix) for suffix in ("", "_reverse"))

    def forward(self, read: Tensor, turned: Tensor) -> Tensor:
        """``read`` is characters by lines by features, ``turned`` the place of each character
        when its line is turned around."""
        forwards, _ = self.ways[0](read)
        backwards, _ = self.ways[1](_turn(read, turned))
        return torch.cat([forwards, _turn(backwards, turned)], 2)


def _turn(read: Tensor, turned: Tensor) -> Tensor:
    return read.flatten(0, 1).index_select(0, turned).view(read.shape)


def _one_way(lstm: nn.LSTM, suffix: str) -> nn.LSTM:
    one = nn.LSTM(lstm.input_size, lstm.hidden_size)
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    one.load_state_dict({name: getattr(lstm, name + suffix) for name in names})
    return one.eval()


class _Tokenizer(Trainer):  # type: ignore[misc]
    def __init__(self, path: str, cache: FoundationCache) -> None:
        self.load(path, {}, cache)
        self.feat_funcs = self.args.get("feat_funcs")
        self.lang = self.args["lang"]
        options = ("conv_res", "use_mwt", "use_dictionary", "charlm_forward_file")
        asked = [name for name in options if self.args.get(name)]
        if asked or not self.args["hierarchical"] or self.args["rnn_layers"] != 1:
            raise ValueError(f"its tokenizer is of another kind ({', '.join(asked) or 'layers'})")
        self.model.eval()
        self._first, self._second = _BothWays(self.model.rnn), _BothWays(self.model.rnn2)

    def predict(self, inputs: tuple[Tensor, Any, Tensor, Sequence[Sequence[str]]]) -> NDArray[Any]:
        """For each character of each line, the logarithms of how likely it is within a word, ends
        a word, or ends a sentence: as ``Tokenizer.forward``."""
        units, _, features, lines = inputs
        model = self.model
        lengths = torch.tensor([len(line) for line in lines])
        places = torch.arange(units.size(1))[:, None]
        turned = torch.where(places < lengths, lengths - 1 - places, places)
        turned = (turned * len(lines) + torch.arange(len(lines))).flatten()
        read = self._first(
            torch.cat([model.embeddings(units.t()), features.transpose(0, 1)], 2), turned
        )
        word, sentence = model.tok_clf(read), model.sent_clf(read)
        if self.args["hier_invtemp"] > 0:
            read = read * (1 - torch.sigmoid(-word * self.args["hier_invtemp"]))
        read = self._second(read, turned)
        word = word + model.tok_clf2(read)
        sentence = sentence + model.sent_clf2(read)
        ends = logsigmoid(word)
        kinds = [logsigmoid(-word), ends + logsigmoid(-sentence), ends + logsigmoid(sentence)]
        likely: NDArray[Any] = torch.cat(kinds, 2).transpose(0, 1).numpy()
        return likely


class _Paragraphs(TokenizationDataset):  # type: ignore[misc]
    """The paragraphs of a text as ``TokenizationDataset`` has them: white space is one space."""

    def __init__(self, text: str, vocab: Any, functions: Sequence[str]) -> None:
        self.vocab = vocab
        parts = (part.rstrip() for part in NEWLINE_WHITESPACE_RE.split(text))
        self.data = [_SPACES.sub(" ", WHITESPACE_RE.sub(" ", part)) for part in parts if part]
        self._functions = functions
        self._known: dict[str, tuple[int, list[int]]] = {}

    def para_to_sentences(self, para: str) -> list[_Paragraph]:
        """The paragraph in numbers, as one sentence."""
        for unit in set(para) - self._known.keys():
            own = [
                PER_CHAR_FEAT_FUNCS[name](unit) if name in PER_CHAR_FEAT_FUNCS else 0
                for name in self._functions
            ]
            self._known[unit] = self.vocab.unit2id(unit), own
        read = [self._known[unit] for unit in para]
        units = np.array([number for number, _ in read])
        features = np.array([own for _, own in read])
        for column, name in enumerate(self._functions):
            if name == "start_of_para":
                features[0, column] = 1
            elif name == "end_of_para":
                features[-1, column] = 1
            elif name in STRUCTURAL_FEATURES:
                for found in STRUCTURAL_FEATURES[name].finditer(para):
                    features[found.start() : found.end(), column] = 1
        return [(units, np.zeros_like(units), features, list(para))]


class Tokens(TokenizeProcessor):  # type: ignore[misc]
    """Sentences and words."""

    def _set_up_model(self, config: dict[str, Any], pipeline: Any, device: str) -> None:
        self._trainer = _Tokenizer(config["model_path"], pipeline.foundation_cache)
        self._uncut = load_conventions(Path(config["model_path"]).parent).uncut
        self._postprocessor = None
        self._speaker_opener = self._speaker_closer = None

    def process(self, document: Document) -> Document:
        """A document of the sentences and words of ``document``, which has its text only."""
        text = document.text
        paragraphs = _Paragraphs(text, self.vocab, self.trainer.feat_funcs)
        longest = max(_PIECE, self.config["max_seqlen"])
        kinds, units = predict(
            self.trainer, paragraphs, self.config["batch_size"], longest, True, 0
        )
        sentences = list(self._sentences(WHITESPACE_RE.sub(" ", text), units, kinds))
        return Document(sentences, text)

    def _sentences(
        self, text: str, units: Sequence[Sequence[str]], kinds: Sequence[NDArray[Any]]
    ) -> Iterator[list[dict[str, Any]]]:
        """Sentences as Stanza's documents are made of them: a word has its place in ``text``.

        As ``decode_predictions`` of Stanza's, for each line: ``units`` are its characters, and
        ``kinds`` says which of them end a word (1) or a sentence (2).
        """
        offset = 0
        for line, ends in zip(map("".join, units), kinds, strict=True):
            for whole in self._uncut.finditer(line) if self._uncut else ():
                ends[whole.start() : whole.end() - 1] = 0
            sentence: list[dict[str, Any]] = []
            begun = 0
            for at in np.flatnonzero(ends).tolist():
                piece, begun = line[begun : at + 1], at + 1
                word = self.vocab.normalize_token(piece)
                if not word:
                    continue
                start = -1
                for part in SPACE_SPLIT_RE.split(piece) if " " in word else (piece,):
                    if part:
                        offset = text.index(part, offset) + len(part)
                        start = start if start >= 0 else offset - len(part.lstrip())
                if len(word) > self.config["max_seqlen"]:
                    word = TOKEN_TOO_LONG_REPLACEMENT
                place = {"id": (len(sentence) + 1,), "text": word}
                sentence.append({**place, "start_char": start, "end_char": offset})
                if ends[at] == 2:
                    yield sentence
                    sentence = []
            if sentence:
                yield sentence
