"""`python -m training.encoder.distil`: a smaller encoder that has learned from the large one.

    python -m training.encoder.distil --teacher FOLDER    # the weights of the large one
    # a second round, which begins with what the first made, and has both for teachers
    python -m training.encoder.distil --teacher FOLDER --earlier FOLDER --lesson RECIPE --out FOLDER

Its layers begin as some of the large one's; then it learns to give the same vectors, tags and roles
for annotated and other texts, and what readers marked in the annotated ones: see
`training/encoder/imitation.py` and `training/recipes/small_encoder.yaml`. What is made lies below
`build/training/small_encoder`; a second call goes on where the first was cut off.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Annotated

import torch
import typer

from claims.errors import ClaimsError
from claims.language.encoder.network import Network, from_base
from claims.language.encoder.packed import Base
from claims.language.encoder.stored_weights import WEIGHTS
from claims.language.encoder.weights import base_weights, cutter, reader
from training.encoder.annotated import parted, read_set
from training.encoder.calibrating import FLAT, calibrated, judged
from training.encoder.fitting import fit
from training.encoder.imitation import imitation
from training.encoder.lesson import LESSON, Lesson, lesson_batches, lesson_examples, load_lesson
from training.encoder.packing import read_weights, write_weights
from training.encoder.recipe import ROOT, STORIES, Recipe, load_recipe
from training.encoder.teaching import NAMES, Taught, read_vectors, write_vectors
from training.steps import Workshop

EARLIER = "earlier"
"""Below the folder of the vectors: those of the round before."""


def make(
    teacher: Annotated[Path, typer.Option(help="the folder of the large one's weights")],
    lesson: Annotated[Path, typer.Option(help="what it learns from, and how")] = LESSON,
    earlier: Annotated[
        Path | None, typer.Option(help="weights of a round before: it begins with them")
    ] = None,
    vectors: Annotated[
        Path | None, typer.Option(help="where the teacher's vectors lie, if not in --out")
    ] = None,
    out: Annotated[Path, typer.Option(help="where weights, log and checkpoints go")] = ROOT
    / "build"
    / "training"
    / "small_encoder",
    threads: Annotated[int, typer.Option(help="of the processor")] = 1,
) -> None:
    """Make the small encoder, fit its confidence, and pack its weights."""
    torch.set_num_threads(threads)
    try:
        own, large, workshop = load_lesson(lesson), load_recipe(), Workshop(out)
        base = base_weights()
        examples = lesson_examples(own, large, cutter().pieces)
        folder = vectors or out
        _teach(own, teacher, examples, Workshop(folder), own.middle.teacher, threads)
        big = from_base(base)
        read_weights(big, teacher)
        teachers = [big.eval()]
        if earlier is None:
            network = _beginning(own, base, big)
        else:
            _teach(own, earlier, examples, Workshop(folder / EARLIER), own.middle.own, threads)
            network = from_base(base, own.layers)
            read_weights(network, earlier)
            teachers.append(deepcopy(network).eval())
    except (ClaimsError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    place = out / "small.pt"

    def learn() -> None:
        vectors = read_vectors(folder, base.sizes.hidden)
        if earlier is not None:
            vectors.append(read_vectors(folder / EARLIER, base.sizes.hidden)[1])
        objective = imitation(network, teachers, base, vectors, own.middle.own, own.vectors_weight)
        queue = lesson_batches(own, examples, large.batch)
        style = large.model_copy(update={"seed": own.seed, "frozen": 0, "layer_decay": 1.0})
        checkpoint = place.with_suffix(".checkpoint")
        fit(network, queue, objective, style, own.reading, checkpoint, workshop.note)
        torch.save(network.state_dict(), place)

    workshop.step("small", [], own.model_dump(), [place], learn)
    network.load_state_dict(torch.load(place, weights_only=True))
    _pack(own, large, network, base, workshop, threads)


def _teach(
    own: Lesson, teacher: Path, examples: list[Taught], workshop: Workshop, middle: int,
    threads: int,
) -> None:  # fmt: skip
    """Keep a teacher's vectors, unless they are there."""
    options = own.model_dump(include={"seed", "plain", "left_out", "reading"})
    options |= {"middle": middle, "pieces": sum(len(e.numbers) for e in examples)}
    files = [workshop.folder / name for name in NAMES]

    def teach() -> None:
        write_vectors(teacher, examples, middle, workshop.folder, threads)

    workshop.step("vectors", [teacher / WEIGHTS], options, files, teach)


def _beginning(own: Lesson, base: Base, big: Network) -> Network:
    """The small network with the large one's heads and some of its layers."""
    torch.manual_seed(own.seed)
    network = from_base(base, own.layers)
    state = {}
    for name, tensor in big.state_dict().items():
        if not name.startswith("encoder.layers."):
            state[name] = tensor.clone()
            continue
        _, _, number, rest = name.split(".", 3)
        if int(number) in own.layers:
            state[f"encoder.layers.{own.layers.index(int(number))}.{rest}"] = tensor.clone()
    network.load_state_dict(state)
    return network


def _pack(
    own: Lesson, large: Recipe, network: Network, base: Base, workshop: Workshop, threads: int
) -> None:
    """Write the weights, with the confidence that the articles kept out give."""
    folder = write_weights(network, base, FLAT, workshop.folder / "weights", own.layers)
    reading = reader(folder, threads)
    rows = {
        name: judged(reading, parted(one, read_set(one, STORIES))[1])
        for name, one in large.languages.items()
    }
    fitted = calibrated([row for each in rows.values() for row in each])
    write_weights(network, base, fitted, folder, own.layers)
    told = {name: {"seen": len(e), "right": sum(ok for _, ok in e)} for name, e in rows.items()}
    workshop.note(f"weights in {folder}: {json.dumps(told)}")


if __name__ == "__main__":
    typer.run(make)
