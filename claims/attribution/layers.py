"""Attributions inside attributions: the outer source is what the inner words came through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.model import Attribution, Span


def layered(found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with their intermediaries: where one stands in the content of another, both
    are claims, and the outer one's source is the inner one's ``via`` («agencies say that the
    ministry denies it»). Of several around it the nearest counts; a voice is not its own."""
    return [_through(each, found) for each in found]


def _through(each: Attribution, found: Sequence[Attribution]) -> Attribution:
    if each.via is not None:
        return each
    pieces = (*each.cue, *each.content, *(each.source or ()))
    around = [
        other
        for other in found
        if other is not each
        and other.source is not None
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
        any(span.start - 2 <= piece.start and piece.end <= span.end + 2 for span in outer.content)
        for piece in inner
    )
