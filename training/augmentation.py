"""Sentences changed as print changes them: quoted, bracketed, headed by a place, respelled.

UDTB was cleaned of most marks. Each change keeps a tree a tree: what is put in hangs on a word
that is there, and nothing else moves. No words are taken from anywhere but this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from claims.config.yaml_file import Checked, load
from training.conllu import Token, Tree

MATERIAL = Path(__file__).with_name("augmentation.yaml")

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


class Material(Checked):
    """``augmentation.yaml``: marks, names and spellings that are put in."""

    quotes: tuple[tuple[str, str], ...]
    brackets: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    ellipses: tuple[str, ...]
    datelines: tuple[tuple[str, ...], ...]
    dateline_marks: tuple[str, ...]
    latin: tuple[str, ...]
    spellings: dict[str, str]
    joined: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Augmentation:
    """Changes sentences at random; the same ``random`` gives the same changes."""

    material: Material
    random: Random

    def change(self, tree: Tree) -> Tree:
        """A changed copy of a sentence."""
        tree = self._spell(self._join(tree))
        tree = self._end(tree)
        drawn = self.random.random()
        if drawn < 0.10 and len(tree.tokens) > 2:
            tree = self._quote_all(tree)
        elif drawn < 0.24:
            tree = self._wrap_phrase(tree)
        drawn = self.random.random()
        if drawn < 0.06:
            return self._dateline(tree)
        if drawn < 0.14:
            return self._number(tree)
        return self._latin(tree) if drawn < 0.20 else tree

    def _join(self, tree: Tree) -> Tree:
        # کے لئے is printed کیلئے as often as not.
        if self.random.random() >= 0.35:
            return tree
        tokens = list(tree.tokens)
        for place in range(len(tokens) - 1, 0, -1):
            first, second = tokens[place - 1], tokens[place]
            joined = self.material.joined.get(f"{first.form} {second.form}")
            hung_on = any(token.head in (place, place + 1) for token in tokens)
            if not joined or first.head != second.head or hung_on:
                continue
            tokens[place - 1] = replace(
                first,
                form=self.random.choice(joined),
                lemma=f"{first.form} {second.form}",
                feats="AdpType=Post",
                space_after=second.space_after,
            )
            del tokens[place]
            tokens = [replace(t, head=t.head - (t.head > place + 1)) for t in tokens]
        return replace(tree, tokens=tuple(tokens))

    def _spell(self, tree: Tree) -> Tree:
        spellings = self.material.spellings
        return replace(
            tree,
            tokens=tuple(
                replace(token, form=spellings[token.form])
                if token.form in spellings and self.random.random() < 0.5
                else token
                for token in tree.tokens
            ),
        )

    def _end(self, tree: Tree) -> Tree:
        last = tree.tokens[-1]
        drawn = self.random.random()
        if last.form not in ("۔", "."):
            return tree
        if drawn < 0.09:
            mark = self.random.choice(self.material.questions)
        elif drawn < 0.12:
            mark = "."
        elif drawn < 0.16:
            mark = self.random.choice(self.material.ellipses)
        elif drawn < 0.24 and len(tree.tokens) > 3:
            return without_last(tree)
        else:
            return tree
        return replace(tree, tokens=(*tree.tokens[:-1], replace(last, form=mark, lemma=mark)))

    def _quote_all(self, tree: Tree) -> Tree:
        last = len(tree.tokens)
        marked = tree.tokens[-1].upos == "PUNCT"
        inner = last - 1 if marked and self.random.random() < 0.3 else last
        return wrap(tree, 1, inner, root(tree), self.random.choice(self.material.quotes))

    def _wrap_phrase(self, tree: Tree) -> Tree:
        count = len(tree.tokens)
        phrases = []
        for place, token in enumerate(tree.tokens, 1):
            under = subtree(tree, place)
            whole = under[-1] - under[0] + 1 == len(under)
            if whole and 1 < len(under) < count - 1 and token.upos in _CONTENT:
                phrases.append((under[0], under[-1], place))
        if not phrases:
            return tree
        first, last, head = self.random.choice(phrases)
        while last > first and tree.tokens[last - 1].upos in ("ADP", "PUNCT"):
            last -= 1
        marks = self.random.choice(self.material.quotes + self.material.brackets)
        return wrap(tree, first, last, head, marks)

    def _dateline(self, tree: Tree) -> Tree:
        name = self.random.choice(self.material.datelines)
        count = len(name)
        head = root(tree) + count + 1
        put = [
            Token(
                form=word,
                lemma=word,
                upos="PROPN",
                xpos="NNP" if place == count else "NNPC",
                feats="Case=Nom|Gender=Masc|Number=Sing|Person=3",
                head=head if place == count else count,
                deprel="dislocated" if place == count else "compound",
                space_after=place < count or self.random.random() < 0.1,
            )
            for place, word in enumerate(name, 1)
        ]
        mark = self.random.choice(self.material.dateline_marks)
        put.append(_mark(mark, head, space_after=True))
        own = (replace(t, head=t.head + count + 1 if t.head else 0) for t in tree.tokens)
        return replace(tree, tokens=(*put, *own))

    def _number(self, tree: Tree) -> Tree:
        pick = self.random
        forms = (
            f"{pick.randint(1, 999)},{pick.randint(0, 999):03d}",
            f"{pick.randint(0, 99)}.{pick.randint(0, 99)}",
            str(pick.randint(1, 5000)),
            f"{pick.randint(1, 12)}:{pick.randint(0, 59):02d}",
            str(pick.randint(1950, 2030)),
            f"{pick.randint(2000, 2030)}-{pick.randint(1, 12):02d}-{pick.randint(1, 28):02d}",
        )
        return self._put(tree, "NUM", pick.choice(forms))

    def _latin(self, tree: Tree) -> Tree:
        return self._put(tree, "PROPN", self.random.choice(self.material.latin))

    def _put(self, tree: Tree, upos: str, form: str) -> Tree:
        places = [place for place, token in enumerate(tree.tokens) if token.upos == upos]
        if not places:
            return tree
        tokens = list(tree.tokens)
        place = self.random.choice(places)
        tokens[place] = replace(tokens[place], form=form, lemma=form)
        return replace(tree, tokens=tuple(tokens))


def material(path: Path = MATERIAL) -> Material:
    """Read what is put in; raises ConfigError."""
    return load(path, Material)


def root(tree: Tree) -> int:
    """The place of the root."""
    return next(place for place, token in enumerate(tree.tokens, 1) if token.head == 0)


def subtree(tree: Tree, place: int) -> Sequence[int]:
    """The places of a word and of all that hangs below it, in order."""
    under = {place}
    grown = True
    while grown:
        below = {p for p, token in enumerate(tree.tokens, 1) if token.head in under}
        grown = not below <= under
        under |= below
    return sorted(under)


def wrap(tree: Tree, first: int, last: int, head: int, marks: tuple[str, str]) -> Tree:
    """Put marks around the words ``first`` to ``last``; both hang on the word ``head``."""
    opening, closing = marks

    def moved(place: int) -> int:
        return place + (place >= first) + (place > last) if place else 0

    tokens = [replace(token, head=moved(token.head)) for token in tree.tokens]
    glued = _mark(closing, moved(head), space_after=tokens[last - 1].space_after)
    tokens[last - 1] = replace(tokens[last - 1], space_after=False)
    tokens.insert(last, glued)
    tokens.insert(first - 1, _mark(opening, moved(head), space_after=False))
    return replace(tree, tokens=tuple(tokens))


def without_last(tree: Tree) -> Tree:
    """A sentence without its last word, or as it is where something hangs on that."""
    if any(token.head == len(tree.tokens) for token in tree.tokens):
        return tree
    return replace(tree, tokens=tree.tokens[:-1])


def _mark(form: str, head: int, space_after: bool) -> Token:
    return Token(form, form, "PUNCT", "SYM", "_", head, "punct", space_after)
