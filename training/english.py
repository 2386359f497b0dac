"""English treebanks as newspapers print them: some sentences with typographic quotation marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from training.conllu import Token, Tree

SHARE = 0.3
"""The share of sentences that get typographic marks."""

LONGEST = 90
"""Words of the longest sentence to train on: longer ones are lists, and slow."""


def curl(tree: Tree, random: Random, share: float = SHARE) -> Tree:
    """The sentence with “ ” and ’ for the typewriter's marks, in ``share`` of the calls."""
    if random.random() >= share:
        return tree
    return replace(tree, tokens=tuple(_curled(tree.tokens)))


def _curled(tokens: tuple[Token, ...]) -> Iterator[Token]:
    opened = False
    for token in tokens:
        if token.form == '"':
            yield replace(token, form="”" if opened else "“")
            opened = not opened
        elif token.form in ("''", "``"):
            yield replace(token, form="”" if token.form == "''" else "“")
        else:
            yield replace(token, form=token.form.replace("'", "’"))
