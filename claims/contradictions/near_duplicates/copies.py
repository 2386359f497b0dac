"""Articles that copy each other: reprints and versions of one report."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import duckdb

from claims.contradictions.near_duplicates.groups import united

_SQL = Path(__file__).with_name("copies.sql").read_text(encoding="utf-8")
_GROUPS = Path(__file__).with_name("groups.sql").read_text(encoding="utf-8")

_STATEMENTS = 3
_SHARE = 0.6
"""Statements, and share of the shorter article's, from which on two articles are near-identical."""


class Copies:
    """Which articles share statements word for word, and which are near-identical: by that, or by
    the group that they are in."""

    def __init__(
        self, pairs: Iterable[tuple[str, str, int, float]], groups: Mapping[str, str]
    ) -> None:
        self._shared: dict[frozenset[str], int] = {}
        alike: list[tuple[str, str]] = []
        for one, other, statements, share in pairs:
            self._shared[frozenset((one, other))] = statements
            if statements >= _STATEMENTS and share >= _SHARE:
                alike.append((one, other))
        self._groups = united(groups, alike)

    def shared(self, articles: frozenset[str]) -> int:
        """How many statements two articles share."""
        return self._shared.get(articles, 0)

    def group(self, article: str) -> str:
        """The first of the near-identical articles that ``article`` is one of."""
        return self._groups.get(article, article)


def read_copies(connection: duckdb.DuckDBPyConnection, articles: Collection[str]) -> Copies:
    """The copies among ``articles``."""
    asked = {"articles": sorted(articles)}
    groups = dict(connection.execute(_GROUPS, asked).fetchall())
    return Copies(connection.execute(_SQL, asked).fetchall(), groups)
