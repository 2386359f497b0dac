"""Reads lines of text with the encoder: which cues stand in them, and what belongs to each."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from claims.language.encoder.calibration import Calibration, Scores
from claims.language.encoder.network import (
    CONTENT,
    CUE,
    SOURCE,
    Network,
    best_roles,
    close,
    log_partition,
)
from claims.language.encoder.subwords import FIRST, LAST, PADDING, pieces

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from claims.language.encoder.packed import Base

WINDOW = 318
"""Pieces that one pass reads; the encoder knows 512 places, and learned on 320."""

OVERLAP = 120
"""Pieces that two windows of a longer line share."""

BATCH = 4000
"""Pieces, with the padding, that go through the encoder together."""

CANDIDATE = 0.2
"""How likely a piece must be part of a cue for its cue to be asked about."""

SURE = 1e-6
"""No cue is surer than this, nor less."""

WORD = re.compile(r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]+")

Piece = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Relation:
    """A cue and what belongs to it; spans are ``[start, end)`` in the line that was read.

    ``scores`` is what the network says of it, for the calibration: whether there is a cue and
    whether it attributes (logits), and the log of the likelihood that just these pieces belong to
    it. ``confidence`` is what follows: how likely the whole is right, in [0, 1].
    """

    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]
    scores: Scores
    confidence: float


@dataclass(frozen=True, slots=True)
class _Window:
    line: int
    numbers: list[int]
    places: list[Piece]
    own: Piece  # the pieces whose cues this window answers for


def _windows(number: int, numbers: list[int], places: list[Piece]) -> Iterator[_Window]:
    count = len(numbers)
    step = WINDOW - OVERLAP
    starts = [0] if count <= WINDOW else [*range(0, count - WINDOW, step), count - WINDOW]
    for i, start in enumerate(starts):
        end = min(count, start + WINDOW)
        first = 0 if i == 0 else (starts[i - 1] + WINDOW + start) // 2 - start
        last = end - start if i + 1 == len(starts) else (end + starts[i + 1]) // 2 - start
        yield _Window(number, numbers[start:end], places[start:end], (first, last))


class Reader:
    """A network with what it needs to read text. Reads nothing from the network of the machine."""

    def __init__(
        self, network: Network, base: Base, tokenizer: Tokenizer, calibration: Calibration
    ) -> None:
        self._network = network.eval()
        self._calibration = calibration
        self._base = base
        self._tokenizer = tokenizer

    def read(self, lines: Sequence[str]) -> list[tuple[Relation, ...]]:
        """The relations of each line, in the order of their cues.

        A line longer than ``WINDOW`` pieces is read in windows that overlap; each cue is taken
        from the window that has most around it.
        """
        windows: list[_Window] = []
        for number, line in enumerate(lines):
            numbers, places = pieces(self._tokenizer, line)
            if numbers:
                windows += _windows(number, numbers, places)
        found: list[list[Relation]] = [[] for _ in lines]
        for batch in _batches(windows):
            for window, relation in self._batch(batch, lines):
                found[window.line].append(relation)
        return [tuple(sorted(each, key=lambda r: r.cue)) for each in found]

    def _batch(
        self, batch: list[_Window], lines: Sequence[str]
    ) -> Iterator[tuple[_Window, Relation]]:
        length = max(len(window.numbers) for window in batch) + 2
        numbers = np.full((len(batch), length), PADDING)
        for row, window in enumerate(batch):
            numbers[row, : len(window.numbers) + 2] = [FIRST, *window.numbers, LAST]
        lengths = torch.tensor([len(window.numbers) + 2 for window in batch])
        with torch.inference_mode():
            vectors = self._network.encoder(torch.from_numpy(self._base.rows(numbers)), lengths)
            tags = self._network.cues(vectors).softmax(-1)
            rows, spans, scores = _candidates(tags, batch)
            if not rows:
                return
            places = torch.arange(length)[None]
            edges = torch.tensor(spans)
            weights = ((places >= edges[:, :1]) & (places < edges[:, 1:])).float()
            weights = weights / weights.sum(1, keepdim=True)
            which = torch.tensor(rows)
            steps, valid = self._network.relate(vectors, which, weights)
            steps = close(steps, lengths[which])
            roles, best = best_roles(steps)
            field = (best - log_partition(steps)).tolist()
        for n, row in enumerate(rows):
            window = batch[row]
            own = roles[n, 1 : len(window.numbers) + 1].tolist()
            a, b = spans[n]
            sure = min(max(scores[n], SURE), 1 - SURE)
            said = (math.log(sure / (1 - sure)), float(valid[n]), field[n])
            found = _roles(window, own, (a - 1, b - 1), lines[window.line])
            if found is not None:
                yield window, Relation(*found, said, self._calibration.confidence(said))


def _batches(windows: list[_Window]) -> Iterator[list[_Window]]:
    now: list[_Window] = []
    for window in sorted(windows, key=lambda w: (len(w.numbers), w.line, w.places[0])):
        if now and (len(window.numbers) + 2) * (len(now) + 1) > BATCH:
            yield now
            now = []
        now.append(window)
    if now:
        yield now


def _candidates(tags: Tensor, batch: list[_Window]) -> tuple[list[int], list[Piece], list[float]]:
    """Rows, [first, end) and likelihood of each run of pieces that may be a cue."""
    rows: list[int] = []
    spans: list[Piece] = []
    scores: list[float] = []
    inside = (1 - tags[..., 0]).tolist()
    begins = (tags[..., 1] > tags[..., 2]).tolist()
    for row, window in enumerate(batch):
        first, last = window.own[0] + 1, window.own[1] + 1
        at = 1
        end = len(window.numbers) + 1
        while at < end:
            if inside[row][at] < CANDIDATE:
                at += 1
                continue
            stop = at + 1
            while stop < end and inside[row][stop] >= CANDIDATE and not begins[row][stop]:
                stop += 1
            if first <= at < last:
                rows.append(row)
                spans.append((at, stop))
                scores.append(max(inside[row][at:stop]))
            at = stop
    return rows, spans, scores


def _roles(
    window: _Window, roles: list[int], anchor: Piece, line: str
) -> tuple[tuple[Piece, ...], tuple[Piece, ...], tuple[Piece, ...]] | None:
    """Source, cue and content of one cue as spans of the line; None where it has no content."""
    _whole(roles, window.places, line)
    cue = [i for i in range(*anchor) if roles[i] == CUE] or list(range(*anchor))
    first, last = cue[0], cue[-1]
    while first and roles[first - 1] == CUE:
        first -= 1
    while last + 1 < len(roles) and roles[last + 1] == CUE:
        last += 1
    content = _spans([i for i, role in enumerate(roles) if role == CONTENT], window.places)
    if not content:
        return None
    source = _spans([i for i, role in enumerate(roles) if role == SOURCE], window.places)
    whole = _spans(list(range(first, last + 1)), window.places)
    return source, whole, content


def _whole(roles: list[int], places: list[Piece], line: str) -> None:
    """Give every piece of a word the role of the word's first piece."""
    at = 0
    for match in WORD.finditer(line, places[0][0], places[-1][1]):
        while at < len(places) and places[at][1] <= match.start():
            at += 1
        first = at
        while at < len(places) and places[at][0] < match.end():
            roles[at] = roles[first]
            at += 1


def _spans(numbers: list[int], places: list[Piece]) -> tuple[Piece, ...]:
    """[start, end) of each run of pieces."""
    found: list[Piece] = []
    last = None
    for number in numbers:
        if last is not None and number == last + 1:
            found[-1] = (found[-1][0], places[number][1])
        else:
            found.append(places[number])
        last = number
    return tuple(found)
