"""What two articles have in common besides a pair of statements, and what that says of the pair.

Like sentences are about two events as often as about one, and two accounts of one event are seldom
at odds where their words differ: of 316 such pairs of US news (../shared/pairs/natural.jsonl) whose
articles share less than a fifth of their words not one was real. So other words count only between
versions of one report, and other figures also in one story; that two articles share other
statements makes it surer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from claims.contradictions.judges.judge import Judgement
from claims.contradictions.judges.rules.comparison import Comparison, Conflict
from claims.contradictions.judges.rules.conclusion import conclude
from claims.contradictions.judges.rules.entity import entity
from claims.contradictions.judges.rules.exclusive_words import exclusive_words
from claims.contradictions.judges.rules.one_sided_negation import one_sided_negation
from claims.contradictions.judges.rules.opposite import opposite
from claims.contradictions.judges.rules.quantity import quantity
from claims.contradictions.judges.rules.report_versions import REWORDED, VERSIONS, shared_wording
from claims.contradictions.judges.rules.rewording import copied, of_one_report, rewording
from claims.contradictions.judges.rules.units import Part
from claims.model import ContradictionKind

KINDS: tuple[Callable[[Comparison], Iterator[Conflict]], ...] = (
    quantity,
    opposite,
    one_sided_negation,
    entity,
    exclusive_words,
)
"""Kinds that the words tell in which two statements differ."""

_FIGURES = frozenset({ContradictionKind.QUANTITY, ContradictionKind.SUPERSEDED})

# Overlap from which on two statements are about one thing, whatever else their articles say; below
# it, what a finding is worth between articles that have no other statement in common.
_ALONE = 0.5
_UNTIED = 0.8

# The same within one outlet, which prints like sentences about many events, and where neither
# statement names anything that the other names.
_ONE_OUTLET = 0.85
_NAMELESS = 0.8
_CLOSE = 0.8


def judge_between_articles(
    comparisons: Sequence[Comparison], shared_statements: int, one_story: bool, least: float
) -> list[Judgement | None]:
    """A judgement for each of the comparisons between two articles, or within one, None where
    nothing conflicts. ``shared_statements`` is how many statements the articles print word for word
    alike; ``one_story`` says that they are of one story. Only where no conflict has a score of
    ``least``, a rewording is looked for."""
    if not comparisons:
        return []
    left, right = comparisons[0].left.statement, comparisons[0].right.statement
    alike = shared_statements + sum(map(copied, comparisons))
    if left.language != right.language:
        return [_differing(comparison, alike) for comparison in comparisons]
    wording = shared_wording(left.text, right.text)
    if wording < VERSIONS and not one_story:
        return [None] * len(comparisons)
    judgements = [_differing(comparison, alike) for comparison in comparisons]
    if wording < VERSIONS:
        # Two accounts of one event: their figures can be set against each other.
        return [one if one is not None and one.kind in _FIGURES else None for one in judgements]
    if wording < REWORDED or any(one is not None and one.score >= least for one in judgements):
        return judgements
    return _reworded(comparisons, alike)


def differing(comparison: Comparison) -> Judgement | None:
    """The judgement of the kinds that differing words tell, whatever else the articles say."""
    conflicts = [conflict for kind in KINDS for conflict in kind(comparison)]
    return conclude(comparison, conflicts) if conflicts else None


def _differing(comparison: Comparison, alike: float) -> Judgement | None:
    found = differing(comparison)
    if found is None:
        return None
    left, right = comparison.left.statement, comparison.right.statement
    tied = left.article_id != right.article_id and alike - copied(comparison) > 0
    return found if tied else replace(found, score=found.score * _alone(comparison))


def _alone(comparison: Comparison) -> float:
    """What a finding is worth between two articles with nothing else in common: they are hardly
    about the same event. Within one article, too, like sentences are about two."""
    left, right = comparison.left.statement, comparison.right.statement
    overlap = comparison.alignment.overlap
    worth = _UNTIED if overlap < _ALONE else 1.0
    if left.outlet == right.outlet and left.article_id != right.article_id:
        worth *= _ONE_OUTLET
    one, other = (
        {unit.key for unit in row if unit.part is Part.NAME}
        for row in (comparison.alignment.left, comparison.alignment.right)
    )
    if overlap < _CLOSE and (one or other) and not one & other:
        worth *= _NAMELESS
    return worth


def _reworded(comparisons: Sequence[Comparison], alike: float) -> list[Judgement | None]:
    """The best of what one of two versions of a report reworded; ``alike`` of their statements are
    copies. It is the weakest evidence there is, so one a pair of articles is enough."""
    found: list[Judgement | None] = [None] * len(comparisons)
    for at, comparison in enumerate(comparisons):
        left, right = comparison.left.statement, comparison.right.statement
        if left.article_id == right.article_id:
            continue
        # An outlet that uses its own sentences again corrects nothing.
        if left.outlet == right.outlet:
            continue
        if alike <= copied(comparison) and not of_one_report(comparison):
            continue
        conflict = rewording(comparison)
        if conflict is not None:
            found[at] = conclude(comparison, [conflict])

    def order(at: int) -> tuple[float, str, str]:
        judgement, comparison = found[at], comparisons[at]
        ids = comparison.left.statement.claim_id, comparison.right.statement.claim_id
        return (-judgement.score if judgement else 1.0, *ids)

    best = min(range(len(found)), key=order, default=0)
    return [one if at == best else None for at, one in enumerate(found)]
