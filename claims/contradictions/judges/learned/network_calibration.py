"""What makes probabilities of what networks say; fitted on news that they did not learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

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
    """The same of the large network, which is asked about pairs of its ``languages`` that are
    likely by ``asked_from`` or more to the first one; ``first`` times the log odds of that one are
    added. Fitted by ``python -m training.judge.large``."""

    languages: frozenset[str]
    asked_from: float = Field(ge=0, le=1)
    first: float = 0.0

    def second_odds(self, z: Tensor, facts: Tensor, first: Tensor) -> Tensor:
        """(pairs,): the log odds, of the large network's, the ``pair_facts``, and the log odds of
        the first network (pairs,)."""
        return self.odds(z, facts) + self.first * first
