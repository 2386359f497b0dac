"""Which judges there are, by the names that ``contradictions.judge`` of ``pipeline.yaml`` takes.

A judge is one line of ``BUILT_IN``. Another package adds one under the entry point group
``claims.judges``, and a program that imports this one by ``register``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from claims.config.settings import ContradictionSettings, config_folder
from claims.contradictions.judges.calibration import load_pair_calibration
from claims.contradictions.judges.in_turn import JudgesInTurn
from claims.contradictions.judges.judge import Judge
from claims.contradictions.judges.language_model.answers import answers_path
from claims.contradictions.judges.learned.large.parts import installed
from claims.entry_points import load_entry_points
from claims.errors import ConfigError, QueryError

GROUP = "claims.judges"
"""The entry points that are loaded: each names a ``JudgeFactory``."""


@dataclass(frozen=True, slots=True)
class JudgeFactory:
    """A judge by its ``name``. ``open`` makes it from the configuration folder of the run and its
    settings; it raises ConfigError for what is wrong in these, and ModelError for a model that
    cannot be loaded. With another ``version`` articles are compared again; what belongs to this
    package needs none, nor do the files of ``judge_model``. ``calibrated`` says that the score goes
    through ``judge_calibration.yaml`` and nothing else afterwards; of a judge that is asked after
    another, that it leaves the score of that one as it is."""

    name: str
    open: Callable[[Path, ContradictionSettings], Judge]
    version: str = ""
    calibrated: bool = False


def _rules(config: Path, settings: ContradictionSettings) -> Judge:
    from claims.contradictions.judges.rules.rules_judge import RulesJudge

    return RulesJudge.of(config, settings)


def _learned(config: Path, settings: ContradictionSettings) -> Judge:
    from claims.contradictions.judges.learned.learned_judge import BUNDLED, LARGE, LearnedJudge

    reasons = _rules(config, settings)
    calibration = load_pair_calibration(config)
    least, languages = settings.minimum_score, settings.learned_languages
    large = LARGE if settings.large_judge else None
    again = settings.large_minimum
    return LearnedJudge(BUNDLED, reasons, least, calibration, languages, large, again)


def _cross_encoder(config: Path, settings: ContradictionSettings) -> Judge:
    from claims.contradictions.judges.cross_encoder import CrossEncoder

    if settings.judge_model is None:
        raise ConfigError(
            "pipeline.yaml: contradictions.judge: a cross_encoder needs its model's folder in "
            "contradictions.judge_model"
        )
    return CrossEncoder(Path(settings.judge_model))


def _language_model(config: Path, settings: ContradictionSettings) -> Judge:
    from claims.contradictions.judges.language_model.language_model_judge import LanguageModelJudge

    return LanguageModelJudge.of(config, settings)


BUILT_IN = (
    JudgeFactory("learned", _learned, calibrated=True),
    JudgeFactory("rules", _rules),
    JudgeFactory("cross_encoder", _cross_encoder),
    JudgeFactory("language_model", _language_model, calibrated=True),
)

_added: list[JudgeFactory] = []


def register(judge: JudgeFactory) -> None:
    """Add a judge for this process; it takes the place of one of the same name."""
    _added.append(judge)


def judges() -> dict[str, JudgeFactory]:
    """All judges by name: built in, of other packages, registered; the last of a name counts.

    Raises ConfigError for an entry point that does not load.
    """
    return {one.name: one for one in (*BUILT_IN, *load_entry_points(GROUP, JudgeFactory), *_added)}


def open_judge(
    config: Path, settings: ContradictionSettings, database: Path | None = None
) -> Judge:
    """The judge that ``settings`` name; of several, each next is asked about what those before it
    took for a contradiction. Beside ``database`` a judge may keep what it would have to ask for
    again. Raises ConfigError and ModelError."""
    if database is not None and settings.language_model.answers is None:
        place = {"answers": str(answers_path(database))}
        model = settings.language_model.model_copy(update=place)
        settings = settings.model_copy(update={"language_model": model})
    opened = [one.open(config, settings) for one in _named(settings)]
    return opened[0] if len(opened) == 1 else JudgesInTurn(opened)


def default_judge(settings: ContradictionSettings) -> Judge:
    """The same for the configuration folder in force, made once."""
    return _opened(config_folder().resolve(), settings)


def judge_versions(settings: ContradictionSettings) -> str:
    """What the judgements depend on besides configuration and this package's own code: the versions
    of other judges, and the files of their model. Raises ConfigError where ``settings`` name a
    judge that is not there."""
    told = [f"{one.name} {one.version}" for one in _named(settings)]
    if settings.asks_large:
        told.append(f"large network: {installed()}")
    if settings.judge_model is not None and (model := Path(settings.judge_model)).is_dir():
        files = sorted(path for path in model.rglob("*") if path.is_file())
        stats = [(path.relative_to(model).as_posix(), path.stat()) for path in files]
        # By size and time, not by content: a model may be a gigabyte.
        told += [f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats]
    return "\n".join(told)


def check_judges(config: Path, settings: ContradictionSettings) -> None:
    """Raise ConfigError for what is wrong in what judges read besides word lists: told before a run
    reads anything."""
    load_pair_calibration(config)
    if "language_model" in settings.judge:
        _language_model(config, settings)


def refuse_uncalibrated(settings: ContradictionSettings) -> None:
    """Raise QueryError where a judge that ``settings`` name takes no calibration."""
    for one in _named(settings):
        if not one.calibrated:
            raise QueryError(
                f"contradictions.judge: the score of {one.name!r} goes through no calibration, so "
                "there is nothing to fit"
            )


@lru_cache(maxsize=4)
def _opened(config: Path, settings: ContradictionSettings) -> Judge:
    return open_judge(config, settings)


def _named(settings: ContradictionSettings) -> list[JudgeFactory]:
    known = judges()
    for name in settings.judge:
        if name not in known:
            raise ConfigError(
                f"pipeline.yaml: contradictions.judge: no judge is called {name!r}; "
                f"there are: {', '.join(sorted(known))}"
            )
    return [known[name] for name in settings.judge]
