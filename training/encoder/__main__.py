"""`python -m training.encoder`: from annotated articles to the weights of the encoder.

    python -m training.encoder                      # from ../shared/gold and ../shared/treebanks
    python -m training.encoder --extra benchmarks/annotations/ur_real_tune.jsonl   # then some Urdu

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
from claims.language.encoder.network import from_base
from claims.language.encoder.subwords import Cutter
from claims.language.encoder.weights import base_weights, reader
from claims.scoring.gold import read_gold
from training.encoder.annotated import read_annotated
from training.encoder.calibrating import FLAT, calibrated, judged
from training.encoder.examples import read_attributions, read_entities
from training.encoder.fitting import Data, fit
from training.encoder.packing import write_weights
from training.encoder.recipe import RECIPE, load_recipe
from training.steps import Workshop

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared"


def make(
    gold: Annotated[Path, typer.Option(help="annotated English articles")] = SHARED
    / "gold"
    / "en_train.jsonl",
    entities: Annotated[Path, typer.Option(help="English words with entity tags")] = SHARED
    / "treebanks"
    / "en"
    / "gum-ner-train.bio",
    extra: Annotated[
        Path | None, typer.Option(help="annotated articles of another language: a second phase")
    ] = None,
    texts: Annotated[
        Path, typer.Option(help="where the texts of --extra lie, if they are not in it")
    ] = SHARED / "fake-real-pairs" / "Real",
    start: Annotated[
        Path | None, typer.Option(help="a network to start from, in the place of the first phase")
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
        articles = read_gold(gold)
        cut = Cutter(base).pieces
        english = read_attributions(articles, cut)
        data = Data(
            [each for number, each in enumerate(english) if number % recipe.held_out],
            read_attributions(read_annotated(extra, texts), cut) if extra else [],
            read_entities(entities, cut),
        )
    except (ClaimsError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    torch.manual_seed(recipe.seed)
    network = from_base(base)
    inputs = [RECIPE, gold, entities]
    for phase in recipe.phases:
        if phase.extra and not data.extra:
            continue
        place = out / f"{phase.name}.pt"
        if start is not None and phase is recipe.phases[0]:
            network.load_state_dict(torch.load(start, weights_only=True))
            continue
        if phase.extra and extra:
            inputs = [*inputs, extra]
        checkpoint = out / f"{phase.name}.checkpoint"

        def train(phase=phase, place=place, checkpoint=checkpoint) -> None:  # type: ignore[no-untyped-def]
            fit(network, base, data, recipe, phase, checkpoint, workshop.note)
            torch.save(network.state_dict(), place)

        workshop.step(phase.name, inputs, {"phase": phase.model_dump()}, [place], train)
        network.load_state_dict(torch.load(place, weights_only=True))
    held = articles[:: recipe.held_out]
    # Judged as the product loads it: rounding to 8 bits moves its scores a little.
    folder = write_weights(network, base, FLAT, out / "weights")
    rows = judged(reader(folder, threads), held)
    write_weights(network, base, calibrated(rows), folder)
    scores = {"held_out": len(held), "seen": len(rows), "right": sum(right for _, right in rows)}
    (out / "scores.json").write_text(json.dumps(scores) + "\n", encoding="utf-8")
    workshop.note(f"weights in {folder}: {json.dumps(scores)}")
    workshop.note(
        "python -m benchmarks.attribution says what they are worth, once they are in place"
    )


if __name__ == "__main__":
    typer.run(make)
