"""The dependency tree of a sentence: children, subtrees, and the spans they cover."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from claims.attribution.rules.text import Text
from claims.model import Sentence, Span, Word


class Tree:
    """A sentence's words by number, with their children in order; ``subjects`` are those that were
    found, by the numbers of their verbs."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.subjects: dict[int, Span | None] = {}
        self.words = {word.index: word for word in sentence.words}

    @cached_property
    def _children(self) -> dict[int, list[Word]]:
        children: dict[int, list[Word]] = {}
        for word in self.sentence.words:
            children.setdefault(word.head, []).append(word)
        return children

    def children(self, word: Word, *relations: str) -> list[Word]:
        """The words that hang on ``word``, of these relations only where some are named."""
        found = self._children.get(word.index, [])
        return [child for child in found if not relations or child.deprel in relations]

    def head(self, word: Word) -> Word | None:
        """The word that ``word`` hangs on; None for the root."""
        return self.words.get(word.head)

    def subtree(self, word: Word, without: Collection[int] = ()) -> set[int]:
        """Numbers of ``word`` and all below it, not going below the words of ``without``."""
        found: set[int] = set()
        queue = [word.index]
        while queue:
            index = queue.pop()
            if index in found or index in without:
                continue
            found.add(index)
            queue += [child.index for child in self._children.get(index, [])]
        return found

    def pieces(self, text: Text, numbers: Iterable[int]) -> list[Span]:
        """The stretches that these words cover; punctuation between two of them does not part
        them, and edge marks are left out."""
        wanted = set(numbers)
        runs: list[list[Word]] = []
        open_run = False
        for word in self.sentence.words:
            if word.index in wanted:
                if open_run:
                    runs[-1].append(word)
                else:
                    runs.append([word])
                open_run = True
            elif word.upos != "PUNCT":
                open_run = False
        spans = [text.content(run[0].start, run[-1].end) for run in runs if _says(run)]
        return [span for span in spans if span is not None]

    def hull(self, text: Text, numbers: Iterable[int]) -> Span | None:
        """From the first to the last of these words."""
        wanted = set(numbers)
        return text.span([word for word in self.sentence.words if word.index in wanted])


def _says(run: Sequence[Word]) -> bool:
    return any(word.upos not in {"PUNCT", "CCONJ"} for word in run)
