"""A treebank cut in parts, so that no sentence is tagged by a tagger that learned from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

RUN = 10
"""Neighbouring sentences kept in one part: they come from one article and share its names."""


def sentences(path: Path) -> list[str]:
    """The sentences of a CoNLL-U file, as they are written."""
    return [block for block in path.read_text(encoding="utf-8").strip().split("\n\n") if block]


def write_sentences(blocks: Sequence[str], path: Path) -> None:
    """Write sentences as a CoNLL-U file."""
    path.write_text("".join(block + "\n\n" for block in blocks), encoding="utf-8")


def part_of(number: int, parts: int, distinct: int) -> int:
    """The part of the sentence at place ``number``; ``distinct`` sentences, then copies of them.

    A copy goes where its original goes.
    """
    return (number % distinct) // RUN % parts


def split(blocks: Sequence[str], part: int, parts: int, distinct: int) -> tuple[list[str], ...]:
    """The sentences outside ``part``, and those inside it."""
    outside: list[str] = []
    inside: list[str] = []
    for number, block in enumerate(blocks):
        (inside if part_of(number, parts, distinct) == part else outside).append(block)
    return outside, inside


def join(tagged: Sequence[Sequence[str]], total: int, distinct: int) -> list[str]:
    """Sentences in their first order, from the parts that ``split`` cut."""
    queues = [iter(part) for part in tagged]
    return [next(queues[part_of(number, len(queues), distinct)]) for number in range(total)]
