"""`python -m training.judge.large`: from labelled pairs to the weights of the large judge.

It learns from the English of what `python -m training.judge` learns from, and from the pairs that
a judge found likely and readers judged one by one. The packages of its encoder
(`requirements-large.txt`) must be installed. What is made lies below `build/training/judge_large`;
`weights` there takes the place of `claims/contradictions/weights/large`. A second call goes on
where the first was cut off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import torch
import typer
from py3langid import classify

from claims.contradictions.judges.learned.large.base import LargeFiles
from claims.contradictions.judges.learned.large.encoder import read_large_encoder
from claims.contradictions.judges.learned.network import PairNetwork
from claims.errors import ClaimsError
from training.encoder.web_texts import WEB_TEXTS
from training.judge.__main__ import KEPT_BACK, ROOT, SHARED
from training.judge.adapted import adapt
from training.judge.calibrating_large import calibrated_large
from training.judge.databases import claims_of
from training.judge.fitting import Reading
from training.judge.inference_sets import INFERENCE_SETS
from training.judge.packing import write_large
from training.judge.pairs import LabelledPair, held_out, language_of
from training.judge.phases import learn
from training.judge.read_news import (
    OWN,
    english_news,
    gold_texts,
    web_texts,
    world_events,
    world_news,
)
from training.judge.recipe import LARGE_JUDGE, load_judge_recipe
from training.judge.sources import Sources, english_sources, judged_pairs, parted, statements
from training.steps import Workshop

ENGLISH = "en"
"""The language of the encoder."""


def make(
    shared: Annotated[Path, typer.Option(help="where pairs and gold lie")] = SHARED,
    inference: Annotated[Path, typer.Option(help="open inference data")] = INFERENCE_SETS,
    out: Annotated[Path, typer.Option(help="where weights, log and checkpoints go")] = ROOT
    / "build"
    / "training"
    / "judge_large",
    threads: Annotated[int, typer.Option(help="of the processor")] = 1,
) -> None:
    """Train the large judge, calibrate it, and pack its weights."""
    torch.set_num_threads(threads)
    try:
        recipe, workshop = load_judge_recipe(LARGE_JUDGE), Workshop(out)
        texts = gold_texts([shared / "gold" / "en_train.jsonl"])
        reports = web_texts(WEB_TEXTS, world_events())
        kept_back = frozenset(KEPT_BACK.read_text(encoding="utf-8").split())
        articles = claims_of(workshop, texts, ENGLISH, "articles")
        world = claims_of(workshop, reports, ENGLISH, "reports")
        english = english_news(articles, shared / "pairs", texts, kept_back)
        news = english_sources(
            english, world_news(world, reports), shared / "pairs", kept_back, recipe.seed
        )
        news["judged"] = judged_pairs(texts | reports, kept_back)
        sources = _english(news | statements(shared / "pairs", inference, recipe.seed))
        with closing(LargeFiles()) as files:
            base, encoder = read_large_encoder(files)
    except (ClaimsError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    groups = {one.group for own in sources.values() for one in own}
    of_news = {one.group for name in news for one in sources[name]}
    share = {one: recipe.held_out_news if one in of_news else recipe.held_out for one in groups}
    out_of_it = frozenset(one for one in groups if held_out(one, share[one]))
    torch.manual_seed(recipe.seed)
    network = PairNetwork(encoder, base.sizes.hidden)
    adapt(encoder, recipe.frozen, recipe.rank or 1)
    reading = Reading(base, base.pieces)
    given = [articles, world, *sorted(OWN.glob("*.jsonl"))]
    learn(network, reading, parted(sources, out_of_it), recipe, workshop, given)
    apart = parted(sources, frozenset(groups - out_of_it))
    fit = calibrated_large(network, reading, apart["judged"], ENGLISH)
    folder = write_large(network, fit, out / "weights")
    workshop.note(f"weights in {folder}: {fit.model_dump_json()}")
    workshop.note("python -m benchmarks.contradictions --news says what they are worth")


def _english(sources: Mapping[str, Sequence[LabelledPair]]) -> Sources:
    """The English pairs of each source: by the script, and of sets in many languages by langid."""
    return {
        name: [
            pair
            for pair in own
            if language_of(pair) == ENGLISH
            and (name not in _MANY or classify(f"{pair.left.text} {pair.right.text}")[0] == ENGLISH)
        ]
        for name, own in sources.items()
    }


_MANY = ("watson",)
"""Sources in many languages of the Latin script."""


if __name__ == "__main__":
    typer.run(make)
