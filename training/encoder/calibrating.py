"""How sure the network may be: a logistic regression on articles that it did not learn from."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from claims.evaluation.evaluate import Score
from claims.evaluation.gold import GoldArticle, Roles
from claims.evaluation.tokens import Numbering, found_pairs
from claims.language.encoder.calibration import Calibration, Scores
from claims.language.encoder.reading import Piece, Reader
from training.encoder.examples import paragraphs
from training.regression import logistic

FLAT = Calibration(constant=0.0, cue=1.0, valid=0.0, field=0.0, there=0.0)


def judged(
    reader: Reader, articles: Sequence[GoldArticle], above: float = 0.0
) -> list[tuple[Scores, bool]]:
    """What the network says of each attribution it sees in the articles with a confidence of
    ``above``, and whether it is right: found, as the scorer has it."""
    rows: list[tuple[Scores, bool]] = []
    for article in articles:
        places = list(paragraphs(article.text))
        read = reader.read([article.text[start:end] for start, end in places])
        seen: list[tuple[Scores, Roles]] = [
            (
                relation.scores,
                Roles(
                    source=_moved(relation.source, start) or None,
                    cue=_moved(relation.cue, start),
                    content=_moved(relation.content, start),
                ),
            )
            for (start, _), relations in zip(places, read, strict=True)
            for relation in relations
            if relation.confidence >= above
        ]
        numbering = Numbering(article.text)
        pairs = found_pairs(
            [numbering.see(roles) for _, roles in seen],
            [numbering.see(gold) for gold in article.attributions],
        )
        rows += [(scores, number in pairs) for number, (scores, _) in enumerate(seen)]
    return rows


def _moved(pieces: tuple[Piece, ...], by: int) -> tuple[Piece, ...]:
    return tuple((start + by, end + by) for start, end in pieces)


def calibrated(rows: Sequence[tuple[Scores, bool]]) -> Calibration:
    """The regression that fits best, with a little weight decay, by Newton's method."""
    inputs = torch.tensor([[1.0, *scores] for scores, _ in rows], dtype=torch.float64)
    inputs[:, -1].clamp_(-10, 10)
    truth = torch.tensor([right for _, right in rows], dtype=torch.float64)
    weights = logistic(inputs, truth, torch.ones(inputs.shape[1], dtype=torch.float64))
    constant, cue, valid, field, there = (round(float(value), 4) for value in weights)
    return Calibration(constant=constant, cue=cue, valid=valid, field=field, there=there)


def shown(found: Score) -> str:
    """Precision, recall and F1 in percent."""
    figures = (found.precision, found.recall, found.f1)
    return "P {:.1f}, R {:.1f}, F1 {:.1f}".format(*(100 * each for each in figures))
