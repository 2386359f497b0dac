"""How the encoder is trained: `training/recipes/encoder.yaml`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from claims.checked import Checked, load

RECIPE = Path(__file__).resolve().parent.parent / "recipes" / "encoder.yaml"


class Phase(Checked):
    """A stretch of training in which the rates rise, then fall to nothing.

    ``epochs`` counts the English articles; ``entities`` is the share of batches that are sentences
    with entities, ``extra`` how often the articles of ``--extra`` are seen in an epoch; ``english``
    the share of the English articles that an epoch has. ``joined`` is the share of paragraphs that
    are read with those after them, ``bare`` of those read without punctuation.
    """

    name: str
    epochs: float = Field(gt=0)
    rate: float = Field(gt=0)
    head_rate: float = Field(gt=0)
    warm_up: int = Field(default=120, ge=1)
    english: float = Field(default=1.0, gt=0, le=1)
    entities: float = Field(default=0.1, ge=0, lt=1)
    extra: int = Field(default=0, ge=0)
    joined: float = Field(default=0.2, ge=0, le=1)
    bare: float = Field(default=0.05, ge=0, le=1)


class Recipe(Checked):
    """The whole training. Every ``held_out``-th English article is kept out, for the calibration.

    ``frozen`` layers at the bottom stay as they are, as do the vectors of the pieces.
    """

    seed: int
    held_out: int = Field(ge=2)
    frozen: int = Field(ge=0)
    layer_decay: float = Field(gt=0, le=1)
    batch: int = Field(ge=100)
    hard_after: int = Field(ge=0)
    phases: tuple[Phase, ...]


def load_recipe() -> Recipe:
    """The recipe; raises ConfigError."""
    return load(RECIPE, Recipe)
