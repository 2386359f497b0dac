"""Configuration: YAML that a person edits, checked by Pydantic, with errors that name the line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    model_validator,
)

from claims.config.validators import cron_line, network, server_address, web_address, zone_name
from claims.config.yaml_file import Checked, load
from claims.errors import ConfigError
from claims.events import LogFormat

_PACKAGE = Path(__file__).resolve().parents[1]
_PLACES = (_PACKAGE.parent / "config", _PACKAGE / "_config")


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One name or several."""


class DatabaseSettings(Checked):
    """Where the database lies and how long to wait, in seconds, while others hold it; ``memory`` is
    what DuckDB may take while claims are compared.

    ``path`` is a DuckDB file, or ``ducklake:postgres:`` and a connection string: then the rows lie
    as Parquet in the folder ``files``.

    ``snapshot`` is where runs leave a copy for whoever only reads: true is beside the database, as
    ``claims.snapshot.duckdb`` of ``claims.duckdb``; false makes none. Of a lake there is none.
    """

    path: str = "claims.duckdb"
    snapshot: bool | str = True
    files: str = "claims-lake"
    wait: float = Field(default=20.0, ge=0)
    memory: str = Field(default="512MB", pattern=r"^[0-9]+(\.[0-9]+)? ?[KMGT]i?B$")


class ModelSettings(Checked):
    """Which Stanza models read the articles.

    ``source: bundled`` takes those of this package, or of ``folder`` where it is set: one folder
    for each language, as ``training`` makes them. ``source: stanza`` takes those that a machine
    already has, in ``folder`` (default: Stanza's own resources folder). Nothing is downloaded.
    ``none`` are languages without a model: they are split into sentences and words by rules.
    """

    source: Literal["bundled", "stanza"] = "bundled"
    folder: str | None = None
    threads: int = Field(default=1, ge=1)
    none: tuple[str, ...] = ()


Engine = Literal["lexicon", "encoder", "both"]
"""Who finds attributions: the cue lexicon's frames, the neural encoder, or both together."""


class EngineSettings(Checked):
    """Who finds the attributions of a language, and how two engines are brought together.

    ``spans`` says whose places and confidence count where both found an attribution; ``surer`` is
    whoever has the higher confidence, ``likelier`` whose version is likelier right by what was
    learned for the language (``likelihoods.yaml`` beside the encoder's weights), and that is the
    confidence. It stays with a confidence of ``encoder_above`` from the encoder or of
    ``lexicon_above`` from the lexicon. ``lexicon_alone`` is the confidence of what the encoder did
    not find: the share of it that was right where it was measured. The thresholds
    that ``pipeline.yaml`` gives were chosen on the articles that the encoder's confidence was
    fitted on; ``python -m benchmarks.attribution`` shows what they are worth on others.
    """

    engine: Engine = "both"
    spans: Literal["lexicon", "encoder", "surer", "likelier"] = "encoder"
    encoder_above: float = Field(default=0.5, ge=0, le=1)
    lexicon_above: float = Field(default=0.8, ge=0, le=1)
    lexicon_alone: float | None = Field(default=None, ge=0, le=1)


class AttributionSettings(Checked):
    """Who finds attributions: ``engine`` for all languages, or what ``languages`` say of one.

    ``encoder`` is the folder of the encoder's weights, where it is not the one that is bundled.
    """

    engine: Engine | None = None
    encoder: str | None = None
    languages: dict[str, EngineSettings] = Field(default_factory=dict)

    def engine_of(self, language: str) -> EngineSettings:
        """The settings of a language; ``engine`` goes before what the language says."""
        own = self.languages.get(language, EngineSettings())
        return own if self.engine is None else own.model_copy(update={"engine": self.engine})


def _judges(given: object) -> object:
    """One name as a list of one; null stands for the judge that comes with the package."""
    return ("rules",) if given is None else (given,) if isinstance(given, str) else given


class LanguageModelSettings(Checked):
    """The language model that the judge ``language_model`` asks, behind an OpenAI-compatible
    ``address``; without one nothing is asked and no text leaves the machine.

    ``key`` names the environment variable that holds the key. ``timeout`` is in seconds, for one
    answer; ``at_once`` questions are under way together. ``answers`` is the file that keeps what
    was answered; None: beside the database.
    """

    address: Annotated[str, AfterValidator(server_address)] | None = None
    model: str | None = Field(default=None, min_length=1, max_length=200)
    key: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    timeout: float = Field(default=60.0, gt=0, le=3600)
    at_once: int = Field(default=2, ge=1, le=64)
    answers: str | None = None


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
    # Chosen on tests/contradictions/cross_language.yaml; `python -m benchmarks.contradictions
    # --languages` shows what it finds there.
    across_likeness: float = Field(default=0.84, ge=0, le=1)
    likely_within: int = Field(default=24, ge=0, le=200)
    likely_in_story: int = Field(default=10, ge=0, le=200)
    judge: Annotated[tuple[str, ...], BeforeValidator(_judges), Field(min_length=1)] = ("rules",)
    learned_languages: tuple[str, ...] | None = None
    large_judge: bool = True
    large_minimum: float = Field(default=0.3, ge=0, le=1)
    judge_model: str | None = None
    language_model: LanguageModelSettings = LanguageModelSettings()

    @property
    def likely(self) -> bool:
        """Whether the likeliest pairs of an article and of its story are judged: the rules know
        nothing to say of a pair that shares neither words nor polarity."""
        return self.judge[0] != "rules" and bool(self.likely_within or self.likely_in_story)

    @property
    def asks_large(self) -> bool:
        """Whether ``learned`` asks its large network about the languages that it knows."""
        return self.large_judge and "learned" in self.judge

    @property
    def least(self) -> float:
        """The score below which no judge shows anything."""
        return (
            min(self.minimum_score, self.large_minimum) if self.asks_large else self.minimum_score
        )

    @model_validator(mode="after")
    def _a_language_model_is_asked_after_another_judge(self) -> Self:
        if "language_model" in self.judge:
            if self.judge[0] == "language_model":
                raise ValueError(
                    "judge: a language_model is asked about what another judge found: name that "
                    "one before it, such as [rules, language_model]"
                )
            for key in ("address", "model"):
                if getattr(self.language_model, key) is None:
                    raise ValueError(f"judge: a language_model needs language_model.{key}")
        return self


class StorySettings(Checked):
    """Which articles may be of one story; see the comments in ``pipeline.yaml``."""

    enabled: bool = True
    days: int = Field(default=30, ge=1, le=365)
    nearest: int = Field(default=30, ge=1, le=200)


class ScheduledSettings(Checked):
    """How scheduled runs behave; times in seconds. ``timeout`` bounds one try of a run."""

    timeout: int = Field(default=3000, ge=1)
    retries: int = Field(default=2, ge=0)
    retry_delay: int = Field(default=60, ge=0)
    late: int = Field(default=300, ge=1)


class UsualSettings(Checked):
    """When to warn that an outlet brought far less than usual.

    Usual is the median number of its new articles over its last ``runs`` runs, where there were
    ``at_least`` so many. Less than ``share`` of that median gives a warning.
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


class DaskTls(Checked):
    """Files (PEM) by which this program and a Dask scheduler at ``tls://…`` know each other: the
    certificate of who signs for both, our own, and its key."""

    ca: str
    certificate: str
    key: str


class PipelineSettings(Checked):
    """``config/pipeline.yaml``.

    ``licence: commercial`` leaves out what is not for commercial use, whatever else is set: instead
    of the bundled models those that the machine has are taken, and the encoder is asked in no
    language. Models in a ``models.folder`` of one's own are one's own, and stay.
    """

    licence: Literal["any", "commercial"] = "any"
    inputs: tuple[str, ...] = ("seeds",)
    feeds: bool = False
    follow_links: bool = False
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
    dask_tls: DaskTls | None = None
    schedule: Annotated[str, AfterValidator(cron_line)] = "0 * * * *"
    timezone: Annotated[str, AfterValidator(zone_name)] = "UTC"
    scheduled: ScheduledSettings = ScheduledSettings()
    usual: UsualSettings = UsualSettings()
    retention: RetentionSettings = RetentionSettings()
    log: LogFormat = LogFormat.TEXT
    stories: StorySettings = StorySettings()
    contradictions: ContradictionSettings = ContradictionSettings()

    @model_validator(mode="after")
    def _leave_out_what_is_not_for_commercial_use(self) -> Self:
        if self.licence == "commercial":
            attribution = self.attribution.model_copy(update={"engine": "lexicon"})
            models = self.models
            if models.source == "bundled" and models.folder is None:
                models = models.model_copy(update={"source": "stanza"})
            judges = [one if one != "learned" else "rules" for one in self.contradictions.judge]
            judge = {"judge": tuple(dict.fromkeys(judges))}
            # Values do not change (``Checked``) once somebody can see them; nobody can yet.
            object.__setattr__(self, "attribution", attribution)
            object.__setattr__(self, "models", models)
            compared = self.contradictions.model_copy(update=judge)
            object.__setattr__(self, "contradictions", compared)
        return self

    @model_validator(mode="after")
    def _only_the_encoder_reads_without_a_model(self) -> Self:
        for language in self.languages:
            engine = self.attribution.engine_of(language).engine
            if language in self.models.none and engine != "encoder":
                licence = " (licence: commercial leaves the encoder out)"
                raise ValueError(
                    f"attribution: {language} has no model (models.none), so only the encoder can "
                    f"read it, not {engine!r}: set attribution.languages.{language}.engine: encoder"
                    + (licence if self.licence == "commercial" else "")
                )
        return self


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
