"""Attributions inside attributions: the outer source is what the inner words came through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.model import Attribution, Span

EDGE = 2
"""Characters by which a piece may stick out of the content that it lies in: a mark."""


def with_intermediaries(found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with their intermediaries: where one stands in the content of another, both
    are claims, and the outer one's source is the inner one's ``via`` («agencies say that the
    ministry denies it»). Of several around it the nearest counts; a voice is not its own."""
    outer = [
        (min(s.start for s in each.content), max(s.end for s in each.content), each)
        for each in found
        if each.source is not None and each.content
    ]
    return [_through(each, outer) for each in found]


def _through(each: Attribution, outer: Sequence[tuple[int, int, Attribution]]) -> Attribution:
    """``each`` with its intermediary; ``outer`` are those that may be one, each with the beginning
    and end of its content."""
    if each.via is not None:
        return each
    pieces = (*each.cue, *each.content, *(each.source or ()))
    at = each.cue[0]
    around = [
        other
        for start, end, other in outer
        if start - EDGE <= at.start
        and at.end <= end + EDGE
        and other is not each
        and _holds(other, pieces)
        and other.source != each.source
    ]
    if not around:
        return each
    nearest = min(around, key=lambda other: sum(s.end - s.start for s in other.content))
    return each.model_copy(update={"via": nearest.source})


def _holds(outer: Attribution, inner: Iterable[Span]) -> bool:
    """Whether all of these pieces lie in the outer content (a mark more or less aside)."""
    return all(
        any(s.start - EDGE <= piece.start and piece.end <= s.end + EDGE for s in outer.content)
        for piece in inner
    )
