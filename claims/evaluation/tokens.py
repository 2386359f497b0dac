"""Spans as sets of tokens: what all figures compare."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from claims.evaluation.gold import Piece, Roles
from claims.model import Quotation

TOKEN = re.compile(
    "[\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f"
    "\u200c\u200d]+|[^\\w\\s]"
)
"""A run of word characters, marks and joiners that combine with them, or another character."""

ENOUGH = 0.5
"""The Jaccard index from which on two spans are taken for the same: the convention of the scorer
that came with the annotated articles, kept so that figures can be set beside others."""

Tokens = frozenset[int]


@dataclass(frozen=True, slots=True)
class TokenRoles:
    """An attribution as token numbers; a span covers each token that it touches."""

    cue: Tokens
    source: Tokens
    content: Tokens

    def role(self, name: str) -> Tokens:
        """The tokens of one role."""
        found: Tokens = getattr(self, name)
        return found

    def finds(self, gold: TokenRoles) -> bool:
        """Whether this prediction may stand for an annotated attribution: the cues share a token,
        and sources (or the lack of one) and contents agree by half."""
        return (
            bool(self.cue & gold.cue)
            and jaccard(self.source, gold.source) >= ENOUGH
            and likeness(self.content, gold.content) >= ENOUGH
        )


class Numbering:
    """The tokens of one text."""

    def __init__(self, text: str) -> None:
        self._owner: dict[int, int] = {}
        marks: set[int] = set()
        self.words = 0
        for number, match in enumerate(TOKEN.finditer(text)):
            for place in range(match.start(), match.end()):
                self._owner[place] = number
            if re.match(r"\w", match[0]):
                self.words += 1
            else:
                marks.add(number)
        self.marks = frozenset(marks)

    def covered(self, spans: Collection[Piece]) -> Tokens:
        """The tokens that some spans touch."""
        places = (place for start, end in spans for place in range(start, end))
        return frozenset(self._owner[place] for place in places if place in self._owner)

    def see(self, roles: Roles) -> TokenRoles:
        """An attribution's tokens."""
        return TokenRoles(
            *(self.covered(roles.pieces(role)) for role in ("cue", "source", "content"))
        )

    def bare(self, tokens: Tokens) -> Tokens:
        """Tokens without punctuation; punctuation where there is nothing else."""
        return tokens - self.marks or tokens

    def runs(self, tokens: Tokens, bare: bool) -> set[tuple[int, int]]:
        """Contiguous runs as (first, last); ``bare`` passes over punctuation."""
        if bare:
            tokens = self.bare(tokens)
        runs: list[tuple[int, int]] = []
        for token in sorted(tokens):
            if runs and self._touch(runs[-1][1], token, bare):
                runs[-1] = (runs[-1][0], token)
            else:
                runs.append((token, token))
        return set(runs)

    def _touch(self, left: int, right: int, bare: bool) -> bool:
        if bare:
            return all(between in self.marks for between in range(left + 1, right))
        return right == left + 1


def jaccard(one: Tokens, other: Tokens) -> float:
    """Shared tokens over all tokens; two empty sets are the same."""
    return len(one & other) / len(one | other) if one or other else 1.0


def likeness(one: Tokens, other: Tokens) -> float:
    """The Jaccard index of contents; an empty content is like nothing."""
    return jaccard(one, other) if one and other else 0.0


def matching(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """The largest one-to-one matching, from left to right numbers (Kuhn's algorithm).

    ``edges[i]`` are the right numbers that ``i`` may have, the dearest first.
    """
    taken: dict[int, int] = {}

    def grow(left: int, seen: set[int]) -> bool:
        """Find a right number for ``left``, moving those that have one to another where need be."""
        for right in edges[left]:
            if right not in seen:
                seen.add(right)
                if right not in taken or grow(taken[right], seen):
                    taken[right] = left
                    return True
        return False

    for left in range(len(edges)):
        grow(left, set())
    return {left: right for right, left in taken.items()}


def found_pairs(predicted: Sequence[TokenRoles], gold: Sequence[TokenRoles]) -> dict[int, int]:
    """Which prediction finds which annotated attribution, by their numbers."""
    edges = [
        sorted(
            (j for j, other in enumerate(gold) if one.finds(other)),
            key=lambda j, one=one: (
                -(  # type: ignore[misc]
                    likeness(one.content, gold[j].content) + jaccard(one.source, gold[j].source)
                )
            ),
        )
        for one in predicted
    ]
    return matching(edges)


_OPENING, _CLOSING = "“«", "”»"


def quotation(text: str, content: Collection[Piece]) -> Quotation:
    """Whether a content stands in double quotation marks; an open quotation ends with its
    paragraph, as the scorer of PolNeAR's tasks has it."""
    quoted = _quoted(text)
    words = inside = 0
    for start, end in content:
        for match in TOKEN.finditer(text, start, end):
            if re.match(r"\w", match[0]):
                words += 1
                inside += quoted[match.start()]
    if not inside:
        return Quotation.INDIRECT
    return Quotation.DIRECT if inside == words else Quotation.MIXED


def _quoted(text: str) -> bytearray:
    inside, flags = False, bytearray(len(text))
    for place, character in enumerate(text):
        if character in _OPENING:
            inside = True
        elif character in _CLOSING or character == "\n":
            inside = False
        elif character == '"':
            inside = not inside
        elif inside:
            flags[place] = 1
    return flags
