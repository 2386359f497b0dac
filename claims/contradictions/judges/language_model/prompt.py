"""What a language model is asked about a pair: the words of ``language_model.yaml``."""

from __future__ import annotations

from pathlib import Path
from string import Template

from pydantic import Field, ValidationInfo, field_validator

from claims.config.yaml_file import Checked, load
from claims.contradictions.candidate import CandidatePair
from claims.contradictions.statements import Statement
from claims.contradictions.surroundings import Surroundings

FILE_NAME = "language_model.yaml"

_PLACES = {
    "question": frozenset({"left", "right"}),
    "statement": frozenset({"outlet", "date", "language", "speaker", "stance", "passage"}),
}
"""What may stand behind a ``$`` in which key."""

_NEEDED = {"question": frozenset({"left", "right"}), "statement": frozenset({"passage"})}

_LONGEST = 4000
"""Characters of a statement: some contents are whole speeches, and their beginning tells enough."""


class Prompt(Checked):
    """``language_model.yaml``: the instruction, and how a pair and its statements are written."""

    instruction: str = Field(min_length=1)
    question: str
    statement: str
    own_voice: str
    no_date: str

    @field_validator("question", "statement")
    @classmethod
    def _known_places(cls, text: str, info: ValidationInfo) -> str:
        name = info.field_name or ""
        template = Template(text)
        if not template.is_valid():
            raise ValueError("a $ in it stands before no name; write $$ for the character")
        named = set(template.get_identifiers())
        if unknown := sorted(named - _PLACES[name]):
            known = ", ".join(f"${one}" for one in sorted(_PLACES[name]))
            raise ValueError(f"${unknown[0]} is not known here; there are {known}")
        if missing := sorted(_NEEDED[name] - named):
            raise ValueError(f"${missing[0]} has to stand in it")
        return text

    def asks(self, pair: CandidatePair) -> str:
        """The question about a pair."""
        return Template(self.question).substitute(
            left=self._written(pair.left), right=self._written(pair.right)
        )

    def _written(self, statement: Statement) -> str:
        around = Surroundings.of(statement)
        said = around.place.of(statement.text)[:_LONGEST]
        passage = f"{around.before}⟦{said}⟧{around.after}"
        published = statement.published_at
        return Template(self.statement).substitute(
            outlet=statement.outlet,
            date=self.no_date if published is None else published.date().isoformat(),
            language=statement.language,
            speaker=self.own_voice if statement.own else statement.speaker,
            stance=statement.stance.value,
            passage=" ".join(passage.split()),
        )


def load_prompt(config: Path) -> Prompt:
    """The prompt of a configuration folder. Raises ConfigError naming file, line and key."""
    return load(config / FILE_NAME, Prompt)
