"""Pairs of contested statements that do not belong together: what a judge must not take for one.

Whoever has learned only that something is contested takes any two contested things of one event for
a contradiction. Sides of two disputes of one article or event are such pairs, and cost no reading.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from claims.contradictions.judges.judge import PairLabel
from training.judge.pairs import LabelledPair, facts_of, read_side

_NEAR = 200
"""Characters: sides of one article that stand so near each other may say the same."""


def mismatched(disputes: Sequence[dict[str, Any]], each: int, seed: int) -> list[LabelledPair]:
    """For each pair of ``disputes`` up to ``each`` pairs of its sides with those of other disputes
    of the same event, where events are named, else article; or of any other where that has none."""
    rows = [row for row in disputes if row.get("label", "contradict") == "contradict"]
    by_place: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for row in rows:
        for side in ("left", "right"):
            by_place[_place(row, side)].append((row["dispute"], row[side]))
    chance = random.Random(seed)
    everything = [one for sides in by_place.values() for one in sides]
    made: list[LabelledPair] = []
    for row in rows:
        name = chance.choice(("left", "right"))
        side, place = row[name], _place(row, name)
        near = [one for one in by_place[place] if _apart(row["dispute"], side, one)]
        far = [one for one in chance.sample(everything, 4) if one[0] != row["dispute"]]
        chance.shuffle(near)
        for _, other in (near + far)[:each]:
            facts = facts_of(side, other)
            made.append(
                LabelledPair(read_side(side), read_side(other), PairLabel.NEITHER, place, facts)
            )
    return made


def mismatched_bases(pairs: Sequence[LabelledPair], each: int, seed: int) -> list[LabelledPair]:
    """For each written contradiction its right side with the left side of another base: the base of
    the same article where there is one."""
    chance = random.Random(seed)
    chosen = [one for one in pairs if one.label is PairLabel.CONTRADICT]
    made: list[LabelledPair] = []
    for one in chosen:
        for other in chance.sample(chosen, each):
            if other.group != one.group:
                made.append(LabelledPair(other.left, one.right, PairLabel.NEITHER, one.group))
    return made


def _place(row: dict[str, Any], side: str) -> str:
    """What the sides are held out by: the event, where a row names it, else the article."""
    return str(row.get("event", _article(row[side])))


def _article(side: dict[str, Any]) -> str:
    return str(side.get("article", side.get("body")))


def _apart(dispute: str, side: dict[str, Any], other: tuple[str, dict[str, Any]]) -> bool:
    name, found = other
    if name == dispute:
        return False
    away = max(found["start"] - side["end"], side["start"] - found["end"])
    return bool(_article(found) != _article(side) or away > _NEAR)
