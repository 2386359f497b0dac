"""Pairs that were written to be told apart: three labels, of base claims that nothing learned from.

`../shared/pairs/written.jsonl` has a contradiction, an agreement and a near miss to each of 763
claims, English, Urdu and across; one base of every `held_out` of the recipe was kept out of
training, and is what is measured here.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence

import torch
from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.large.reader import read_large
from claims.contradictions.judges.learned.learned_judge import BUNDLED, LARGE
from claims.contradictions.judges.learned.probabilities import read_small
from claims.contradictions.judges.learned.reader import PairReader
from training.judge.pairs import LabelledPair, held_out, language_of, written
from training.judge.recipe import JUDGE, load_judge_recipe

FILE = ROOT.parent / "shared" / "pairs" / "written.jsonl"
_ASKED = (PairLabel.CONTRADICT, PairLabel.AGREE, PairLabel.NEITHER)
_AT_ONCE = 16


def measure(console: Console) -> dict[str, object]:
    """Print and give how many labels each network gets right, by language."""
    share = load_judge_recipe(JUDGE).held_out
    pairs = [pair for pair in written(FILE) if held_out(pair.group, share)]
    large, fit = read_large(LARGE)
    its_own = [pair for pair in pairs if language_of(pair) in fit.languages]
    table = Table("written pairs, held out", "pairs", "right", "ms a pair")
    figures: dict[str, object] = {
        "small": _right(table, "small network", read_small(BUNDLED)[0], pairs),
        "large": _right(table, "large network", large, its_own),
    }
    console.print(table)
    return figures


def _right(
    table: Table, name: str, reader: PairReader, pairs: Sequence[LabelledPair]
) -> dict[str, object]:
    columns = [list(PairLabel).index(label) for label in _ASKED]
    right: dict[str, list[bool]] = defaultdict(list)
    started = time.process_time()
    with torch.inference_mode():
        for start in range(0, len(pairs), _AT_ONCE):
            part = pairs[start : start + _AT_ONCE]
            sides = [(reader.pieces(pair.left), reader.pieces(pair.right)) for pair in part]
            facts = torch.tensor([pair.facts for pair in part])
            scores = reader.network.each(reader.vectors, sides, facts)[:, columns]
            for pair, best in zip(part, scores.argmax(1).tolist(), strict=True):
                right[language_of(pair)].append(_ASKED[best] is pair.label)
    each = round(1000 * (time.process_time() - started) / len(pairs), 1)
    figures: dict[str, object] = {"milliseconds": each}
    for language, own in sorted(right.items()):
        accuracy = round(sum(own) / len(own), 3)
        figures[language] = {"pairs": len(own), "accuracy": accuracy}
        table.add_row(f"{name}, {language}", str(len(own)), f"{accuracy:.3f}", str(each))
    return figures
