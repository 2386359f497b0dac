"""Spelling as a model was trained on, beside the text and with every place kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from claims.checked import Checked, load, pattern

SPARSE = 40
"""Words for each mark from which on a text counts as hardly punctuated."""


class Rule(Checked):
    """Every match of ``find`` becomes ``put``; an empty match inserts.

    A rule with ``sparse`` holds only in texts where that expression is rarer than once in
    ``SPARSE`` words, and that are longer than that.
    """

    find: Annotated[str, AfterValidator(pattern)]
    put: str
    sparse: Annotated[str, AfterValidator(pattern)] | None = None

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


@dataclass(frozen=True, slots=True)
class Normalised:
    """A rewritten piece of text. Character ``i`` of ``text`` stands for ``[starts[i], ends[i])``
    of the original; an inserted character stands for an empty range."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

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
    for match in _CLUSTER.finditer(text):
        begin, stop = match.span()
        composed = unicodedata.normalize("NFC", match[0])
        kept = "".join(spelling.characters.get(c, c) for c in composed)
        if not kept:
            if ends and ends[-1] == begin + offset:
                ends[-1] = stop + offset
            continue
        for c in kept:
            chars.append(c)
            starts.append(begin + offset)
            ends.append(stop + offset)
    result = "".join(chars)
    for rule in spelling.rules:
        if rule.holds(result):
            result, starts, ends = _apply(rule, result, starts, ends)
    return Normalised(result, tuple(starts), tuple(ends))


# A character with the marks that combine with it, as one place.
_CLUSTER = re.compile(
    r".[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    r"\u06ea-\u06ed\u200c\u200d\ufe00-\ufe0f]*",
    re.DOTALL,
)


def _apply(
    rule: Rule, text: str, starts: list[int], ends: list[int]
) -> tuple[str, list[int], list[int]]:
    out: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    last = 0
    for match in re.finditer(rule.find, text):
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
