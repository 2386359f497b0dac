"""What is installed, which models load, whether configuration and database can be used."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from claims import __version__
from claims.configuration import PipelineSettings, config_folder, load_pipeline, load_sources
from claims.errors import ClaimsError
from claims.model import Frozen
from claims.store.database import Database
from claims.store.lake import opened

_PACKAGES = ("prefect", "stanza", "torch", "duckdb", "pydantic")


class Check(Frozen):
    """One thing that was looked at; ``right`` says that it can be used."""

    name: str
    right: bool
    detail: str


def examine(config: str | None, database: str | None) -> Iterator[Check]:
    """Look at everything that a run needs. Nothing is written and nothing is downloaded."""
    yield Check(
        name="claims", right=True, detail=f"{__version__}, Python {platform.python_version()}"
    )
    for package in _PACKAGES:
        yield _check(package, partial(_installed, package))
    settings = PipelineSettings()
    try:
        folder = config_folder(config)
        settings = load_pipeline(folder)
        load_sources(folder)
        yield _check("configuration", partial(_configuration, folder, settings))
    except ClaimsError as error:
        yield Check(name="configuration", right=False, detail=str(error))
    for language in settings.languages:
        yield _check(f"model {language}", partial(_model, language, settings))
    if any(settings.attribution.engine_of(one).engine != "lexicon" for one in settings.languages):
        yield _check("encoder", _encoder)
    yield _check("database", partial(_database, opened(settings.database, database)))


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name=name, right=True, detail=look())
    except ClaimsError as error:
        return Check(name=name, right=False, detail=str(error))
    except PackageNotFoundError:
        return Check(name=name, right=False, detail="not installed; run `make install`")


def _installed(package: str) -> str:
    found = version(package)
    if package == "torch":
        import torch

        cuda = torch.version.cuda
        return f"{found}, {f'CUDA {cuda} build' if cuda else 'CPU build'}; the CPU is used"
    return found


def _configuration(folder: Path, settings: PipelineSettings) -> str:
    from claims.analysis import Analyser

    fingerprint = Analyser(folder, settings).fingerprint
    return f"{folder}: languages {', '.join(settings.languages)}; fingerprint {fingerprint}"


def _model(language: str, settings: PipelineSettings) -> str:
    from claims.language.pipelines import model_folder, pipeline

    pipeline(language, settings.models)
    checked = ", checksums right" if settings.models.source == "bundled" else ""
    return f"loads from {model_folder(language, settings.models)}{checked}"


def _encoder() -> str:
    from claims.language.encoder.weights import BUNDLED, reader

    reader()
    return f"loads from {BUNDLED}, checksums right"


def _database(database: Database) -> str:
    if not database.exists():
        return f"{database.path}: not there yet; `claims run` makes it"
    with database.reading():
        return f"{database.path}: can be opened"
