"""`python -m training.encoder`: from annotated articles to the weights of the encoder.

    python -m training.encoder                        # all of the recipe
    python -m training.encoder --start OTHER/weights  # all but the first phase

What is made lies below `build/training/encoder`: a log, checkpoints, scores, and `weights`, which
takes the place of `claims/language/encoder/weights` when its scores are better. A second call goes
on where the first was cut off.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import torch
import typer

from claims.errors import ClaimsError
from claims.evaluation.gold import GoldArticle
from claims.language.encoder.network import Network, from_base
from claims.language.encoder.packed import Base
from claims.language.encoder.stored_weights import WEIGHTS
from claims.language.encoder.subwords import Cutter
from claims.language.encoder.weights import base_weights, reader
from training.encoder.annotated import parted, read_set
from training.encoder.calibrating import FLAT, calibrated, judged
from training.encoder.examples import read_attributions
from training.encoder.fitting import Articles, fit, queued
from training.encoder.listed import told_stances, with_stances
from training.encoder.objective import attributions
from training.encoder.packing import read_weights, write_weights
from training.encoder.recipe import ROOT, STORIES, Recipe, load_recipe
from training.steps import Workshop

Gold = dict[str, list[GoldArticle]]


def make(
    texts: Annotated[
        Path, typer.Option(help="where the texts of annotations lie that have none")
    ] = STORIES,
    start: Annotated[
        Path | None,
        typer.Option(help="a folder of weights to start from, in the place of the first phase"),
    ] = None,
    out: Annotated[Path, typer.Option(help="where weights, log and checkpoints go")] = ROOT
    / "build"
    / "training"
    / "encoder",
    threads: Annotated[int, typer.Option(help="of the processor")] = 1,
) -> None:
    """Train the encoder, fit its confidence, and pack its weights."""
    torch.set_num_threads(threads)
    try:
        recipe, workshop = load_recipe(), Workshop(out)
        base = base_weights()
        gold = _gold(recipe, workshop, texts)
        torch.manual_seed(recipe.seed)
        network = from_base(base)
        if start is not None:
            read_weights(network, start)
    except (ClaimsError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    learned, held = _parted(recipe, gold)
    cut = Cutter(base).pieces
    data = {language: read_attributions(articles, cut) for language, articles in learned.items()}
    _train(network, base, data, recipe, workshop, start)
    # Judged as the product loads it: rounding to 8 bits moves its scores a little.
    folder = write_weights(network, base, FLAT, out / "weights")
    reading = reader(folder, threads)
    rows = {language: judged(reading, articles) for language, articles in held.items()}
    write_weights(network, base, calibrated([row for own in rows.values() for row in own]), folder)
    scores = {
        language: {
            "held_out": len(held[language]),
            "seen": len(own),
            "right": sum(right for _, right in own),
        }
        for language, own in rows.items()
    }
    (out / "scores.json").write_text(json.dumps(scores) + "\n", encoding="utf-8")
    workshop.note(f"weights in {folder}: {json.dumps(scores)}")
    workshop.note(
        "python -m benchmarks.attribution says what they are worth, once they are in place"
    )


def _gold(recipe: Recipe, workshop: Workshop, texts: Path) -> Gold:
    """The annotated articles of each language, with the lexicon's stances where it is asked."""
    gold: Gold = {}
    for language, own in recipe.languages.items():
        paths = [ROOT / path for path in own.files]
        articles = read_set(own, texts)
        if own.listed:
            place = workshop.folder / f"{language}.stances"

            def tell(articles=articles, language=language, place=place) -> None:  # type: ignore[no-untyped-def]
                told = told_stances(articles, language)
                place.write_text(json.dumps(told), encoding="utf-8")

            workshop.step(f"{language}-stances", paths, {}, [place], tell)
            articles = with_stances(articles, json.loads(place.read_text(encoding="utf-8")))
        gold[language] = articles
    return gold


def _parted(recipe: Recipe, gold: Gold) -> tuple[Gold, Gold]:
    """What is learned from, and what is kept out."""
    learned: Gold = {}
    held: Gold = {}
    for language, articles in gold.items():
        learned[language], held[language] = parted(recipe.languages[language], articles)
    return learned, held


def _train(
    network: Network,
    base: Base,
    data: Articles,
    recipe: Recipe,
    workshop: Workshop,
    start: Path | None,
) -> None:
    inputs = [start / WEIGHTS] if start else []
    options = recipe.model_dump(exclude={"languages", "phases"})
    for phase in recipe.phases[1:] if start else recipe.phases:
        place = workshop.folder / f"{phase.name}.pt"
        inputs += [ROOT / path for name in phase.passes for path in recipe.languages[name].files]

        def train(phase=phase, place=place) -> None:  # type: ignore[no-untyped-def]
            checkpoint = place.with_suffix(".checkpoint")
            queue = queued(data, recipe, phase)
            objective = attributions(network, base, phase.hidden)
            fit(network, queue, objective, recipe, phase, checkpoint, workshop.note)
            torch.save(network.state_dict(), place)

        workshop.step(phase.name, inputs, options | phase.model_dump(), [place], train)
        inputs = [place]
        network.load_state_dict(torch.load(place, weights_only=True))


if __name__ == "__main__":
    typer.run(make)
