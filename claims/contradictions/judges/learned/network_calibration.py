"""What makes probabilities of what networks say; fitted on news that they did not learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.config.yaml_file import Checked

if TYPE_CHECKING:
    from torch import Tensor


class NetworkCalibration(Checked):
    """``constant + slope * z`` are the log odds of a contradiction where the network has ``z`` for
    them, and ``within`` more in one article. Fitted by ``python -m training.judge``."""

    constant: float = 0.0
    slope: float = 1.0
    within: float = 0.0

    def odds(self, z: Tensor, facts: Tensor) -> Tensor:
        """(pairs,): the log odds, of the network's (pairs,) and the ``pair_facts``."""
        return self.constant + self.slope * z + self.within * facts[:, 0]


class LargeCalibration(NetworkCalibration):
    """The same of the large network, which reads pairs of its ``languages``. Fitted by ``python -m
    training.judge.large``."""

    languages: frozenset[str]
