"""Stance is more than the verb: what negation does to it, and the frames that turn it, as
``config/stances/<language>.yaml`` lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, field_validator, model_validator

from claims.config.yaml_file import Checked
from claims.model import Stance

_WITHHELD = {
    Stance.REPORT: Stance.DECLINE,
    Stance.CONFIRM: Stance.DECLINE,
    Stance.DENY: Stance.DECLINE,
    Stance.ANNOUNCE: Stance.DECLINE,
    Stance.CLAIM: Stance.DECLINE,
    Stance.ACCUSE: Stance.DECLINE,
    Stance.OPINE: Stance.DENY,
}

_LIST = re.compile(r"<([a-z]+)>")

Form = Literal["clause", "infinitive", "predicate", "question", "quotation", "passive", "person"]
"""What stands with a cue: a clause that it governs, an infinitive, an object with what it is called
(«called A B»), a question, direct speech; that the cue is passive; that the content names a
person."""


def negated(stance: Stance) -> Stance:
    """The stance of a negated cue: who did not say, confirm or deny a thing declines to; who does
    not believe it denies it, and who does not demand it still makes a demand (of its opposite)."""
    return _WITHHELD.get(stance, stance)


def _pattern(text: str) -> str:
    try:
        re.compile(_LIST.sub("x", text))
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return text


_Expression = Annotated[str, AfterValidator(_pattern)]


class StanceFrame(Checked):
    """What stands with a cue that has one of ``words``, and the stance that it gives.

    ``after`` looks at the lemmas after that word, ``cue``, ``content`` and ``source`` at those of
    the roles; ``form`` and ``not_form`` at the form. All that is given must hold. ``in_cue`` makes
    the words that ``after`` found a part of the cue («pleaded not guilty to | theft»).
    """

    words: frozenset[str]
    after: _Expression | None = None
    cue: _Expression | None = None
    content: _Expression | None = None
    source: _Expression | None = None
    form: tuple[Form, ...] = ()
    not_form: tuple[Form, ...] = ()
    in_cue: bool = False
    stance: Stance | Literal["nothing"]


class StanceData(Checked):
    """One file of ``config/stances/``: ``interrogatives`` begin a question that a cue governs,
    ``lists`` are words that expressions call ``<name>``, ``frames`` are tried in their order,
    ``words`` tell the stance of cues that the lexicon does not have."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    interrogatives: frozenset[str] = frozenset()
    lists: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    frames: tuple[StanceFrame, ...] = ()
    words: dict[Stance, tuple[str, ...]] = Field(default_factory=dict)

    @field_validator("words")
    @classmethod
    def _listed_once(cls, words: dict[Stance, tuple[str, ...]]) -> dict[Stance, tuple[str, ...]]:
        seen: set[str] = set()
        for word in (word for listed in words.values() for word in listed):
            if word in seen:
                raise ValueError(f"{word!r} stands here twice; keep it under one stance")
            seen.add(word)
        return words

    @model_validator(mode="after")
    def _lists_are_there(self) -> StanceData:
        for frame in self.frames:
            for text in (frame.after, frame.cue, frame.content, frame.source):
                for name in _LIST.findall(text or ""):
                    if name not in self.lists:
                        raise ValueError(f"no list is called <{name}>; write it under `lists`")
        return self

    @cached_property
    def by_word(self) -> Mapping[str, tuple[StanceFrame, ...]]:
        """The frames that a word may open, in their order."""
        found: dict[str, list[StanceFrame]] = {}
        for frame in self.frames:
            for word in frame.words:
                found.setdefault(word, []).append(frame)
        return {word: tuple(frames) for word, frames in found.items()}

    @cached_property
    def stance_of(self) -> Mapping[str, Stance]:
        """The stance of each of ``words``."""
        return {word: stance for stance, listed in self.words.items() for word in listed}

    def expression(self, text: str) -> re.Pattern[str]:
        """An expression of a frame with its lists written out; compiled once."""
        known = self._compiled.get(text)
        if known is None:
            known = self._compiled[text] = re.compile(_LIST.sub(self._alternatives, text))
        return known

    @cached_property
    def _compiled(self) -> dict[str, re.Pattern[str]]:
        return {}

    def _alternatives(self, name: re.Match[str]) -> str:
        return f"(?:{'|'.join(map(re.escape, self.lists[name[1]]))})"
