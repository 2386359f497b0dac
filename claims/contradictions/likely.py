"""The pairs of an article, and of the articles of one story, that likely contradict each other.

Every pair of an article is weighed by the cheap features of ``candidate_scorer``, and so are the
closest of its story; the likeliest few are judged. So what is judged grows with the number of
articles and not with the square of anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from claims.config.settings import ContradictionSettings
from claims.contradictions.candidate import CandidatePair, CandidateRoute
from claims.contradictions.candidate_scorer import CandidateScorer, Scored, candidate_scorer
from claims.contradictions.judges.calibration import sigmoid
from claims.contradictions.statement_signs import StatementSigns
from claims.contradictions.statements import Statement, read_statements
from claims.language.encoder.sentence_vectors import encoder_name, unpacked
from claims.model import Stance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HERE = Path(__file__).parent
_CLAIMS = (_HERE / "likely.sql").read_text(encoding="utf-8")
_MATES = (_HERE / "story_mates.sql").read_text(encoding="utf-8")

_ARTICLES = 32
"""Articles that are looked at in one go, with those of their stories."""

_MATES_AT_MOST = 40
"""Articles of its story that an article is compared with, the nearest in time."""


@dataclass(frozen=True, slots=True)
class _Article:
    """The statements of an article that may be a side, and their sentence vectors (n, 384)."""

    sides: tuple[StatementSigns, ...]
    vectors: NDArray[np.float32]


def likely_batches(
    connection: duckdb.DuckDBPyConnection,
    settings: ContradictionSettings,
    new: Collection[str] | None,
) -> Iterator[list[CandidatePair]]:
    """The pairs that have a claim of an article in ``new`` (identifiers; None: of any), some
    hundreds at a time. Raises ModelError where the scorer's weights do not load."""
    scorer = candidate_scorer()
    asked = sorted(_every(connection) if new is None else new)
    for start in range(0, len(asked), _ARTICLES):
        part = asked[start : start + _ARTICLES]
        mates: dict[str, list[str]] = defaultdict(list)
        for one, mate in connection.execute(
            _MATES, {"ids": part, "most": _MATES_AT_MOST}
        ).fetchall():
            mates[one].append(mate)
        needed = {*part, *(mate for own in mates.values() for mate in own)}
        articles = _read(connection, sorted(needed), settings.learned_languages)
        pairs: dict[frozenset[str], CandidatePair] = {}
        for one in part:
            for pair in _pairs(one, mates[one], articles, scorer, settings):
                key = frozenset((pair.left.claim_id, pair.right.claim_id))
                pairs.setdefault(key, pair)
        yield list(pairs.values())


def _every(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [one for (one,) in connection.execute("SELECT article_id FROM articles").fetchall()]


def _read(
    connection: duckdb.DuckDBPyConnection,
    articles: Sequence[str],
    languages: Sequence[str] | None,
) -> dict[str, _Article]:
    """The statements of articles in ``languages``; those without a vector are left out."""
    asked = {"ids": articles, "encoder": encoder_name(), "languages": languages}
    rows = connection.execute(_CLAIMS, asked).fetchall()
    rows = [row for row in rows if row[2] is not None]
    statements = read_statements(connection, {claim for claim, _, _ in rows})
    grouped: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for claim, article, vector in rows:
        grouped[article].append((claim, vector))
    found: dict[str, _Article] = {}
    for article, own in grouped.items():
        sides = tuple(StatementSigns(statements[claim]) for claim, _ in own)
        vectors = unpacked([vector for _, vector in own])
        found[article] = _Article(sides, vectors)
    return found


def _pairs(
    article: str,
    mates: Sequence[str],
    articles: Mapping[str, _Article],
    scorer: CandidateScorer,
    settings: ContradictionSettings,
) -> Iterator[CandidatePair]:
    import numpy as np

    own = articles.get(article)
    if own is None:
        return
    inside = [at for at, side in enumerate(own.sides) if not side.asks]
    sides = tuple(own.sides[at] for at in inside)
    within = scorer.within(sides, own.vectors[inside])
    least = scorer.within_from
    yield from _best(within, least, sides, sides, CandidateRoute.WITHIN, settings.likely_within)
    # What stands in another article is met only by what can be understood alone.
    alone = _alone(own)
    beside = [(articles[mate], _alone(articles[mate])) for mate in mates if mate in articles]
    sides = tuple(own.sides[at] for at in alone)
    others = tuple(one.sides[at] for one, places in beside for at in places)
    if sides and others:
        vectors = np.concatenate([one.vectors[places] for one, places in beside])
        across = scorer.across(sides, own.vectors[alone], others, vectors)
        least, most = scorer.across_from, settings.likely_in_story
        yield from _best(across, least, sides, others, CandidateRoute.STORY, most)


def _alone(article: _Article) -> list[int]:
    """The places of what states something by itself."""
    return [at for at, side in enumerate(article.sides) if side.states and not side.asks]


def may_be_asked(one: StatementSigns, other: StatementSigns, route: CandidateRoute) -> bool:
    """Whether two statements of one article (``WITHIN``) or of two (``STORY``) may be a pair at
    all, however likely they are."""
    if one.asks or other.asks:
        return False
    if route is CandidateRoute.STORY:
        return one.states and other.states
    return not _of_one_saying(CandidatePair(one.statement, other.statement, route))


def _best(
    scored: Sequence[Scored],
    least: float,
    sides: Sequence[StatementSigns],
    others: Sequence[StatementSigns],
    route: CandidateRoute,
    most: int,
) -> Iterator[CandidatePair]:
    """The likeliest, at most ``most`` pairs, from the log odds ``least`` on."""
    found = 0
    for score, row, at in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if found == most or score < least:
            return
        left, right = turned(sides[row].statement, others[at].statement)
        pair = CandidatePair(left, right, route, likeness=sigmoid(score))
        if not _of_one_saying(pair):
            found += 1
            yield pair


def _of_one_saying(pair: CandidatePair) -> bool:
    """Whether one stands within the other, or both are the words of one voice in one sentence."""
    left, right = pair.left, pair.right
    one_place = (left.article_id, left.sentence_index) == (right.article_id, right.sentence_index)
    return pair.nested or (one_place and left.speaker == right.speaker and left.own == right.own)


def turned(one: Statement, other: Statement) -> tuple[Statement, Statement]:
    """What is contested first: of two of which one denies the other, else the earlier."""
    if (one.stance is Stance.DENY) != (other.stance is Stance.DENY):
        return (other, one) if one.stance is Stance.DENY else (one, other)
    return (one, other) if _place(one) <= _place(other) else (other, one)


def _place(one: Statement) -> tuple[bool, str, str, int, str]:
    when = one.published_at
    return (
        when is None,
        when.isoformat() if when else "",
        one.article_id,
        one.sentence_index,
        one.claim_id,
    )
