"""Articles with attributions as numbered pieces with labels."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from claims.evaluation.gold import GoldArticle
from claims.language.encoder.network import CONTENT, CUE, SOURCE, STANCES
from claims.language.encoder.reading import OVERLAP, WINDOW
from training.encoder.recipe import Phase

PIECES = Callable[[str], tuple[list[int], list[tuple[int, int]]]]
LONGEST = WINDOW
PARAGRAPH = re.compile(r"[^\n]+")
STOPS = frozenset(".۔")
QUOTATION_MARKS = frozenset("\"'“”‘’„«»‟‛")
UNKNOWN = -100
"""The stance of an attribution that nobody told."""


@dataclass
class Relation:
    """One attribution: the first and last piece of its cue, a role for each piece that has one,
    and the number of its stance."""

    first: int
    last: int
    roles: dict[int, int]
    stance: int = UNKNOWN


@dataclass
class Example:
    """A stretch of text: its pieces, their places, what is attributed in it, and which of its
    pieces are marks of punctuation."""

    numbers: list[int]
    places: list[tuple[int, int]]
    relations: list[Relation] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=dict)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of each line that has something on it."""
    for match in PARAGRAPH.finditer(text):
        if match[0].strip():
            yield match.span()


def touched(places: list[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Numbers of the pieces that spans touch."""
    return [
        i for i, (a, b) in enumerate(places) if any(a < end and start < b for start, end in spans)
    ]


def read_attributions(gold: Sequence[GoldArticle], pieces: PIECES) -> list[list[Example]]:
    """The paragraphs of each annotated article."""
    articles = []
    for row in gold:
        found = []
        for start, end in paragraphs(row.text):
            numbers, places = pieces(row.text[start:end])
            if not numbers:
                continue
            places = [(a + start, b + start) for a, b in places]
            told = [row.text[a:b] for a, b in places]
            marks = {i: piece for i, piece in enumerate(told) if not re.search(r"\w", piece)}
            example = Example(numbers, places, marks=marks)
            for one in row.attributions:
                cue = touched(places, one.pieces("cue"))
                if not cue:
                    continue
                roles = dict.fromkeys(touched(places, one.pieces("source")), SOURCE)
                roles |= dict.fromkeys(touched(places, one.pieces("content")), CONTENT)
                roles |= dict.fromkeys(cue, CUE)
                stance = UNKNOWN if one.stance is None else STANCES.index(one.stance)
                example.relations.append(Relation(cue[0], cue[-1], roles, stance))
            found.append(example)
        articles.append(found)
    return articles


def join(examples: list[Example]) -> Example:
    """Paragraphs that follow each other, as one stretch of text."""
    made = Example([], [])
    for example in examples:
        shift = len(made.numbers)
        made.numbers += example.numbers
        made.places += example.places
        made.marks |= {i + shift: mark for i, mark in example.marks.items()}
        for r in example.relations:
            roles = {i + shift: k for i, k in r.roles.items()}
            made.relations.append(Relation(r.first + shift, r.last + shift, roles, r.stance))
    return made


def without(example: Example, marks: Collection[str] | None = None) -> Example:
    """The same without some marks, or without any: half of what news sites print has none."""
    out = {i for i, mark in example.marks.items() if marks is None or mark in marks}
    kept = [i for i in range(len(example.numbers)) if i not in out]
    new = {old: i for i, old in enumerate(kept)}
    made = Example(
        [example.numbers[i] for i in kept],
        [example.places[i] for i in kept],
        marks={new[i]: mark for i, mark in example.marks.items() if i in new},
    )
    for r in example.relations:
        cue = [new[i] for i in range(r.first, r.last + 1) if i in new]
        if cue:
            roles = {new[i]: k for i, k in r.roles.items() if i in new}
            made.relations.append(Relation(cue[0], cue[-1], roles, r.stance))
    return made


def epoch(articles: list[list[Example]], rng: random.Random, phase: Phase) -> list[Example]:
    """All paragraphs once, changed at random as a phase says."""
    found: list[Example] = []
    for article in articles:
        at = 0
        while at < len(article):
            take = [article[at]]
            at += 1
            if rng.random() < phase.joined:
                room = rng.choice((120, 200, 318, LONGEST))
                while (
                    at < len(article)
                    and sum(len(e.numbers) for e in take) + len(article[at].numbers) <= room
                ):
                    take.append(article[at])
                    at += 1
            example = join(take) if len(take) > 1 else take[0]
            if not example.relations and rng.random() >= phase.empty:
                continue
            if rng.random() < phase.bare:
                example = without(example)
            if rng.random() < phase.unstopped:
                example = without(example, STOPS)
            if rng.random() < phase.unquoted:
                example = without(example, QUOTATION_MARKS)
            if example.numbers:
                found += windows(example)
    return found


def windows(example: Example) -> Iterator[Example]:
    """A stretch that is too long, as overlapping ones; what crosses their ends is cut off."""
    start = 0
    while True:
        end = start + LONGEST
        made = Example(example.numbers[start:end], example.places[start:end])
        for r in example.relations:
            if start <= r.first and r.last < end:
                roles = {i - start: k for i, k in r.roles.items() if start <= i < end}
                made.relations.append(Relation(r.first - start, r.last - start, roles, r.stance))
        yield made
        if end >= len(example.numbers):
            return
        start += LONGEST - OVERLAP


def batches(examples: list[Example], rng: random.Random, size: int) -> list[list[Example]]:
    """Examples of like length together, `size` pieces with the padding, in random order."""
    order = sorted(examples, key=lambda e: len(e.numbers) + rng.random() * 6)
    made: list[list[Example]] = []
    now: list[Example] = []
    for example in order:
        if now and (len(example.numbers) + 2) * (len(now) + 1) > size:
            made.append(now)
            now = []
        now.append(example)
    if now:
        made.append(now)
    rng.shuffle(made)
    return made
