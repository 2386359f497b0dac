"""The engines on annotated articles: each stage timed once, the claims of each engine scored."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from claims.attribution.engines import Read, extracted_all
from claims.attribution.reading import read_articles
from claims.attribution.rules.lexicon import Lexicon, load_lexicons
from claims.attribution.rules.text import Text
from claims.config.settings import AttributionSettings, Engine, PipelineSettings
from claims.evaluation.evaluate import article_of, evaluate, figures, roles
from claims.evaluation.gold import GoldArticle, Roles
from claims.language.annotation import Annotator
from claims.language.encoder.reading import Reader, Relation
from claims.language.encoder.weights import encoder_folder, reader
from claims.language.identification import identify
from claims.model import Article, Attribution

ENGINES: tuple[Engine, ...] = get_args(Engine)


@dataclass
class Remembering:
    """A reader that reads each line once and takes the time for it."""

    reader: Reader
    seconds: float = 0.0
    known: dict[str, tuple[Relation, ...]] = field(default_factory=dict)

    def read(self, lines: Sequence[str]) -> list[tuple[Relation, ...]]:
        """As ``Reader.read``."""
        new = list(dict.fromkeys(line for line in lines if line not in self.known))
        started = time.process_time()
        self.known.update(zip(new, self.reader.read(new), strict=True))
        self.seconds += time.process_time() - started
        return [self.known[line] for line in lines]


def measure(
    gold: Sequence[GoldArticle], config: Path, settings: PipelineSettings
) -> dict[str, Any]:
    """Figures of each engine, and of what ``pipeline.yaml`` says, on the articles of one language.

    ``words`` and ``seconds`` (CPU, by stage: the sentences and words of the language's models, the
    lexicon, the encoder; ``language`` has the first for each engine, as each asks the parser for
    other sentences), then ``engines``: for each the figures of
    ``claims.evaluation.evaluate.figures``.
    A language without a model is read by the encoder alone. Attributions without a cue (a third of
    the German quotations) are left out: nothing here looks for them.
    Raises ConfigError, ModelError, and LanguageError.
    """
    known = (*settings.languages, *settings.models.none)
    articles = [article_of(one, identify(one.text, known)) for one in gold]
    gold = [
        one.model_copy(update={"attributions": tuple(a for a in one.attributions if a.cue)})
        for one in gold
    ]
    languages = sorted({article.language for article in articles})
    lexicons = load_lexicons(config, languages)
    annotator = Annotator(settings.models)
    remembering = Remembering(
        reader(encoder_folder(settings.attribution.encoder), settings.models.threads)
    )
    annotator.annotate(articles[:1])  # loads the models
    seconds: dict[str, float] = {}
    language: dict[str, float] = {}
    out: dict[str, Any] = {"articles": len(gold), "engines": {}}
    unparsed = set(languages) <= set(settings.models.none)
    asked: tuple[Engine | None, ...] = ("encoder", None) if unparsed else (*ENGINES, None)
    for engine in asked:
        chosen = settings.attribution.model_copy(update={"engine": engine})
        before, started = remembering.seconds, time.process_time()
        read = _read(articles, annotator, lexicons, chosen, remembering)
        name = engine or "as configured"
        language[name] = time.process_time() - started - (remembering.seconds - before)
        started = time.process_time()
        found = [extracted_all(texts, chosen, lines)[0] for texts, lines in read]
        spent = time.process_time() - started
        if engine == "lexicon":
            seconds["lexicon"] = spent
        if engine == "encoder":
            seconds["encoder"] = remembering.seconds + spent
        out["engines"][name] = figures(list(evaluate(_pairs(gold, found))))
    out["configured"] = {
        language: settings.attribution.engine_of(language).engine for language in languages
    }
    words = sum(len(article.text.split()) for article in gold)
    out["language"] = {name: round(spent, 2) for name, spent in language.items()}
    seconds = {"language": language["as configured"], **seconds}
    return out | {"words": words, "seconds": {k: round(v, 2) for k, v in seconds.items()}}


def found_by(
    engine: Engine,
    gold: Sequence[GoldArticle],
    annotator: Annotator,
    lexicons: Mapping[str, Lexicon],
    settings: PipelineSettings,
    reading: Remembering,
) -> dict[str, Any]:
    """The figures of one engine on English articles, read by ``reading``."""
    chosen = settings.attribution.model_copy(update={"engine": engine})
    articles = [article_of(one, "en") for one in gold]
    read = _read(articles, annotator, lexicons, chosen, reading)
    found = [extracted_all(texts, chosen, lines)[0] for texts, lines in read]
    return figures(list(evaluate(_pairs(gold, found))))


def _read(
    articles: Sequence[Article],
    annotator: Annotator,
    lexicons: Mapping[str, Lexicon],
    settings: AttributionSettings,
    reading: Remembering,
) -> list[tuple[list[Text], list[Read]]]:
    """Each article by itself, as the pipeline reads it."""
    return [
        read_articles([article], annotator, lexicons, settings, reading)  # type: ignore[arg-type]
        for article in articles
    ]


def words_per_second(measured: dict[str, Any], engine: str) -> int:
    """Words a CPU second from text to attributions, for one engine."""
    spent = measured["seconds"]
    configured = set(measured["configured"].values())
    if engine not in ENGINES and len(configured) == 1:
        (engine,) = configured
    stages = {"lexicon": ("lexicon",), "encoder": ("encoder",)}.get(engine, ("lexicon", "encoder"))
    total = measured["language"][engine] + sum(spent[stage] for stage in stages)
    return round(measured["words"] / total) if total else 0


def _pairs(
    gold: Sequence[GoldArticle], found: Sequence[Sequence[Attribution]]
) -> Iterator[tuple[GoldArticle, tuple[Roles, ...]]]:
    for article, attributions in zip(gold, found, strict=True):
        yield article, tuple(roles(one) for one in attributions)
