"""How likely two statements contradict each other: a large network reads pairs of the languages
that it knows, a small one the others, and all where the large one is missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from claims import startup
from claims.config.yaml_file import load
from claims.contradictions.candidate import CandidatePair
from claims.contradictions.judges.calibration import PairCalibration
from claims.contradictions.judges.learned.network_calibration import (
    LargeCalibration,
    NetworkCalibration,
)
from claims.contradictions.judges.learned.reader import CONTRADICT, OTHERS, PairReader, log_odds
from claims.errors import ModelError
from claims.language.pipelines import verify

if TYPE_CHECKING:
    from torch import Tensor

_SETTING = "contradictions.large_judge: false"


class PairReading(NamedTuple):
    """What was said of a pair: the probability of each ``PairLabel``, and whether the large network
    said it."""

    shares: Sequence[float]
    large: bool


class PairProbabilities:
    """Of the networks in the folders ``small`` and ``large`` (None: the small one reads all);
    ``bent`` is what people's decisions make of them.

    Raises ModelError where weights are missing or altered.
    """

    def __init__(self, small: Path, large: Path | None, bent: PairCalibration) -> None:
        verify(small)
        if large is not None:
            verify(large)
        self._small, self._large, self._bent = small, large, bent
        self.notices: tuple[str, ...] = ()

    def of(self, pairs: Sequence[CandidatePair]) -> list[PairReading]:
        """For each pair the probability of each ``PairLabel``, calibrated: of the large network
        where it knows both languages and is there, else of the small one.

        Raises ModelError where the weights of the small network do not load.
        """
        languages = [{pair.left.language, pair.right.language} for pair in pairs]
        large = self._opened() if pairs else None
        its_own = [large is not None and own <= large[1].languages for own in languages]
        made: dict[int, PairReading] = {}
        for by_large in (True, False):
            asked = [at for at, own in enumerate(its_own) if own is by_large]
            if not asked:
                continue
            reader, calibration = large if large and by_large else read_small(self._small)
            scores, facts = reader.read([pairs[at] for at in asked])
            shares = self._shares(scores, calibration.odds(log_odds(scores), facts))
            made |= {at: PairReading(one, by_large) for at, one in zip(asked, shares, strict=True)}
        return [made[at] for at in range(len(pairs))]

    def _opened(self) -> tuple[PairReader, LargeCalibration] | None:
        """The large network, where it is wanted and there."""
        if self._large is None:
            return None
        from claims.contradictions.judges.learned.large.reader import read_large

        try:
            return read_large(self._large)
        except ModelError as error:
            self._large = None
            self.notices = (
                f"{error}; a smaller network judges in its place, so less of what is shown will "
                f"be real (`{_SETTING}` in pipeline.yaml is silent about it)",
            )
            return None

    def _shares(self, scores: Tensor, odds: Tensor) -> list[list[float]]:
        """Probabilities: that of a contradiction by its log odds, the rest as the network has
        it."""
        import torch

        contradict = torch.tensor([self._bent.applied(p) for p in torch.sigmoid(odds).tolist()])
        rest = scores[:, OTHERS].softmax(-1) * (1 - contradict)[:, None]
        shares = torch.zeros_like(scores)
        shares[:, CONTRADICT] = contradict
        shares[:, OTHERS] = rest
        made: list[list[float]] = shares.tolist()
        return made


@cache
def read_small(folder: Path) -> tuple[PairReader, NetworkCalibration]:
    """The network of a folder, ready to read, and how sure it may be; loaded once a process, from
    files only."""
    import torch

    from claims.contradictions.judges.learned.network import PairNetwork
    from claims.language.encoder.network import from_base
    from claims.language.encoder.weights import CALIBRATION, base_weights, cutter, filled

    # So little is multiplied at a time that a second thread costs more than it gives.
    torch.set_num_threads(1)
    base = base_weights()
    network = filled(folder, lambda _: PairNetwork(from_base(base).encoder, base.sizes.hidden))
    startup.give_back()
    network.eval()
    calibration = load(folder / CALIBRATION, NetworkCalibration)
    return PairReader(network, base, cutter().pieces), calibration
