"""Which statements are likely contested, and which likely contest another: by themselves.

Two linear heads over a statement's sentence vector and a few signs of its form, learned by
``python -m training.judge`` from where readers saw the sides of disputes. Most statements of an
article are neither, so this leaves far fewer pairs to look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims.contradictions.statements import WORDS, Statement
from claims.errors import ModelError
from claims.model import Stance, TermKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

HEADS = Path(__file__).resolve().parent / "weights" / "contested.safetensors"

_SHORT, _LONG = 3, 25
"""Terms of a short content, and of a long one."""


class StatementSigns:
    """A statement with what its features need, made once for all of its pairs. ``contested`` and
    ``contesting`` are log odds, 0 until ``ContestedHeads`` has looked."""

    __slots__ = (
        "contested", "contesting", "denies", "long", "names", "negates", "numbers", "short",
        "statement", "voices", "words",
    )  # fmt: skip

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.words = statement.words
        self.names = statement.entities
        self.numbers = statement.term_texts(TermKind.NUMBER)
        self.voices = statement.term_texts(TermKind.VOICE)
        kinds = {term.kind for term in statement.terms}
        self.denies = statement.stance is Stance.DENY or TermKind.DENIAL in kinds
        self.negates = statement.negated or TermKind.NEGATION in kinds
        count = sum(term.kind in WORDS for term in statement.terms)
        self.short, self.long = count < _SHORT, count > _LONG
        self.contested = self.contesting = 0.0

    @property
    def states(self) -> bool:
        """Whether it says enough to be set against what stands elsewhere: a topic, a fragment or
        "denied the allegations" does not."""
        return not self.short and len(self.words) + len(self.names) >= _SHORT

    @property
    def asks(self) -> bool:
        """Whether it is printed as a question."""
        content = self.statement.content
        if content is None:
            return False
        return any(mark in self.statement.text[content.end - 1 : content.end + 2] for mark in "?؟")

    @property
    def takes_sides(self) -> bool:
        """Whether it may be a side within its article: it states something, or it denies what
        stands there."""
        return (self.states or self.denies) and not self.asks

    def form(self) -> list[float]:
        """The signs of its form, as the heads weigh them."""
        stance = self.statement.stance
        return [
            float(self.denies),
            float(self.negates),
            float(stance is Stance.DENY),
            float(stance is Stance.ACCUSE),
            float(stance is Stance.CLAIM),
            float(stance is Stance.OPINE),
            float(self.statement.own),
            float(self.short),
            float(self.long),
            float(bool(self.numbers)),
        ]


@dataclass(frozen=True, slots=True)
class ContestedHeads:
    """``form`` (signs, 2), ``meaning`` (384, 2) and ``constant`` (2,): contested and contesting."""

    form: Matrix
    meaning: Matrix
    constant: Matrix

    def look(self, sides: Sequence[StatementSigns], vectors: Matrix) -> None:
        """Set the log odds of statements with these sentence vectors (n, 384) of length 1."""
        import numpy as np

        if not sides:
            return
        form = np.array([side.form() for side in sides], dtype=np.float32)
        odds = form @ self.form + vectors @ self.meaning + self.constant
        for side, (contested, contesting) in zip(sides, odds.tolist(), strict=True):
            side.contested, side.contesting = contested, contesting


@cache
def contested_heads(path: Path = HEADS) -> ContestedHeads:
    """The bundled heads; raises ModelError where they do not load."""
    from safetensors.numpy import load_file

    try:
        found = load_file(path)
        return ContestedHeads(
            *(found[name].astype("float32") for name in ("form", "meaning", "constant"))
        )
    except Exception as error:  # safetensors raises several kinds
        reason = " ".join(str(error).split())
        raise ModelError(f"{path}: the weights do not load: {reason}") from error
