"""How well stories fit events: B-cubed precision and recall (Bagga and Baldwin, 1998)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple


class BCubed(NamedTuple):
    """Means over articles, in [0, 1]."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(
    events: Mapping[str, str], stories: Mapping[str, str], of: Collection[str] | None = None
) -> BCubed:
    """Of an article's story the share that is of its event, and of its event the share that is in
    its story: both as means over the articles of ``events``, or over those ``of`` them.

    An article without a story is a story of its own. ``events`` are all articles that count.
    """
    by_event: dict[str, set[str]] = defaultdict(set)
    by_story: dict[str, set[str]] = defaultdict(set)
    for article, event in events.items():
        by_event[event].add(article)
        by_story[stories.get(article, f"alone {article}")].add(article)
    counted = sorted(events if of is None else of)
    precision = recall = 0.0
    for article in counted:
        same_event = by_event[events[article]]
        same_story = by_story[stories.get(article, f"alone {article}")]
        shared = len(same_event & same_story)
        precision += shared / len(same_story)
        recall += shared / len(same_event)
    return BCubed(precision / len(counted), recall / len(counted))
