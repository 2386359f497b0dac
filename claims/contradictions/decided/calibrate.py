"""What decisions say of the built-in judge's probabilities: before and after a calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from claims.config.settings import ContradictionSettings
from claims.contradictions.decided.decided_pairs import (
    DecidedPair,
    decided_pairs,
    standing_verdicts,
)
from claims.contradictions.decided.fitting import (
    CalibrationFigures,
    Reliability,
    ScoredDecision,
    figures,
    fitted,
    held_out,
    reliability,
)
from claims.contradictions.fingerprint import comparison_fingerprint, pending
from claims.contradictions.judges.calibration import (
    FILE_NAME,
    PairCalibration,
    load_pair_calibration,
)
from claims.contradictions.judges.registry import refuse_uncalibrated
from claims.errors import OutputError, QueryError
from claims.model import ContradictionKind, Verdict
from claims.store import targets
from claims.store.database import Database

_LEAST = 10
"""Decisions below which nothing is fitted: the prior would outweigh them."""

_HEAD = """\
# How the probability of the judge is bent to what people decided; `claims contradictions calibrate
# --write` wrote it from {decisions} decisions. Without this file nothing is bent.
# `decided`: what the judge said of these pairs before any calibration.
"""


class Refit(NamedTuple):
    """A calibration that decisions ask for.

    ``in_force`` is that of the configuration folder, ``found`` the new one, fitted on all
    ``decisions``, of which ``right`` call a pair a contradiction. ``before`` and
    ``reliable_before`` are about the judge as it is in force, ``after`` and ``reliable_after``
    about a new calibration by cross-validation: each decision is foretold by one that was fitted
    without it. ``left_out`` decisions do not count: the judge judged their pairs by other settings
    or in another version than are in force, or an outlet edited an article since.
    """

    in_force: PairCalibration
    found: PairCalibration
    decisions: int
    right: int
    left_out: int
    before: CalibrationFigures
    after: CalibrationFigures
    reliable_before: list[Reliability]
    reliable_after: list[Reliability]


def refit(database: Database, config: Path, settings: ContradictionSettings) -> Refit:
    """Fit the calibration of the built-in judge to the decisions about what it found; nothing is
    written.

    A pair is right where its latest decision calls it a contradiction. Unsure decisions do not
    count, and neither do pairs of the kind ``superseded``. What the judge said before the
    calibration in force is what is fitted, so that a decision counts once however often this is
    done. Raises QueryError where there are too few decisions or all are of one kind, or the judge
    takes no calibration; DatabaseError and ConfigError.
    """
    refuse_uncalibrated(settings)
    in_force = load_pair_calibration(config)
    stale = frozenset(pending(database, comparison_fingerprint(config, settings)))
    with database.reading() as connection:
        stored, verdicts = decided_pairs(connection), standing_verdicts(connection)
    counted = [one for one in stored if one.kind is not ContradictionKind.SUPERSEDED]
    said = _said(counted, in_force, stale, verdicts)
    left_out = sum(one.contradiction_id not in said for one in counted)
    examples = [
        ScoredDecision(score, verdicts[pair] is Verdict.CONTRADICTION)
        for pair, score in said.items()
    ]
    _refuse_too_few(examples, left_out)
    right = [one.right for one in examples]
    before, after = [in_force.applied(one.said) for one in examples], held_out(examples)
    return Refit(
        in_force,
        fitted(examples).model_copy(update={"decided": said}),
        len(examples),
        sum(right),
        left_out,
        figures(before, right),
        figures(after, right),
        reliability(before, right),
        reliability(after, right),
    )


def write_calibration(config: Path, made: Refit) -> Path:
    """Put a calibration into force: the file in the configuration folder that it now stands in.

    Raises OutputError where it cannot be written.
    """
    path = config / FILE_NAME
    told = yaml.safe_dump(made.found.model_dump(), sort_keys=False)
    try:
        with targets.written(path, force=True) as place:
            place.write_text(_HEAD.format(decisions=made.decisions) + told, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None
    return path


def _said(
    decided: Sequence[DecidedPair],
    in_force: PairCalibration,
    stale: frozenset[str],
    verdicts: Mapping[str, Verdict],
) -> dict[str, float]:
    """What the judge said of each decided pair before any calibration: as it is stored where the
    calibration in force judged it, else as it was when that calibration was fitted."""
    said = {
        one.contradiction_id: round(in_force.taken_back(one.score), 6)
        for one in decided
        if one.standing and not one.articles & stale
    }
    kept = {pair: score for pair, score in in_force.decided.items() if pair in verdicts}
    return dict(sorted({**kept, **said}.items()))


def _refuse_too_few(examples: Sequence[ScoredDecision], left_out: int) -> None:
    aside = (
        f"; {left_out} more do not count until `claims run` has judged their pairs by what is in "
        "force now"
        if left_out
        else ""
    )
    if len(examples) < _LEAST:
        raise QueryError(
            f"too few decisions to calibrate by: {len(examples)}, and {_LEAST} are needed; decide "
            f"more pairs with `claims review`{aside}"
        )
    if len({one.right for one in examples}) < 2:
        kind = "contradictions" if examples[0].right else "none"
        raise QueryError(
            f"all {len(examples)} decisions are of one kind ({kind}): a calibration needs pairs "
            f"that are contradictions and pairs that are none{aside}"
        )
