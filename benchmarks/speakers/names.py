"""Names of one person and of two: what is merged that should be, and what should not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import Field
from rapidfuzz import fuzz

from benchmarks.speakers.agreement import Agreement
from claims.config.yaml_file import Checked, load
from claims.model import SpeakerKind
from claims.speakers.gazetteer import Gazetteer
from claims.speakers.latin_names import SURE
from claims.speakers.names import key, tokens
from claims.speakers.similar import AUTOMATIC, SUGGESTED
from claims.speakers.transliteration import Heard, Transliteration

Pair = tuple[str, str]


class NamePairs(Checked):
    """``tests/speakers/names.yaml``: names of different people, and of the same one."""

    different: tuple[Pair, ...]
    same: tuple[Pair, ...] = Field(alias="the same")


class NearNames(Checked):
    """``near_names.yaml``: names of different people that are close to each other."""

    different: tuple[Pair, ...]


class LatinForms(Checked):
    """``latin_names_ur.yaml``: names in Urdu letters with the Latin form that news prints."""

    names: dict[str, str]


def near(path: Path, judge: Judge) -> dict[str, float | int]:
    """How many near names of different people would be taken for one person's."""
    alike = judge.similarities(load(path, NearNames).different)
    merged = sum(one >= AUTOMATIC for one in alike)
    return {"near": len(alike), "near_merged": merged, "near_highest": round(max(alike), 4)}


def latin(path: Path, gazetteer: Gazetteer, agreement: Agreement) -> dict[str, float | int]:
    """How many names in Latin letters a reader accepts, and how many of those that are sure."""
    forms = load(path, LatinForms).names
    made = [(gazetteer.latin.person(urdu), wanted) for urdu, wanted in forms.items()]
    right = [(one, agreement.agrees(one.text, wanted)) for one, wanted in made]
    sure = [found for one, found in right if one.confidence >= SURE]
    return {
        "latin": len(right),
        "latin_right": _share(found for _, found in right),
        "latin_sure": len(sure),
        "latin_sure_right": _share(sure),
    }


def read_pairs(path: Path) -> NamePairs:
    """The pairs that were written by hand. Raises ConfigError."""
    return load(path, NamePairs)


def known_pairs(gazetteer: Gazetteer) -> list[Pair]:
    """For each person of the gazetteer the usual full name in every two languages."""
    pairs = []
    for entry in gazetteer.entries:
        full = [
            next((name for name in names if len(tokens(name)) > 1), None)
            for names in entry.names.values()
        ]
        names = [name for name in full if name is not None]
        if entry.kind is SpeakerKind.PERSON:
            pairs += [(one, other) for at, one in enumerate(names) for other in names[at + 1 :]]
    return pairs


def crossed(pairs: Sequence[Pair]) -> list[Pair]:
    """Each first name of some pairs with every second name of the others."""
    return [
        (one, other)
        for at, (one, _) in enumerate(pairs)
        for number, (_, other) in enumerate(pairs)
        if at != number
    ]


def strangers(*listed: Sequence[Pair]) -> list[Pair]:
    """Pairs of people, each person once: a pair goes that has a name of an earlier one."""
    kept: list[Pair] = []
    seen: set[str] = set()
    for pair in (pair for pairs in listed for pair in pairs):
        if not seen.intersection(map(key, pair)):
            kept.append(pair)
        seen.update(map(key, pair))
    return crossed(kept)


class Judge:
    """Compares pairs of names, hearing each name once."""

    def __init__(self, transliteration: Transliteration) -> None:
        self._transliteration = transliteration
        self._heard: dict[str, Heard | None] = {}

    def similarities(self, pairs: Iterable[Pair]) -> list[float]:
        """How alike the names of each pair sound."""
        return [self._similarity(*pair) for pair in pairs]

    def skeletons(self, pairs: Iterable[Pair]) -> list[float]:
        """The same by rapidfuzz's ratio over consonants, for comparison."""
        return [
            fuzz.ratio(self._skeleton(one), self._skeleton(other)) / 100 for one, other in pairs
        ]

    def _similarity(self, one: str, other: str) -> float:
        left, right = self._hear(one), self._hear(other)
        return self._transliteration.similarity(left, right) if left and right else 0.0

    def _skeleton(self, name: str) -> str:
        heard = self._hear(name)
        return " ".join(s for s in heard.joined if s in "bpdtkgjszSCZxlmnrf") if heard else ""

    def _hear(self, name: str) -> Heard | None:
        if name not in self._heard:
            self._heard[name] = self._transliteration.hear(name)
        return self._heard[name]


def measure(pairs: NamePairs, gazetteer: Gazetteer, judge: Judge) -> dict[str, float | int]:
    """Wrong merges among different people, and the share of true pairs that are merged."""
    known = known_pairs(gazetteer)
    different = judge.similarities(pairs.different)
    others = judge.similarities(strangers(known, pairs.same))
    same, listed = judge.similarities(pairs.same), judge.similarities(known)
    worst = max(judge.skeletons(pairs.different))
    return {
        "threshold": AUTOMATIC,
        "different": len(different),
        "different_merged": sum(one >= AUTOMATIC for one in different),
        "different_highest": round(max(different), 4),
        "crossed": len(others),
        "crossed_merged": sum(one >= AUTOMATIC for one in others),
        "same": len(same),
        "same_merged": _share(one >= AUTOMATIC for one in same),
        "same_suggested": _share(one >= SUGGESTED for one in same),
        "gazetteer": len(listed),
        "gazetteer_merged": _share(one >= AUTOMATIC for one in listed),
        "gazetteer_suggested": _share(one >= SUGGESTED for one in listed),
        "skeleton_same_merged_without_a_wrong_one": _share(
            one > worst for one in judge.skeletons(pairs.same)
        ),
    }


def _share(right: Iterable[bool]) -> float:
    made = list(right)
    return round(sum(made) / len(made), 4) if made else 0.0
