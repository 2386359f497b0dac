"""What a small encoder learns from, and in which order: `training/recipes/small_encoder.yaml`."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from claims.config.yaml_file import Checked, load
from training.encoder.annotated import parted, read_set
from training.encoder.examples import PIECES, Example, batches, epoch, paragraphs, read_attributions
from training.encoder.recipe import ROOT, STORIES, Phase, Recipe
from training.encoder.teaching import Taught, taught

LESSON = ROOT / "training" / "recipes" / "small_encoder.yaml"


class Middle(Checked):
    """Layers of the two whose vectors answer to each other, counted from 1."""

    teacher: int = Field(ge=1)
    own: int = Field(ge=1)


class Lesson(Checked):
    """How a small encoder learns.

    ``layers`` of the large one, counted from 0, are those that it begins with. ``reading`` says how
    the annotated sets of the encoder's recipe are read, once for all ``passes``. ``plain`` are
    texts that nobody annotated: a folder, or a file with ``text`` in each line; the stories that
    the annotations ``left_out`` are of are not among them.
    """

    seed: int
    layers: tuple[int, ...] = Field(min_length=1)
    middle: Middle
    plain: tuple[Path, ...] = ()
    left_out: tuple[Path, ...] = ()
    reading: Phase
    passes: float = Field(gt=0)
    vectors_weight: float = Field(default=1.0, ge=0)


def load_lesson(path: Path = LESSON) -> Lesson:
    """The lesson of a file; raises ConfigError."""
    return load(path, Lesson)


def lesson_examples(own: Lesson, large: Recipe, cut: PIECES) -> list[Taught]:
    """The annotated articles, changed at random as the lesson says, and then the plain texts.

    ``large`` is the recipe of the large encoder: what it keeps out is kept out here. Raises
    InputError and OSError where a text is missing.
    """
    order = random.Random(f"{own.seed} lesson")
    pairs: list[tuple[Example, bool]] = []
    for name, passes in sorted(own.reading.passes.items()):
        one = large.languages[name]
        articles = read_attributions(parted(one, read_set(one, STORIES))[0], cut)
        order.shuffle(articles)
        now = [articles[at % len(articles)] for at in range(round(passes * len(articles)))]
        pairs += [(example, True) for example in epoch(now, order, own.reading)]
    for text in _plain(own):
        article = []
        for start, end in paragraphs(text):
            numbers, places = cut(text[start:end])
            if numbers:
                article.append(Example(numbers, places))
        pairs += [(example, False) for example in epoch([article], order, own.reading)]
    return taught(pairs)


def _plain(own: Lesson) -> Iterator[str]:
    out = {
        json.loads(line)["story"]
        for path in own.left_out
        for line in (ROOT / path).read_text(encoding="utf-8").splitlines()
    }
    for path in own.plain:
        place = ROOT / path
        if not place.is_dir():
            for line in place.read_text(encoding="utf-8").splitlines():
                yield json.loads(line)["text"]
            continue
        for file in sorted(place.glob("*.txt")):
            # A long form of an article is there as the short one, too.
            if file.name not in out and not file.stem.endswith("-long"):
                yield file.read_text(encoding="utf-8")


def lesson_batches(own: Lesson, examples: Sequence[Example], size: int) -> list[list[Example]]:
    """The batches of all passes, each pass in an order of its own; the last may be a part."""
    queue: list[list[Example]] = []
    number = 0
    while (left := own.passes - number) > 0:
        order = random.Random(f"{own.seed} pass {number}")
        now = list(examples)
        if left < 1:
            now = order.sample(now, round(left * len(now)))
        queue += batches(now, order, size)
        number += 1
    return queue
