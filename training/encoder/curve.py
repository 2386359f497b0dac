"""`python -m training.encoder.curve --start WEIGHTS`: what more annotated Urdu stories are worth.

From the same weights, that have learned from no Urdu (those of commit 68d7a97 learned from English
only), the encoder is trained for the same number of steps on a quarter, half and all of the first
set of Urdu stories, and on every set. Each is measured on a gold file, the encoder alone. What is
made lies below ``build/training/curve``; a second call goes on where the first was cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import torch
import typer

from claims.errors import ClaimsError
from claims.evaluation.evaluate import Score
from claims.evaluation.gold import GoldArticle
from claims.language.encoder.network import from_base
from claims.language.encoder.reading import Reader
from claims.language.encoder.subwords import Cutter
from claims.language.encoder.weights import base_weights, reader
from training.encoder.annotated import parted, read_annotated, read_set
from training.encoder.calibrating import FLAT, calibrated, judged, shown
from training.encoder.examples import read_attributions
from training.encoder.fitting import fit, queued
from training.encoder.objective import attributions
from training.encoder.packing import read_weights, write_weights
from training.encoder.recipe import ROOT, SHARED, STORIES, Recipe, load_recipe
from training.steps import Workshop

LANGUAGE = "ur"
SIZES = (90, 180)
"""Stories of the first set; then come all of it, and those of every set."""


def show(
    start: Annotated[Path, typer.Option(help="a folder of weights that knows no Urdu")],
    gold: Annotated[Path, typer.Option(help="what is measured on")] = SHARED
    / "gold"
    / "ur_valid.jsonl",
    steps: Annotated[int, typer.Option(help="of each training")] = 450,
    out: Annotated[Path, typer.Option(help="where weights, log and checkpoints go")] = ROOT
    / "build"
    / "training"
    / "curve",
    threads: Annotated[int, typer.Option(help="of the processor")] = 1,
) -> None:
    """Train on ever more stories, and print what each finds."""
    torch.set_num_threads(threads)
    try:
        recipe, workshop = load_recipe(), Workshop(out)
        own = {
            name: one
            for name, one in recipe.languages.items()
            if (one.language or name) == LANGUAGE
        }
        parts = [parted(one, read_set(one, STORIES)) for one in own.values()]
        measured = read_annotated(gold, STORIES)
        held = [article for _, kept_out in parts for article in kept_out]
        for learned in _growing([learned for learned, _ in parts]):
            found = _trained(learned, held, start, recipe, steps, workshop, threads)
            workshop.note(f"{len(learned)} stories: {_found(found, measured)}")
    except (ClaimsError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _growing(sets: list[list[GoldArticle]]) -> Iterator[list[GoldArticle]]:
    for size in SIZES:
        yield sets[0][:size]
    yield sets[0]
    yield [article for one in sets for article in one]


def _trained(
    learned: list[GoldArticle],
    held: list[GoldArticle],
    start: Path,
    recipe: Recipe,
    steps: int,
    workshop: Workshop,
    threads: int,
) -> Reader:
    """The encoder after ``steps`` batches of these stories, its confidence fitted."""
    base = base_weights()
    data = {LANGUAGE: read_attributions(learned, Cutter(base).pieces)}
    pieces = sum(len(example.numbers) for article in data[LANGUAGE] for example in article)
    name = f"{LANGUAGE}-{len(learned)}"
    passes = {LANGUAGE: steps * recipe.batch / pieces}
    phase = recipe.phases[0].model_copy(update={"name": name, "passes": passes, "rounds": 1})
    folder = workshop.folder / name

    def train() -> None:
        network = from_base(base)
        read_weights(network, start)
        place = workshop.folder / f"{name}.checkpoint"
        queue, objective = queued(data, recipe, phase), attributions(network, base, phase.hidden)
        fit(network, queue, objective, recipe, phase, place, workshop.note)
        write_weights(network, base, FLAT, folder)
        rows = judged(reader(folder, threads), held)
        write_weights(network, base, calibrated(rows), folder)

    workshop.step(name, [], phase.model_dump(), [folder / "network.safetensors"], train)
    reader.cache_clear()
    return reader(folder, threads)


def _found(encoder: Reader, gold: list[GoldArticle]) -> str:
    """Precision, recall and F1 of what the encoder is surer of than not."""
    rows = [right for _, right in judged(encoder, gold, above=0.5)]
    total = sum(len(article.attributions) for article in gold)
    return f"found {shown(Score(sum(rows), len(rows), total))}"


if __name__ == "__main__":
    typer.run(show)
