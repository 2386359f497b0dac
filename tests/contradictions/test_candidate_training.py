"""The choice of candidates as it is learned: over the claims of two reports of one event."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from learned_cases import Cases, Said, statement
from written_claims import DATA

from claims.config.yaml_file import load
from claims.contradictions.candidate_scorer import candidate_scorer
from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.statements import Statement
from claims.language.encoder.sentence_vectors import encode
from claims.model import Span, Term, TermKind
from training.judge.candidate_pool import CandidatePool, candidate_pool
from training.judge.read_articles import labelled
from training.judge.selecting import asked_from, fitted, write_candidates


def placed(said: Said, at: int, article: str) -> Statement:
    """What is said in the sentence number ``at`` of an article, with its words as terms."""
    one = statement(said, f"{article} {at}", article)
    moved = 1000 * at
    assert one.content is not None
    content = Span(start=moved + one.content.start, end=moved + one.content.end)
    words = [Term(word, TermKind.WORD, content.start, content.end) for word in said.text.split()]
    text = " " * moved + one.text
    more = {"text": text, "content": content, "pieces": (content,), "terms": tuple(words)}
    return one.model_copy(update={**more, "sentence_index": at})


@pytest.fixture(scope="module")
def pool() -> CandidatePool:
    """A report that says what is contested, and one that contests it; the first case is told."""
    cases = load(DATA / "learned.yaml", Cases).cases
    claims = {
        "one": [placed(case.base, at, "one") for at, case in enumerate(cases)],
        "two": [placed(case.against, at, "two") for at, case in enumerate(cases)],
    }
    every = [one for own in claims.values() for one in own]
    texts = [one.quoted(one.pieces) for one in every]
    stored = dict(zip([one.claim_id for one in every], encode(texts), strict=True))
    first = labelled(claims["one"][0], claims["two"][0], PairLabel.CONTRADICT, "one")
    told = {frozenset(first.claims): first}
    return candidate_pool(claims, stored, told, {"one": "event", "two": "event"})


def test_what_is_written_weighs_pairs_as_the_network_does(
    pool: CandidatePool, tmp_path: Path
) -> None:
    learned = torch.arange(len(pool.ends))
    network = fitted(pool, learned, {1: 0.5}, steps=5, seed=1)
    odds = network.every(pool)
    place = tmp_path / "candidates.safetensors"
    write_candidates(network, (asked_from(odds, 3), 1.5), place)
    scorer = candidate_scorer(place)
    assert scorer.across_from == 1.5
    inside = [at for at, side in enumerate(pool.sides) if side.statement.article_id == "one"]
    scored = scorer.within([pool.sides[at] for at in inside], pool.vectors[inside].numpy())
    by_ends = {(inside[row], inside[at]): score for score, row, at in scored}
    compared = 0
    for number, ends in enumerate(pool.ends.tolist()):
        if tuple(ends) in by_ends:
            compared += 1
            assert by_ends[tuple(ends)] == pytest.approx(float(odds[number]), abs=0.02)
    assert compared > 5
    assert sum(odd >= scorer.within_from - 0.01 for odd in odds.tolist()) <= 5


def test_the_likeliest_of_each_article_are_read(pool: CandidatePool) -> None:
    odds = torch.arange(len(pool.ends), dtype=torch.float32)
    kept = pool.likeliest(odds, 2, 0)
    articles = [pool.pair(number).articles for number in kept]
    assert sorted(sorted(one) for one in articles) == [["one"]] * 2 + [["two"]] * 2
    assert pool.articles(pool.within) == 2
    assert not set(pool.likeliest(odds, 0, 1)) & set(pool.within.nonzero()[:, 0].tolist())
