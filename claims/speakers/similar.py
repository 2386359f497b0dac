"""Finding the known names that sound like a new one, without comparing it with all of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import Generic, TypeVar

from claims.speakers.transliteration import Heard, Transliteration

AUTOMATIC = 0.9
"""Similarity from which two names of people are taken for one person's."""

SUGGESTED = 0.78
"""Similarity from which a person is asked whether two names are one speaker's."""

# Consonants by how readily they stand for each other. Sounds in neither are left out of a skeleton.
_FINE = {
    **dict.fromkeys("kqx", "k"),
    **dict.fromkeys("sz", "s"),
    **{sound: sound for sound in ("b", "p", "t", "d", "g", "j", "C", "S", "Z", "l", "m", "n", "r")},
}
_COARSE = {
    **dict.fromkeys(("k", "q", "x", "g", "j"), "k"),
    **dict.fromkeys(("s", "z", "S", "C", "Z"), "s"),
    **dict.fromkeys(("d", "t"), "t"),
    **{sound: sound for sound in ("b", "p", "l", "m", "n", "r")},
}
_NEIGHBOURS = 4  # names compared in a block, on each side of where the new one belongs

K = TypeVar("K")


class Named(Generic[K]):
    """A name in an index, in the order of its sounds; ``key`` is what the caller knows it by."""

    __slots__ = ("heard", "key", "order")

    def __init__(self, key: K, heard: Heard) -> None:
        self.key = key
        self.heard = heard
        self.order = (_consonants(heard), heard.joined)

    def __lt__(self, other: Named[K]) -> bool:
        return self.order < other.order


class NameIndex(Generic[K]):
    """Names by the consonants of their first or second half.

    Two names are compared only where all their consonants are of the same coarse class and one
    half agrees more finely. In a crowded block only the neighbours in order of sound are compared
    (the sorted neighbourhood of Hernández and Stolfo, 1995), so that looking one name up among n
    takes time in log n. ``compared`` counts the pairs that were compared.
    """

    def __init__(self, transliteration: Transliteration) -> None:
        self._transliteration = transliteration
        self._blocks: dict[tuple[str, ...], list[Named[K]]] = {}
        self.compared = 0

    def add(self, key: K, name: str) -> None:
        """Add a name; one whose script is not listed is left out."""
        heard = self._transliteration.hear(name)
        if heard is not None:
            entry = Named(key, heard)
            for block in _blocks(heard):
                insort(self._blocks.setdefault(block, []), entry)

    def remove(self, key: K, name: str) -> None:
        """Take back an ``add``."""
        heard = self._transliteration.hear(name)
        if heard is not None:
            probe = Named(key, heard)
            for block in _blocks(heard):
                entries = self._blocks.get(block, [])
                at = bisect_left(entries, probe)
                while at < len(entries) and entries[at].order == probe.order:
                    if entries[at].key == key:
                        del entries[at]
                        break
                    at += 1

    def find(self, name: str, least: float) -> list[tuple[float, K]]:
        """Names at least so similar, best first: similarity and key, each key once.

        Keys must be sortable: they decide between equals.
        """
        heard = self._transliteration.hear(name)
        if heard is None:
            return []
        best: dict[K, float] = {}
        for entry in self._near(heard):
            self.compared += 1
            similarity = self._transliteration.similarity(heard, entry.heard, least)
            if similarity >= least:
                best[entry.key] = max(similarity, best.get(entry.key, 0.0))
        return sorted(((score, key) for key, score in best.items()), key=_rank)

    def _near(self, heard: Heard) -> Iterator[Named[K]]:
        """The names that a name is compared with, each once though two blocks have it."""
        probe: Named[K | None] = Named(None, heard)
        seen: set[int] = set()
        for block in _blocks(heard):
            entries = self._blocks.get(block, [])
            if len(entries) > 2 * _NEIGHBOURS:
                at = bisect_left(entries, probe.order, key=lambda entry: entry.order)
                entries = entries[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
            for entry in entries:
                if id(entry) not in seen:
                    seen.add(id(entry))
                    yield entry


def _rank(found: tuple[float, object]) -> tuple[float, str]:
    return -found[0], str(found[1])


def skeleton(heard: Heard) -> str:
    """The consonants of a name, those that readily stand for each other alike and doubled ones
    once: the same for two names that sound alike."""
    found = [_COARSE[sound] for sound in heard.joined if sound in _COARSE]
    return "".join(sound for at, sound in enumerate(found) if at == 0 or sound != found[at - 1])


def _consonants(heard: Heard) -> tuple[str, ...]:
    """The consonants of a name, the doubled ones once."""
    found = [_FINE[sound] for sound in heard.joined if sound in _FINE]
    return tuple(sound for at, sound in enumerate(found) if at == 0 or sound != found[at - 1])


def _blocks(heard: Heard) -> set[tuple[str, ...]]:
    """The two blocks of a name: one half of its consonants finely, the other coarsely."""
    consonants = [sound for sound in heard.joined if sound in _FINE]
    kept = [
        c for at, c in enumerate(consonants) if at == 0 or _FINE[c] != _FINE[consonants[at - 1]]
    ]
    fine = [_FINE[sound] for sound in kept]
    coarse = [_COARSE[sound] for sound in kept]
    half = len(kept) // 2
    return {
        ("1", *fine[:half], "|", *coarse[half:]),
        ("2", *coarse[:half], "|", *fine[half:]),
    }
