"""A model folder as the product loads it: weights in half precision, spelling, checksums."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from training.checksums import write_checksums

WEIGHTS = ("tokenize.pt", "pos.pt", "lemma.pt", "depparse.pt", "pretrain.pt")
"""The files of a model, by their names in its folder."""


def pack(trained: Path, spelling: Path, folder: Path, others: Sequence[Path] = ()) -> None:
    """Put the models of ``trained`` in ``folder``, ready to be loaded.

    ``spelling`` is the file of that name; those of ``others`` that exist go along as they are.
    Floating point weights go to half precision and the states of optimizers are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in WEIGHTS:
        halve(trained / name, folder / name)
    shutil.copyfile(spelling, folder / "spelling.yaml")
    # Stanza asks for a list of resources; every path is given to it, so the list is empty.
    (folder / "resources.json").write_text("{}\n", encoding="ascii")
    names = [*WEIGHTS, "resources.json", "spelling.yaml"]
    for other in others:
        if other.is_file():
            shutil.copyfile(other, folder / other.name)
            names.append(other.name)
    write_checksums(folder, names)


def halve(source: Path, target: Path) -> None:
    """Copy a model of Stanza's, its weights in half precision, nothing but what reading needs.

    A model file is a zip archive that PyTorch stores without compression, but reads with it: that
    takes off another eighth.
    """
    content = torch.load(source, map_location="cpu", weights_only=True)
    for name in [name for name in content if "optimizer" in name or "scheduler" in name]:
        del content[name]
    for name in ("model", "emb"):
        if name in content:
            content[name] = _halved(content[name])
    plain = target.with_suffix(".plain")
    torch.save(content, plain)
    with zipfile.ZipFile(plain) as whole, zipfile.ZipFile(target, "w") as packed:
        for entry in whole.infolist():
            packed.writestr(entry, whole.read(entry), zipfile.ZIP_DEFLATED, compresslevel=9)
    plain.unlink()


def _halved(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.half() if value.is_floating_point() else value
    if isinstance(value, dict):
        return type(value)((key, _halved(inner)) for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return type(value)(_halved(inner) for inner in value)
    return value
