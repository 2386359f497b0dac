"""Pairs that were written to be told apart: three labels, of base claims that nothing learned from.

`../shared/pairs/written.jsonl` has a contradiction, an agreement and a near miss to each of 763
claims, English, Urdu and across; one base of every `held_out` of the recipe was kept out of
training, and is what is measured here.
"""

from __future__ import annotations

import time
from collections import defaultdict

import torch
from rich.console import Console
from rich.table import Table

from benchmarks import ROOT
from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.learned_judge import BUNDLED, loaded, pieces_of
from training.judge.pairs import held_out, language_of, written
from training.judge.recipe import load_judge_recipe

FILE = ROOT.parent / "shared" / "pairs" / "written.jsonl"
_ASKED = (PairLabel.CONTRADICT, PairLabel.AGREE, PairLabel.NEITHER)
_AT_ONCE = 16


def measure(console: Console) -> dict[str, object]:
    """Print and give how many labels are right, by language."""
    share = load_judge_recipe().held_out
    pairs = [pair for pair in written(FILE) if held_out(pair.group, share)]
    network, base, _ = loaded(BUNDLED)
    sides = [(pieces_of(pair.left), pieces_of(pair.right)) for pair in pairs]
    columns = [list(PairLabel).index(label) for label in _ASKED]
    right: dict[str, list[bool]] = defaultdict(list)
    started = time.process_time()
    with torch.inference_mode():
        for start in range(0, len(pairs), _AT_ONCE):
            part = pairs[start : start + _AT_ONCE]
            facts = torch.tensor([pair.facts for pair in part])
            scores = network.each(base, sides[start : start + _AT_ONCE], facts)[:, columns]
            for pair, best in zip(part, scores.argmax(1).tolist(), strict=True):
                right[language_of(pair)].append(_ASKED[best] is pair.label)
    each = round(1000 * (time.process_time() - started) / len(pairs), 1)
    table = Table("written pairs, held out", "pairs", "right", caption=f"{each} ms a pair")
    figures: dict[str, object] = {"milliseconds": each}
    for name, own in sorted(right.items()):
        figures[name] = {"pairs": len(own), "accuracy": round(sum(own) / len(own), 3)}
        table.add_row(name, str(len(own)), f"{sum(own) / len(own):.3f}")
    console.print(table)
    return figures
