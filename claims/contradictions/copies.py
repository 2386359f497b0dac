"""Articles that copy each other: reprints and versions of one report."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import duckdb

_SQL = Path(__file__).with_name("copies.sql").read_text(encoding="utf-8")

_STATEMENTS = 3
_SHARE = 0.6
"""Statements, and share of the shorter article's, from which on two articles are near-identical."""


class Copies:
    """Which articles share statements word for word, and which are near-identical by that."""

    def __init__(self, pairs: Iterable[tuple[str, str, int, float]]) -> None:
        self._shared: dict[frozenset[str], int] = {}
        self._first: dict[str, str] = {}
        for one, other, statements, share in pairs:
            self._shared[frozenset((one, other))] = statements
            if statements >= _STATEMENTS and share >= _SHARE:
                first, second = sorted((self.group(one), self.group(other)))
                self._first[second] = first

    def shared(self, articles: frozenset[str]) -> int:
        """How many statements two articles share."""
        return self._shared.get(articles, 0)

    def group(self, article: str) -> str:
        """The first of the near-identical articles that ``article`` is one of."""
        while article in self._first:
            article = self._first[article]
        return article


def read_copies(connection: duckdb.DuckDBPyConnection, articles: Collection[str]) -> Copies:
    """The copies among ``articles``."""
    return Copies(connection.execute(_SQL, {"articles": sorted(articles)}).fetchall())
