"""How well attributions are found: `python -m benchmarks.attribution [GOLD.jsonl …]`.

Without arguments it measures on the gold that lies beside the project (`../shared/gold`) and on the
annotated Urdu stories, and says which file is missing where one is not there. For each it shows
what the lexicon, the encoder and both together find, how much the confidence is worth, and how many
words a CPU second each stage reads. The last line is one JSON object with all figures.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import ANNOTATIONS, SHARED
from benchmarks.attribution import urdu
from benchmarks.attribution.annotated import articles_of
from benchmarks.attribution.engines import measure, words_per_second
from claims.config.settings import (
    EngineSettings,
    PipelineSettings,
    config_folder,
    load_pipeline,
)
from claims.errors import ClaimsError

FILES = (
    SHARED / "gold" / "en_dev.jsonl",
    SHARED / "gold" / "ur_dev.jsonl",
    SHARED / "gold" / "ur_valid.jsonl",
    SHARED / "gold" / "de_dev.jsonl",
    ANNOTATIONS / "ur_real_tune.jsonl",
    ANNOTATIONS / "ur_real_check.jsonl",
    ANNOTATIONS / "ur_web_check.jsonl",
    ANNOTATIONS / "fa_news.jsonl",
)
SWITCHED_ON = {"fa_news.jsonl": "fa"}
"""Files in a language that ``pipeline.yaml`` does not read."""
FIGURES = (("found", ""), ("exact", "source"), ("exact", "cue"), ("exact", "content"))
SPANS = tuple(("span_exact", role) for role in ("source", "cue", "content"))


def show(screen: Console, name: str, measured: dict[str, Any]) -> None:
    """The tables of one file."""
    configured = ", ".join(f"{key}: {value}" for key, value in measured["configured"].items())
    gold = next(iter(measured["engines"].values()))["gold"]
    screen.print(
        f"\n{name}: {measured['articles']} articles, {measured['words']:,} words, "
        f"{gold:,} annotated (pipeline.yaml says {configured})"
    )
    table = Table("engine", "found P", "R", "F1", "exact source", "cue", "content")
    for header in ("spans source", "cue", "content", "stance", "quotation", "words / CPU s"):
        table.add_column(header, justify="right")
    for engine, row in measured["engines"].items():
        found = row["found"]
        cells = [f"{100 * found[key]:.1f}" for key in ("p", "r", "f1")]
        for block, role in (*FIGURES[1:], *SPANS):
            cells.append(f"{100 * row[block][role]['f1']:.1f}")
        for key in ("stance", "quotation"):
            right = row[key]["acc"]
            cells.append("" if right is None else f"{100 * right:.1f}")
        table.add_row(engine, *cells, str(words_per_second(measured, engine)))
    screen.print(table)
    table = Table("confidence", "claims", "mean confidence", "right", title="as configured")
    for row in measured["engines"]["as configured"]["reliability"]:
        table.add_row(
            f"{row['from']:.1f} to {row['to']:.1f}",
            str(row["n"]),
            f"{100 * row['confidence']:.1f}",
            f"{100 * row['right']:.1f}",
        )
    screen.print(table)
    stages = ", ".join(
        f"{stage} {measured['words'] / spent:,.0f}"
        for stage, spent in measured["seconds"].items()
        if spent
    )
    screen.print(f"words a CPU second by stage: {stages}")


def switched_on(settings: PipelineSettings, language: str) -> PipelineSettings:
    """The settings with a language without a model, as docs/third-language.md switches it on."""
    models, attribution = settings.models, settings.attribution
    engine = EngineSettings(engine="encoder", encoder_above=0.35)
    engines = {**attribution.languages, language: engine}
    return settings.model_copy(
        update={
            "languages": (*settings.languages, language),
            "models": models.model_copy(update={"none": (*models.none, language)}),
            "attribution": attribution.model_copy(update={"languages": engines}),
        }
    )


def main(arguments: list[str]) -> int:
    """Print the tables and one JSON line; status 1 where a file is missing or wrong."""
    screen = Console(width=max(Console().width, 150))
    paths = [Path(name) for name in arguments] or list(FILES)
    config = config_folder()
    rows: dict[str, Any] = {}
    for path in paths:
        if not path.is_file():
            screen.print(f"{path}: not there; this figure needs it")
            continue
        try:
            settings = load_pipeline(config)
            if language := SWITCHED_ON.get(path.name):
                settings = switched_on(settings, language)
            rows[path.name] = measure(articles_of(path), config, settings)
        except ClaimsError as error:
            screen.print(str(error))
            continue
        show(screen, path.name, rows[path.name])
    stories = [] if arguments else urdu.show(screen)
    print(json.dumps({"attribution": rows, "attribution_urdu": stories}))
    return 0 if len(rows) == len(paths) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
