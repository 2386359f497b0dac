"""From what the network says of an attribution to how likely it is right."""

from __future__ import annotations

import math

from claims.config.yaml_file import Checked

Scores = tuple[float, float, float, float]
"""Cue and attribution as logits, the log of the likelihood of all its pieces, and the log odds of
there being any."""


class Calibration(Checked):
    """``calibration.yaml`` beside the weights: a logistic regression, fitted on articles that the
    network was not trained on."""

    constant: float
    cue: float
    valid: float
    field: float
    there: float

    def confidence(self, scores: Scores) -> float:
        """The likelihood, in [0, 1], that an attribution with these scores is right."""
        cue, valid, field, there = scores
        total = self.constant + self.cue * cue + self.valid * valid
        total += self.field * field + self.there * max(-10.0, min(10.0, there))
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))
