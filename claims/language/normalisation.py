"""Spelling as a model was trained on, beside the text and with every place kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from claims.config.yaml_file import Checked, load, pattern

SPARSE = 40
"""Words for each mark from which on a text counts as hardly punctuated."""


_MARKS = (
    r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    r"\u06ea-\u06ed\u200d\ufe00-\ufe0f"
)
_CLUSTER = re.compile(rf".[{_MARKS}]*", re.DOTALL)
"""A character with the marks that combine with it, as one place."""

_LETTERS = re.compile(r"[^\W\d_]+")

_WORD = re.compile(r"\s+\S*|\S+")
"""A word with the white space before it, on which a mark may stand."""


class Rule(Checked):
    """Every match of ``find`` becomes ``put``; an empty match inserts.

    A rule with ``sparse`` holds only in texts where that expression is rarer than once in
    ``SPARSE`` words, and that are longer than that.
    """

    find: Annotated[str, AfterValidator(pattern)]
    put: str
    sparse: Annotated[str, AfterValidator(pattern)] | None = None

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """``find`` as an expression."""
        return re.compile(self.find)

    def holds(self, text: str) -> bool:
        """Whether the rule is for ``text``."""
        if self.sparse is None:
            return True
        words = len(text.split())
        return words > SPARSE and len(re.findall(self.sparse, text)) * SPARSE < words


class Glued(Checked):
    """Words that may be printed without a space between them (نےکہاہےکہ).

    A run of letters is cut where it is nothing but ``words``, at least one of them one of
    ``telling``, each after a letter that joins to no letter behind it (``final``): only there does
    a reader see two words without a space.
    """

    words: frozenset[str]
    telling: frozenset[str]
    final: str

    @cached_property
    def cuts(self) -> Callable[[str], tuple[int, ...]]:
        """Where a run of letters is cut; nowhere where it is one word."""
        final = frozenset(self.final)

        @lru_cache(maxsize=1 << 16)
        def cuts(run: str) -> tuple[int, ...]:
            if run in self.words or run in self.telling:
                return ()
            # the fewest words that the run from each place on is made of, longest words first
            ways: dict[int, tuple[int, ...] | None] = {len(run): ()}
            for at in range(len(run) - 1, -1, -1):
                found = [
                    (end, *rest)
                    for end in range(len(run), at, -1)
                    if run[at:end] in self.words or run[at:end] in self.telling
                    if end == len(run) or run[end - 1] in final
                    if (rest := ways[end]) is not None
                ]
                ways[at] = min(found, key=len) if found else None
            whole = ways[0]
            if whole is None:
                return ()
            parts = [run[a:b] for a, b in pairwise((0, *whole))]
            return whole[:-1] if any(part in self.telling for part in parts) else ()

        return cuts


class Spelling(Checked):
    """``spelling.yaml`` of a model: characters first, then the rules in their order.

    ``words: article`` is for a model that reads another script than the article's: the words of a
    document then keep the article's letters, as forms and as lemmas. ``compatible`` are ranges of
    characters that stand for others (the presentation forms of Arabic letters), which become those
    first (NFKC). ``glued`` are words that are printed together.
    """

    words: Literal["model", "article"] = "model"
    compatible: tuple[tuple[str, str], ...] = ()
    characters: dict[str, str] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    glued: Glued | None = None

    @cached_property
    def replaced(self) -> dict[str, str]:
        """``characters``, and what those of ``compatible`` become."""
        forms = {
            chr(code): unicodedata.normalize("NFKC", chr(code)).strip()
            for first, last in self.compatible
            for code in range(ord(first), ord(last) + 1)
        }
        usual = {
            form: "".join(self.characters.get(c, c) for c in put)
            for form, put in forms.items()
            if put != form
        }
        return usual | self.characters

    @cached_property
    def single(self) -> dict[int, str]:
        """Of ``replaced`` those that become one character, for ``str.translate``."""
        return {ord(c): put for c, put in self.replaced.items() if len(put) == 1}

    @cached_property
    def cluster(self) -> Callable[[str], str]:
        """What a character becomes with the marks that combine with it; the same ones come up
        again and again."""

        @lru_cache(maxsize=1 << 12)
        def cluster(text: str) -> str:
            composed = unicodedata.normalize("NFC", text)
            return "".join(self.replaced.get(c, c) for c in composed)

        return cluster

    def clusters(self, text: str) -> Iterator[re.Match[str]]:
        """What of a text is not one character that stays or becomes one; of a word that is not
        composed every character, with its marks."""
        if unicodedata.is_normalized("NFC", text):
            yield from self._composed(text, 0, len(text))
            return
        for word in _WORD.finditer(text):
            if unicodedata.is_normalized("NFC", word[0]):
                yield from self._composed(text, *word.span())
            else:
                yield from _CLUSTER.finditer(text, *word.span())

    def _composed(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        for run in self._unusual.finditer(text, start, end):  # quicker than to try every character
            yield from self._clusters.finditer(text, max(run.start() - 1, start), run.end())

    @cached_property
    def _others(self) -> str:
        return "".join(re.escape(c) for c, put in self.replaced.items() if len(put) != 1)

    @cached_property
    def _unusual(self) -> re.Pattern[str]:
        return re.compile(rf"[{_MARKS}{self._others}]+")

    @cached_property
    def _clusters(self) -> re.Pattern[str]:
        either = f"|[{self._others}]" if self._others else ""
        return re.compile(rf".[{_MARKS}]+{either}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Normalised:
    """A rewritten piece of text. Character ``i`` of ``text`` stands for ``[starts[i], ends[i])``
    of the original; an inserted character stands for an empty range."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original range of ``text[start:end]``, in the original's code points."""
        return self.starts[start], max(self.ends[start:end])


def load_spelling(folder: Path) -> Spelling:
    """``spelling.yaml`` of a model's folder, or no change where it has none; raises ConfigError."""
    path = folder / "spelling.yaml"
    return load(path, Spelling) if path.is_file() else Spelling()


@cache
def load_letters(folder: Path) -> Spelling:
    """``spelling.yaml`` of a model's folder without its rules, which are about what that model
    learned from: usual letters, and words that were printed together apart. Raises ConfigError."""
    spelling = load_spelling(folder)
    return spelling.model_copy(update={"rules": ()})


def normalise(text: str, spelling: Spelling, offset: int = 0) -> Normalised:
    """Compose (NFC), replace characters, then apply the rules.

    ``offset`` is added to every place, for a ``text`` that is a part of a longer one. Characters
    that are dropped belong to the character before them, so no span cuts a combining mark.
    """
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0

    # Most characters stand alone and are one character afterwards: those go all at once.
    single = text.translate(spelling.single)

    def plain(begin: int, stop: int) -> None:
        chars.append(single[begin:stop])
        starts.extend(range(begin + offset, stop + offset))
        ends.extend(range(begin + offset + 1, stop + offset + 1))

    for match in spelling.clusters(text):
        begin, stop = match.span()
        if last < begin:
            plain(last, begin)
        last = stop
        kept = spelling.cluster(match[0])
        if not kept:
            if ends and ends[-1] == begin + offset:
                ends[-1] = stop + offset
            continue
        chars.append(kept)
        starts.extend([begin + offset] * len(kept))
        ends.extend([stop + offset] * len(kept))
    plain(last, len(text))
    result = "".join(chars)
    for rule in spelling.rules:
        if rule.holds(result):
            result, starts, ends = _apply(rule, result, starts, ends)
    if spelling.glued is not None:
        result, starts, ends = _parted(spelling.glued, result, starts, ends)
    return Normalised(result, starts, ends)


def _parted(
    glued: Glued, text: str, starts: list[int], ends: list[int]
) -> tuple[str, list[int], list[int]]:
    """A space, with no place of its own, between words that are printed together."""
    at = [run.start() + cut for run in _LETTERS.finditer(text) for cut in glued.cuts(run[0])]
    if not at:
        return text, starts, ends
    edges = [0, *at, len(text)]
    parted = " ".join(text[a:b] for a, b in pairwise(edges))
    new_starts, new_ends = list(starts[: edges[1]]), list(ends[: edges[1]])
    for a, b in pairwise(edges[1:]):
        new_starts += [starts[a], *starts[a:b]]
        new_ends += [starts[a], *ends[a:b]]
    return parted, new_starts, new_ends


def _apply(
    rule: Rule, text: str, starts: list[int], ends: list[int]
) -> tuple[str, list[int], list[int]]:
    out: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    last = 0
    for match in rule.expression.finditer(text):
        a, b = match.span()
        out.append(text[last:a])
        new_starts += starts[last:a]
        new_ends += ends[last:a]
        if a == b:
            place = starts[a] if a < len(starts) else (ends[-1] if ends else 0)
            first, stop = place, place
        else:
            first, stop = starts[a], ends[b - 1]
        out.append(rule.put)
        new_starts += [first] * len(rule.put)
        new_ends += [stop] * len(rule.put)
        last = b
    if last == 0 and not out:
        return text, starts, ends
    out.append(text[last:])
    return "".join(out), new_starts + starts[last:], new_ends + ends[last:]
