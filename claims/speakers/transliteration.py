"""How alike two names sound, in one script or across two.

A name becomes a sequence of sounds, and two sequences are aligned at the least cost (the weighted
edit distance of Wagner and Fischer, 1974). The costs know what a script leaves out: Urdu its short
vowels, English the difference between two kinds of "s". They are data: ``transliteration.yaml``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from pathlib import Path

from pydantic import ConfigDict, Field, field_validator

from claims.configuration import Checked, load
from claims.speakers.names import key, tokens

Sounds = tuple[str, ...]
Costs = Mapping[tuple[str, str], float]

_SKIPPED = "-"
_OTHER = 1.0  # taking a sound for one that it has nothing to do with, or leaving it out
_ROUNDING = 1e-9
_STEEP = 2.0  # how fast similarity falls with the cost of one sound
_OTHER_NAME = 2.0  # two words that are known to be different given names
_EITHER_NAME = 1.0  # a word that may be either of two given names


class _File(Checked):
    """``transliteration.yaml``, checked."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    scripts: dict[str, dict[str, str]] = Field(default_factory=dict)
    across: dict[str, float] = Field(default_factory=dict)
    within: dict[str, float] = Field(default_factory=dict)
    names: tuple[dict[str, tuple[str, ...]], ...] = ()

    @field_validator("across", "within")
    @classmethod
    def _pairs(cls, costs: dict[str, float]) -> dict[str, float]:
        for pair, cost in costs.items():
            if len(pair.split()) != 2:
                raise ValueError(f"{pair!r} must be two sounds, or a sound and -")
            if not 0 <= cost <= _OTHER:
                raise ValueError(f"{pair!r}: the cost must be between 0 and {_OTHER:g}")
        return costs


@dataclass(frozen=True, slots=True)
class Heard:
    """A name as it sounds: its words as keys, the sounds of each and of all, those that are
    doubled only once, and its single letters apart."""

    script: str
    words: tuple[str, ...]
    sounds: tuple[Sounds, ...]
    joined: Sounds
    initials: tuple[str, ...]


@dataclass(frozen=True)
class Transliteration:
    """Compares names by sound. Made by ``load_transliteration``."""

    _letters: Mapping[str, Mapping[str, Sounds]]
    _across: Costs
    _within: Costs
    _given: Mapping[str, frozenset[int]]

    def hear(self, name: str) -> Heard | None:
        """What a name sounds like; None where its script is not listed or it has no word."""
        script = _script(name)
        letters = self._letters.get(script)
        if letters is None:
            return None
        keys = [token.casefold() for token in tokens(name)]
        words = tuple(token for token in keys if len(token) > 1)
        sounds = tuple(_joined([tuple(_read(f"^{word}$", letters))]) for word in words)
        if not any(sounds):
            return None
        initials = tuple(token for token in keys if len(token) == 1)
        return Heard(script, words, sounds, _joined(sounds), initials)

    def similarity(self, one: Heard, other: Heard, least: float = 0.0) -> float:
        """How alike two names sound, in [0, 1]; symmetric. Below ``least`` it may say 0.

        It falls with the share of sounds that differ. Words that are known to be the same given
        name are equal however they are spelled; words known for different ones are not. Where
        both have single letters ("George W.", "George H. W.") these must be the same.
        """
        if one.initials and other.initials and one.initials != other.initials:
            return 0.0
        if one.script != other.script and one.script != self._first(one.script, other.script):
            one, other = other, one
        left, right = one.sounds, other.sounds
        cost = 0.0
        if len(one.words) == len(other.words):
            kept: list[int] = []
            for at, (mine, theirs) in enumerate(zip(one.words, other.words, strict=True)):
                known = self._known(mine, theirs)
                cost += known or 0.0
                if known is None:
                    kept.append(at)
            left, right = (tuple(sounds[at] for at in kept) for sounds in (left, right))
        scale = _STEEP / ((len(one.joined) + len(other.joined)) / 2)
        most = (1 - least) / scale + _ROUNDING
        if cost > most:
            return 0.0
        costs = self._within if one.script == other.script else self._across
        cost += _aligned(_joined(left), _joined(right), costs, most - cost)
        return max(0.0, 1 - scale * cost)

    def _first(self, *scripts: str) -> str:
        """Which of two scripts the file lists first: costs across are from it to the other."""
        return next(script for script in self._letters if script in scripts)

    def _known(self, mine: str, theirs: str) -> float | None:
        """The cost of two words that are equal or known given names; None for others."""
        if mine == theirs:
            return 0.0
        left, right = self._given.get(mine), self._given.get(theirs)
        if left is None or right is None:
            return None
        if not left & right:
            return _OTHER_NAME
        return _EITHER_NAME if len(left) > 1 or len(right) > 1 else 0.0


def load_transliteration(config: Path) -> Transliteration:
    """``transliteration.yaml`` of a configuration folder; where there is none, no two names are
    alike. Raises ConfigError for a file that is wrong."""
    path = config / "transliteration.yaml"
    file = load(path, _File) if path.exists() else _File()
    given: dict[str, set[int]] = {}
    for line, forms in enumerate(file.names):
        for form in (form for listed in forms.values() for form in listed):
            given.setdefault(key(form).casefold(), set()).add(line)
    return Transliteration(
        _letters={
            script: {letters: tuple(sounds.split()) for letters, sounds in table.items()}
            for script, table in file.scripts.items()
        },
        _across=_both_ways(file.across),
        _within=_both_ways(file.within),
        _given={form: frozenset(lines) for form, lines in given.items()},
    )


def _both_ways(costs: Mapping[str, float]) -> Costs:
    made: dict[tuple[str, str], float] = {}
    for pair, cost in costs.items():
        left, right = pair.split()
        made[left, right] = cost
        made.setdefault((right, left), cost)
    return made


def in_latin(name: str) -> bool:
    """Whether a name is written in Latin letters."""
    return _script(name) == "LATIN"


def _script(name: str) -> str:
    """The script of a name's first letter, as Unicode names it; empty where it has none."""
    first = next((character for character in name if character.isalpha()), "")
    return unicodedata.name(first, "").split(" ")[0] if first else ""


def _joined(words: Sequence[Sounds]) -> Sounds:
    found: list[str] = []
    for sounds in words:
        for sound in sounds:
            if not found or found[-1] != sound:
                found.append(sound)
    return tuple(found)


def _read(token: str, letters: Mapping[str, Sounds]) -> Iterator[str]:
    """The sounds of one word between ``^`` and ``$``, the longest spelling first."""
    longest = max(map(len, letters))
    at = 0
    while at < len(token):
        for size in range(min(longest, len(token) - at), 0, -1):
            sounds = letters.get(token[at : at + size])
            if sounds is not None:
                yield from sounds
                at += size
                break
        else:
            at += 1


def _aligned(left: Sounds, right: Sounds, costs: Costs, most: float) -> float:
    """Cost of the best alignment of two sequences of sounds; infinite where it exceeds ``most``."""
    above = [0.0]
    for sound in right:
        above.append(above[-1] + costs.get((sound, _SKIPPED), _OTHER))
    for mine in left:
        skip = costs.get((mine, _SKIPPED), _OTHER)
        row = [above[0] + skip]
        for at, theirs in enumerate(right):
            taken = 0.0 if mine == theirs else costs.get((mine, theirs), _OTHER)
            row.append(
                min(
                    above[at] + taken,
                    above[at + 1] + skip,
                    row[at] + costs.get((theirs, _SKIPPED), _OTHER),
                )
            )
        if min(row) > most:
            return inf
        above = row
    return above[-1] if above[-1] <= most else inf
