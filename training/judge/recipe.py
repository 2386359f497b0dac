"""How the judges and the choice of what they are asked are trained: `judge.yaml`,
`judge_large.yaml` and `candidates.yaml` in `training/recipes`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from claims.config.yaml_file import Checked, load

RECIPES = Path(__file__).resolve().parent.parent / "recipes"
JUDGE, LARGE_JUDGE = RECIPES / "judge.yaml", RECIPES / "judge_large.yaml"
CANDIDATES = RECIPES / "candidates.yaml"


class HardestPairs(Checked):
    """Of so many pairs of each source that do not contradict each other, the ``kept`` that the
    network takes for contradictions most: the source ``hardest`` of a phase."""

    of: dict[str, int]
    kept: int = Field(ge=1)


class JudgePhase(Checked):
    """A stretch of training in which the rates rise, then fall to nothing.

    ``passes`` says how often the pairs of each source are read; of ``plain``, a share of them, only
    the words.
    """

    name: str
    hardest: HardestPairs | None = None
    passes: dict[str, float]
    rate: float = Field(gt=0)
    head_rate: float = Field(gt=0)
    warm_up: int = Field(default=100, ge=1)
    plain: float = Field(default=0.15, ge=0, le=1)


class JudgeRecipe(Checked):
    """The whole training. Of the groups of pairs (base claims, articles) one of every ``held_out``
    is kept out, of the articles and events of news one of every ``held_out_news``; the lowest
    ``frozen`` layers stay as they are; the learning rate falls by ``layer_decay`` from each layer
    to the one below; what is kept is a moving average, of which each step leaves ``average``;
    ``batch`` is in pieces. With a ``rank`` the matrices stay as they are, and two so narrow ones
    learn beside each."""

    seed: int
    held_out: int = Field(ge=2)
    held_out_news: int = Field(default=7, ge=2)
    frozen: int = Field(ge=0)
    rank: int | None = Field(default=None, ge=1)
    layer_decay: float = Field(gt=0, le=1)
    average: float = Field(ge=0, lt=1)
    batch: int = Field(ge=100)
    phases: tuple[JudgePhase, ...]


class CandidateRecipe(Checked):
    """Which pairs are worth reading: learned first from the disputes that readers saw, in
    ``told_steps``; the large judge then reads the likeliest ``read_within`` of each article and
    ``read_across`` of it and others, and from both it is learned again, in ``steps``. One of every
    ``held_out_news`` articles and events is kept out. Of these on average ``asked_within`` pairs an
    article are asked, and ``asked_across`` a report of an event with others."""

    seed: int
    held_out_news: int = Field(ge=2)
    told_steps: int = Field(ge=1)
    read_within: int = Field(ge=0)
    read_across: int = Field(ge=0)
    steps: int = Field(ge=1)
    asked_within: float = Field(gt=0)
    asked_across: float = Field(gt=0)


def load_judge_recipe(path: Path) -> JudgeRecipe:
    """The recipe; raises ConfigError."""
    return load(path, JudgeRecipe)


def load_candidate_recipe(path: Path = CANDIDATES) -> CandidateRecipe:
    """The recipe; raises ConfigError."""
    return load(path, CandidateRecipe)
