"""Configuration: YAML that a person edits, checked by Pydantic, with errors that name the line."""

from __future__ import annotations

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
)

from claims.checked import Checked, load
from claims.errors import ConfigError
from claims.journal import LogFormat

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE.parent / "config", _PACKAGE / "_config")


def network(text: str) -> str:
    """A validator for keys that hold a network such as ``10.1.0.0/16``."""
    ipaddress.ip_network(text, strict=False)
    return text


def web_address(text: str) -> str:
    """A validator for keys that hold an address of the web."""
    if not re.match(r"https?://[^\s/]", text):
        raise ValueError("not an address that begins with http:// or https://")
    return text


def zone_name(text: str) -> str:
    """A validator for keys that hold a time zone such as ``Asia/Karachi``."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("not a time zone such as Asia/Karachi") from None
    return text


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One name or several."""


class DatabaseSettings(Checked):
    """Where the database lies and how long to wait, in seconds, while others hold it; ``memory`` is
    what DuckDB may take while claims are compared.

    ``path`` is a DuckDB file, or ``ducklake:postgres:`` and a connection string: then the rows lie
    as Parquet in the folder ``files``.
    """

    path: str = "claims.duckdb"
    files: str = "claims-lake"
    wait: float = Field(default=20.0, ge=0)
    memory: str = Field(default="512MB", pattern=r"^[0-9]+(\.[0-9]+)? ?[KMGT]i?B$")


class ModelSettings(Checked):
    """Which Stanza models read the articles.

    ``source: bundled`` takes those of this package, or of ``folder`` where it is set: one folder
    for each language, as ``training`` makes them. ``source: stanza`` takes those that a machine
    already has, in ``folder`` (default: Stanza's own resources folder). Nothing is downloaded.
    """

    source: Literal["bundled", "stanza"] = "bundled"
    folder: str | None = None
    threads: int = Field(default=1, ge=1)


Engine = Literal["lexicon", "encoder", "both"]
"""Who finds attributions: the cue lexicon's frames, the neural encoder, or both together."""


class EngineSettings(Checked):
    """Who finds the attributions of a language, and how two engines are brought together.

    ``spans`` says whose places and confidence count where both found an attribution. It stays with
    a confidence of ``encoder_above`` from the encoder or of ``lexicon_above`` from the lexicon.
    """

    engine: Engine = "both"
    spans: Literal["lexicon", "encoder"] = "encoder"
    encoder_above: float = Field(default=0.5, ge=0, le=1)
    lexicon_above: float = Field(default=0.8, ge=0, le=1)


class AttributionSettings(Checked):
    """Who finds attributions: ``engine`` for all languages, or what ``languages`` say of one."""

    engine: Engine | None = None
    languages: dict[str, EngineSettings] = Field(default_factory=dict)

    def engine_of(self, language: str) -> EngineSettings:
        """The settings of a language; ``engine`` goes before what the language says."""
        own = self.languages.get(language, EngineSettings())
        return own if self.engine is None else own.model_copy(update={"engine": self.engine})


class ContradictionSettings(Checked):
    """What the contradictions step compares and keeps; see the comments in ``pipeline.yaml``."""

    minimum_score: float = Field(default=0.5, ge=0, le=1)
    minimum_overlap: float = Field(default=0.34, ge=0, le=1)
    minimum_likeness: float = Field(default=0.3, ge=0, le=1)
    days: int = Field(default=14, ge=1, le=14)
    pairs_of_two_articles: int = Field(default=5, ge=1)
    reprint_similarity: float = Field(default=0.6, ge=0.3, le=0.95)
    reprint_words: int = Field(default=3, ge=1, le=10)
    across_languages: bool = True
    across_likeness: float = Field(default=0.82, ge=0, le=1)
    judge: str | None = None


class ScheduledSettings(Checked):
    """How scheduled runs behave; times in seconds. ``timeout`` bounds one try of a run."""

    timeout: int = Field(default=3000, ge=1)
    retries: int = Field(default=2, ge=0)
    retry_delay: int = Field(default=60, ge=0)
    late: int = Field(default=300, ge=1)


class UsualSettings(Checked):
    """When to warn that an outlet brought far less than usual.

    Usual is the median of its new articles in the last ``runs`` runs, where there were
    ``at_least`` so many; below ``share`` of it is far less.
    """

    runs: int = Field(default=24, ge=1)
    at_least: int = Field(default=5, ge=1)
    share: float = Field(default=0.25, ge=0, le=1)


class RetentionSettings(Checked):
    """For how many ``days`` articles are kept (``claims prune``); None keeps them for ever."""

    days: int | None = Field(default=None, ge=1)


class FetchingSettings(Checked):
    """How the web is asked; see the comments in ``pipeline.yaml``. Times are in seconds."""

    contact: str | None = Field(default=None, max_length=200, pattern=r"^[\x21-\x7e][\x20-\x7e]*$")
    delay: float = Field(default=1.0, ge=0)
    silence: float = Field(default=15.0, gt=0)
    longest: float = Field(default=60.0, gt=0)
    largest: int = Field(default=3_000_000, ge=1000)
    redirects: int = Field(default=5, ge=0, le=20)
    retries: int = Field(default=2, ge=0, le=10)
    entries: int = Field(default=100, ge=1)
    at_once: int = Field(default=4, ge=1, le=32)
    settled_hours: float = Field(default=48.0, ge=0)
    keep_days: float = Field(default=30.0, gt=0)
    allow_private: bool = False
    private_networks: tuple[Annotated[str, AfterValidator(network)], ...] = ()


FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article_text", "story", "متن"),
    "title": ("title", "headline", "عنوان", "سرخی"),
    "byline": ("byline", "author", "authors", "creator", "reporter"),
    "published_at": ("published_at", "published", "date", "pubdate", "publish_date", "datetime"),
    "url": ("url", "link", "canonical_url", "address"),
    "outlet": ("outlet", "publisher", "newspaper", "source"),
    "language": ("language", "lang"),
    "name": ("article", "id", "name", "article_id"),
}
"""What an article's parts are called in rows, where no mapping says otherwise."""


class Columns(Checked):
    """Which columns (keys, in JSON Lines) of a row hold what; the first that is there is taken.

    What is left out is looked for under its usual names: ``FIELDS``.
    """

    text: Names = ()
    title: Names = ()
    byline: Names = ()
    published_at: Names = ()
    url: Names = ()
    outlet: Names = ()
    language: Names = ()
    name: Names = ()

    def over(self, others: Columns) -> Columns:
        """These, and where they say nothing the others."""
        return others.model_copy(
            update={field: names for field in FIELDS if (names := getattr(self, field))}
        )


class PipelineSettings(Checked):
    """``config/pipeline.yaml``."""

    inputs: tuple[str, ...] = ("seeds",)
    feeds: bool = False
    columns: Columns = Columns()
    fetching: FetchingSettings = FetchingSettings()
    languages: tuple[str, ...] = ("ur", "en")
    database: DatabaseSettings = DatabaseSettings()
    models: ModelSettings = ModelSettings()
    attribution: AttributionSettings = AttributionSettings()
    chunk_articles: int = Field(default=8, ge=1, le=1000)
    workers: int = Field(default=1, ge=1, le=256)
    runner: Literal["local", "dask"] = "local"
    dask_scheduler: str | None = None
    schedule: str = "0 * * * *"
    timezone: Annotated[str, AfterValidator(zone_name)] = "UTC"
    scheduled: ScheduledSettings = ScheduledSettings()
    usual: UsualSettings = UsualSettings()
    retention: RetentionSettings = RetentionSettings()
    log: LogFormat = LogFormat.TEXT
    contradictions: ContradictionSettings = ContradictionSettings()


class Outlet(Checked):
    """An outlet whose articles come from ``feeds`` or ``folder`` (a folder's name or path).

    Pages on ``sites`` are its too: hosts, perhaps with the beginning of a path (default: the hosts
    of its feeds). ``timezone`` is that of its times that have none. ``columns`` are those of its
    CSV and JSON Lines files.
    """

    name: str
    feeds: tuple[Annotated[str, AfterValidator(web_address)], ...] = ()
    sites: tuple[str, ...] = ()
    folder: str | None = None
    language: str | None = None
    country: str | None = None
    owner: str | None = None
    timezone: Annotated[str, AfterValidator(zone_name)] | None = None
    columns: Columns = Columns()


class Sources(Checked):
    """``config/sources.yaml``: the outlets that are known by more than their folder's name."""

    outlets: tuple[Outlet, ...] = ()


def config_folder(chosen: str | os.PathLike[str] | None = None) -> Path:
    """The folder that configuration is read from.

    ``chosen`` (``--config``), else ``$CLAIMS_CONFIG``, else ``./config`` where it holds a
    ``pipeline.yaml``, else the one that came with the package.

    Raises ConfigError where the folder does not exist.
    """
    named = chosen or os.environ.get("CLAIMS_CONFIG")
    if named:
        folder = Path(named)
        if not folder.is_dir():
            raise ConfigError(f"{folder}: no such configuration folder")
        return folder
    here = Path("config")
    if (here / "pipeline.yaml").is_file():
        return here
    for place in _PLACES:
        if place.is_dir():
            return place
    raise ConfigError(f"no configuration folder: looked in {here} and {_PLACES[0]}")


def load_pipeline(folder: Path) -> PipelineSettings:
    """``pipeline.yaml`` of a configuration folder; raises ConfigError."""
    return load(folder / "pipeline.yaml", PipelineSettings)


def load_sources(folder: Path) -> Sources:
    """``sources.yaml`` of a configuration folder; raises ConfigError."""
    return load(folder / "sources.yaml", Sources)
