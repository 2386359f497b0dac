"""Stanza's dependency parser: trained on a treebank that carries predicted tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from stanza.models import parser
from stanza.models.common import utils
from stanza.models.depparse.data import DataLoader
from stanza.models.depparse.trainer import GraphTrainer, Trainer
from stanza.utils.conll import CoNLL

from training.arcs import score_arcs_only
from training.characters import sum_characters
from training.descent import Descent, descend


def train_parser(
    treebank: Path,
    out: Path,
    language: str,
    vectors: Path,
    options: Mapping[str, Any],
    descent: Descent,
    note: Callable[[str], None],
    start: Path | None = None,
) -> None:
    """Write a parser to ``out``; ``options`` are flags of ``stanza.models.parser``.

    With ``start``, training goes on from that parser and keeps its vocabulary.
    """
    arguments = _arguments(language, vectors, options)
    utils.set_random_seed(descent.seed)
    pretrain = parser.load_pretrain(arguments)
    document = CoNLL.conll2doc(input_file=str(treebank))
    if start is None:
        loader = DataLoader(document, arguments["batch_size"], arguments, pretrain)
        trainer = GraphTrainer(arguments, loader.vocab, pretrain, device=arguments["device"])
    else:
        flags = {name: arguments[name] for name in ("lr", "optim", "second_optim", "beta2")}
        trainer = Trainer.load(
            str(start), pretrain, args=flags, device=arguments["device"], reset_history=True
        )
        loader = DataLoader(
            document, arguments["batch_size"], arguments, pretrain, vocab=trainer.vocab
        )
    trainer.model.float()
    sum_characters(trainer.model)
    score_arcs_only(trainer.model)
    checkpoint = out.with_suffix(".checkpoint")

    def batches() -> Iterator[Any]:
        loader.reshuffle()
        return iter(loader)

    def update(batch: Any) -> float:
        return float(trainer.update(batch)[0])

    descend(
        trainer.model,
        list(trainer.optimizer.values()),
        update,
        batches,
        descent,
        checkpoint,
        note,
    )
    trainer.save(str(out))
    checkpoint.unlink(missing_ok=True)


def _arguments(language: str, vectors: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    flags = ["--lang", language, "--shorthand", f"{language}_x", "--charlm_shorthand", ""]
    flags += ["--wordvec_pretrain_file", str(vectors), "--no_checkpoint", "--no_second_optim"]
    for name, value in options.items():
        flags += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    if not torch.cuda.is_available():
        flags.append("--cpu")
    return dict(parser.parse_args(flags))
