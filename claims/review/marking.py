"""Texts cut into segments that carry marks. Marks may overlap and nest; segments never do."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

SOURCE, CUE, CONTENT, CONFLICT = "source", "cue", "content", "conflict"
SAME, DIFFERS = "same", "differs"
CONTEXT = "context"
ROLES = (CONTENT, CONFLICT, SAME, DIFFERS, SOURCE, CUE)
"""What a mark can say, outermost first. Words that conflict are of what both sides name, or
differ."""

_JOINERS = "\u200c\u200d"
_LAM, _ALEFS = "ل", "اآأإٱ"


class Mark(NamedTuple):
    """``[start, end)`` in code points of the article's text. ``number`` is that of the claim
    whose mark it is, where claims are numbered."""

    start: int
    end: int
    role: str
    number: int | None = None


class MarkedSegment(NamedTuple):
    """A stretch of text with the roles that lie on it, in the order of ``ROLES``, and the numbers
    of the claims whose cue ends with it, or whose last mark does where they have no cue."""

    text: str
    roles: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()


GAP = MarkedSegment(" … ")


def whole(text: str, place: int) -> int:
    """``place``, moved on to where no character is cut from its combining marks and joiners, and
    no lam from the alef that is written in one with it."""
    while 0 < place < len(text) and (
        unicodedata.category(text[place]) in ("Mn", "Mc", "Me")
        or text[place] in _JOINERS
        or text[place - 1] == _JOINERS[1]
        or (text[place - 1] == _LAM and text[place] in _ALEFS)
    ):
        place += 1
    return place


def segments(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[MarkedSegment]:
    """``text[start:end]`` in segments; together they are exactly that text."""
    fitted = [
        mark._replace(start=whole(text, mark.start), end=whole(text, mark.end)) for mark in marks
    ]
    places = {place for mark in fitted for place in mark[:2] if start < place < end}
    cuts = sorted({start, end} | places)
    ends: dict[int, tuple[bool, int]] = {}
    for mark in fitted:
        if mark.number is not None:
            here = mark.role == CUE, mark.end
            ends[mark.number] = max(here, ends.get(mark.number, here))
    made = []
    for left, right in pairwise(cuts):
        on = {mark.role for mark in fitted if mark.start <= left and right <= mark.end}
        roles = tuple(role for role in ROLES if role in on)
        ending = tuple(sorted(number for number, (_, end) in ends.items() if end == right))
        made.append(MarkedSegment(text[left:right], roles, ending))
    return made


def excerpt(
    text: str, sentences: Sequence[tuple[int, int]], marks: Sequence[Mark], context: int = 0
) -> list[MarkedSegment]:
    """The sentences that marks touch, in segments, with a gap where sentences are left out.

    ``sentences`` are ``[start, end)`` in text order; as many as ``context`` on each side of those
    are there too, with the role of that name. Without any, the marked stretch itself.
    """
    touched = [
        index
        for index, (start, end) in enumerate(sentences)
        if any(mark.start < end and start < mark.end for mark in marks)
    ]
    if not touched:
        if not marks:
            return []
        return segments(text, min(mark.start for mark in marks), max(m.end for m in marks), marks)
    shown = sorted(
        {
            near
            for index in touched
            for near in range(index - context, index + context + 1)
            if 0 <= near < len(sentences)
        }
    )
    made: list[MarkedSegment] = []
    for before, index in zip([None, *shown], shown, strict=False):
        start, end = sentences[index]
        if before is not None and before < index - 1:
            made.append(GAP)
        elif before is not None and sentences[before][1] < start:
            made += segments(text, sentences[before][1], start, marks)
        if index in touched:
            made += segments(text, start, end, marks)
        else:
            made.append(MarkedSegment(text[start:end], (CONTEXT,)))
    return made
