"""All pairs that a judge might be asked about, in articles that readers read whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from claims.contradictions.candidate import CandidatePair, CandidateRoute
from claims.contradictions.candidate_features import candidate_features, rarity
from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.likely import may_be_asked, turned
from claims.contradictions.statement_signs import StatementSigns
from claims.language.encoder.sentence_vectors import unpacked
from training.judge.pairs import LabelledPair
from training.judge.read_articles import Claims

Told = Mapping[frozenset[str], LabelledPair]


@dataclass(frozen=True)
class CandidatePool:
    """``vectors`` (statements, 384) and ``form`` (statements, FORM) are what is seen of each of
    ``sides``. Of each pair ``ends`` (pairs, 2) has the numbers of its statements, ``features``
    (pairs, features) those of both, ``told`` (pairs,) is 1 where a reader saw a contradiction;
    ``groups`` names the event or article."""

    sides: list[StatementSigns]
    vectors: Tensor
    form: Tensor
    ends: Tensor
    features: Tensor
    told: Tensor
    groups: NDArray[np.str_]

    @property
    def within(self) -> Tensor:
        """(pairs,): whether both stand in one article."""
        names = {one: at for at, one in enumerate({s.statement.article_id for s in self.sides})}
        article = torch.tensor([names[side.statement.article_id] for side in self.sides])
        own: Tensor = article[self.ends[:, 0]] == article[self.ends[:, 1]]
        return own

    def articles(self, pairs: Tensor) -> int:
        """In how many articles the pairs stand of which ``pairs`` (pairs,) is true."""
        ends = self.ends[pairs].unique().tolist()
        return len({self.sides[end].statement.article_id for end in ends})

    def pair(self, number: int) -> CandidatePair:
        """A pair as a judge is asked about it."""
        one, other = (self.sides[end].statement for end in self.ends[number].tolist())
        within = one.article_id == other.article_id
        route = CandidateRoute.WITHIN if within else CandidateRoute.STORY
        return CandidatePair(*turned(one, other), route)

    def likeliest(self, odds: Tensor, within: int, across: int) -> list[int]:
        """The numbers of the likeliest pairs: so many of each article, and of each with others."""
        found: dict[tuple[str, bool], int] = defaultdict(int)
        kept = []
        for number in odds.argsort(descending=True).tolist():
            articles = {self.sides[end].statement.article_id for end in self.ends[number].tolist()}
            one = len(articles) == 1
            if any(found[article, one] < (within if one else across) for article in articles):
                kept.append(number)
                for article in articles:
                    found[article, one] += 1
        return kept


def candidate_pool(
    claims: Claims, stored: Mapping[str, bytes], told: Told, events: Mapping[str, str]
) -> CandidatePool:
    """The pairs within each article and between those of one event; ``stored`` has the sentence
    vectors of the claims by identifier, and what has none is left out."""
    own = {name: [one for one in all_ if one.claim_id in stored] for name, all_ in claims.items()}
    sides = [StatementSigns(one) for statements in own.values() for one in statements]
    vectors = unpacked([stored[side.statement.claim_id] for side in sides])
    numbers = iter(range(len(sides)))
    places = {name: [next(numbers) for _ in statements] for name, statements in own.items()}
    together: dict[str, set[int]] = defaultdict(set)
    for name, own_places in places.items():
        together[events.get(name, name)] |= set(own_places)
    ends, features, truth, groups = [], [], [], []
    rare: dict[tuple[str, bool], dict[str, float]] = {}
    for one, other, group in _pairs(sides, places, events):
        a, b = sides[one], sides[other]
        within = a.statement.article_id == b.statement.article_id
        where = (a.statement.article_id if within else group, within)
        if where not in rare:
            rare[where] = rarity(
                sides[at]
                for at in together[group]
                if not within or sides[at].statement.article_id == where[0]
            )
        pair = told.get(frozenset((a.statement.claim_id, b.statement.claim_id)))
        cosine = float(vectors[one] @ vectors[other])
        ends.append((one, other))
        features.append(candidate_features(a, b, cosine, rare[where]))
        truth.append(pair is not None and pair.label is PairLabel.CONTRADICT)
        groups.append(group)
    return CandidatePool(
        sides,
        torch.from_numpy(vectors),
        torch.tensor([side.form() for side in sides]),
        torch.tensor(ends),
        torch.tensor(features),
        torch.tensor(truth).float(),
        np.array(groups),
    )


def _pairs(
    sides: Sequence[StatementSigns], places: Mapping[str, list[int]], events: Mapping[str, str]
) -> Iterator[tuple[int, int, str]]:
    """The numbers of two statements and their group."""
    together: dict[str, list[str]] = defaultdict(list)
    for name, own in places.items():
        together[events.get(name, name)].append(name)
        for one, other in combinations(own, 2):
            if may_be_asked(sides[one], sides[other], CandidateRoute.WITHIN):
                yield one, other, events.get(name, name)
    for group, names in together.items():
        for first, second in combinations(names, 2):
            for one in places[first]:
                for other in places[second]:
                    if may_be_asked(sides[one], sides[other], CandidateRoute.STORY):
                        yield one, other, group
