"""The four bundled networks of a language, loaded for reading only.

They are Stanza's, with Stanza's code. Four things differ from ``stanza.Pipeline``, and the words,
tags, lemmas and relations that come out do not:

- no optimiser is made for a network that nobody trains; making one imports PyTorch's compiler,
  a second of every start;
- the parser's scores are decoded by ``claims.language.decoding``;
- what a network makes of a word's characters is remembered, and so is the lemma of a word that no
  dictionary has;
- so are the numbers of characters and features.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from stanza.models.common import doc
from stanza.models.common.doc import Document
from stanza.models.common.foundation_cache import FoundationCache
from stanza.models.common.utils import unsort
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse.data import DataLoader as ParserLoader
from stanza.models.depparse.model import GraphParser
from stanza.models.depparse.trainer import GraphTrainer, unpack_batch
from stanza.models.lemma.data import DataLoader
from stanza.models.lemma.trainer import Trainer as LemmaTrainer
from stanza.models.pos.trainer import Trainer as TagTrainer
from stanza.models.pos.vocab import MultiVocab
from stanza.models.tokenization.trainer import Trainer as TokenTrainer
from stanza.pipeline.depparse_processor import DepparseProcessor
from stanza.pipeline.lemma_processor import LemmaProcessor
from stanza.pipeline.pos_processor import POSProcessor
from stanza.pipeline.tokenize_processor import TokenizeProcessor
from torch import Tensor

from claims.language.characters import Remembered
from claims.language.decoding import best_tree
from claims.language.vocabularies import remembering

DEVICE = "cpu"

LEMMAS = 50_000
"""Lemmas of words that no dictionary has that are remembered; then all are forgotten."""


class _TokenReader(TokenTrainer):  # type: ignore[misc]
    def __init__(self, path: str, cache: FoundationCache) -> None:
        self.load(path, {}, cache)
        self.feat_funcs = self.args.get("feat_funcs")
        self.lang = self.args["lang"]


class _TagReader(TagTrainer):  # type: ignore[misc]
    def __init__(self, path: str, pretrain: Any, cache: FoundationCache) -> None:
        self.load(path, pretrain, {}, cache)
        self.model.float()  # weights may be stored in half precision
        self.model.charmodel = Remembered(self.model.charmodel)
        remembering(self.vocab)


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


class Tokens(TokenizeProcessor):  # type: ignore[misc]
    """Sentences and words."""

    def _set_up_model(self, config: dict[str, Any], pipeline: Any, device: str) -> None:
        self._trainer = _TokenReader(config["model_path"], pipeline.foundation_cache)
        self._postprocessor = None
        self._speaker_opener = self._speaker_closer = None


class Tags(POSProcessor):  # type: ignore[misc]
    """Parts of speech and features."""

    def _set_up_model(self, config: dict[str, Any], pipeline: Any, device: str) -> None:
        cache = pipeline.foundation_cache
        self._pretrain = cache.load_pretrain(config["pretrain_path"])
        self._trainer = _TagReader(config["model_path"], self._pretrain, cache)
        self._tqdm = False


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


def arc_scores(model: GraphParser, read: Tensor) -> Tensor:
    """How well each word suits each other one as its head: sentence by word by head.

    ``read`` is what ``model.embed`` gave; as ``GraphParser.forward_scores``, without its labels.
    """
    scores = model.unlabeled(read, read).squeeze(3)
    places = torch.arange(read.size(1))
    offsets = (places[None, :] - places[:, None])[None]
    if model.args["linearization"]:
        before = model.linearization(read, read).squeeze(3)
        scores += torch.nn.functional.logsigmoid(before * torch.sign(offsets).float())
    if model.args["distance"]:
        guess = 1 + torch.nn.functional.softplus(model.distance(read, read).squeeze(3))
        scores -= torch.log((torch.abs(offsets).float() - guess) ** 2 / 2 + 1)
    return scores.masked_fill_(torch.eye(read.size(1), dtype=torch.bool)[None], -float("inf"))


def arc_labels(model: GraphParser, read: Tensor, trees: Sequence[Sequence[int]]) -> Tensor:
    """The best label of each arc of ``trees``, sentence after sentence, word after word.

    Stanza scores all labels of all pairs of words; only those of a tree are asked for.
    """
    sentences = [at for at, tree in enumerate(trees) for _ in tree[1:]]
    words = [word for tree in trees for word in range(1, len(tree))]
    heads = [head for tree in trees for head in tree[1:]]
    scorer = model.deprel
    left = _with_one(torch.relu(scorer.W1(read))[sentences, words])
    right = _with_one(torch.relu(scorer.W2(read))[sentences, heads])
    bilinear = scorer.scorer.W_bilin
    both = left @ bilinear.weight.flatten(1)
    both = both.view(len(words), bilinear.input2_size, bilinear.output_size)
    return (torch.einsum("aj,ajo->ao", right, both) + bilinear.bias).argmax(1)


def _with_one(rows: Tensor) -> Tensor:
    return torch.cat([rows, rows.new_ones(len(rows), 1)], 1)


class Relations(DepparseProcessor):  # type: ignore[misc]
    """Heads and relations."""

    def _set_up_model(self, config: dict[str, Any], pipeline: Any, device: str) -> None:
        self._pretrain = pipeline.foundation_cache.load_pretrain(config["pretrain_path"])
        file = torch.load(config["model_path"], map_location=DEVICE, weights_only=True)
        vocab = MultiVocab.load_state_dict(file["vocab"])
        remembering(vocab)
        args = {**file["config"], "bert_model": None}
        model = GraphParser(args, vocab, emb_matrix=self._pretrain.emb)
        model.load_params(file["model"])
        model.float()
        model.charmodel = Remembered(model.charmodel)
        self._trainer = GraphTrainer(args=args, vocab=vocab, model=model, build_optimizer=False)
        self._relations = vocab["deprel"].unmap(
            range(VOCAB_PREFIX_SIZE, VOCAB_PREFIX_SIZE + model.num_relations)
        )

    def process(self, document: Document) -> Document:
        """Set head and relation of every word of ``document``, which has tags and lemmas."""
        batches = ParserLoader(
            document,
            self.config["batch_size"],
            self.config,
            self.pretrain,
            vocab=self.vocab,
            evaluation=True,
            sort_during_eval=True,
            min_length_to_batch_separately=150,
        )
        found: list[list[tuple[int, str]]] = []
        for batch in batches:
            found += self._parsed(batch)
        found = unsort(found, batches.data_orig_idx)
        batches.doc.set((doc.HEAD, doc.DEPREL), [word for sentence in found for word in sentence])
        return batches.doc

    def _parsed(self, batch: tuple[Any, ...]) -> list[list[tuple[int, str]]]:
        inputs, order, word_order, lengths, word_lengths, text = unpack_batch(batch, DEVICE)
        model = self.trainer.model
        model.eval()
        read = model.embed(*inputs, word_order, lengths, word_lengths, text)
        scores = arc_scores(model, read).numpy()
        trees = [best_tree(scores[at, :size, :size]) for at, size in enumerate(lengths)]
        labels = iter(arc_labels(model, read, trees).tolist())
        found = [[(head, self._relations[next(labels)]) for head in tree[1:]] for tree in trees]
        unsorted: list[list[tuple[int, str]]] = unsort(found, order)
        return unsorted


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
