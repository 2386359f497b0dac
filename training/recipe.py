"""`recipes/<language>.yaml`: what a language's models are trained on, how long and how large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from claims.config.yaml_file import Checked, load
from claims.errors import ConfigError
from training.descent import Descent

RECIPES = Path(__file__).with_name("recipes")

Options = dict[str, Any]


class Round(Checked):
    """So many steps, the highest learning rate, and flags of Stanza's trainer.

    ``shares`` say how much of each treebank a pass takes, where it is not what the recipe says of
    the treebank; for the parser, how much of it is read at all; for the tokenizer, the shares of
    the kinds of text.
    """

    steps: int = Field(ge=1)
    rate: float = Field(gt=0)
    seed: int
    options: Options = Field(default_factory=dict)
    shares: tuple[float, ...] = ()

    @property
    def descent(self) -> Descent:
        """The same for the training loop."""
        return Descent(self.steps, self.rate, self.seed)


class Part(Round):
    """One model: a first round and others that each go on from the one before, with its options.

    ``go_on`` starts from the bundled model of the same name and keeps its vocabulary.
    """

    go_on: bool = False
    rounds: tuple[Round, ...] = ()

    def all_rounds(self) -> tuple[Round, ...]:
        """The rounds in their order, each with all its options."""
        later = (
            one.model_copy(update={"options": self.options | one.options}) for one in self.rounds
        )
        return (self, *later)


class Kind(Checked):
    """Text for the tokenizer: files ``<name>.txt`` and ``<name>.lab``, or text made of trees.

    ``bare`` and ``printed`` are treebanks, each read as often as it is named, whose sentences are
    printed without their stops, or as they are.
    """

    name: str
    share: float = Field(gt=0)
    bare: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()


class Jackknife(Checked):
    """Taggers that tag what they have not seen: ``steps`` each, ``seed`` of the first."""

    parts: int = Field(ge=2)
    steps: int = Field(ge=1)
    seed: int


class Treebank(Checked):
    """A file of the treebanks folder: each sentence ``copies`` times, of which a pass of the
    tagger takes the share ``share``."""

    file: str
    share: float = Field(default=1.0, gt=0)
    copies: int = Field(default=1, ge=1)


class Recipe(Checked):
    """How the models of a language are made.

    Without ``jackknife`` the parser learns from tags that the tagger gives to its own treebank.
    """

    language: str
    treebanks: tuple[Treebank, ...]
    held_out: str
    bare_seed: int = 5
    kinds: tuple[Kind, ...]
    tokenizer: Part
    rows: tuple[str, ...]
    lemmatizer: Options
    lemmatizer_seed: int = 1234
    jackknife: Jackknife | None = None
    tagger: Part
    parser: Part
    dimensions: int = 100
    words: int = 10_000


def load_recipe(language: str) -> Recipe:
    """The recipe of a language; raises ConfigError where there is none."""
    path = RECIPES / f"{language}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(path.stem for path in RECIPES.glob("*.yaml")))
        raise ConfigError(f"{path}: no recipe for {language!r}; there are recipes for {known}")
    return load(path, Recipe)
