"""`python -m training.encoder.distil`: a smaller encoder that has learned from the large one.

Its layers begin as some of the large one's; then it learns to give the same vectors, tags and roles
for annotated and other texts, and what readers marked in the annotated ones: see
`training/encoder/imitation.py`, `training/recipes/small_encoder.yaml`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import torch
import typer
from pydantic import Field

from claims.config.yaml_file import Checked, load
from claims.errors import ClaimsError
from claims.language.encoder.network import Network, from_base
from claims.language.encoder.weights import BUNDLED, base_weights, cutter, reader
from training.encoder.annotated import parted, read_set
from training.encoder.calibrating import FLAT, calibrated, judged
from training.encoder.examples import Example, batches, epoch, paragraphs, read_attributions, windows
from training.encoder.fitting import fit
from training.encoder.imitation import imitation
from training.encoder.packing import read_weights, write_weights
from training.encoder.recipe import ROOT, STORIES, Phase, Recipe, load_recipe
from training.encoder.teaching import Taught, read_vectors, taught, write_vectors
from training.steps import Workshop

RECIPE = ROOT / "training" / "recipes" / "small_encoder.yaml"


class Middle(Checked):
    """Layers that answer to each other, counted from 1."""

    teacher: int = Field(ge=1)
    own: int = Field(ge=1)


class Lesson(Checked):
    """How the small encoder learns."""

    seed: int
    layers: tuple[int, ...]
    middle: Middle
    plain: tuple[Path, ...]
    left_out: tuple[Path, ...]
    lesson: Phase
    passes: float = Field(gt=0)


def make(
    teacher: Annotated[Path, typer.Option(help="the folder of the large one's weights")] = BUNDLED,
    recipe: Annotated[Path, typer.Option(help="how it learns")] = RECIPE,
    vectors: Annotated[
        Path | None, typer.Option(help="where the teacher's vectors go, if not below --out")
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
        own, large, workshop = load(recipe, Lesson), load_recipe(), Workshop(out)
        base = base_weights()
        examples = list(_examples(own, large))
    except (ClaimsError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    folder = vectors or out
    shop = Workshop(folder)
    options = own.model_dump(include={"seed", "middle", "plain", "left_out", "lesson"})
    options |= {"pieces": sum(len(one.numbers) for one in examples)}
    files = [folder / name for name in ("middle.f16", "last.f16")]

    def teach() -> None:
        write_vectors(teacher, examples, own.middle.teacher, folder, threads)

    shop.step("vectors", [teacher / "network.safetensors"], options, files, teach)
    torch.manual_seed(own.seed)
    network, big = from_base(base, own.layers), from_base(base)
    read_weights(big, teacher)
    _begin(network, big, own.layers)
    big.eval()
    place = out / "small.pt"

    def train() -> None:
        objective = imitation(
            network, big, base, read_vectors(folder, base.sizes.hidden), own.middle.own
        )
        queue: list[list[Example]] = _queue(own, large, examples)
        style = large.model_copy(update={"seed": own.seed, "frozen": 0, "layer_decay": 1.0})
        fit(network, queue, objective, style, own.lesson, place.with_suffix(".checkpoint"), workshop.note)
        torch.save(network.state_dict(), place)

    workshop.step("small", files[:0], own.model_dump(), [place], train)
    network.load_state_dict(torch.load(place, weights_only=True))
    packed = write_weights(network, base, FLAT, out / "weights", own.layers)
    held = {
        name: parted(one, read_set(one, STORIES))[1] for name, one in large.languages.items()
    }
    reading = reader(packed, threads)
    rows = {name: judged(reading, articles) for name, articles in held.items()}
    flat = [row for each in rows.values() for row in each]
    write_weights(network, base, calibrated(flat), packed, own.layers)
    told = {name: {"seen": len(e), "right": sum(ok for _, ok in e)} for name, e in rows.items()}
    workshop.note(f"weights in {packed}: {json.dumps(told)}")


def _begin(network: Network, big: Network, layers: tuple[int, ...]) -> None:
    """Give the small network the layers and the heads of the large one."""
    state = {}
    for name, tensor in big.state_dict().items():
        if name.startswith("encoder.layers."):
            _, _, number, rest = name.split(".", 3)
            if int(number) in layers:
                state[f"encoder.layers.{layers.index(int(number))}.{rest}"] = tensor.clone()
        else:
            state[name] = tensor.clone()
    network.load_state_dict(state)


def _examples(own: Lesson, large: Recipe) -> Iterator[Taught]:
    """The annotated articles, changed at random as the lesson says, and the others as they are."""
    cut = cutter().pieces
    order = random.Random(f"{own.seed} lesson")
    pairs: list[tuple[Example, bool]] = []
    for name, passes in sorted(own.lesson.passes.items()):
        one = large.languages[name]
        articles = read_attributions(parted(one, read_set(one, STORIES))[0], cut)
        order.shuffle(articles)
        now = [articles[at % len(articles)] for at in range(round(passes * len(articles)))]
        pairs += [(example, True) for example in epoch(now, order, own.lesson)]
    for text in _plain(own):
        article = []
        for start, end in paragraphs(text):
            numbers, places = cut(text[start:end])
            if numbers:
                article.append(Example(numbers, places))
        pairs += [
            (part, False) for example in epoch([article], order, own.lesson)
            for part in windows(example)
        ]  # fmt: skip
    yield from taught(pairs)


def _plain(own: Lesson) -> Iterator[str]:
    out = {
        json.loads(line)["story"]
        for path in own.left_out
        for line in (ROOT / path).read_text(encoding="utf-8").splitlines()
    }
    for path in own.plain:
        place = ROOT / path
        if place.is_dir():
            for file in sorted(place.glob("*.txt")):
                if file.name not in out and not file.stem.endswith("-long"):
                    yield file.read_text(encoding="utf-8")
        else:
            for line in place.read_text(encoding="utf-8").splitlines():
                yield json.loads(line)["text"]


def _queue(own: Lesson, large: Recipe, examples: list[Taught]) -> list[list[Example]]:
    """The batches of all passes, each in its own order; the last pass may be a part."""
    queue: list[list[Example]] = []
    number = 0
    while (left := own.passes - number) > 0:
        order = random.Random(f"{own.seed} pass {number}")
        now: list[Example] = list(examples)
        if left < 1:
            now = order.sample(now, round(left * len(now)))
        queue += batches(now, order, large.batch)
        number += 1
    return queue


if __name__ == "__main__":
    typer.run(make)
