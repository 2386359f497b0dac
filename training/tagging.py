"""Stanza's tagger: trained on one or more treebanks, and used to tag one with predictions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from stanza.models import tagger
from stanza.models.common import utils
from stanza.models.pos.data import Dataset
from stanza.models.pos.trainer import Trainer
from stanza.utils.conll import CoNLL

from training.characters import sum_characters
from training.descent import Descent, descend


@dataclass(frozen=True, slots=True)
class Corpus:
    """Files to train on, each with the share of it that one pass takes."""

    files: Sequence[Path]
    shares: Sequence[float]


def train_tagger(
    corpus: Corpus,
    out: Path,
    language: str,
    vectors: Path,
    options: Mapping[str, Any],
    descent: Descent,
    note: Callable[[str], None],
    start: Path | None = None,
) -> None:
    """Write a tagger to ``out``; ``options`` are flags of ``stanza.models.tagger``.

    With ``start``, training goes on from that tagger and keeps its vocabulary.
    """
    arguments = _arguments(language, vectors, options)
    arguments["train_file"] = ";".join(str(path) for path in corpus.files)
    arguments["train_ratios"] = ";".join(str(share) for share in corpus.shares)
    utils.set_random_seed(descent.seed)
    pretrain = tagger.load_pretrain(arguments)
    vocabulary, data, shuffled = tagger.load_training_data(arguments, pretrain)
    if start is None:
        trainer = Trainer(arguments, vocabulary, pretrain, device=arguments["device"])
    else:
        flags = {"lr": descent.rate, "max_grad_norm": arguments["max_grad_norm"]}
        trainer = Trainer(
            pretrain=pretrain, model_file=str(start), device=arguments["device"], args=flags
        )
        data = [
            Dataset(part.doc, arguments, pretrain, vocab=trainer.vocab, evaluation=False)
            for part in data
        ]
        shuffled = tagger.ShuffledDataset(data, arguments["batch_size"], ratios=list(corpus.shares))
    trainer.model.float()
    sum_characters(trainer.model)
    checkpoint = out.with_suffix(".checkpoint")

    def batches() -> Iterator[Any]:
        return iter(shuffled)

    def update(batch: Any) -> float:
        return float(trainer.update(batch))

    descend(
        trainer.model,
        list(trainer.optimizers.values()),
        update,
        batches,
        descent,
        checkpoint,
        note,
    )
    trainer.save(str(out))
    checkpoint.unlink(missing_ok=True)


def tag(model: Path, treebank: Path, vectors: Path, out: Path) -> None:
    """Write ``treebank`` to ``out`` with the part of speech and the features that ``model`` sees.

    Words, lemmas, heads and relations stay as they are.
    """
    arguments = _arguments("x", vectors, {})
    pretrain = tagger.load_pretrain(arguments)
    trainer = Trainer(pretrain=pretrain, model_file=str(model), device=arguments["device"])
    trainer.model.float()
    document = CoNLL.conll2doc(input_file=str(treebank))
    data = Dataset(
        document, trainer.args, pretrain, trainer.vocab, evaluation=True, sort_during_eval=True
    )
    predictions: list[Any] = []
    places: list[int] = []
    with torch.no_grad():
        for batch in data.to_loader(batch_size=100):
            predictions += trainer.predict(batch)
            places.extend(batch.idx)
    tagger.set_predictions(document, trainer, utils.unsort(predictions, places))
    CoNLL.write_doc2conll(document, str(out))


def _arguments(language: str, vectors: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    flags = ["--lang", language, "--shorthand", f"{language}_x", "--charlm_shorthand", ""]
    flags += ["--wordvec_pretrain_file", str(vectors)]
    for name, value in options.items():
        flags += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    if not torch.cuda.is_available():
        flags.append("--cpu")
    return dict(tagger.parse_args(flags))
