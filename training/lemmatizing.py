"""Stanza's lemmatizer: a dictionary of the words that were seen, a decoder for the others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from stanza.models import lemmatizer


def train_lemmatizer(
    rows: Path, held_out: Path, out: Path, language: str, options: Mapping[str, Any], seed: int
) -> None:
    """Write a lemmatizer to ``out``; ``options`` are flags of ``stanza.models.lemmatizer``.

    It learns from ``rows`` (see ``training.lemmas``); of its epochs the one that is best on the
    tree bank ``held_out`` is kept, which is Stanza's own way and hardly matters: the decoder only
    speaks where the dictionary is silent.
    """
    flags = ["--train_file", str(rows), "--eval_file", str(held_out), "--seed", str(seed)]
    flags += ["--output_file", str(out.with_suffix(".conllu")), "--shorthand", f"{language}_x"]
    flags += ["--save_dir", str(out.parent), "--save_name", out.name]
    for name, value in options.items():
        flags += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    if not torch.cuda.is_available():
        flags.append("--cpu")
    lemmatizer.main(flags)
