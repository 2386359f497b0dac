"""Named people, organisations and places of GUM, as sentences with BIO labels.

GUM marks every mention, common nouns too, one inside the other. A name is a mention whose head is
a proper noun, cut down to the proper nouns around its head; of names inside one another the
outermost counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from claims.config.yaml_file import Checked, load

Name = tuple[int, int, str]
"""``[first, last)`` word numbers from 0, and the type."""

TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
"""GUM's entity types that are kept."""

_INSIDE = frozenset({"'s", "of", "de", "the", "-", "&", "and", "."})


WORDS = Path(__file__).with_name("entity_words.yaml")


class Words(Checked):
    """``entity_words.yaml``."""

    titles: frozenset[str]
    opening: frozenset[str]


@cache
def _words() -> Words:
    return load(WORDS, Words)


class Word(NamedTuple):
    """A word with its label: O, B-PER, I-PER and so on."""

    text: str
    label: str


def read_bio(path: Path) -> list[list[Word]]:
    """Sentences of a file with a word and its label on each line, apart by a tab."""
    blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    return [[Word(*line.split("\t")) for line in block.splitlines()] for block in blocks]


def read_gum(path: Path) -> list[list[Word]]:
    """Sentences of GUM's CoNLL-U, whose last column says where mentions begin and end."""
    sentences = []
    opened: list[tuple[str, str, int, int]] = []
    for number, block in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n")):
        lines = [line.split("\t") for line in block.splitlines() if not line.startswith("#")]
        rows = [row for row in lines if row[0].isdigit()]
        if rows:
            sentences.append(_labelled(rows, _mentions(rows, number, opened)))
    return sentences


def _mentions(
    rows: Sequence[list[str]], number: int, opened: list[tuple[str, str, int, int]]
) -> list[Name]:
    """The mentions of a sentence; ``opened`` are those that have not ended, with sentence and
    word. One that runs over the end of its sentence is left out."""
    found: list[Name] = []
    for place, row in enumerate(rows):
        held = re.search(r"(?:^|\|)Entity=([^|]+)", row[9])
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", held[1]) if held else ():
            if part.startswith("("):
                identity, _, rest = part.strip("()").partition("-")
                opened.append((identity, rest.split("-")[0], number, place))
                if not part.endswith(")"):
                    continue
            else:
                identity = part.rstrip(")").split("-")[0]
            at = next((n for n in reversed(range(len(opened))) if opened[n][0] == identity), None)
            if at is not None:
                _, kind, sentence, first = opened.pop(at)
                if sentence == number and kind in TYPES:
                    found.append((first, place + 1, TYPES[kind]))
    return found


def _labelled(rows: Sequence[list[str]], mentions: Iterable[Name]) -> list[Word]:
    names = [name for mention in mentions if (name := _name(rows, mention)) is not None]
    labels = ["O"] * len(rows)
    for first, last, kind in sorted(names, key=lambda name: name[0] - name[1]):
        if all(label == "O" for label in labels[first:last]):
            labels[first:last] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first - 1)
    return [Word(row[1], label) for row, label in zip(rows, labels, strict=True)]


def _name(rows: Sequence[list[str]], mention: Name) -> Name | None:
    """The proper nouns around a mention's head; None where the head is no proper noun."""
    first, last, kind = mention
    inside = {rows[n][0] for n in range(first, last)}
    head = next((n for n in range(first, last) if rows[n][6] not in inside), None)
    if head is None or rows[head][3] != "PROPN":
        return None

    def belongs(n: int) -> bool:
        proper = rows[n][3] in ("PROPN", "NUM") or rows[n][4] in ("NNP", "NNPS")
        adjective = rows[n][3] == "ADJ" and rows[n][1][:1].isupper()
        return proper or adjective or (first < n < last - 1 and rows[n][1] in _INSIDE)

    start = end = head
    while start > first and belongs(start - 1):
        start -= 1
    while end + 1 < last and belongs(end + 1):
        end += 1
    while rows[start][1] in _INSIDE:
        start += 1
    while rows[end][1] in _INSIDE:
        end -= 1
    return start, end + 1, kind


def names_in(sentence: Sequence[Word]) -> list[Name]:
    """The names that the labels mark."""
    found: list[Name] = []
    for place, word in enumerate(sentence):
        if word.label.startswith("B-"):
            found.append((place, place + 1, word.label[2:]))
        elif word.label.startswith("I-") and found:
            found[-1] = (found[-1][0], place + 1, found[-1][2])
    return found


def repaired(sentence: Sequence[Word]) -> list[Word]:
    """The sentence with names as newspapers' readers would mark them: people without their titles,
    and names that begin with an adjective whole («United Kingdom», not «Kingdom»)."""
    labels = ["O"] * len(sentence)
    for first, last, kind in names_in(sentence):
        if kind == "PER":
            while first < last and sentence[first].text in _words().titles:
                first += 1
        elif first and sentence[first - 1].text in _words().opening and labels[first - 1] == "O":
            first -= 1
        if first < last:
            labels[first:last] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first - 1)
    return [Word(word.text, label) for word, label in zip(sentence, labels, strict=True)]


def names_of(sentences: Iterable[Sequence[Word]]) -> dict[str, list[tuple[str, ...]]]:
    """The distinct names of each type, in the order in which they stand."""
    found: dict[str, dict[tuple[str, ...], None]] = {}
    for sentence in sentences:
        for first, last, kind in names_in(sentence):
            words = tuple(word.text for word in sentence[first:last])
            if any(part[:1].isupper() for part in words):
                found.setdefault(kind, {})[words] = None
    return {kind: list(names) for kind, names in found.items()}


def substituted(
    sentence: Sequence[Word],
    names: dict[str, list[tuple[str, ...]]],
    share: float,
    random: Random,
) -> list[Word] | None:
    """A copy with other names of the same types in ``share`` of the places: what stands around a
    name is then learnt apart from the name. None for a sentence without names."""
    out: list[Word] = []
    at = 0
    found = names_in(sentence)
    for first, last, kind in found:
        out += sentence[at:first]
        words = tuple(word.text for word in sentence[first:last])
        if random.random() < share:
            words = random.choice(names[kind])
        out += [Word(text, f"B-{kind}" if n == 0 else f"I-{kind}") for n, text in enumerate(words)]
        at = last
    return [*out, *sentence[at:]] if found else None


def write_json(sentences: Iterable[Sequence[Word]], path: Path) -> None:
    """The form that Stanza's trainer reads."""
    rows = [[{"text": word.text, "ner": word.label} for word in one] for one in sentences]
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
