"""How the probability of the built-in judge is bent to what people decided."""

from __future__ import annotations

import math
from pathlib import Path

from pydantic import Field

from claims.config.yaml_file import Checked, load

FILE_NAME = "judge_calibration.yaml"
"""Its name in the configuration folder, where there is one."""

_EDGE = 1e-6
"""How near to 0 and 1 a probability may come: beyond it the logarithm of its odds means nothing."""


class PairCalibration(Checked):
    """``probability = sigmoid(slope * logit(score) + constant)``: a slope of 1 and a constant of 0
    change nothing, a slope below 1 says that the judge is surer than it should be, a constant below
    0 that it sees too many contradictions.

    ``decided`` are the pairs that it was fitted on, by identifier, with what the judge said of
    each before any calibration: with it, pairs that no longer reach ``minimum_score`` still count
    when it is fitted again.
    """

    slope: float = Field(default=1.0, ge=0.05, le=20.0)
    constant: float = Field(default=0.0, ge=-20.0, le=20.0)
    decided: dict[str, float] = Field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        """Whether every probability stays what it is."""
        return self.slope == 1.0 and self.constant == 0.0

    def applied(self, probability: float) -> float:
        """What ``probability``, in [0, 1], becomes."""
        if self.changes_nothing:
            return probability
        return sigmoid(self.slope * logit(probability) + self.constant)

    def taken_back(self, probability: float) -> float:
        """What became ``probability`` when it was calibrated: the inverse of ``applied``."""
        if self.changes_nothing:
            return probability
        return sigmoid((logit(probability) - self.constant) / self.slope)


def load_pair_calibration(config: Path) -> PairCalibration:
    """The calibration of a configuration folder; one that changes nothing where there is none.

    Raises ConfigError naming file, line and key.
    """
    path = config / FILE_NAME
    return load(path, PairCalibration) if path.exists() else PairCalibration()


def logit(probability: float) -> float:
    """The logarithm of the odds; finite for 0 and 1, too."""
    bounded = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(bounded / (1 - bounded))


def sigmoid(value: float) -> float:
    """The probability of which ``value`` is the logarithm of the odds."""
    if value < 0:
        return math.exp(max(value, -700.0)) / (1 + math.exp(max(value, -700.0)))
    return 1 / (1 + math.exp(-value))
