"""`python -m training.stories`: learns which articles are of one event.

    python -m training.stories            # prints what was learned, and what it is worth
    python -m training.stories --write    # and puts it into claims/stories/weights.yaml

Weights are learned on one half of the events and measured on the other, both ways; those that are
written are learned on all.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated

import typer
import yaml

from claims.stories.likeness import WEIGHTS, StoryWeights
from training.stories.bcubed import b_cubed
from training.stories.fitting import clustered, events_of, fit
from training.stories.reports import (
    Reports,
    across_languages,
    dated,
    read,
    told_events,
    told_pairs,
)

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"

_HEADING = """\
# What each feature of two groups of articles adds to the log odds that they are of one event;
# claims/stories/likeness.py says what they are. Learned by `python -m training.stories --write`.
"""


def half(reports: Reports, number: int) -> list[int]:
    """The reports of one half of the events (0 or 1), which the events' names decide."""
    return [
        n
        for n, one in enumerate(reports.reports)
        if hashlib.sha256((one.event or "").encode()).digest()[0] % 2 == number
    ]


def learn(
    shared: Annotated[Path, typer.Option(help="where the reports lie")] = SHARED,
    kept: Annotated[Path, typer.Option(help="where vectors are kept")] = ROOT / "build" / "stories",
    write: Annotated[bool, typer.Option("--write", help="write the package's weights")] = False,
) -> None:
    """Learn the weights of the features of stories."""
    sets, politics, across = load_sets(shared, kept)
    for line in held_out(sets, politics, across):
        typer.echo(json.dumps(line))
    whole = fit([(one, range(len(one.reports))) for one in sets], politics, across)
    typer.echo(json.dumps({"learned on all": _told(whole)}))
    if write:
        told = yaml.safe_dump(_told(whole), sort_keys=False)
        WEIGHTS.write_text(_HEADING + told, encoding="utf-8")


def load_sets(shared: Path, kept: Path) -> tuple[list[Reports], Reports, Reports]:
    """The sets whose events are told, the dated articles, and statements across languages."""
    sets = [
        read("dev", told_events(shared / "stories" / "dev.jsonl"), kept),
        read("pairs", told_pairs(shared / "fake-real-pairs"), kept),
    ]
    return (
        sets,
        read("politics", dated(shared / "gold" / "en_train.jsonl"), kept),
        read("across", across_languages(shared / "pairs" / "written.jsonl"), kept),
    )


def held_out(sets: list[Reports], politics: Reports, across: Reports) -> list[dict[str, object]]:
    """For each half the weights that were learned on the other, and how well stories fit its
    events. All reports of a set are clustered, those of the half count."""
    lines: list[dict[str, object]] = []
    for number in (0, 1):
        weights = fit([(one, half(one, 1 - number)) for one in sets], politics, across)
        line: dict[str, object] = {"held_out": f"half {number + 1}", "weights": _told(weights)}
        for one in sets:
            told = events_of(one)
            names = [one.reports[n].name for n in half(one, number)]
            found = b_cubed(told, clustered(one, weights), names)
            line[one.name] = {
                "reports": len(names),
                "precision": round(found.precision, 4),
                "recall": round(found.recall, 4),
                "f1": round(found.f1, 4),
            }
        lines.append(line)
    return lines


def _told(weights: StoryWeights) -> dict[str, float]:
    return {name: round(value, 3) for name, value in weights.model_dump().items()}


if __name__ == "__main__":
    typer.run(learn)
