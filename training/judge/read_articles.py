"""Pairs of claims as the program finds them, in articles that readers read whole.

Two claims that stand where a reader saw both sides of a dispute contradict each other; two on one
side of it agree; all others of these articles do neither, since a reader saw all that there was.
So a judge learns on what it will be asked about.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import duckdb

from claims.config.settings import ContradictionSettings
from claims.contradictions.judges.judge import PairLabel
from claims.contradictions.judges.learned.reader import pair_facts, pair_side
from claims.contradictions.likely import likely_batches
from claims.contradictions.statements import Statement, read_statements
from claims.language.encoder.sentence_vectors import encoder_name
from training.judge.pairs import LabelledPair

NOT_FIRM = 0.5
"""What a pair counts that a strict reader might drop."""

_CLAIMS = (
    "SELECT title, claim_id FROM claims INNER JOIN articles USING (article_id) "
    "WHERE modality = 'asserted' AND content_start IS NOT NULL AND title = ANY(?) "
    "ORDER BY title, content_start, claim_id"
)

_VECTORS = "SELECT claim_id, vector FROM claim_vectors WHERE encoder = ? AND claim_id = ANY(?)"

Claims = dict[str, list[Statement]]
"""The claims of each article, by its name, in text order."""


def read_claims(connection: duckdb.DuckDBPyConnection, articles: Sequence[str]) -> Claims:
    """The claims of the named articles (by title, as `claims run` was given them)."""
    rows = connection.execute(_CLAIMS, [list(articles)]).fetchall()
    statements = read_statements(connection, {claim for _, claim in rows})
    claims: Claims = defaultdict(list)
    for title, claim in rows:
        claims[title].append(statements[claim])
    return claims


def read_stored_vectors(connection: duckdb.DuckDBPyConnection, claims: Claims) -> dict[str, bytes]:
    """The sentence vectors that the store has of the claims, by their identifiers."""
    wanted = [one.claim_id for own in claims.values() for one in own]
    return dict(connection.execute(_VECTORS, [encoder_name(), wanted]).fetchall())


def told_pairs(
    claims: Claims, disputes: Sequence[dict[str, Any]]
) -> dict[frozenset[str], LabelledPair]:
    """The pairs of claims that stand where both sides of a dispute do, or twice on one side."""
    names = _names(claims)
    found: dict[frozenset[str], LabelledPair] = {}
    sides: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for row in disputes:
        left, right = (_standing(claims, row[side]) for side in ("left", "right"))
        for one in left:
            for other in right:
                if not _overlap(one, other):
                    weight = 1.0 if row.get("firm", True) else NOT_FIRM
                    name = names[one.article_id]
                    pair = labelled(one, other, PairLabel.CONTRADICT, name, weight)
                    found.setdefault(_key(one, other), pair)
        place = row["left"]["article"]
        sides[f"{row['dispute']} {place}", "left"] += left
        sides[f"{row['dispute']} {place}", "right"] += right
    for group in sides.values():
        for one, other in combinations(group, 2):
            if one.claim_id != other.claim_id and not _overlap(one, other):
                pair = labelled(one, other, PairLabel.AGREE, names[one.article_id])
                found.setdefault(_key(one, other), pair)
    return found


def untold_pairs(
    claims: Claims, told: dict[frozenset[str], LabelledPair], each: int, seed: int
) -> Iterator[LabelledPair]:
    """Pairs of one article that no reader took for a dispute: for each claim up to ``each``, of
    which most share many words with it, and the others stand near it or anywhere."""
    chance = random.Random(seed)
    for name, own in claims.items():
        for one in own:
            others = [o for o in own if not _overlap(one, o) and _key(one, o) not in told]
            if not others:
                continue
            others.sort(key=lambda o: -len(one.words & o.words) - len(one.entities & o.entities))
            near = [o for o in others if abs(o.sentence_index - one.sentence_index) <= 2]
            chosen = [*others[: each // 2], *chance.sample(near, min(1, len(near)))]
            chosen += chance.sample(others, min(each - len(chosen), len(others)))
            for other in {o.claim_id: o for o in chosen}.values():
                yield labelled(one, other, PairLabel.NEITHER, name)


def untold_across(
    claims: Claims, told: dict[frozenset[str], LabelledPair], count: int, seed: int
) -> Iterator[LabelledPair]:
    """``count`` pairs of claims of two articles of about one time that share a rare word."""
    chance, names = random.Random(seed), _names(claims)
    meeting: dict[str, list[Statement]] = defaultdict(list)
    for own in claims.values():
        for one in own:
            for word in one.words:
                meeting[word].append(one)
    rare = sorted(word for word, own in meeting.items() if 2 <= len(own) <= 12)
    while count and rare:
        one, other = chance.sample(meeting[chance.choice(rare)], 2)
        if one.article_id == other.article_id or _key(one, other) in told:
            continue
        count -= 1
        yield labelled(one, other, PairLabel.NEITHER, names[one.article_id])


def asked_pairs(
    connection: duckdb.DuckDBPyConnection,
    claims: Claims,
    told: dict[frozenset[str], LabelledPair],
    settings: ContradictionSettings,
) -> Iterator[LabelledPair]:
    """What the program would ask a judge about in these articles and between those of one story,
    with the label of what a reader saw there. The store has the vectors of their claims."""
    names = _names(claims)
    for batch in likely_batches(connection, settings, sorted(names)):
        for pair in batch:
            one, other = pair.left, pair.right
            if {one.article_id, other.article_id} <= names.keys():
                yield told.get(_key(one, other)) or labelled(
                    one, other, PairLabel.NEITHER, names[one.article_id]
                )


def labelled(
    one: Statement, other: Statement, label: PairLabel, name: str, weight: float = 1.0
) -> LabelledPair:
    """Two statements of the store as a pair to learn from, held out by the ``name`` of the first
    one's article, as the disputes are that readers marked there."""
    facts, ids = pair_facts(one, other), (one.claim_id, other.claim_id)
    return LabelledPair(pair_side(one), pair_side(other), label, name, facts, weight, ids)


def _names(claims: Claims) -> dict[str, str]:
    """The names of articles by their identifiers."""
    return {one.article_id: name for name, own in claims.items() for one in own}


def _standing(claims: Claims, side: dict[str, Any]) -> list[Statement]:
    """The claims of which half or more, of the shorter, stands where a side does."""
    start, end = side["start"], side["end"]
    found = []
    for one in claims.get(side["article"], ()):
        content = one.content
        assert content is not None
        shared = min(content.end, end) - max(content.start, start)
        if shared >= 0.5 * max(1, min(content.end - content.start, end - start)):
            found.append(one)
    return found


def _overlap(one: Statement, other: Statement) -> bool:
    if one.article_id != other.article_id or one.content is None or other.content is None:
        return False
    return one.content.start < other.content.end and other.content.start < one.content.end


def _key(one: Statement, other: Statement) -> frozenset[str]:
    return frozenset((one.claim_id, other.claim_id))
