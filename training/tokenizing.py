"""Stanza's tokenizer, trained on several kinds of text at once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from stanza.models import tokenizer
from stanza.models.common import utils
from stanza.models.tokenization.data import DataLoader
from stanza.models.tokenization.trainer import Trainer
from stanza.models.tokenization.vocab import Vocab

from training.descent import Descent, descend


@dataclass(frozen=True, slots=True)
class Print:
    """Text of one kind with its labels, and the share of the batches that are drawn from it."""

    text: Path
    labels: Path
    share: float


def train_tokenizer(
    prints: Sequence[Print],
    out: Path,
    language: str,
    options: Mapping[str, Any],
    descent: Descent,
    note: Callable[[str], None],
    start: Path | None = None,
) -> None:
    """Write a tokenizer to ``out``; ``options`` are flags of ``stanza.models.tokenizer``.

    With ``start``, training goes on from that tokenizer and keeps its vocabulary.

    Stanza fills a training window with sentences drawn at random. Each kind of text has a loader
    of its own here, so a window is of one kind, and the model can learn from the stops around a
    word whether the text has any.
    """
    arguments = _arguments(language, out, options)
    utils.set_random_seed(descent.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if start is None:
        vocabulary = Vocab(_characters(prints), language)
        arguments["vocab_size"] = len(vocabulary)
        trainer = Trainer(args=arguments, vocab=vocabulary, device=device)
    else:
        trainer = Trainer(args=arguments, model_file=str(start), device=device)
        vocabulary = trainer.vocab
    trainer.model.float()
    loaders = [
        DataLoader(
            arguments,
            input_files={"txt": str(kind.text), "label": str(kind.labels)},
            vocab=vocabulary,
            mwt_expansions={},
        )
        for kind in prints
    ]
    checkpoint = out.with_suffix(".checkpoint")

    def batches() -> Iterator[Any]:
        for loader in loaders:
            loader.shuffle()
        shares = [kind.share for kind in prints]
        for loader in random.choices(loaders, shares, k=100):
            yield loader.next(
                unit_dropout=arguments["unit_dropout"],
                feat_unit_dropout=arguments["feat_unit_dropout"],
            )

    def update(batch: Any) -> float:
        return float(trainer.update(batch))

    descend(trainer.model, [trainer.optimizer], update, batches, descent, checkpoint, note)
    trainer.save(str(out))
    checkpoint.unlink(missing_ok=True)


def _characters(prints: Sequence[Print]) -> list[list[tuple[str, int]]]:
    # As Stanza's own loader reads a text: a list of (character, label) for each paragraph.
    text = "\n".join(kind.text.read_text(encoding="utf-8") for kind in prints)
    return [[(character, 0) for character in text.replace("\n", " ")]]


def _arguments(language: str, out: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    flags = ["--lang", language, "--shorthand", f"{language}_x", "--no_use_mwt"]
    flags += ["--save_name", out.name]
    for name, value in options.items():
        flags += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    arguments = dict(tokenizer.parse_args(flags))
    arguments["feat_funcs"] = list(tokenizer.DEFAULT_FEAT_FUNCS)
    arguments["feat_dim"] = len(arguments["feat_funcs"])
    arguments["num_dict_feat"] = 0
    return arguments
