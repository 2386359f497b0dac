"""`python -m training.likelihoods`: which engine's version of an attribution is likelier right.

    python -m training.likelihoods            # prints what was learned, and what it is worth
    python -m training.likelihoods --write    # and puts it beside the encoder's weights

It reads the stories of a language that were kept out of the encoder's training: on those that it
learned from the encoder is too good.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import torch
import typer
import yaml

from claims.attribution.encoder import encoder_attributions
from claims.attribution.engines import Read
from claims.attribution.likelihoods import Likelihoods, Terms, log_odds
from claims.attribution.merging import agree, paired
from claims.attribution.reading import read_articles
from claims.attribution.rules.extract import extracted
from claims.attribution.rules.lexicon import load_lexicons
from claims.attribution.rules.text import Text
from claims.config.settings import config_folder, load_pipeline
from claims.errors import ClaimsError
from claims.evaluation.evaluate import Score, article_of, roles
from claims.evaluation.gold import GoldArticle
from claims.evaluation.tokens import Numbering
from claims.language.annotation import Annotator
from claims.language.encoder.reading import Reader
from claims.language.encoder.weights import BUNDLED, LIKELIHOODS, reader
from claims.model import Attribution, Pattern
from training.encoder.annotated import parted, read_set
from training.encoder.calibrating import shown
from training.encoder.recipe import STORIES, load_recipe
from training.regression import logistic

FOLDS = 5
THRESHOLDS = (0.3, 0.33, 0.35, 0.4, 0.45, 0.5, 0.55)
CASES = tuple(Likelihoods.model_fields)

Told = tuple[str, float, bool]
"""Case, likelihood and rightness of a version."""

Row = tuple[str, list[float], bool]
"""A version: its case, what the terms are multiplied with, and whether it is right."""

_HEADING = """\
# How likely each engine's version of an attribution is right; claims/attribution/likelihoods.py
# says what the terms are. Learned by `python -m training.likelihoods --write`.
"""


def learn(
    texts: Annotated[
        Path, typer.Option(help="where the texts of annotations lie that have none")
    ] = STORIES,
    language: Annotated[str, typer.Option(help="which of the recipe's languages")] = "ur",
    encoder: Annotated[Path, typer.Option(help="the folder of the encoder's weights")] = BUNDLED,
    write: Annotated[bool, typer.Option("--write", help="put the terms into that folder")] = False,
) -> None:
    """Learn which engine's version of an attribution is likelier right."""
    try:
        sets = load_recipe().languages.items()
        own = [one for name, one in sets if (one.language or name) == language]
        kept_out = [story for one in own for story in parted(one, read_set(one, texts))[1]]
        rows = _read(kept_out, language, reader(encoder))
    except (ClaimsError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    versions = list(_told(rows))
    for line in (*_reliability(versions), *_thresholds(versions, kept_out)):
        typer.echo(line)
    learned = fitted([row for story in rows for row in story])
    typer.echo(learned.model_dump_json())
    if write:
        told = {"languages": {language: learned.model_dump()}}
        place = encoder / LIKELIHOODS
        if place.is_file():
            before = yaml.safe_load(place.read_text(encoding="utf-8"))
            told = {"languages": before["languages"] | told["languages"]}
        place.write_text(_HEADING + yaml.safe_dump(told, sort_keys=False), encoding="utf-8")


def fitted(rows: Sequence[Row]) -> Likelihoods:
    """The regressions that fit best, each with a little weight decay, by Newton's method."""
    found: dict[str, Terms] = {}
    for case in CASES:
        own = [row for row in rows if row[0] == case]
        inputs = torch.tensor([row[1] for row in own], dtype=torch.float64).reshape(-1, 4)
        truth = torch.tensor([row[2] for row in own], dtype=torch.float64)
        weights = logistic(inputs, truth, torch.ones(4, dtype=torch.float64))
        base, sure, of_object, named = (round(float(value), 3) for value in weights)
        found[case] = Terms(base=base, sure=sure, object=of_object, named=named)
    return Likelihoods(**found)


def _read(gold: Sequence[GoldArticle], language: str, encoder: Reader) -> list[list[Row]]:
    """The versions in each story."""
    config = config_folder()
    settings = load_pipeline(config)
    lexicons, annotator = load_lexicons(config, [language]), Annotator(settings.models)
    articles = [article_of(one, language) for one in gold]
    texts, read = read_articles(articles, annotator, lexicons, settings.attribution, encoder)
    return [list(_versions(*story)) for story in zip(gold, texts, read, strict=True)]


def _versions(one: GoldArticle, text: Text, read: Read) -> Iterator[Row]:
    """Each version of each attribution that one engine or both found in a story."""
    numbering = Numbering(text.text)
    gold = [numbering.see(marked) for marked in one.attributions if marked.cue]

    def right(version: Attribution) -> bool:
        seen = numbering.see(roles(version))
        return any(seen.finds(marked) for marked in gold)

    for known, seen in paired(extracted(text), encoder_attributions(text, read)):
        sure = log_odds(seen.confidence) if seen is not None else 0.0
        of_object = float(known is not None and known.pattern is Pattern.OBJECT)
        if known is not None and known.pattern is Pattern.HEADLINE:
            continue
        if known is not None and seen is not None and agree(known, seen):
            yield "agreed", [1.0, sure, of_object, float(seen.source is not None)], right(seen)
            continue
        for version, engine, other in ((known, "lexicon", seen), (seen, "encoder", known)):
            if version is not None:
                case = f"{engine}_{'alone' if other is None else 'differs'}"
                named = float(version.source is not None)
                yield case, [1.0, sure, of_object, named], right(version)


def _reliability(told: Sequence[Told]) -> Iterator[str]:
    """How often versions of one likelihood are right."""
    said: dict[int, list[tuple[float, bool]]] = {}
    for _, likely, right in told:
        said.setdefault(int(10 * likely), []).append((likely, right))
    for low, rows in sorted(said.items()):
        mean = sum(likely for likely, _ in rows) / len(rows)
        share = sum(right for _, right in rows) / len(rows)
        yield f"{low / 10:.1f} and more: {len(rows)} versions, mean {mean:.3f}, right {share:.3f}"


def _thresholds(told: Sequence[Told], gold: Sequence[GoldArticle]) -> Iterator[str]:
    """What is found with each `encoder_above` and `lexicon_above`, of two versions the likelier."""
    total = sum(1 for one in gold for marked in one.attributions if marked.cue)
    chosen: list[tuple[float, bool]] = []
    for case, likely, right in told:
        if case == "encoder_differs" and chosen[-1][0] >= likely:
            continue  # the lexicon's version, right before it, is likelier
        if case == "encoder_differs":
            chosen.pop()
        chosen.append((likely, right))
    for above in THRESHOLDS:
        kept = [right for likely, right in chosen if likely >= above]
        yield f"above {above}: {shown(Score(sum(kept), len(kept), total))}"


def _told(stories: Sequence[Sequence[Row]]) -> Iterator[Told]:
    """What is said of each version, learned from the stories of other folds."""
    for fold in range(FOLDS):
        learned = fitted([r for at, own in enumerate(stories) if at % FOLDS != fold for r in own])
        for case, (_, sure, of_object, named), right in (
            r for s in stories[fold::FOLDS] for r in s
        ):
            confidence = 1 / (1 + math.exp(-sure))
            terms: Terms = getattr(learned, case)
            yield case, terms.likelihood(confidence, bool(of_object), bool(named)), right


if __name__ == "__main__":
    typer.run(learn)
