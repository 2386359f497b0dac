"""Words of names in Urdu letters written in Latin ones, by a model that has learned from pairs.

The joint n-gram model of Bisani and Ney (2008): a pair of words is a sequence of steps, each of one
Urdu letter with the Latin letters that stand for it (often a consonant and the short vowel that
Urdu leaves out), and a step is likelier or less after the three before it. Counts of rarer
sequences are smoothed with those of shorter ones (Witten and Bell, 1991).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from math import exp, log

Step = tuple[str, str]
"""An Urdu letter with the Latin letters that stand for it."""

ORDER = 4
"""Steps that are looked at together."""

START: Step = ("^", "")
END: Step = ("$", "")
_NO_LETTER = ""  # what the end stands for

_BEAM = 16  # beginnings that are kept at each letter
_BEST = 16  # words that are returned at most
_SMOOTHING = 0.6  # of Witten and Bell's share for what was not seen; best on the held-out pairs
_UNSEEN = 0.5  # count of a step that was never seen
_REMEMBERED = 20_000  # letters after some steps whose likelihoods are remembered


class LetterModel:
    """Writes words in Latin letters. ``counts`` has how often steps came after others: keys of one
    to ``ORDER`` steps, the last one being what came."""

    def __init__(self, counts: Iterable[tuple[Sequence[Step], float]]) -> None:
        self._after: dict[tuple[Step, ...], dict[Step, float]] = {}
        for steps, count in counts:
            for first in range(len(steps)):
                *before, step = steps[first:]
                found = self._after.setdefault(tuple(before), {})
                found[step] = found.get(step, 0.0) + count
        self._total = {before: sum(found.values()) for before, found in self._after.items()}
        self._steps: defaultdict[str, list[Step]] = defaultdict(list)
        for step in self._after.get((), {}):
            if step not in (START, END):
                self._steps[step[0]].append(step)
        self._steps[_NO_LETTER].append(END)
        self._likely = lru_cache(_REMEMBERED)(self._smoothed)

    def write(self, word: str) -> list[tuple[str, float]]:
        """The likeliest Latin spellings of a word (a key of ``claims.speakers.names``) in lower
        case, best first, each with its share among them; none where a letter was never seen."""
        beginnings = [(0.0, (START,) * (ORDER - 1), "")]
        for letter in word:
            reached: dict[tuple[tuple[Step, ...], str], float] = {}
            for score, before, written in beginnings:
                steps = self._steps.get(letter, ())
                for step, likely in zip(steps, self._likely(before, letter), strict=True):
                    now = score + log(likely)
                    place = ((*before[1:], step), written + step[1])
                    if now > reached.get(place, -1e9):
                        reached[place] = now
            beginnings = nlargest(
                _BEAM, ((score, before, written) for (before, written), score in reached.items())
            )
        ended: dict[str, float] = {}
        for score, before, written in beginnings:
            (end,) = self._likely(before, _NO_LETTER)
            ended[written] = ended.get(written, 0.0) + exp(score) * end
        whole = sum(ended.values()) or 1.0
        best = nlargest(_BEST, ((score, written) for written, score in ended.items()))
        return [(written, score / whole) for score, written in best]

    def _smoothed(self, before: tuple[Step, ...], letter: str) -> Sequence[float]:
        """How likely each step of a letter is after others."""
        steps = self._steps.get(letter, ())
        found = self._after.get(before)
        if not before:
            counts = found or {}
            whole = self._total.get((), 0.0) + _UNSEEN * (len(counts) + 1)
            return [(counts.get(step, 0.0) + _UNSEEN) / whole for step in steps]
        shorter = self._likely(before[1:], letter)
        if not found:
            return shorter
        unseen = _SMOOTHING * len(found)
        whole = self._total[before] + unseen
        return [
            (found.get(step, 0.0) + unseen * less) / whole
            for step, less in zip(steps, shorter, strict=True)
        ]


def counted(words: Iterable[tuple[Sequence[Step], float]]) -> Mapping[tuple[Step, ...], float]:
    """How often each ``ORDER`` steps come together in words that are cut into steps, each with its
    weight; what ``LetterModel`` reads."""
    counts: defaultdict[tuple[Step, ...], float] = defaultdict(float)
    for steps, weight in words:
        whole = [*([START] * (ORDER - 1)), *steps, END]
        for at in range(ORDER, len(whole) + 1):
            counts[tuple(whole[at - ORDER : at])] += weight
    return counts
