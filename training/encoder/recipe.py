"""How the encoder is trained: `training/recipes/encoder.yaml`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from claims.config.yaml_file import Checked, load

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
STORIES = SHARED / "fake-real-pairs" / "Real"
"""Where the texts of annotations lie, if nothing else is said."""
RECIPE = ROOT / "training" / "recipes" / "encoder.yaml"


class Language(Checked):
    """A set of annotated articles of one language: gold files, or annotations whose ``texts`` lie
    in a folder (else in that of ``--texts``); paths count from the root of the project. A set that
    is not named by its language says it in ``language``.

    Every ``held_out``-th article is kept out, for the confidence; none without it. ``listed``:
    attributions without a stance get that of the cue lexicon, where it lists their cue.
    """

    files: tuple[Path, ...]
    texts: Path | None = None
    language: str | None = None
    held_out: int | None = Field(default=None, ge=2)
    listed: bool = False


class Phase(Checked):
    """A stretch of training in which the rates rise, then fall to nothing.

    ``passes`` says how often the articles of each language are read, in ``rounds`` of which each
    has its share of them. ``joined`` is the share of paragraphs that are read with those after
    them; ``bare``, ``unstopped`` and ``unquoted`` of those read without punctuation, stops or
    quotation marks; ``empty`` of those read although nothing is attributed in them; ``hidden`` is
    the share of pieces that are read as unknown.
    """

    name: str
    passes: dict[str, float]
    rounds: int = Field(ge=1)
    rate: float = Field(gt=0)
    head_rate: float = Field(gt=0)
    warm_up: int = Field(default=120, ge=1)
    hard_after: int = Field(default=0, ge=0)
    joined: float = Field(default=0.2, ge=0, le=1)
    bare: float = Field(default=0.05, ge=0, le=1)
    unstopped: float = Field(default=0.0, ge=0, le=1)
    unquoted: float = Field(default=0.0, ge=0, le=1)
    empty: float = Field(default=1.0, ge=0, le=1)
    hidden: float = Field(default=0.0, ge=0, lt=1)


class Recipe(Checked):
    """The whole training.

    ``frozen`` layers at the bottom stay as they are, as do the vectors of the pieces. What is kept
    is a moving average of the weights, of which each step leaves ``average``. Pieces that only look
    like a cue are asked about as well after a phase's first ``hard_after`` batches.
    """

    seed: int
    frozen: int = Field(ge=0)
    layer_decay: float = Field(gt=0, le=1)
    average: float = Field(ge=0, lt=1)
    batch: int = Field(ge=100)
    languages: dict[str, Language]
    phases: tuple[Phase, ...]


def load_recipe() -> Recipe:
    """The recipe; raises ConfigError."""
    return load(RECIPE, Recipe)
