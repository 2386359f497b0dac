"""How the time for linking names grows with how many there are."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Mapping, Sequence
from statistics import linear_regression

from claims.model import SpeakerKind
from claims.speakers.names import speaker_id
from claims.speakers.similar import AUTOMATIC, NameIndex
from claims.speakers.transliteration import Transliteration

SIZES = (1_250, 2_500, 5_000, 10_000, 20_000)
LARGEST = 20_000
"""Speakers of the size that is set beside Stanza."""
ROUNDS = 1
"""Times that each size is measured, in turns; the least CPU time counts."""
MENTIONS = 5
"""Mentions for each speaker: 20,000 speakers have 100,000."""

TIMES = ("seconds", "by_sound")

_CONSONANTS = [
    "b",
    "ch",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "sh",
    "t",
    "v",
    "w",
    "y",
    "z",
]
_VARIED = 0.15  # share of mentions in a spelling that was not seen before
_SEED = 7


def grow(transliteration: Transliteration) -> list[dict[str, float]]:
    """CPU seconds for hearing n speakers and linking 5 n mentions to them, for several n.

    ``seconds`` is for what the store does: a spelling that was seen is found by its identifier,
    one that is new by its sound. ``by_sound`` is the worst case: every mention by its sound, for
    which ``compared`` counts the pairs of names that were compared: the same in every run.
    """
    rows = {size: _measure(size, transliteration) for size in SIZES}
    for _ in range(ROUNDS - 1):
        for size, row in rows.items():
            again = _measure(size, transliteration)
            row.update({column: min(row[column], again[column]) for column in TIMES})
    return list(rows.values())


def compared(size: int, transliteration: Transliteration) -> int:
    """Pairs of names that are compared when every mention is looked up by its sound."""
    return int(_measure(size, transliteration)["compared"])


def exponent(rows: Sequence[Mapping[str, float]], column: str) -> dict[str, float]:
    """The power of n that a column grows with, by least squares over all sizes, beside that of
    n log n over the same sizes."""
    sizes = [math.log(row["speakers"]) for row in rows]
    return {
        "measured": round(linear_regression(sizes, [math.log(r[column]) for r in rows]).slope, 3),
        "n_log_n": round(linear_regression(sizes, [n + math.log(n) for n in sizes]).slope, 3),
    }


def _measure(size: int, transliteration: Transliteration) -> dict[str, float]:
    drawn = random.Random(_SEED)
    names = made_names(size, drawn)
    mentions = [spelled(drawn.choice(names), drawn) for _ in range(MENTIONS * size)]
    started = time.process_time()
    index: NameIndex[str] = NameIndex(transliteration)
    known: dict[str, str] = {}
    for name in names:
        identifier = speaker_id(SpeakerKind.PERSON, name)
        known[identifier] = identifier
        index.add(identifier, name)
    heard = time.process_time() - started
    linked = 0
    for name in mentions:
        identifier = speaker_id(SpeakerKind.PERSON, name)
        if identifier not in known:
            found = index.find(name, AUTOMATIC)
            known[identifier] = found[0][1] if found else identifier
        linked += known[identifier] != identifier
    seconds = time.process_time() - started
    index.compared = 0
    started = time.process_time()
    for name in mentions:
        index.find(name, AUTOMATIC)
    by_sound = heard + time.process_time() - started
    return {
        "speakers": size,
        "mentions": len(mentions),
        "linked_by_sound": linked,
        "seconds": round(seconds, 3),
        "by_sound": round(by_sound, 3),
        "compared": index.compared,
    }


def made_names(size: int, drawn: random.Random) -> list[str]:
    """Full names made of syllables; a few given names and surnames are common, most are rare."""
    syllables = [c + v for c in (*_CONSONANTS, "") for v in "aeiou"]

    def word() -> str:
        made = "".join(drawn.choice(syllables) for _ in range(drawn.choice((2, 2, 3))))
        return (made + drawn.choice(("", "n", "r", "s", "d", "m", "l"))).title()

    given = [word() for _ in range(size // 10)]
    surnames = [word() for _ in range(size // 5)]
    names: set[str] = set()
    while len(names) < size:
        first = given[int(len(given) * drawn.random() ** 2)]
        names.add(f"{first} {surnames[int(len(surnames) * drawn.random() ** 2)]}")
    return sorted(names)


def spelled(name: str, drawn: random.Random) -> str:
    """The name, or a spelling of it that sounds much the same."""
    if drawn.random() >= _VARIED:
        return name
    old, new = drawn.choice((("k", "q"), ("i", "y"), ("v", "w"), ("aa", "a"), ("a", "aa")))
    return name.replace(old, new)
