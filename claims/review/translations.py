"""The page's own words, and how to write those of others: language, direction, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path

from babel.dates import format_date, format_datetime
from markupsafe import Markup
from pydantic import Field, model_validator

from claims.config.yaml_file import Checked, load
from claims.export.locales import locale
from claims.model import ContradictionKind, SpeakerKind, Stance, Verdict
from claims.store.stored_pairs import StoredPair

Told = tuple[str, str]
"""Who speaks, and in which words."""

EXPLANATIONS = "en"
"""The language in which contradictions are explained."""

_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_RUN = re.compile(rf"({_RIGHT_TO_LEFT}(?:[^“”\"A-Za-z]*{_RIGHT_TO_LEFT})?)")


class VerdictTexts(Checked):
    """A verdict on the page: its name, the key that decides so, what it means."""

    name: str
    key: str
    meaning: str


class KeyTexts(Checked):
    """A key that is not a verdict's: which one (several, with spaces between), what it does."""

    key: str
    does: str


class ExportTexts(Checked):
    """A kind of file on the page: its name, what it holds."""

    name: str
    holds: str


class Texts(Checked):
    """``texts/<language>.yaml``: everything that the page says in one language.

    ``explanations`` say by kind why a pair conflicts, for a language other than the one in which
    contradictions are stored; {left}, {left_words}, {right} and {right_words} stand in them.
    ``denied`` is that of a denial of which is known who denies: there {right} denies {left}.
    """

    language: str
    name: str
    verdicts: dict[Verdict, VerdictTexts]
    keys: dict[str, KeyTexts]
    stances: dict[Stance, str]
    speaker_kinds: dict[SpeakerKind, str]
    kinds: dict[ContradictionKind, str]
    explanations: dict[ContradictionKind, str] = Field(default_factory=dict)
    denied: str | None = None
    exports: dict[str, ExportTexts]
    words: dict[str, str] = Field(min_length=1)

    @model_validator(mode="after")
    def _complete(self) -> Texts:
        for given, wanted in (
            (self.verdicts, Verdict),
            (self.stances, Stance),
            (self.speaker_kinds, SpeakerKind),
            (self.kinds, ContradictionKind),
        ):
            if missing := [one.value for one in wanted if one not in given]:
                raise ValueError(f"no text for {', '.join(missing)}")
        keys = [verdict.key for verdict in self.verdicts.values()]
        keys += [key for one in self.keys.values() for key in one.key.split()]
        if len(keys) != len(set(keys)):
            raise ValueError("a key stands for two things")
        return self

    def explained(self, pair: StoredPair, left: Told, right: Told) -> Markup | None:
        """Why a pair conflicts, with what is given isolated: who speaks on each side, and in which
        words they conflict. None where there are no words for its kind."""
        said = self.explanations.get(pair.kind)
        if said is None:
            return None
        denies = [side.stance is Stance.DENY for side in pair.sides]
        if self.denied and pair.kind is ContradictionKind.DENIAL and any(denies) != all(denies):
            said = self.denied
            left, right = (right, left) if denies[0] else (left, right)
        given = {
            "left": left[0], "left_words": left[1], "right": right[0], "right_words": right[1]
        }  # fmt: skip
        isolated_ones = {name: Markup("<bdi>{}</bdi>").format(one) for name, one in given.items()}
        return Markup(said).format(**isolated_ones)

    def filled(self, word: str, **given: str) -> Markup:
        """A sentence of the page's words with what is given, isolated, in it."""
        isolated_ones = {name: Markup("<bdi>{}</bdi>").format(one) for name, one in given.items()}
        return Markup(self.words[word]).format(**isolated_ones)

    def language_names(self, codes: Iterable[str]) -> dict[str, str]:
        """Languages by their code, named in this language; the code itself where it is unknown."""
        return {code: _named(code, self.language) or code for code in codes}

    def date(self, when: date) -> str:
        """A day as this language writes it."""
        return format_date(when, format="medium", locale=locale(self.language))

    def time(self, when: datetime) -> str:
        """A moment in UTC as this language writes it."""
        written = format_datetime(when, format="medium", locale=locale(self.language))
        return f"{written} UTC"


@cache
def texts(language: str = "en-GB") -> Texts:
    """The page's words in a language. Raises ConfigError where there are none."""
    with resources.as_file(resources.files(__package__) / "texts") as folder:
        return load(Path(folder) / f"{language}.yaml", Texts)


@cache
def languages() -> tuple[str, ...]:
    """The languages that the page speaks."""
    folder = resources.files(__package__) / "texts"
    return tuple(sorted(Path(one.name).stem for one in folder.iterdir()))


def isolated(text: str) -> Markup:
    """A text of one direction with the words of the other, up to the next quotation mark or Latin
    letter, each isolated: without that, several quoted words in a row change places."""
    parts = _RUN.split(text)  # every second part is a run
    return Markup("").join(
        Markup("<bdi>{}</bdi>").format(part) if index % 2 else part
        for index, part in enumerate(parts)
    )


def _named(code: str, language: str) -> str | None:
    known = locale(code)
    return None if known is None else known.get_display_name(locale(language))
