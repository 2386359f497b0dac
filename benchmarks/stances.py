"""How often the stance of what is found is right: `python -m benchmarks.stances`.

The stances of `annotations/en_stances.jsonl` were annotated by reading; how they were drawn stands
in `annotations/README.md`. Each is looked for among what the program finds in
`../shared/gold/en_dev.jsonl` as configured, and by the lexicon alone, so that what only the encoder
finds is counted apart. The last line is one JSON object.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from hashlib import sha256
from pathlib import Path

from rich.console import Console
from rich.table import Table

from claims.config.settings import PipelineSettings, config_folder, load_pipeline
from claims.errors import InputError
from claims.evaluation.evaluate import evaluate, predict
from claims.evaluation.gold import GoldArticle, Roles, read_gold
from claims.evaluation.mistakes import CORRECT, Judged

GOLD = Path(__file__).resolve().parent.parent.parent / "shared" / "gold" / "en_dev.jsonl"
ANNOTATIONS = Path(__file__).resolve().parent / "annotations" / "en_stances.jsonl"


def annotated(gold: Path, annotations: Path) -> list[GoldArticle]:
    """The articles of the gold with those attributions whose stance is annotated.

    Raises InputError where a text is not the one that was annotated.
    """
    rows: dict[str, list[Roles]] = defaultdict(list)
    hashes: dict[str, str] = {}
    for line in annotations.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["article"]].append(Roles.model_validate(row))
        hashes[row["article"]] = row["sha256"]
    found = [article for article in read_gold(gold) if article.article in rows]
    for article in found:
        if sha256(article.text.encode()).hexdigest() != hashes[article.article]:
            raise InputError(f"{gold}: {article.article} is not the text that was annotated")
    return [
        article.model_copy(update={"attributions": tuple(rows[article.article])})
        for article in found
    ]


def right(gold: list[GoldArticle], settings: PipelineSettings) -> dict[tuple[str, int], Judged]:
    """Those annotated attributions that are found, by article and place."""
    return {
        (each.article.article, judged.start): judged
        for each in evaluate(predict(gold, config_folder(), settings))
        for judged in each.judged
        if judged.outcome in CORRECT
    }


def main() -> int:
    """Print a table of stances and one JSON line; status 1 where the gold is not there."""
    screen = Console()
    if not GOLD.is_file():
        screen.print(f"{GOLD}: not there; this figure needs it")
        return 1
    gold = annotated(GOLD, ANNOTATIONS)
    settings = load_pipeline(config_folder())
    found = right(gold, settings)
    attribution = settings.attribution.model_copy(update={"engine": "lexicon"})
    known = right(gold, settings.model_copy(update={"attribution": attribution}))
    counts: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for place, judged in found.items():
        assert judged.gold is not None and judged.gold.stance is not None
        assert judged.predicted is not None and judged.predicted.stance is not None
        wanted, got = judged.gold.stance.value, judged.predicted.stance.value
        for name in ("found", "only by the encoder" if place not in known else "by the lexicon"):
            counts[name] += 1
            counts[f"{name}, right"] += wanted == got
        confused[wanted, got] += 1
    table = Table("annotated", "found with that stance", "found with another")
    for wanted in sorted({pair[0] for pair in confused}):
        others = ", ".join(
            f"{got} {n}" for (one, got), n in confused.most_common() if one == wanted != got
        )
        table.add_row(wanted, str(confused[wanted, wanted]), others)
    screen.print(table)
    total = sum(len(article.attributions) for article in gold)
    shares = {
        name: {"n": counts[name], "right": round(counts[f"{name}, right"] / counts[name], 3)}
        for name in ("found", "by the lexicon", "only by the encoder")
        if counts[name]
    }
    print(json.dumps({"annotated": total, **shares}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
