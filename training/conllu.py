"""Sentences of a treebank, read from and written to CoNLL-U."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a tree. ``head`` is the 1-based place of its head, 0 for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    space_after: bool = True


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence: its words in order, and whether a paragraph or document begins with it."""

    tokens: tuple[Token, ...]
    begins: bool = False

    @property
    def text(self) -> str:
        """The sentence as it was printed."""
        return "".join(t.form + (" " if t.space_after else "") for t in self.tokens).strip()


def read_trees(path: Path) -> list[Tree]:
    """The trees of a CoNLL-U file; multi-word tokens give way to their words, empty nodes go.

    A multi-word token whose words spell it is cut there (do|n't). One that is spelled otherwise
    than its words, but as long, keeps its own letters. Sentences with any other are left out, as
    are sentences with a word that holds a space: no tokenizer without expansion can cut them.
    """
    trees = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        tree = _tree(block)
        if tree is not None:
            trees.append(tree)
    return trees


def write_trees(trees: Iterable[Tree], path: Path) -> None:
    """Write trees as CoNLL-U, numbered from 1."""
    with path.open("w", encoding="utf-8") as out:
        for number, tree in enumerate(trees, 1):
            out.write(f"# sent_id = {number}\n# text = {tree.text}\n")
            for place, t in enumerate(tree.tokens, 1):
                glued = not t.space_after and place < len(tree.tokens)
                columns: Sequence[object] = (
                    *(place, t.form, t.lemma, t.upos, t.xpos, t.feats, t.head, t.deprel, "_"),
                    "SpaceAfter=No" if glued else "_",
                )
                out.write("\t".join(map(str, columns)) + "\n")
            out.write("\n")


def _tree(block: str) -> Tree | None:
    tokens: list[Token] = []
    ranges: list[tuple[int, int, str, bool]] = []
    begins = False
    for line in block.split("\n"):
        if line.startswith("#"):
            begins = begins or line.startswith(("# newpar", "# newdoc"))
            continue
        columns = line.split("\t")
        spaced = "SpaceAfter=No" not in columns[9].split("|")
        if "-" in columns[0]:
            first, last = map(int, columns[0].split("-"))
            ranges.append((first, last, columns[1], spaced))
        elif "." not in columns[0]:
            form, lemma, upos, xpos, feats = columns[1:6]
            tokens.append(
                Token(form, lemma, upos, xpos, feats, int(columns[6]), columns[7], spaced)
            )
    for first, last, form, spaced in ranges:
        words = tokens[first - 1 : last]
        if len(form) != sum(len(word.form) for word in words):
            return None
        at = 0
        for place, word in enumerate(words, first):
            own = form[at : at + len(word.form)]
            at += len(word.form)
            tokens[place - 1] = replace(word, form=own, space_after=spaced and place == last)
    if not tokens or any(" " in token.form for token in tokens):
        return None
    return Tree(tuple(tokens), begins)
