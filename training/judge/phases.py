"""The phases of a recipe, one after another, each done once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from claims.contradictions.judges.learned.network import PairNetwork
from training.judge.fitting import Reading, fit
from training.judge.mining import hardest
from training.judge.pairs import LabelledPair
from training.judge.recipe import JudgeRecipe
from training.steps import Workshop


def learn(
    network: PairNetwork,
    reading: Reading,
    learned: Mapping[str, Sequence[LabelledPair]],
    recipe: JudgeRecipe,
    workshop: Workshop,
    given: Sequence[Path],
) -> None:
    """Train ``network`` through all phases on what is ``learned``, which was made from the files
    that are ``given``. What each ends with lies in the workshop, as does a checkpoint."""
    options = recipe.model_dump(exclude={"phases"})
    for phase in recipe.phases:
        place = workshop.folder / f"{phase.name}.pt"

        def train(phase=phase, place=place) -> None:  # type: ignore[no-untyped-def]
            checkpoint, own = place.with_suffix(".checkpoint"), dict(learned)
            if phase.hardest is not None:
                wanted, note = phase.hardest, workshop.note
                own["hardest"] = hardest(network, reading, learned, wanted, recipe.seed, note)
            fit(network, reading, own, recipe, phase, checkpoint, workshop.note)
            torch.save(network.state_dict(), place)

        workshop.step(phase.name, given, options | phase.model_dump(), [place], train)
        network.load_state_dict(torch.load(place, weights_only=True))
