"""Trees as running text with the labels of Stanza's tokenizer, printed well, badly or bare.

Labels, one digit a character: 0 inside a word or between words, 1 the end of a word, 2 the end of
a sentence's last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from training.conllu import Tree

Paragraph = Sequence[Tree]

GLUED = frozenset(["،", ":", "؛", ",", "/", "…", "..."])
"""Marks after which newspapers often forget the space."""

STOPS = frozenset(["۔", ".", "؟", "?", "!", "…", "..."])


def labelled(paragraph: Paragraph, random: Random | None = None, glue: float = 0.0) -> str:
    """Text and labels of a paragraph, as ``text\\nlabels``.

    With ``glue``, that share of the spaces after a stop, and somewhat more of those after another
    mark in ``GLUED``, is left out.
    """
    text: list[str] = []
    labels: list[str] = []
    for number, tree in enumerate(paragraph):
        last_tree = number == len(paragraph) - 1
        for place, token in enumerate(tree.tokens):
            last = place == len(tree.tokens) - 1
            text.append(token.form)
            labels.append("0" * (len(token.form) - 1) + ("2" if last else "1"))
            if last:
                spaced = not last_tree
                share = glue if token.upos == "PUNCT" else 0.0
            else:
                spaced = token.space_after
                share = glue * 1.5 if token.form in GLUED else 0.0
            if spaced and not (random and share and random.random() < share):
                text.append(" ")
                labels.append("0")
    return "".join(text) + "\n" + "".join(labels)


def unpunctuated(tree: Tree, random: Random, bare: float = 0.8) -> Tree | None:
    """The sentence as printed by a newspaper that writes no stops; None where nothing is left.

    The stop at the end goes; in the share ``bare`` of the sentences every other mark goes too.
    Only forms and spaces of the result are of use: heads are not renumbered.
    """
    tokens = list(tree.tokens)
    while tokens and tokens[-1].upos == "PUNCT":
        tokens.pop()
    if random.random() < bare:
        kept = []
        for token in tokens:
            if token.upos != "PUNCT":
                kept.append(token)
            elif kept:
                kept[-1] = replace(kept[-1], space_after=True)
        tokens = kept
    return Tree(tuple(tokens)) if tokens else None


def paragraphs(trees: Sequence[Tree], random: Random, sizes: Sequence[int]) -> list[Paragraph]:
    """Neighbouring trees in paragraphs of a size drawn from ``sizes``.

    In punctuated text a sentence without a stop ends its paragraph: nothing else shows its end.
    """
    result: list[Paragraph] = []
    at = 0
    while at < len(trees):
        size = random.choice(list(sizes))
        current: list[Tree] = []
        for tree in trees[at : at + size]:
            current.append(tree)
            last = tree.tokens[-1]
            if last.upos != "PUNCT" or last.form in (":", "–"):
                result.append(current)
                current = []
        if current:
            result.append(current)
        at += size
    return result


def write_running_text(blocks: Iterable[str], text: Path, labels: Path) -> None:
    """Write what ``labelled`` gives in the two files that Stanza's tokenizer reads."""
    pairs = [block.split("\n") for block in blocks]
    text.write_text("\n\n".join(pair[0] for pair in pairs) + "\n", encoding="utf-8")
    labels.write_text("\n\n".join(pair[1] for pair in pairs) + "\n", encoding="utf-8")
