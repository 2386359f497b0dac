"""How alike two names sound, in one script or across two.

A name becomes a sequence of sounds, and two sequences are aligned at the least cost (the weighted
edit distance of Wagner and Fischer, 1974). The costs know what a script leaves out: Urdu its short
vowels, English the difference between two kinds of "s". They are data: ``transliteration.yaml``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf
from pathlib import Path

from pydantic import ConfigDict, Field, field_validator

from claims.config.yaml_file import Checked, load
from claims.speakers.names import key, tokens

Sounds = tuple[str, ...]
Costs = Mapping[tuple[str, str], float]
Near = Mapping[str, Sequence[tuple[str, float]]]

_SKIPPED = "-"
_REMEMBERED = 1 << 12  # names
_OTHER = 1.0  # taking a sound for one that it has nothing to do with, or leaving it out
_ROUNDING = 1e-9
_STEEP = 2.0  # how fast similarity falls with the cost of one sound
_OTHER_NAME = 2.0  # two words that are known to be different given names
_EITHER_NAME = 1.0  # a word that may be either of two given names


class _TransliterationFile(Checked):
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
    doubled only once, and its single letters apart. ``kinds`` are the different sounds, ``given``
    says that a word is a given name that is listed."""

    script: str
    words: tuple[str, ...]
    sounds: tuple[Sounds, ...]
    joined: Sounds
    initials: tuple[str, ...]
    kinds: frozenset[str]
    given: bool


@dataclass(frozen=True)
class Transliteration:
    """Compares names by sound. Made by ``load_transliteration``."""

    _letters: Mapping[str, Mapping[str, Sounds]]
    _across: Costs
    _within: Costs
    _given: Mapping[str, frozenset[int]]

    @cached_property
    def _longest(self) -> Mapping[str, int]:
        """Letters of each script's longest spelling."""
        return {script: max(map(len, table)) for script, table in self._letters.items() if table}

    @cached_property
    def _near(self) -> tuple[tuple[Near, Near], tuple[Near, Near]]:
        """What a sound of the one name, and one of the other, may be taken for, the cheapest
        first: between scripts, and within one."""
        return _cheapest_first(self._across), _cheapest_first(self._within)

    def hear(self, name: str) -> Heard | None:
        """What a name sounds like; None where its script is not listed or it has no word."""
        return self._heard(name)

    @cached_property
    def _heard(self) -> Callable[[str], Heard | None]:
        """The same few names of an article are compared again and again."""
        return lru_cache(maxsize=_REMEMBERED)(self._hear)

    def _hear(self, name: str) -> Heard | None:
        script = _script(name)
        letters = self._letters.get(script)
        if not letters:
            return None
        keys = [token.casefold() for token in tokens(name)]
        words = tuple(token for token in keys if len(token) > 1)
        longest = self._longest[script]
        sounds = tuple(_joined([tuple(_read(f"^{word}$", letters, longest))]) for word in words)
        if not any(sounds):
            return None
        initials = tuple(token for token in keys if len(token) == 1)
        joined = _joined(sounds)
        given = any(word in self._given for word in words)
        return Heard(script, words, sounds, joined, initials, frozenset(joined), given)

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
        within = one.script == other.script
        scale = _STEEP / ((len(one.joined) + len(other.joined)) / 2)
        most = (1 - least) / scale + _ROUNDING
        # Where not both have listed names, only equal words are left out of the alignment below.
        listed = one.given and other.given
        if not listed and _floor(one.kinds, other.kinds, self._near[within]) > most:
            return 0.0
        left, right = one.joined, other.joined
        cost = 0.0
        if len(one.words) == len(other.words):
            known = [*map(self._known, one.words, other.words)]
            cost = sum(each for each in known if each is not None)
            kept = [at for at, each in enumerate(known) if each is None]
            if len(kept) < len(known):
                left, right = (_joined([each.sounds[at] for at in kept]) for each in (one, other))
        if cost > most:
            return 0.0
        cost += _aligned(left, right, self._within if within else self._across, most - cost)
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
    file = load(path, _TransliterationFile) if path.exists() else _TransliterationFile()
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


def _cheapest_first(costs: Costs) -> tuple[Near, Near]:
    ours: dict[str, list[tuple[str, float]]] = {}
    theirs: dict[str, list[tuple[str, float]]] = {}
    for (one, other), cost in sorted(costs.items(), key=lambda each: each[1]):
        ours.setdefault(one, []).append((other, cost))
        theirs.setdefault(other, []).append((one, cost))
    return ours, theirs


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


def _read(token: str, letters: Mapping[str, Sounds], longest: int) -> Iterator[str]:
    """The sounds of one word between ``^`` and ``$``, the longest spelling first."""
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


def _floor(mine: frozenset[str], theirs: frozenset[str], near: tuple[Near, Near]) -> float:
    """What every alignment costs at least: each sound that the other side lacks must be taken for
    one that it has, or left out. Found without aligning, which takes many times as long."""
    if mine == theirs:
        return 0.0
    ours, others = near
    return max(_missing(mine - theirs, theirs, ours), _missing(theirs - mine, mine, others))


def _missing(sounds: frozenset[str], others: frozenset[str], near: Near) -> float:
    cost = 0.0
    for sound in sounds:
        for other, least in near.get(sound, ()):
            if other in others or other == _SKIPPED:
                cost += least
                break
        else:
            cost += _OTHER
    return cost


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
