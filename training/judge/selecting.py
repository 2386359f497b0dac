"""The weights of ``candidate_scorer``: which pairs are worth reading closely."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from claims.contradictions.candidate_features import FEATURES, candidate_features
from claims.contradictions.candidate_scorer import CandidateWeights
from claims.contradictions.contested import ContestedHeads, StatementSigns
from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.statements import Statement
from claims.language.encoder.sentence_vectors import encode, unpacked
from training.judge.pairs import LabelledPair
from training.judge.read_articles import Claims
from training.regression import logistic

UNTOLD_SHARE = 0.1
"""Of the pairs that no reader took for a dispute so many are learned from, each for ten."""

DECAY, HEAD_DECAY, _CONSTANT_DECAY = 2.0, 60.0, 1e-6
_ROUNDS = 15

PARTS = 4
"""The heads that look at an article have not learned from it: a quarter of the articles each."""

LONGEST = 600
"""Characters of a content that its vector is made of."""

Told = Mapping[frozenset[str], LabelledPair]
Matrix = NDArray[np.float32]


@dataclass
class FeatureRows:
    """Pairs as the scorer sees them (pairs, features), which of them contradict, and the article of
    each."""

    values: Matrix
    truth: NDArray[np.bool_]
    article: NDArray[np.int64]


@dataclass(frozen=True)
class CandidateChoice:
    """The weights of the pairs' features, and the heads that two of these come from."""

    weights: CandidateWeights
    heads: ContestedHeads


def candidate_weights(
    claims: Claims, stored: Mapping[str, bytes], told: Told, seed: int
) -> CandidateChoice:
    """Both learned from the articles that readers read whole. ``stored`` has sentence vectors of
    their claims, by identifier; those that are missing are made."""
    articles = list(claims.values())
    missing = [one for own in articles for one in own if one.claim_id not in stored]
    made = encode([_content(one) for one in missing])
    known = {**stored, **{one.claim_id: row for one, row in zip(missing, made, strict=True)}}
    vectors = [unpacked([known[one.claim_id] for one in own]) for own in articles]
    return chosen(articles, vectors, told, seed)


def chosen(
    articles: Sequence[Sequence[Statement]], vectors: Sequence[Matrix], told: Told, seed: int
) -> CandidateChoice:
    """The same with the sentence vectors (n, 384) of each article's statements at hand."""
    sides = [[StatementSigns(one) for one in own] for own in articles]
    for part in range(PARTS):
        others = [at for at in range(len(sides)) if at % PARTS != part]
        heads = _heads([sides[at] for at in others], [vectors[at] for at in others], told)
        for at in range(part, len(sides), PARTS):
            heads.look(sides[at], vectors[at])
    weights = learned_weights(feature_rows(sides, vectors, told), seed)
    return CandidateChoice(weights, _heads(sides, vectors, told))


def _heads(
    sides: Sequence[Sequence[StatementSigns]], vectors: Sequence[Matrix], told: Told
) -> ContestedHeads:
    """What tells the sides of told pairs from other statements. A reader put first who asserts."""
    contradicting = [pair for pair in told.values() if pair.label is PairLabel.CONTRADICT]
    first = {pair.claims[0] for pair in contradicting}
    second = {pair.claims[1] for pair in contradicting}
    every = [side for own in sides for side in own]
    form = np.array([side.form() for side in every], dtype=np.float32)
    inputs = torch.from_numpy(np.hstack([form, np.concatenate(list(vectors))])).double()
    names = [side.statement.claim_id for side in every]
    columns = []
    for members in (first, second):
        truth = torch.tensor([name in members for name in names]).double()
        columns.append(_regression(inputs, truth, torch.ones_like(truth), HEAD_DECAY))
    weights = torch.stack(columns, 1).numpy().astype(np.float32)
    count = form.shape[1]
    return ContestedHeads(weights[1 : count + 1], weights[count + 1 :], weights[0])


def feature_rows(
    articles: Sequence[Sequence[StatementSigns]], vectors: Sequence[Matrix], told: Told
) -> FeatureRows:
    """All pairs within each of ``articles``; ``vectors`` are the (n, 384) of each."""
    values: list[list[float]] = []
    truth: list[bool] = []
    article: list[int] = []
    for number, (own, rows) in enumerate(zip(articles, vectors, strict=True)):
        cosines = rows @ rows.T
        for one, other in combinations(range(len(own)), 2):
            ends = (own[one].statement.claim_id, own[other].statement.claim_id)
            pair = told.get(frozenset(ends))
            values.append(candidate_features(own[one], own[other], float(cosines[one, other])))
            truth.append(pair is not None and pair.label is PairLabel.CONTRADICT)
            article.append(number)
    return FeatureRows(np.array(values, dtype=np.float32), np.array(truth), np.array(article))


def learned_weights(rows: FeatureRows, seed: int) -> CandidateWeights:
    """The logistic regression that fits best, with a little weight decay, by Newton's method."""
    chance = random.Random(seed)
    kept = [at for at, true in enumerate(rows.truth) if true or chance.random() < UNTOLD_SHARE]
    values = torch.from_numpy(rows.values[kept]).double()
    truth = torch.from_numpy(rows.truth[kept]).double()
    counts = torch.where(truth > 0, 1.0, 1 / UNTOLD_SHARE)
    constant, *named = _regression(values, truth, counts, DECAY).tolist()
    rounded = {name: round(value, 4) for name, value in zip(FEATURES, named, strict=True)}
    return CandidateWeights(constant=round(constant, 4), features=rounded)


def _regression(values: Tensor, truth: Tensor, counts: Tensor, decay: float) -> Tensor:
    """(1 + features,): the constant and the weights that fit best, by Newton's method."""
    inputs = torch.cat([torch.ones(len(values), 1, dtype=torch.float64), values], 1)
    ridge = torch.full((inputs.shape[1],), decay, dtype=torch.float64)
    ridge[0] = _CONSTANT_DECAY
    return logistic(inputs, truth, ridge, counts, _ROUNDS)


def _content(one: Statement) -> str:
    return one.quoted(one.pieces)[:LONGEST]
