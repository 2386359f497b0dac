"""Rows for the lemmatizer: each form and part of speech once, with its commonest lemma."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from training.conllu import Token, Tree, write_trees

RARE = frozenset({"PROPN", "NUM", "PUNCT", "SYM", "X"})
"""Parts of speech whose lemma is nearly always the form: single sightings teach nothing."""

ROWS = 30
"""Rows written as one sentence; the lemmatizer reads words, not sentences."""


def lemma_rows(trees: Iterable[Tree]) -> list[Token]:
    """One word for each form and part of speech.

    The lemmatizer's decoder learns from rows: with running text it would see the commonest words
    thousands of times. Words without a lemma are left out.
    """
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for tree in trees:
        for token in tree.tokens:
            if token.lemma != "_" or token.form == "_":
                seen[token.form, token.upos][token.lemma] += 1
    rows = []
    for (form, upos), lemmas in seen.items():
        if upos in RARE and lemmas.total() < 2:
            continue
        if upos in ("NUM", "PUNCT") and re.search(r"\d", form):
            continue
        lemma = lemmas.most_common(1)[0][0]
        rows.append(Token(form, lemma, upos, "_", "_", 0, "root"))
    return rows


def write_rows(rows: list[Token], path: Path) -> None:
    """Write rows as CoNLL-U, as sentences of ``ROWS`` words."""
    sentences = [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]
    write_trees((Tree(tuple(_chain(words))) for words in sentences), path)


def _chain(words: list[Token]) -> list[Token]:
    # Each word hangs on the one before: the format wants a tree.
    return [
        Token(word.form, word.lemma, word.upos, "_", "_", place, "dep" if place else "root")
        for place, word in enumerate(words)
    ]
