"""`python -m training.judge`: from labelled pairs of statements to the weights of the judge.

    python -m training.judge

It learns from the open inference data that `python -m training.judge.inference_sets` has written,
if it has, and from labelled pairs of news. What is made lies below `build/training/judge`: the
claims of the articles that readers read, a log, checkpoints, scores, and `weights`, which takes the
place of `claims/contradictions/weights` when its scores are better. A second call goes on where the
first was cut off.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import torch
import typer

from claims.contradictions.judges.learned.network import PairNetwork
from claims.errors import ClaimsError
from claims.language.encoder.network import from_base
from claims.language.encoder.subwords import Cutter
from claims.language.encoder.weights import base_weights
from training.encoder.web_texts import WEB_TEXTS
from training.judge.calibrating import calibrated, figures, read_apart
from training.judge.databases import claims_of
from training.judge.fitting import Reading
from training.judge.inference_sets import INFERENCE_SETS
from training.judge.packing import write_judge
from training.judge.pairs import held_out
from training.judge.phases import learn
from training.judge.read_news import (
    OWN,
    english_news,
    gold_texts,
    read_names,
    urdu_news,
    web_texts,
    world_events,
    world_news,
)
from training.judge.recipe import JUDGE, load_judge_recipe
from training.judge.sources import news, parted, statements
from training.steps import Workshop

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared"
KEPT_BACK = ROOT / "benchmarks" / "annotations" / "held_out_en.txt"


def make(
    shared: Annotated[Path, typer.Option(help="where pairs and gold lie")] = SHARED,
    inference: Annotated[Path, typer.Option(help="open inference data")] = INFERENCE_SETS,
    out: Annotated[Path, typer.Option(help="where weights, log and checkpoints go")] = ROOT
    / "build"
    / "training"
    / "judge",
    threads: Annotated[int, typer.Option(help="of the processor")] = 1,
) -> None:
    """Train the judge, calibrate, and pack the weights."""
    torch.set_num_threads(threads)
    try:
        recipe, workshop = load_judge_recipe(JUDGE), Workshop(out)
        texts = gold_texts(shared / "gold" / f"{name}.jsonl" for name in ("en_train", "ur_train"))
        kept_back = frozenset(KEPT_BACK.read_text(encoding="utf-8").split())
        english_texts = gold_texts([shared / "gold" / "en_train.jsonl"])
        database = claims_of(workshop, english_texts, "en", "articles")
        english = english_news(database, shared / "pairs", texts, kept_back)
        urdu_texts = web_texts(WEB_TEXTS, read_names("read_ur_web.txt"))
        urdu = urdu_news(claims_of(workshop, urdu_texts, "ur", "articles_ur"), urdu_texts)
        reports = web_texts(WEB_TEXTS, world_events())
        world_database = claims_of(workshop, reports, "en", "reports")
        world = world_news(world_database, reports)
        sources = news(english, world, urdu, shared / "pairs", texts, kept_back, recipe.seed)
        sources |= statements(shared / "pairs", inference, recipe.seed)
        groups = {one.group for own in sources.values() for one in own}
        out_of_it = frozenset(one for one in groups if held_out(one, recipe.held_out))
        base = base_weights()
        torch.manual_seed(recipe.seed)
        network = PairNetwork(from_base(base).encoder, base.sizes.hidden)
    except (ClaimsError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    reading = Reading(base, Cutter(base).pieces)
    learned = parted(sources, out_of_it)
    given = [database, world_database, *sorted(OWN.glob("*.jsonl"))]
    learn(network, reading, learned, recipe, workshop, given)
    apart = parted(sources, frozenset(groups - out_of_it))
    news_apart = read_apart(network, reading, apart, recipe.seed)
    calibration = calibrated(*news_apart)
    folder = write_judge(network, base, calibration, out / "weights")
    scores = figures(network, reading, apart, calibration, news_apart)
    (out / "scores.json").write_text(json.dumps(scores) + "\n", encoding="utf-8")
    workshop.note(f"weights in {folder}: {json.dumps(scores)}")
    workshop.note("python -m benchmarks.contradictions --news says what they are worth")


if __name__ == "__main__":
    typer.run(make)
