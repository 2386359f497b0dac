"""Reads lines of text with the encoder: which cues stand in them, and what belongs to each."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from claims.language.encoder.calibration import Calibration, Scores
from claims.language.encoder.decoding import decoded
from claims.language.encoder.network import CONTENT, CUE, SOURCE, STANCES, Network, close
from claims.language.encoder.subwords import FIRST, LAST, Cutter
from claims.model import Stance

if TYPE_CHECKING:
    from claims.language.encoder.packed import Base

WINDOW = 478
"""Pieces that one pass reads; the encoder knows 512 places, and learned on 480."""

OVERLAP = 160
"""Pieces that two windows of a longer line share."""

TOGETHER = 16
"""Windows that go through a layer before the next: more would push its matrices out again."""

PLACES = 8_192
"""Pieces around cues, with their padding, whose roles are decoded together."""

CANDIDATE = 0.1
"""How likely a piece must be part of a cue for its cue to be asked about."""

SURE = 1e-6
"""No cue is surer than this, nor less."""

WORD = re.compile(r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]+")

Piece = tuple[int, int]
_Decision = tuple[list[int], float, float]
"""The roles of the pieces, the mark of the beginning among them; the log of their likelihood, and
the log odds that there are any."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A cue and what belongs to it; spans are ``[start, end)`` in the line that was read.

    ``scores`` is what the network says of it, for the calibration: whether there is a cue and
    whether it attributes (logits), the log of the likelihood that just these pieces belong to it,
    and the log odds that any do. ``confidence`` is what follows: how likely the whole is right.
    """

    source: tuple[Piece, ...]
    cue: tuple[Piece, ...]
    content: tuple[Piece, ...]
    stance: Stance
    scores: Scores
    confidence: float


@dataclass(frozen=True, slots=True)
class _Window:
    numbers: list[int]
    places: list[Piece]
    own: Piece  # the pieces whose cues this window answers for


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Pieces ``[first, end)`` that may be a cue, counted with the mark of the beginning."""

    first: int
    end: int
    peak: int
    score: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """The cues that a window may hold, and what the network says of each and its pieces."""

    line: int
    window: _Window
    candidates: list[_Candidate]
    scores: Tensor
    valid: list[float]
    stances: list[int]


def _windows(numbers: list[int], places: list[Piece]) -> Iterator[_Window]:
    count = len(numbers)
    if not count:
        return
    step = WINDOW - OVERLAP
    starts = [0] if count <= WINDOW else [*range(0, count - WINDOW, step), count - WINDOW]
    for i, start in enumerate(starts):
        end = min(count, start + WINDOW)
        first = 0 if i == 0 else (starts[i - 1] + WINDOW + start) // 2 - start
        last = end - start if i + 1 == len(starts) else (end + starts[i + 1]) // 2 - start
        yield _Window(numbers[start:end], places[start:end], (first, last))


class Reader:
    """A network with what it needs to read text. Reads nothing from the network of the machine."""

    def __init__(
        self, network: Network, base: Base, cutter: Cutter, calibration: Calibration
    ) -> None:
        self.network = network.eval()
        self._calibration = calibration
        self._base = base
        self._cutter = cutter
        self.seconds = 0.0  # CPU time of all that was read

    def read(self, lines: Sequence[str]) -> list[tuple[Relation, ...]]:
        """The relations of each line, in the order of their cues.

        A line longer than ``WINDOW`` pieces is read in windows that overlap; each cue is taken
        from the window that has most around it.
        """
        begun = time.process_time()
        windows = [
            (number, window)
            for number, line in enumerate(lines)
            for window in _windows(*self._cutter.pieces(line))
        ]
        asked: list[_Asked] = []
        for at in range(0, len(windows), TOGETHER):
            group = windows[at : at + TOGETHER]
            read = self._vectors([window for _, window in group])
            for (number, window), vectors in zip(group, read, strict=True):
                asked += self._asked(number, window, vectors)
        found: list[list[Relation]] = [[] for _ in lines]
        for some in _alike(asked):
            for one, decisions in zip(some, self._decided(some), strict=True):
                found[one.line] += self._relations(one, decisions, lines[one.line])
        self.seconds += time.process_time() - begun
        return [tuple(sorted(own, key=lambda r: r.cue)) for own in found]

    def _vectors(self, windows: Sequence[_Window]) -> list[Tensor]:
        """The vectors of each window. Not in one batch: windows of several lengths together would
        be slower on a CPU, for their padding, and not give the same to the last digit."""
        with torch.inference_mode():
            numbers = (np.array([[FIRST, *window.numbers, LAST]]) for window in windows)
            words = [torch.from_numpy(self._base.rows(own)) for own in numbers]
            made: list[Tensor] = self.network.encoder.each(words)
            return made

    def _asked(self, number: int, window: _Window, vectors: Tensor) -> Iterator[_Asked]:
        """The cues that may stand in one window; nothing where there is none."""
        with torch.inference_mode():
            candidates = _candidates(self.network.cues(vectors)[0].softmax(-1), window.own)
            if not candidates:
                return
            places = torch.arange(vectors.shape[1])[None]
            edges = torch.tensor([(c.first, c.end) for c in candidates])
            weights = ((places >= edges[:, :1]) & (places < edges[:, 1:])).float()
            weights = weights / weights.sum(1, keepdim=True)
            rows = torch.zeros(len(candidates), dtype=torch.long)
            scores, valid, stances = self.network.scores(vectors, rows, weights)
            told = valid.tolist(), stances.argmax(-1).tolist()
        yield _Asked(number, window, candidates, scores, *told)

    def _decided(self, asked: Sequence[_Asked]) -> Iterator[list[_Decision]]:
        """For each window the roles of its pieces for each of its cues, and how sure they are."""
        lengths = [len(one.candidates) * [one.scores.shape[1]] for one in asked]
        longest = max(one.scores.shape[1] for one in asked)
        peaks = torch.tensor([c.peak for one in asked for c in one.candidates])
        with torch.inference_mode():
            padded = [
                functional.pad(one.scores, (0, 0, 0, longest - one.scores.shape[1]))
                for one in asked
            ]
            steps = self.network.steps(torch.cat(padded))
            steps = close(steps, torch.tensor([each for own in lengths for each in own]))
            roles, field, there = decoded(steps, peaks)
        made = zip(roles.tolist(), field.tolist(), there.tolist(), strict=True)
        for own in lengths:
            yield [next(made) for _ in own]

    def _relations(
        self, asked: _Asked, decisions: Sequence[_Decision], line: str
    ) -> Iterator[Relation]:
        """The relations of one window."""
        window = asked.window
        rows = zip(asked.candidates, asked.valid, asked.stances, decisions, strict=True)
        for candidate, valid, stance, (roles, field, there) in rows:
            own = roles[1 : len(window.numbers) + 1]
            sure = min(max(candidate.score, SURE), 1 - SURE)
            said = (math.log(sure / (1 - sure)), valid, field, there)
            found = _roles(window, own, (candidate.first - 1, candidate.end - 1), line)
            if found is not None:
                yield Relation(*found, STANCES[stance], said, self._calibration.confidence(said))


def _alike(asked: Sequence[_Asked]) -> Iterator[list[_Asked]]:
    """Windows of like length, so many that their padded pieces are not many more than `PLACES`."""
    some: list[_Asked] = []
    rows = 0
    for one in sorted(asked, key=lambda each: each.scores.shape[1]):
        if some and (rows + len(one.candidates)) * one.scores.shape[1] > PLACES:
            yield some
            some, rows = [], 0
        some.append(one)
        rows += len(one.candidates)
    if some:
        yield some


def _candidates(tags: Tensor, own: Piece) -> list[_Candidate]:
    """The runs of pieces that may be a cue, of those that begin in ``own``."""
    found: list[_Candidate] = []
    inside = (1 - tags[:, 0]).tolist()
    begins = (tags[:, 1] > tags[:, 2]).tolist()
    at, end = 1, len(inside) - 1
    while at < end:
        stop = at + 1
        if inside[at] < CANDIDATE:
            at = stop
            continue
        while stop < end and inside[stop] >= CANDIDATE and not begins[stop]:
            stop += 1
        if own[0] < at <= own[1]:
            peak = max(range(at, stop), key=inside.__getitem__)
            found.append(_Candidate(at, stop, peak, inside[peak]))
        at = stop
    return found


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
