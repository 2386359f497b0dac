"""Stanza pipelines, loaded from this package or from models that the machine has; no network."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims import startup
from claims.config.settings import ModelSettings
from claims.errors import ModelError

if TYPE_CHECKING:
    from stanza import Pipeline

    from claims.language.stanza_fast.networks import Networks

BUNDLED = Path(__file__).resolve().parent / "models"
"""The bundled models: one folder for each language."""

PROCESSORS = ("tokenize", "pos", "lemma", "depparse")
_CHECKSUMS = "SHA256SUMS"

_FIRST = ("tokenize", "mwt", "pos", "lemma", "depparse")
"""Processors that want what the ones before them made."""


def model_folder(language: str, settings: ModelSettings) -> Path:
    """The folder of a language's model; for ``source: stanza`` the resources folder itself."""
    if settings.source == "bundled":
        return (Path(settings.folder) if settings.folder else BUNDLED) / language
    if settings.folder:
        return Path(settings.folder)
    default = Path.home() / "stanza_resources"
    return Path(os.environ.get("STANZA_RESOURCES_DIR", default))


def verify(folder: Path) -> None:
    """Check every file that ``SHA256SUMS`` lists; raises ModelError naming the first bad one."""
    listing = folder / _CHECKSUMS
    if not listing.is_file():
        raise ModelError(f"{folder}: no model here ({_CHECKSUMS} is missing); reinstall claims")
    for line in listing.read_text(encoding="ascii").splitlines():
        digest, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{path}: missing; reinstall claims")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise ModelError(f"{path}: not the file that was bundled; reinstall claims")


@cache
def pipeline(language: str, settings: ModelSettings) -> Networks | Pipeline:
    """The networks of a language, loaded once a process.

    Reads files only (``download_method=None``) and runs on the CPU. Raises ModelError where the
    model is missing, altered or not readable.
    """
    folder = model_folder(language, settings)
    if settings.source == "bundled":
        verify(folder)
    elif not (folder / "resources.json").is_file():
        raise ModelError(
            f"{folder}: no Stanza resources (resources.json is missing); "
            "set models.folder in pipeline.yaml to the folder that has them, or take the bundled "
            "models (`models.source: bundled`, `licence: any`)"
        )
    if settings.source == "bundled":
        startup.before_models()
    import torch

    torch.set_num_threads(settings.threads)
    try:
        if settings.source == "bundled":
            from claims.language.stanza_fast.networks import Networks

            networks = Networks(language, folder)
            startup.after_models()
            return networks
        from stanza import Pipeline
        from stanza.pipeline.registry import PIPELINE_NAMES

        # Stanza asks processors in the order of their import, and ours may have come first.
        PIPELINE_NAMES.sort(key=lambda name: (*_FIRST, name).index(name))
        nlp = Pipeline(
            lang=language,
            dir=str(folder),
            download_method=None,
            processors=",".join(PROCESSORS),
            use_gpu=False,
            logging_level="ERROR",
        )
        for name in ("pos", "depparse"):
            nlp.processors[name].trainer.model.float()  # weights may be stored in half precision
        return nlp
    except Exception as error:  # Stanza raises many kinds here, each for an unusable model
        reason = " ".join(str(error).split())
        raise ModelError(f"{folder}: the {language} model does not load: {reason}") from error
