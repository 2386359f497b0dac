"""Where the shapes of charts stand; ``templates/charts.html`` draws them as SVG."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from claims.review.speakers_outlets import Day, Opposition

WIDTH = 720
"""Of every chart, in its own units; the page scales it."""

_HEIGHT = 150
_MOST_BARS = 60  # narrower ones are hard to hit with a mouse
_STEPS = (1, 7, 30, 91, 365)  # days of a bar: day, week, month, quarter, year
_SIDE = 30  # of a cell of the matrix
_LETTER, _LONGEST = 6.8, 26  # width of a letter of a label, and letters of the longest shown
_MOST_VOICES = 14  # rows, and columns, that fit into ``WIDTH`` beside the labels


class Bar(NamedTuple):
    """The claims of one stretch of days from ``first`` to ``last``."""

    first: date
    last: date
    claims: int
    disputed: int
    x: float
    width: float
    height: float
    disputed_height: float


class Timeline(NamedTuple):
    """Bars over time, ``step`` days each; ``undated`` claims stand on no day."""

    bars: list[Bar]
    top: int
    height: int
    undated: int
    step: int


class Cell(NamedTuple):
    """The speaker of ``row`` contradicts that of ``column`` in ``pairs`` pairs; ``strength`` is how
    dark the cell is, from 0.2 to 1."""

    row: int
    column: int
    pairs: int
    strength: float


class Matrix(NamedTuple):
    """Voices (id and name) in rows and columns, and who contradicts whom."""

    rows: list[tuple[str, str]]
    columns: list[tuple[str, str]]
    cells: list[Cell]
    side: int
    labels: int


def timeline(days: Sequence[Day]) -> Timeline:
    """Days put together so that at most sixty bars cover them all."""
    dated = [(one.day, one) for one in days if one.day is not None]
    undated = sum(one.claims for one in days if one.day is None)
    if not dated:
        return Timeline([], 0, _HEIGHT, undated, 1)
    first, last = dated[0][0], dated[-1][0]
    span = (last - first).days + 1
    step = next((one for one in _STEPS if span <= one * _MOST_BARS), -(-span // _MOST_BARS))
    claims: Counter[int] = Counter()
    disputed: Counter[int] = Counter()
    for day, one in dated:
        place = (day - first).days // step
        claims[place] += one.claims
        disputed[place] += one.disputed
    top = max(claims.values())
    width = min(WIDTH / (max(claims) + 1), 40.0)
    bars = [
        Bar(
            first + timedelta(days=place * step),
            min(first + timedelta(days=place * step + step - 1), last),
            claims[place],
            disputed[place],
            round(place * width, 1),
            round(width * 0.85, 1),
            round(_HEIGHT * claims[place] / top, 1),
            round(_HEIGHT * disputed[place] / top, 1),
        )
        for place in sorted(claims)
    ]
    return Timeline(bars, top, _HEIGHT, undated, step)


def matrix(oppositions: Sequence[Opposition]) -> Matrix:
    """The voices that contradict and are contradicted most, and how often."""
    names: dict[str, str] = {}
    active: Counter[str] = Counter()
    passive: Counter[str] = Counter()
    pairs: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in oppositions:
        names |= {one.speaker_id: one.name, one.against_speaker_id: one.against_name}
        active[one.speaker_id] += one.pairs
        passive[one.against_speaker_id] += one.pairs
        pairs[one.speaker_id, one.against_speaker_id] += one.pairs
    rows = [voice for voice, _ in active.most_common(_MOST_VOICES)]
    columns = [voice for voice, _ in passive.most_common(_MOST_VOICES)]
    top = max(pairs.values(), default=1)
    longest = max((len(names[voice]) for voice in rows + columns), default=0)
    cells = [
        Cell(rows.index(by), columns.index(against), count, round(0.2 + 0.8 * count / top, 2))
        for (by, against), count in pairs.items()
        if by in rows and against in columns
    ]
    return Matrix(
        [(voice, names[voice]) for voice in rows],
        [(voice, names[voice]) for voice in columns],
        cells,
        _SIDE,
        round(_LETTER * min(longest, _LONGEST)) + 14,
    )
