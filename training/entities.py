"""`python -m training.entities`: a compact Stanza NER for English, from GUM's entities.

    python -m training.entities                          # from ../shared/treebanks/en/gum-ner-*.bio
    python -m training.entities --gum UD_English-GUM     # from a clone of the treebank

Below `build/training/entities` lie the log, the data and `model/`, packed as the product loads it.
`python -m benchmarks.entities --model build/training/entities/model` measures it beside the rules.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random
from typing import Annotated, Any

import torch
import typer
from stanza.models import ner_tagger

from claims.errors import ClaimsError
from claims.language.pipelines import BUNDLED
from training.entity_data import names_of, read_bio, read_gum, repaired, substituted, write_json
from training.packing import halve
from training.steps import Workshop

ROOT = Path(__file__).resolve().parent.parent

OPTIONS: dict[str, Any] = {
    "hidden_dim": 128,
    "char_hidden_dim": 64,
    "char_emb_dim": 24,
    "num_layers": 1,
    "dropout": 0.4,
    "word_dropout": 0.02,
    "optim": "adam",
    "lr": 0.003,
    "batch_size": 32,
    "max_batch_words": 1200,
    "eval_interval": 250,
    "max_steps": 4000,
    "max_steps_no_improve": 1500,
    "seed": 7,
}
"""Flags of ``stanza.models.ner_tagger``."""

COPIES = 1
"""Copies of the training sentences in which names are replaced by others of their type."""

SHARE = 0.7
"""Share of the names of a copy that are replaced."""


def make(
    gum: Annotated[Path | None, typer.Option(help="a clone of UD_English-GUM")] = None,
    treebanks: Annotated[Path, typer.Option(help="the folder that holds en/gum-ner-*.bio")] = (
        ROOT.parent / "shared" / "treebanks"
    ),
    out: Annotated[Path, typer.Option()] = ROOT / "build" / "training" / "entities",
) -> None:
    """Train the recogniser of names; steps that are done are passed over."""
    workshop = Workshop(out)
    parts = {
        part: gum / f"en_gum-ud-{part}.conllu" if gum else treebanks / "en" / f"gum-ner-{part}.bio"
        for part in ("train", "dev")
    }
    try:
        for path in parts.values():
            if not path.is_file():
                raise ClaimsError(f"{path}: not there; training/README.md says where it comes from")
        _make(workshop, parts, read_gum if gum else read_bio)
    except ClaimsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _make(workshop: Workshop, parts: dict[str, Path], read: Any) -> None:
    folder = workshop.folder
    data = {part: folder / f"{part}.json" for part in parts}

    def prepare() -> None:
        train, dev = (
            [repaired(sentence) for sentence in read(parts[part])] for part in ("train", "dev")
        )
        random = Random(7)
        names = names_of(train)
        copies = [substituted(one, names, SHARE, random) for _ in range(COPIES) for one in train]
        write_json(train + [copy for copy in copies if copy is not None], data["train"])
        write_json(dev, data["dev"])

    def vectors() -> None:
        content = torch.load(BUNDLED / "en" / "pretrain.pt", weights_only=True)
        content["emb"] = content["emb"].float()
        torch.save(content, folder / "pretrain.pt")

    def train() -> None:
        flags = ["--mode", "train", "--shorthand", "en_gum", "--no_emb_finetune"]
        flags += ["--train_file", str(data["train"]), "--eval_file", str(data["dev"])]
        flags += ["--wordvec_pretrain_file", str(folder / "pretrain.pt")]
        flags += ["--save_dir", str(folder), "--save_name", "trained.pt"]
        for name, value in OPTIONS.items():
            flags += [f"--{name}", str(value)]
        if not torch.cuda.is_available():
            flags.append("--cpu")
        ner_tagger.main(flags)

    step = workshop.step
    files = list(parts.values())
    step("data", files, {"copies": COPIES, "share": SHARE}, list(data.values()), prepare)
    step("vectors", [BUNDLED / "en" / "pretrain.pt"], {}, [folder / "pretrain.pt"], vectors)
    inputs = [*data.values(), folder / "pretrain.pt"]
    step("recogniser", inputs, OPTIONS, [folder / "trained.pt"], train)
    pack(folder / "trained.pt", folder / "model")
    workshop.note(f"packed in {folder / 'model'}")


def pack(trained: Path, model: Path) -> None:
    """A folder that the product can load: the recogniser in half precision, and its word vectors.

    The vectors of Stanza's `delta` vocabulary go: they are zeros that a training without finetuning
    never changes, one for every word of the treebank.
    """
    model.mkdir(parents=True, exist_ok=True)
    content = torch.load(trained, map_location="cpu", weights_only=True)
    assert not content["model"]["delta_emb.weight"].any()
    del content["model"]["delta_emb.weight"], content["vocab"]["delta"]
    torch.save(content, model / "ner.pt")
    halve(model / "ner.pt", model / "ner.pt")
    shutil.copyfile(BUNDLED / "en" / "pretrain.pt", model / "pretrain.pt")
    (model / "resources.json").write_text("{}\n", encoding="ascii")


if __name__ == "__main__":
    torch.set_num_threads(1)
    typer.run(make)
