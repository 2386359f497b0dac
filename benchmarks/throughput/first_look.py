"""What a first look would save: paragraphs that the encoder would not read, for a cheap model is
sure that nothing is attributed in them.

The model is linear in the pieces of a paragraph and the pairs of neighbours among them. It learns
from what the encoder learned from; its threshold is the one that loses one in a hundred, or one in
two hundred, of the paragraphs with attributions that were kept out there.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import torch
from rich.console import Console
from rich.table import Table
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.attribution.annotated import articles_of
from claims.evaluation.gold import GoldArticle
from claims.language.encoder.weights import base_weights, cutter
from training.encoder.annotated import parted, read_set
from training.encoder.examples import read_attributions
from training.encoder.recipe import STORIES, load_recipe

LOST = (0.01, 0.005)
PASSES = 3
BATCH = 64
PAIRS = 1 << 18

Paragraph = tuple[list[int], bool]
"""The pieces of a paragraph, and whether anything is attributed in it."""


class FirstLook(nn.Module):  # type: ignore[misc]
    """Log odds that something is attributed in a paragraph."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.pieces = pieces
        self.weights = nn.EmbeddingBag(pieces + PAIRS, 1, mode="sum", sparse=True)
        self.length = nn.Parameter(torch.zeros(2))
        nn.init.zeros_(self.weights.weight)

    def forward(self, given: Sequence[Paragraph]) -> Tensor:
        """(paragraphs,)"""
        signs: list[int] = []
        starts: list[int] = []
        for numbers, _ in given:
            starts.append(len(signs))
            pairs = {self.pieces + (a * 1_000_003 + b) % PAIRS for a, b in pairwise(numbers)}
            signs += {*numbers, *pairs}
        counts = torch.tensor([float(len(numbers)) for numbers, _ in given])
        summed = self.weights(torch.tensor(signs), torch.tensor(starts))[:, 0]
        odds: Tensor = (
            3 * summed / (counts + 4).sqrt() + self.length[0] + self.length[1] * (counts + 1).log()
        )
        return odds


def measure(files: Sequence[Path]) -> list[dict[str, float | str]]:
    """For each file that was not learned from and each share that may be lost: the share of pieces
    that lie where nothing is attributed, of those that would not be read, and of the attributed
    paragraphs that would be lost."""
    recipe = load_recipe()
    sets = {name: parted(own, read_set(own, STORIES)) for name, own in recipe.languages.items()}
    model = FirstLook(base_weights().sizes.vocabulary)
    _learn(model, _paragraphs([one for learned, _ in sets.values() for one in learned]))
    held = _paragraphs([one for _, kept in sets.values() for one in kept])
    rows: list[dict[str, float | str]] = []
    learned_from = {path.name for own in recipe.languages.values() for path in own.files}
    with torch.no_grad():
        attributed = model([one for one in held if one[1]]).sort().values
        for path in (path for path in files if path.name not in learned_from):
            given = _paragraphs(articles_of(path))
            odds = model(given)
            sizes = torch.tensor([float(len(numbers)) for numbers, _ in given])
            told = torch.tensor([said for _, said in given])
            for lost in LOST:
                passed = odds < attributed[int(len(attributed) * lost)]
                rows.append(
                    {
                        "file": path.stem,
                        "may_lose": lost,
                        "without_attribution": float(sizes[~told].sum() / sizes.sum()),
                        "not_read": float(sizes[passed].sum() / sizes.sum()),
                        "lost": float((passed & told).sum() / told.sum()),
                    }
                )
    return rows


def show(files: Sequence[Path], console: Console) -> None:
    """Print the rows as a table and as JSON."""
    rows = measure(files)
    table = Table("", *(key.replace("_", " ") for key in rows[0] if key != "file"))
    for row in rows:
        table.add_row(str(row["file"]), *(f"{row[key]:.1%}" for key in row if key != "file"))
    console.print(table)
    print(json.dumps({"first_look": rows}))


def _learn(model: FirstLook, given: list[Paragraph]) -> None:
    weights = torch.optim.SparseAdam(list(model.weights.parameters()), lr=0.01)
    length = torch.optim.Adam([model.length], lr=0.01)
    for number in range(PASSES):
        random.Random(number).shuffle(given)
        for at in range(0, len(given), BATCH):
            part = given[at : at + BATCH]
            truth = torch.tensor([float(said) for _, said in part])
            loss = functional.binary_cross_entropy_with_logits(model(part), truth)
            for each in (weights, length):
                each.zero_grad()
            loss.backward()
            weights.step()
            length.step()


def _paragraphs(articles: Sequence[GoldArticle]) -> list[Paragraph]:
    return [
        (example.numbers, bool(example.relations))
        for article in read_attributions(articles, cutter().pieces)
        for example in article
    ]
