"""Contradictions between stored claims: candidates are judged, and the best of them are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing

import duckdb

from claims.config.settings import ContradictionSettings
from claims.contradictions.candidate import CandidatePair, CandidateRoute
from claims.contradictions.candidates import candidate_batches
from claims.contradictions.found_pair import FoundPair
from claims.contradictions.found_pairs import FoundPairs, RankedPairs
from claims.contradictions.judges.judge import Judge, Judgement
from claims.contradictions.judges.registry import default_judge
from claims.contradictions.near_duplicates.copies import read_copies
from claims.contradictions.ranking import ranked, shown_before
from claims.errors import ModelError
from claims.model import Contradiction
from claims.store.stored_pairs import reviewed_pairs


def find(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
    judge: Judge | None = None,
) -> list[Contradiction]:
    """What ``search`` finds, in memory."""
    with closing(search(connection, settings, new, judge)) as found:
        return list(found)


def search(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
    judge: Judge | None = None,
) -> RankedPairs:
    """Contradictions between the stored claims, best first, to be closed; nothing is written.

    Only pairs with a claim of an article in ``new`` (article identifiers) are compared; None
    compares all. ``left`` is the claim that is contested, ``right`` the one that contests it; where
    two differ in words, ``left`` is that of the earlier article. A stored pair that near-identical
    articles in ``new`` repeat comes back with their claims as its copies. What an outlet has edited
    since takes no part, and versions of one article do not contradict each other.

    ``judge`` says which candidates contradict each other; by default it is the one that
    ``settings`` name, with the words of the configuration folder in force. Raises ConfigError and
    ModelError where that cannot be had.
    """
    asked = judge or default_judge(settings)
    with closing(FoundPairs()) as found:
        for batch in candidate_batches(connection, settings, new):
            kept = _contradicting(batch, asked, settings.least)
            found.add(FoundPair.of(pair, judgement) for pair, judgement in kept)
        if new is not None:
            found.add(shown_before(connection, found.articles(), new), shown=True)
        copies = read_copies(connection, found.articles())
        reviewed = reviewed_pairs(connection)
        ranking = RankedPairs()
        for part, before in found.parts(copies.group):
            ranking.add(ranked(part, copies, settings.pairs_of_two_articles, before, reviewed))
    return ranking


def _contradicting(
    batch: Sequence[CandidatePair], judge: Judge, least: float
) -> Iterator[tuple[CandidatePair, Judgement]]:
    """The pairs of a batch that contradict each other by ``least`` or more. Statements in much the
    same words are each taken with the best only of those in one article."""
    judgements = judge.judge_many(batch) if batch else ()
    if len(judgements) != len(batch):
        raise ModelError(
            f"the judge {type(judge).__name__} gave {len(judgements)} judgements for "
            f"{len(batch)} pairs; it must give one for each"
        )
    alike: dict[frozenset[str], list[tuple[CandidatePair, Judgement]]] = defaultdict(list)
    for pair, judgement in zip(batch, judgements, strict=True):
        if not judgement.conflicts or judgement.score < least:
            continue
        if pair.route is CandidateRoute.ALIKE:
            alike[pair.articles].append((pair, judgement))
        else:
            yield pair, judgement
    for found in alike.values():
        yield from _best_partners(found)


def _best_partners(
    found: Sequence[tuple[CandidatePair, Judgement]],
) -> Iterator[tuple[CandidatePair, Judgement]]:
    """For each statement the best of those in the other article that it contradicts: one sentence
    is met by several that are like it, and differs from all but the one that tells the same."""
    taken: set[tuple[str, str]] = set()
    for pair, judgement in sorted(found, key=_best_first):
        sides = (
            (pair.left.claim_id, pair.right.article_id),
            (pair.right.claim_id, pair.left.article_id),
        )
        if not taken.intersection(sides):
            taken.update(sides)
            yield pair, judgement


def _best_first(one: tuple[CandidatePair, Judgement]) -> tuple[float, str, str]:
    pair, judgement = one
    return -judgement.score, pair.left.claim_id, pair.right.claim_id
