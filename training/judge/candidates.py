"""`python -m training.judge.candidates`: which pairs are worth reading closely.

It learns from the disputes that readers saw in English news, and from what the bundled large judge
says of the pairs that then seem likely. What is made lies below `build/training/judge_large`, with
the claims that `python -m training.judge.large` makes; `candidates.safetensors` there takes the
place of the one in `claims/contradictions/weights`. A second call goes on where the first was cut
off.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import torch
import typer

from claims.contradictions.candidate_scorer import WEIGHTS
from claims.contradictions.judges.learned.large.reader import read_large
from claims.contradictions.judges.learned.learned_judge import BUNDLED, LARGE
from claims.contradictions.judges.learned.reader import log_odds
from claims.errors import ClaimsError
from training.encoder.web_texts import WEB_TEXTS
from training.judge.__main__ import KEPT_BACK, ROOT, SHARED
from training.judge.candidate_pool import CandidatePool, candidate_pool
from training.judge.databases import claims_of
from training.judge.pairs import held_out
from training.judge.read_news import english_news, gold_texts, web_texts, world_events, world_news
from training.judge.recipe import CANDIDATES, load_candidate_recipe
from training.judge.selecting import asked_from, fitted, write_candidates
from training.steps import Workshop

_AT_ONCE = 512


def make(
    shared: Annotated[Path, typer.Option(help="where pairs and gold lie")] = SHARED,
    out: Annotated[Path, typer.Option(help="where the weights and the log go")] = ROOT
    / "build"
    / "training"
    / "judge_large",
    threads: Annotated[int, typer.Option(help="of the processor")] = 1,
) -> None:
    """Learn which pairs are worth reading closely, and from which likelihood on."""
    torch.set_num_threads(threads)
    try:
        recipe, workshop = load_candidate_recipe(), Workshop(out)
        texts = gold_texts([shared / "gold" / "en_train.jsonl"])
        events = world_events()
        reports = web_texts(WEB_TEXTS, events)
        kept_back = frozenset(KEPT_BACK.read_text(encoding="utf-8").split())
        articles = claims_of(workshop, texts, "en", "articles")
        reported = claims_of(workshop, reports, "en", "reports")
        english = english_news(articles, shared / "pairs", texts, kept_back)
        world = world_news(reported, reports)
    except (ClaimsError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    pool = candidate_pool(
        english.claims | world.claims,
        english.vectors | world.vectors,
        english.told | world.told,
        events,
    )
    apart = {group: held_out(group, recipe.held_out_news) for group in set(pool.groups)}
    own = torch.tensor([not apart[group] for group in pool.groups])
    learned = own.nonzero()[:, 0]
    first = fitted(pool, learned, {}, recipe.told_steps, recipe.seed).every(pool)
    likely = pool.likeliest(first, recipe.read_within, recipe.read_across)
    asked = [number for number in likely if own[number]]
    workshop.note(f"candidates: {len(learned)} pairs, of which {len(asked)} are read")
    place = out / "candidates_read.json"
    given = [articles, reported, LARGE / "SHA256SUMS", CANDIDATES]
    workshop.step("candidates_read", given, {}, [place], lambda: _read(pool, asked, place))
    read = {int(name): chance for name, chance in json.loads(place.read_bytes()).items()}
    network = fitted(pool, learned, read, recipe.steps, recipe.seed)
    odds = network.every(pool)
    inside, outside = pool.within & ~own, ~pool.within & ~own
    within = asked_from(odds[inside], round(recipe.asked_within * pool.articles(inside)))
    across = asked_from(odds[outside], round(recipe.asked_across * pool.articles(outside)))
    write_candidates(network, (within, across), out / WEIGHTS.name)
    workshop.note(
        f"{out / WEIGHTS.name}: to {BUNDLED}; asked from {within:.2f} and {across:.2f} on"
    )


def _read(pool: CandidatePool, numbers: list[int], place: Path) -> None:
    """Write how likely the large judge finds each of these pairs."""
    reader, calibration = read_large(LARGE)
    found: dict[int, float] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        part = numbers[start : start + _AT_ONCE]
        scores, facts = reader.read([pool.pair(number) for number in part])
        odds = calibration.odds(log_odds(scores), facts)
        found |= zip(part, torch.sigmoid(odds).tolist(), strict=True)
    place.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    typer.run(make)
