"""Spelling as a model was trained on, beside the text and with every place kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from claims.checked import Checked, load, pattern

SPARSE = 40
"""Words for each mark from which on a text counts as hardly punctuated."""


_MARKS = (
    r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    r"\u06ea-\u06ed\u200c\u200d\ufe00-\ufe0f"
)
_CLUSTER = re.compile(rf".[{_MARKS}]*", re.DOTALL)
"""A character with the marks that combine with it, as one place."""

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


class Spelling(Checked):
    """``spelling.yaml`` of a model: characters first, then the rules in their order.

    ``words: article`` is for a model that reads another script than the article's: the words of a
    document then keep the article's letters, as forms and as lemmas.
    """

    words: Literal["model", "article"] = "model"
    characters: dict[str, str] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    @cached_property
    def single(self) -> dict[int, str]:
        """Of ``characters`` those that become one character, for ``str.translate``."""
        return {ord(c): put for c, put in self.characters.items() if len(put) == 1}

    @cached_property
    def cluster(self) -> Callable[[str], str]:
        """What a character becomes with the marks that combine with it; the same ones come up
        again and again."""

        @lru_cache(maxsize=1 << 12)
        def cluster(text: str) -> str:
            composed = unicodedata.normalize("NFC", text)
            return "".join(self.characters.get(c, c) for c in composed)

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
        return "".join(re.escape(c) for c, put in self.characters.items() if len(put) != 1)

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
    return Normalised(result, starts, ends)


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
