"""Heads and relations, by Stanza's graph-based parser.

Its scores are decoded by ``claims.language.stanza_fast.decoding``, and labels are scored for the
arcs of a tree only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from stanza.models.common.doc import Document
from stanza.models.common.vocab import ROOT_ID, VOCAB_PREFIX_SIZE
from stanza.models.depparse.model import GraphParser
from stanza.models.depparse.trainer import GraphTrainer
from stanza.models.pos.vocab import MultiVocab
from stanza.pipeline.depparse_processor import DepparseProcessor
from torch import Tensor
from torch.nn.functional import linear, logsigmoid, pad, softplus

from claims.language.spellings import ROOT, Spellings
from claims.language.stanza_fast.decoding import best_tree
from claims.language.stanza_fast.recurrent import Highway, batches

HEADS = 32
"""Heads whose arcs are labelled together: what is made of each on the way is cells by labels."""

_ONE = (0, 1)  # one more column, which a scorer multiplies with what it adds

_Kind = tuple[str, str, str]  # text, part of speech, lemma


class ArcScores:
    """How well each word of a sentence suits each other one as its head.

    As ``GraphParser.forward_scores``, without labels: the parser scores the arcs themselves, on
    which side of a word its head stands, and how far away it is.
    """

    def __init__(self, model: GraphParser) -> None:
        scorers = [model.unlabeled]
        self._sides = bool(model.args["linearization"])
        self._distances = bool(model.args["distance"])
        scorers += [model.linearization] * self._sides + [model.distance] * self._distances
        both = [layer for scorer in scorers for layer in (scorer.W1, scorer.W2)]
        self._weights = torch.cat([layer.weight for layer in both]).detach()
        self._bias = torch.cat([layer.bias for layer in both]).detach()
        self._bilinear = [scorer.scorer.W_bilin.weight.squeeze(2).detach() for scorer in scorers]
        self._added = [float(scorer.scorer.W_bilin.bias.detach()) for scorer in scorers]

    def of(self, read: Tensor, lengths: Sequence[int]) -> Iterator[Tensor]:
        """For each sentence: words by heads, the root first.

        ``read`` is what the LSTM says of the words of all sentences, roots included.
        """
        sides = torch.relu_(linear(read, self._weights, self._bias)).chunk(
            2 * len(self._bilinear), 1
        )
        words = [
            pad(left, _ONE, value=1) @ bilinear
            for left, bilinear in zip(sides[::2], self._bilinear, strict=True)
        ]
        heads = [pad(right, _ONE, value=1) for right in sides[1::2]]
        parts = [each.split(list(lengths)) for each in (*words, *heads)]
        for own in zip(*parts, strict=True):
            yield self._scores(own[: len(words)], own[len(words) :])

    def _scores(self, words: Sequence[Tensor], heads: Sequence[Tensor]) -> Tensor:
        given = [
            torch.addmm(word.new_full((), added), word, head.t())
            for word, head, added in zip(words, heads, self._added, strict=True)
        ]
        scores = given.pop(0)
        places = torch.arange(len(scores))
        offsets = (places[None] - places[:, None]).float()
        if self._sides:
            scores += logsigmoid(given.pop(0) * torch.sign(offsets))
        if self._distances:
            guess = 1 + softplus(given.pop(0))
            scores -= torch.log((offsets.abs() - guess) ** 2 / 2 + 1)
        return scores.fill_diagonal_(-float("inf"))


class ArcLabels:
    """The labels of a tree's arcs. Stanza scores all labels of all pairs of words."""

    def __init__(self, model: GraphParser) -> None:
        self._scorer = model.deprel
        bilinear = model.deprel.scorer.W_bilin
        self._size = (bilinear.input1_size, bilinear.output_size)
        self._weights = bilinear.weight.transpose(0, 1).flatten(1).detach()
        self._bias = bilinear.bias.detach()

    def of(self, read: Tensor, words: Tensor, heads: Tensor) -> list[int]:
        """The best label of each arc; ``words`` and ``heads`` are rows of ``read``.

        Most of the work is done once for each head, for all its words.
        """
        different, places = torch.unique(heads, return_inverse=True)
        right = pad(torch.relu_(self._scorer.W2(read[different])), _ONE, value=1)
        left = pad(torch.relu_(self._scorer.W1(read[words])), _ONE, value=1)
        order = torch.argsort(places)
        ends = torch.bincount(places).cumsum(0)
        labels = torch.empty_like(words)
        begun = 0
        for at in range(0, len(different), HEADS):
            both = (right[at : at + HEADS] @ self._weights).view(-1, *self._size)
            end = int(ends[at + len(both) - 1])
            arcs = order[begun:end]
            scores = torch.bmm(left[arcs, None], both[places[arcs] - at]).squeeze(1) + self._bias
            labels[arcs] = scores.argmax(1)
            begun = end
        return labels.tolist()  # type: ignore[no-any-return]


class Relations(DepparseProcessor):  # type: ignore[misc]
    """Heads and relations."""

    def _set_up_model(self, config: dict[str, Any], pipeline: Any, device: str) -> None:
        self._pretrain = pipeline.foundation_cache.load_pretrain(config["pretrain_path"])
        file = torch.load(config["model_path"], map_location=device, weights_only=True)
        vocab = MultiVocab.load_state_dict(file["vocab"])
        args = {**file["config"], "bert_model": None}
        if args["use_xpos"] or not args["use_upos"] or args.get("use_arc_embedding"):
            raise ValueError("its parser reads other tags, or scores arcs in another way")
        model = GraphParser(args, vocab, emb_matrix=self._pretrain.emb)
        model.load_params(file["model"])
        model.float()
        model.eval()
        self._trainer = GraphTrainer(args=args, vocab=vocab, model=model, build_optimizer=False)
        self._relations = vocab["deprel"].unmap(
            range(VOCAB_PREFIX_SIZE, VOCAB_PREFIX_SIZE + model.num_relations)
        )
        self.spellings = Spellings(model, vocab, self._pretrain.vocab)
        self._highway = Highway(
            model.parserlstm, (model.parserlstm_h_init, model.parserlstm_c_init)
        )
        self._arcs, self._labels = ArcScores(model), ArcLabels(model)
        del model.parserlstm, model.unlabeled, model.deprel.scorer  # others have their weights now

    def process(self, document: Document) -> Document:
        """Set head and relation of every word of ``document``, which has tags and lemmas."""
        sentences = [sentence.words for sentence in document.sentences]
        for batch in batches([len(words) + 1 for words in sentences], self.config["batch_size"]):
            found = self._parsed([sentences[place] for place in batch])
            words = [word for place in batch for word in sentences[place]]
            for word, (head, relation) in zip(words, found, strict=True):
                word.head, word.deprel = head, relation
        return document

    def _parsed(self, sentences: Sequence[Sequence[Any]]) -> list[tuple[int, str]]:
        """Head and relation of each word, sentence after sentence."""
        kinds: dict[_Kind, int] = {(ROOT, "", ""): 0}
        rows: list[int] = []
        for sentence in sentences:
            rows.append(0)
            for word in sentence:
                kind = (word.text, word.upos or "_", word.lemma or "_")
                rows.append(kinds.setdefault(kind, len(kinds)))
        lengths = [len(sentence) + 1 for sentence in sentences]
        read = self._highway.read(self._inputs(list(kinds)), torch.tensor(rows), lengths)
        words: list[int] = []
        heads: list[int] = []
        found: list[int] = []
        start = 0
        for scores in self._arcs.of(read, lengths):
            tree = best_tree(scores.numpy())[1:]
            found += tree
            words += range(start + 1, start + 1 + len(tree))
            heads += [start + head for head in tree]
            start += len(tree) + 1
        labels = self._labels.of(read, torch.tensor(words), torch.tensor(heads))
        return [(head, self._relations[at]) for head, at in zip(found, labels, strict=True)]

    def _inputs(self, kinds: Sequence[_Kind]) -> Tensor:
        """What the LSTM is given of each kind of word, the first of which is the root."""
        model, vocab = self.trainer.model, self.vocab
        texts = {text: None for text, _, _ in kinds}
        places = {text: row for row, text in enumerate(texts)}
        spelled = self.spellings.of(list(texts))[[places[text] for text, _, _ in kinds]]
        lemmas = torch.tensor([ROOT_ID, *vocab["lemma"].map([each[2] for each in kinds[1:]])])
        tags = torch.tensor([ROOT_ID, *vocab["upos"].map([each[1] for each in kinds[1:]])])
        tagged = model.upos_emb(tags)
        letters = model.args["transformed_dim"]
        parts = [spelled[:, :-letters], model.lemma_emb(lemmas), tagged]
        if model.args["use_ufeats"]:
            parts.append(tagged)  # Stanza has the part of speech twice instead of the features
        return torch.cat([*parts, spelled[:, -letters:]], 1)
