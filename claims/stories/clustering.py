"""Forming groups of articles: the two likeliest to be of one event become one, again and again.

Agglomerative clustering by the mean over pairs (UPGMA; Sokal and Michener, 1958): a group takes in
what is like its articles in the mean, so that a chain of articles each of which is like the next
does not become one story.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

from claims.stories.likeness import Group, StoryWeights, likeness


def formed(
    articles: Mapping[str, Group],
    links: Iterable[tuple[str, str]],
    weights: StoryWeights,
    together: Iterable[tuple[str, str]] = (),
) -> list[tuple[str, ...]]:
    """The articles (each with itself as a group) in groups, each sorted, the least article's first.

    Only groups with a link between them can become one; articles that are ``together`` (versions of
    one article) are from the beginning. The order in which anything is given does not matter.
    """
    groups = dict(enumerate(articles[article] for article in sorted(articles)))
    place = {article: number for number, article in enumerate(sorted(articles))}
    near: dict[int, set[int]] = {number: set() for number in groups}
    for article, linked in links:
        if article in place and linked in place and article != linked:
            near[place[article]].add(place[linked])
            near[place[linked]].add(place[article])
    upper = len(groups)

    def join(one: int, other: int) -> int:
        nonlocal upper
        number, upper = upper, upper + 1
        groups[number] = groups.pop(one).with_(groups.pop(other))
        near[number] = (near.pop(one) | near.pop(other)) - {one, other}
        for neighbour in near[number]:
            near[neighbour] -= {one, other}
            near[neighbour].add(number)
        return number

    for version, another in sorted(together):
        holding = [_holding(groups, article) for article in (version, another)]
        if None not in holding and holding[0] != holding[1]:
            join(*(number for number in holding if number is not None))
    heap: list[tuple[float, str, str, int, int]] = []

    def propose(one: int, other: int) -> None:
        score = likeness(groups[one], groups[other], weights)
        if score > 0:
            first, second = sorted((groups[one].first, groups[other].first))
            heapq.heappush(heap, (-score, first, second, one, other))

    for one in list(groups):
        for neighbour in near[one]:
            if one < neighbour:
                propose(one, neighbour)
    while heap:
        _, _, _, one, other = heapq.heappop(heap)
        if one in groups and other in groups:
            joined = join(one, other)
            for neighbour in sorted(near[joined]):
                propose(joined, neighbour)
    return sorted(tuple(sorted(group.members)) for group in groups.values())


def _holding(groups: Mapping[int, Group], article: str) -> int | None:
    """The group that an article is in. Few articles have versions, so looking is cheap enough."""
    return next((number for number, group in groups.items() if article in group.members), None)


def central(members: Sequence[str], articles: Mapping[str, Group]) -> str:
    """The article that is most like all of ``members``; of several the least."""
    middle = sum(articles[one].vector for one in members[1:]) + articles[members[0]].vector
    return min(members, key=lambda one: (-float(articles[one].vector @ middle), one))
