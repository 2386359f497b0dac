"""What is installed, which models load, whether configuration and database can be used."""

from __future__ import annotations

import ipaddress
import platform
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from claims import __version__
from claims.config.settings import PipelineSettings, config_folder, load_pipeline, load_sources
from claims.errors import ClaimsError, DatabaseError
from claims.model import Frozen
from claims.store import folders, reviews, speaker_decisions
from claims.store.database import Database
from claims.store.lake import opened

_TOLD = 5  # rows of each file that are named

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
        if settings.contradictions.language_model.address is not None:
            yield _check("language model", partial(_language_model, folder, settings))
        yield _check("configuration", partial(_configuration, folder, settings))
    except ClaimsError as error:
        yield Check(name="configuration", right=False, detail=str(error))
    for language in settings.languages:
        yield _check(f"model {language}", partial(_model, language, settings))
    if any(settings.attribution.engine_of(one).engine != "lexicon" for one in settings.languages):
        yield _check("encoder", partial(_encoder, settings.attribution.encoder))
    if settings.contradictions.asks_large:
        yield _check("large judge", _large_judge)
    into = opened(settings.database, database)
    yield _check("database", partial(_database, into))
    yield _check("decisions", partial(_decisions, into))
    yield _check("speakers", partial(_speakers, config, settings, into))


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
    from claims.contradictions.judges.registry import check_judges
    from claims.pipeline.analyser import Analyser

    check_judges(folder, settings.contradictions)
    fingerprint = Analyser(folder, settings).fingerprint
    left_out = "; licence: commercial" if settings.licence == "commercial" else ""
    languages = ", ".join(settings.languages)
    return f"{folder}: languages {languages}; fingerprint {fingerprint}{left_out}"


def _language_model(folder: Path, settings: PipelineSettings) -> str:
    """Who is asked and what is sent there; nobody is asked now."""
    from claims.contradictions.judges.registry import check_judges

    own = settings.contradictions
    model, address = own.language_model, own.language_model.address
    if "language_model" not in own.judge:
        return f"{address}: nothing is sent there: contradictions.judge does not name it"
    check_judges(folder, own)
    host = urlsplit(str(address)).hostname or ""
    if _is_loopback(host):
        where = "on this machine"
    else:
        plain = ", unencrypted" if str(address).startswith("http:") else ""
        where = f"they leave this machine for {host}{plain}"
    key = f", with the key in {model.key}" if model.key else ""
    return (
        f"{model.model} at {address}{key}: both statements of likely pairs are sent, with speaker, "
        f"stance, outlet, date and the text around them; {where}"
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _model(language: str, settings: PipelineSettings) -> str:
    from claims.language.pipelines import model_folder, pipeline

    if language in settings.models.none:
        return "has none (models.none); sentences by rules, attributions by the encoder"
    pipeline(language, settings.models)
    checked = ", checksums right" if settings.models.source == "bundled" else ""
    return f"loads from {model_folder(language, settings.models)}{checked}"


def _encoder(chosen: str | None) -> str:
    """That it loads, and what multiplies its matrices."""
    from claims.language.encoder.quantize import kernels
    from claims.language.encoder.weights import encoder_folder, reader

    folder = encoder_folder(chosen)
    reader(folder)
    return f"loads from {folder}, checksums right; {kernels()}"


def _large_judge() -> str:
    """That it loads: its encoder is in packages that may be missing."""
    from claims.contradictions.judges.learned.large.reader import read_large
    from claims.contradictions.judges.learned.learned_judge import LARGE

    _, fit = read_large(LARGE)
    return f"loads from {LARGE}, checksums right; languages {', '.join(sorted(fit.languages))}"


def _decisions(database: Database) -> str:
    """What people decided; raises DatabaseError where rows of it are set aside."""
    files = (
        (reviews.reviews_path(database.path), reviews.set_aside(database.path)),
        (
            speaker_decisions.decisions_path(database.path),
            speaker_decisions.set_aside(database.path),
        ),
        (folders.folders_path(database.path), folders.set_aside(database.path)),
    )
    wrong = [f"{path}, row {row.number}: {row.why}" for path, rows in files for row in rows[:_TOLD]]
    if wrong:
        count = sum(len(rows) for _, rows in files)
        raise DatabaseError(
            f"{count} set aside, the others hold: {'; '.join(wrong)}; mend or delete them"
        )
    kept = [path for path, _ in files if path.exists()]
    return f"{', '.join(map(str, kept))}: can be read" if kept else "none yet"


def _speakers(config: str | None, settings: PipelineSettings, database: Database) -> str:
    """How many speakers there are, and which of their names look wrong."""
    from claims.speakers.doubts import load_doubts
    from claims.store.doubtful_speakers import doubtful
    from claims.store.speaker_queries import listed

    if not database.exists():
        return "none yet"
    doubts = load_doubts(config_folder(config), settings.languages)
    with database.reading() as connection:
        count = len(listed(connection))
        wrong = doubtful(connection, doubts, speaker_decisions.decisions(database.path))
    if not wrong:
        return f"{count}; every name looks right"
    few = ", ".join(
        f"{one.speaker.speaker_id} “{one.speaker.name}” {one.why}" for one in wrong[:_TOLD]
    )
    return (
        f"{count}; {len(wrong)} of their names look wrong: {few}; "
        "`claims speakers list --doubtful` lists them, `claims speakers rename` or `merge` with "
        "an identifier mends one"
    )


def _database(database: Database) -> str:
    if not database.exists():
        return f"{database.path}: not there yet; `claims run` makes it"
    with database.reading():
        return f"{database.path}: can be opened"
