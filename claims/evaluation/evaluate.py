"""What is extracted from annotated articles, and how well it agrees with the annotation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claims.config.settings import PipelineSettings
from claims.errors import LanguageError
from claims.evaluation.figures import Counts, count, interval, report
from claims.evaluation.gold import GoldArticle, Piece, Roles, read_gold, read_predictions
from claims.evaluation.mistakes import CORRECT, Judged, Outcome, judge
from claims.evaluation.tokens import Numbering, found_pairs
from claims.language.identification import load_identifier
from claims.model import Article, Attribution, Spans
from claims.pipeline.analyser import Analyser
from claims.readers.articles import content_hash

__all__ = [
    "Evaluated",
    "GoldArticle",
    "Outcome",
    "Piece",
    "Roles",
    "Score",
    "evaluate",
    "figures",
    "predict",
    "read_gold",
    "read_predictions",
    "score",
]

BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Where the rows of the reliability table begin."""


@dataclass(frozen=True, slots=True)
class Score:
    """Attributions found, predicted and annotated."""

    found: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted that were found; 0 where nothing was predicted."""
        return self.found / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated that were found; 0 where nothing was annotated."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found, self.predicted + other.predicted, self.gold + other.gold
        )


def predict(
    gold: Sequence[GoldArticle], config: Path, settings: PipelineSettings
) -> Iterator[tuple[GoldArticle, tuple[Roles, ...]]]:
    """Each article with what is extracted from it: nothing where its language is not configured.

    Raises ConfigError and ModelError.
    """
    analyser = Analyser(config, settings)
    identify = load_identifier(config, settings.languages)
    for annotated in gold:
        try:
            language = identify(annotated.text, settings.languages)
        except LanguageError:
            yield annotated, ()
            continue
        analysed, _ = analyser.analyse([article_of(annotated, language)])
        yield annotated, tuple(roles(claim.attribution) for one in analysed for claim in one.claims)


def article_of(annotated: GoldArticle, language: str) -> Article:
    """An annotated text as the article that is analysed."""
    return Article(
        article_id=content_hash(annotated.text)[:16],
        outlet="gold",
        path=annotated.article,
        language=language,
        content_hash=content_hash(annotated.text),
        text=annotated.text,
    )


def roles(found: Attribution) -> Roles:
    """What the scorer compares of an attribution that was found."""
    return Roles(
        source=_pieces(found.source) if found.source else None,
        cue=_pieces(found.cue),
        content=_pieces(found.content),
        stance=found.stance,
        quotation=found.quotation,
        confidence=found.confidence,
    )


def _pieces(spans: Spans) -> tuple[Piece, ...]:
    return tuple((span.start, span.end) for span in spans)


def score(text: str, gold: Sequence[Roles], predicted: Sequence[Roles]) -> Score:
    """How many of one article's attributions were found."""
    numbering = Numbering(text)
    left, right = ([numbering.see(one) for one in several] for several in (predicted, gold))
    return Score(len(found_pairs(left, right)), len(predicted), len(gold))


@dataclass(frozen=True)
class Evaluated:
    """One article: its counts, and what became of each attribution."""

    article: GoldArticle
    predicted: tuple[Roles, ...]
    counts: Counts = field(repr=False)
    judged: tuple[Judged, ...]

    @property
    def score(self) -> Score:
        """Found, predicted and annotated."""
        found = sum(one.outcome in CORRECT for one in self.judged)
        return Score(found, len(self.predicted), len(self.article.attributions))

    @property
    def mistakes(self) -> int:
        """Attributions that were missed, and predictions that are none."""
        score = self.score
        return score.gold + score.predicted - 2 * score.found


def evaluate(
    predicted: Iterator[tuple[GoldArticle, tuple[Roles, ...]]],
) -> Iterator[Evaluated]:
    """Each article compared with its annotation, as ``predict`` gives them."""
    for article, found in predicted:
        yield Evaluated(
            article,
            found,
            count(article.text, article.attributions, found),
            tuple(judge(article.text, article.attributions, found)),
        )


def figures(evaluated: Sequence[Evaluated]) -> dict[str, Any]:
    """All figures of some articles, ready for JSON.

    Those of ``claims.evaluation.figures.report`` with ``found.ci95``, and ``stance`` and
    ``quotation`` (the share that is right of the found whose annotation says it),
    ``reliability`` (for each range of confidence, how many of the predictions are right),
    ``outcomes``, and ``worst``: the articles with the most mistakes.
    """
    # In the order of their names: the bootstrap's draws depend on it.
    ordered = sorted(evaluated, key=lambda one: one.article.article)
    out = report([one.counts for one in ordered])
    out["found"]["ci95"] = interval([one.counts for one in ordered])
    correct = [
        (one.gold, one.predicted)
        for each in evaluated
        for one in each.judged
        if one.outcome in CORRECT and one.gold is not None and one.predicted is not None
    ]
    for key in ("stance", "quotation"):
        said = [
            getattr(gold, key) == getattr(found, key)
            for gold, found in correct
            if getattr(gold, key) is not None
        ]
        out[key] = {"n": len(said), "acc": round(sum(said) / len(said), 4) if said else None}
    out["reliability"] = _reliability(evaluated)
    outcomes = Counter(one.outcome for each in evaluated for one in each.judged)
    out["outcomes"] = {outcome.value: outcomes[outcome] for outcome in Outcome}
    worst = sorted(evaluated, key=lambda one: (-one.mistakes, one.article.article))
    out["worst"] = [_row(one) for one in worst if one.mistakes][:10]
    return out


def _reliability(evaluated: Sequence[Evaluated]) -> list[Mapping[str, float | int]]:
    said = [
        (one.predicted.confidence, one.outcome in CORRECT)
        for each in evaluated
        for one in each.judged
        if one.predicted is not None and one.predicted.confidence is not None
    ]
    rows: list[Mapping[str, float | int]] = []
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        inside = [(confidence, right) for confidence, right in said if low <= confidence < high]
        if inside:
            rows.append(
                {
                    "from": low,
                    "to": min(high, 1.0),
                    "n": len(inside),
                    "confidence": round(sum(c for c, _ in inside) / len(inside), 4),
                    "right": round(sum(right for _, right in inside) / len(inside), 4),
                }
            )
    return rows


def _row(one: Evaluated) -> dict[str, str | int | float]:
    score = one.score
    return {
        "article": one.article.article,
        "gold": score.gold,
        "pred": score.predicted,
        "found": score.found,
        "mistakes": one.mistakes,
        "f1": round(score.f1, 4),
    }
