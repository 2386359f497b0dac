"""The texts that models are measured on: treebanks as raw text, some without their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from training.conllu import Tree, read_trees


@dataclass(frozen=True, slots=True)
class Text:
    """A treebank and how it is printed.

    ``sentences`` make a paragraph, or ``printed`` is a file with the paragraphs as they were, an
    empty line between two. ``without`` is "stops" (the marks at the end of each sentence) or
    "marks" (all of them), left out where no word hangs on them.
    """

    name: str
    language: str
    treebank: str
    sentences: int = 5
    printed: str = ""
    without: str = ""


TEXTS = (
    Text("Urdu held", "ur", "ur/held.conllu", printed="ur/tok-dev.txt"),
    Text("Urdu held, no stops", "ur", "ur/held.conllu", sentences=9, without="stops"),
    Text("Urdu held, no marks", "ur", "ur/held.conllu", sentences=9, without="marks"),
    Text("English PUD", "en", "en/pud.conllu"),
    Text("English devmix", "en", "en/devmix.conllu", printed="en/devmix.txt"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Raw text, a paragraph a line, and the trees that stand in it."""

    language: str
    text: str
    trees: Sequence[Tree]


def read_text(text: Text, treebanks: Path) -> Reading:
    """A treebank of a folder of treebanks, printed as ``text`` says."""
    trees = read_trees(treebanks / text.treebank)
    if text.printed:
        printed = (treebanks / text.printed).read_text(encoding="utf-8").strip()
        lines = [" ".join(paragraph.split()) for paragraph in printed.split("\n\n")]
        return Reading(text.language, "\n".join(lines), trees)
    if text.without:
        trees = [bare(tree, ends_only=text.without == "stops") for tree in trees]
        trees = [tree for tree in trees if tree.tokens]
    lines = [
        " ".join(tree.text for tree in trees[at : at + text.sentences])
        for at in range(0, len(trees), text.sentences)
    ]
    return Reading(text.language, "\n".join(lines), trees)


def bare(tree: Tree, ends_only: bool) -> Tree:
    """A tree without its punctuation marks, or without those at its end, heads renumbered."""
    tokens = list(tree.tokens)
    place = len(tokens)
    while place:
        token = tokens[place - 1]
        hangs = any(other.head == place for other in tokens)
        if token.upos == "PUNCT" and not hangs and token.head:
            del tokens[place - 1]
            tokens = [replace(t, head=t.head - (t.head > place)) for t in tokens]
            if place > 1:  # words that a mark joined are words apart without it
                tokens[place - 2] = replace(tokens[place - 2], space_after=True)
        elif ends_only:
            break
        place -= 1
    return Tree(tuple(tokens), tree.begins)
