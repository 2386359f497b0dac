"""Which of the stories formed now is which of those that were there."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import NamedTuple


class StoryChange(StrEnum):
    """What became of two stories: the other went into the first, or got articles of it."""

    MERGE = "merge"
    SPLIT = "split"


class Changed(NamedTuple):
    """A change of ``story``, and how many articles changed their story by it."""

    change: StoryChange
    story: str
    other: str
    articles: int


def identified(
    formed: Sequence[Sequence[str]],
    before: Mapping[str, str],
    elsewhere: Collection[str] = (),
    known: Mapping[str, datetime] | None = None,
) -> tuple[dict[str, Sequence[str]], list[Changed]]:
    """The groups of articles by their story's identifier, and what became of earlier stories.

    ``before`` says in which story an article was. A story goes on as the group that has most of
    its articles, of several the older one; each goes on as one, and each group is one. Stories
    ``elsewhere`` have articles that are in no group: they stay what they are. ``known`` says of
    stories that are there when they were formed. A group that goes on none is named after its first
    article whose name no story has.
    """
    shared = Counter(
        (before[article], number)
        for number, group in enumerate(formed)
        for article in group
        if article in before
    )
    name: dict[int, str] = {}
    used = set(elsewhere)
    formed_at = known or {}

    def first(one: tuple[tuple[str, int], int]) -> tuple[int, datetime, str, int]:
        (story, number), articles = one
        return -articles, formed_at.get(story, datetime.max), story, number

    for (story, number), _ in sorted(shared.items(), key=first):
        if number not in name and story not in used:
            name[number] = story
            used.add(story)
    # An earlier story that nobody goes on with may give its name to who begins with its article.
    names = used | (set(formed_at) - {story for story, _ in shared})
    for number, group in enumerate(formed):
        if number not in name:
            name[number] = _new(group, names)
            names.add(name[number])
    changes = []
    for (story, number), articles in sorted(shared.items()):
        if story != name[number]:
            going_on = story in used
            changes.append(
                Changed(StoryChange.SPLIT, story, name[number], articles)
                if going_on
                else Changed(StoryChange.MERGE, name[number], story, articles)
            )
    return {name[number]: group for number, group in enumerate(formed)}, changes


def _new(group: Sequence[str], names: Collection[str]) -> str:
    # One article may have named a story that went on without it: then it names another.
    for turn in count():
        for article in group:
            if (name := story_name(article, turn)) not in names:
                return name
    raise AssertionError  # there are numbers enough


def story_name(article: str, turn: int = 0) -> str:
    """The identifier of a story that is named after ``article``, the ``turn``-th of these."""
    return hashlib.sha256(f"story\0{article}\0{turn}".encode()).hexdigest()[:16]
