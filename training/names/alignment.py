"""Pairs of words in Urdu and Latin letters, cut into steps of one Urdu letter each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import inf, log
from typing import NamedTuple

from claims.speakers.letters import Step

_ROUNDS = 5
_LONGEST = 4  # Latin letters that one Urdu letter may stand for
_UNSEEN = -12.0  # score of a step that no pair has
_LEAST = -3.2  # score a letter below which a pair is no transliteration (Peking, پیکنگ: Beijing)

# What an alignment starts from: the letters that an Urdu one may stand for.
_SOUNDS: Mapping[str, str] = {
    **dict.fromkeys("تٹط", "t"),
    **dict.fromkeys("ثسصش", "s"),
    **dict.fromkeys("دڈ", "d"),
    **dict.fromkeys("ذزضظژ", "z"),
    **dict.fromkeys("رڑ", "r"),
    **dict.fromkeys("نں", "n"),
    **dict.fromkeys("اع", "aeiou"),
    **{"ب": "b", "پ": "p", "ج": "j", "چ": "c", "ح": "h", "خ": "k", "غ": "g", "ف": "f", "ق": "q"},
    **{"ک": "k", "گ": "g", "ل": "l", "م": "m", "و": "owuv", "ہ": "hae", "ی": "yiea", "ے": "ea"},
}


class Pair(NamedTuple):
    """A word as a key of ``claims.speakers.names``, the same in small Latin letters, and how much
    the pair counts."""

    urdu: str
    latin: str
    weight: float


def align(pairs: Sequence[Pair]) -> list[tuple[list[Step], float]]:
    """The steps of each pair with its weight; pairs that do not sound alike are left out.

    Expectation maximisation over the single best alignment of each pair.
    """
    scores: dict[Step, float] | None = None
    found: list[tuple[list[Step], float]] = []
    for _ in range(_ROUNDS):
        found = []
        counts: defaultdict[Step, float] = defaultdict(float)
        totals: defaultdict[str, float] = defaultdict(float)
        for pair in pairs:
            score, steps = _best(pair, scores)
            for step in steps:
                counts[step] += pair.weight
                totals[step[0]] += pair.weight
            if steps and score / len(steps) >= _LEAST:
                found.append((steps, pair.weight))
        scores = {step: log(count / totals[step[0]]) for step, count in counts.items()}
    return found


def _best(pair: Pair, scores: Mapping[Step, float] | None) -> tuple[float, list[Step]]:
    urdu, latin = pair.urdu, pair.latin
    best = [[-inf] * (len(latin) + 1) for _ in range(len(urdu) + 1)]
    size = [[0] * (len(latin) + 1) for _ in range(len(urdu) + 1)]
    best[0][0] = 0.0
    for row, letter in enumerate(urdu):
        for at, before in enumerate(best[row]):
            if before == -inf:
                continue
            for end in range(at, min(at + _LONGEST, len(latin)) + 1):
                step = (letter, latin[at:end])
                now = before + (_first(*step) if scores is None else scores.get(step, _UNSEEN))
                if now > best[row + 1][end]:
                    best[row + 1][end], size[row + 1][end] = now, end - at
    end, steps = len(latin), list[Step]()
    if best[-1][end] == -inf:
        return -inf, []
    for row in range(len(urdu), 0, -1):
        start = end - size[row][end]
        steps.append((urdu[row - 1], latin[start:end]))
        end = start
    return best[-1][-1], steps[::-1]


def _first(letter: str, latin: str) -> float:
    """A score of a step before anything was counted."""
    score = -0.7 * abs(len(latin) - 1.2)
    if not latin:
        return score - 0.5
    if latin[0] in _SOUNDS.get(letter, ""):
        score += 3
    else:
        score -= 1 if latin[0] in "aeiou" else 4
    return score - 1.5 * sum(one not in "aeiouyhw" and one != latin[0] for one in latin[1:])
