"""Versions of one report: articles that have much of their wording in common, in the same order.

Papers tell one event in like sentences, and such sentences of other events too; what differs in
them is seldom a contradiction. In two versions of one report a word was replaced on purpose.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Indel

VERSIONS = 0.3
"""The share of two articles' words from which on they may be versions of one report. Stories that
somebody rewrote share 0.6 in the middle, and four in five of them more (../shared/fake-real-pairs,
on which both figures were chosen); of the pairs of world news in which words differ a third do."""

REWORDED = 0.4
"""The same where nothing but other words in the same place speak for a contradiction."""

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=256)
def _words(text: str) -> list[str]:
    """The words of an article, which meets many others."""
    return _WORD.findall(text.casefold())


def shared_wording(one: str, other: str) -> float:
    """The share of the words of two texts, in [0, 1], that are the same in the same order: the
    normalised similarity of their longest common subsequence."""
    return 1.0 if one == other else Indel.normalized_similarity(_words(one), _words(other))
