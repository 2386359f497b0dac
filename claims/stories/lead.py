"""What of an article is read to know its story: its title and how it begins."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.language.encoder.subwords import Cutter

LEAD = 700
"""Characters that the vector is made of. It costs half of what 1,500 would, and tells two events
apart as well: news tells first what happened."""

READ = 1500
"""Characters whose rare words count."""

TERMS = 60
"""Words of an article that are kept, the rarest first."""

_TITLE = 3
"""Words of the shortest title that tells of an event; shorter ones are often a file's name."""

_COMMON, _RAREST = 9.0, 30.0
"""Rarities (``Cutter.rarity``): a word as common as the first tells nothing ("the" has 5), and one
rarer than the second no more than that one: such words are long or misspelt."""

_WORD = re.compile(r"[\w\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+")


def lead(title: str | None, text: str, length: int = LEAD) -> str:
    """The title, where it tells something that the text does not begin with, and the first
    ``length`` characters of both."""
    named = " ".join((title or "").split())
    if len(named.split()) < _TITLE or named in " ".join(text[: 2 * len(named) + 200].split()):
        return text[:length]
    return f"{named}\n{text}"[:length]


def rare_words(text: str, cutter: Cutter) -> dict[str, float]:
    """The ``TERMS`` most telling words of a text, in small letters, each with its weight: the rarer
    and the more frequent in it, the more; their squares sum to 1."""
    counts = Counter(
        word.casefold() for match in _WORD.finditer(text) if len(word := match.group()) > 1
    )
    weights = {
        word: (min(cutter.rarity(word), _RAREST) - _COMMON) * (1 + math.log(count))
        for word, count in counts.items()
    }
    telling = sorted(
        ((weight, word) for word, weight in weights.items() if weight > 0),
        key=lambda one: (-one[0], one[1]),
    )[:TERMS]
    length = math.sqrt(sum(weight * weight for weight, _ in telling)) or 1.0
    return {word: weight / length for weight, word in telling}
