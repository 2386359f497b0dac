"""How well attributions are found: `python -m benchmarks.attribution [GOLD.jsonl …]`.

Without arguments it measures on the gold that lies beside the project (`../shared/gold`) and on
annotated Urdu stories (`attribution_urdu`), and says which file is missing where it is not there.
The last line is one JSON object with all figures.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import attribution_urdu
from claims.configuration import config_folder, load_pipeline
from claims.errors import ClaimsError
from claims.evaluation import Score, predict, read_gold, score

GOLD = Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
FILES = ("ur_dev.jsonl", "en_dev.jsonl")


def measure(path: Path) -> dict[str, float | int | str]:
    """Found precision, recall and F1 on one gold file, with words per CPU second, models warm."""
    config = config_folder()
    gold = read_gold(path)
    next(iter(predict(gold[:1], config, load_pipeline(config))))  # loads the models
    started = time.process_time()
    total = Score(0, 0, 0)
    words = 0
    for article, predicted in predict(gold, config, load_pipeline(config)):
        total += score(article.text, article.attributions, predicted)
        words += len(article.text.split())
    seconds = time.process_time() - started
    return {
        "gold": path.name,
        "articles": len(gold),
        "annotated": total.gold,
        "predicted": total.predicted,
        "precision": round(total.precision, 4),
        "recall": round(total.recall, 4),
        "f1": round(total.f1, 4),
        "words_per_cpu_second": round(words / seconds) if seconds else 0,
    }


def main(arguments: list[str]) -> int:
    """Print a table and one JSON line; status 1 where a file is missing or wrong."""
    console = Console()
    paths = [Path(name) for name in arguments] or [GOLD / name for name in FILES]
    rows: list[dict[str, float | int | str]] = []
    for path in paths:
        if not path.is_file():
            console.print(f"{path}: not there; this figure needs it")
            continue
        try:
            rows.append(measure(path))
        except ClaimsError as error:
            console.print(str(error))
    table = Table("gold", "articles", "annotated", "found P", "R", "F1", "words / CPU s")
    for row in rows:
        table.add_row(
            *(str(row[key]) for key in ("gold", "articles", "annotated")),
            *(f"{float(row[key]):.3f}" for key in ("precision", "recall", "f1")),
            str(row["words_per_cpu_second"]),
        )
    console.print(table)
    urdu = attribution_urdu.show(console) if not arguments else []
    print(json.dumps({"attribution": rows, "attribution_urdu": urdu}))
    whole = bool(arguments) or len(urdu) == len(attribution_urdu.PARTS)
    return 0 if len(rows) == len(paths) and whole else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
