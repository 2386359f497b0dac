"""What a search has found, outside of memory: pairs until they are ranked, contradictions until
they are stored.

Hundreds of thousands of pairs may be found before the first can be ranked, for what is repeated in
near-identical articles is known only when all are found. Two pairs have to do with each other only
where they lie between the same two groups of such articles, so they are ranked by these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from pydantic import TypeAdapter

from claims.contradictions.found_pair import FoundPair
from claims.model import Contradiction
from claims.store.scratch import scratch

_PAIR = TypeAdapter(FoundPair)


class FoundPairs:
    """The pairs of a search in the order in which they were found, and those that were ``shown``
    before it."""

    def __init__(self) -> None:
        self._aside = scratch()
        self._aside.execute("CREATE TABLE found (one, other, shown, pair)")

    def add(self, pairs: Iterable[FoundPair], *, shown: bool = False) -> None:
        """Put ``pairs`` behind those that are there."""
        self._aside.executemany(
            "INSERT INTO found VALUES (?, ?, ?, ?)",
            (
                (one.left.article_id, one.right.article_id, shown, _PAIR.dump_json(one))
                for one in pairs
            ),
        )

    def articles(self) -> set[str]:
        """The articles of all."""
        rows = self._aside.execute("SELECT one FROM found UNION SELECT other FROM found")
        return {article for (article,) in rows}

    def parts(
        self, group: Callable[[str], str]
    ) -> Iterator[tuple[list[FoundPair], list[FoundPair]]]:
        """The pairs by the two groups that their articles are in, each part in its order: those
        that were found, and those that were shown before. ``group`` names an article's group."""
        self._aside.create_function(
            "part", 2, lambda one, other: "\x1f".join(sorted((group(one), group(other))))
        )
        rows = self._aside.execute(
            "SELECT part(one, other) AS part, shown, pair FROM found ORDER BY part, rowid"
        )
        for _, part in groupby(rows, key=itemgetter(0)):
            found: tuple[list[FoundPair], list[FoundPair]] = ([], [])
            for _, shown, pair in part:
                found[shown].append(_PAIR.validate_json(pair))
            yield found

    def close(self) -> None:
        """Let go of all."""
        self._aside.close()


class RankedPairs:
    """The contradictions of a search, best first, whatever the order in which they are added."""

    def __init__(self) -> None:
        self._aside = scratch()
        self._aside.execute("CREATE TABLE ranked (score REAL, contradiction_id, contradiction)")

    def add(self, ranked: Iterable[Contradiction]) -> None:
        """Put ``ranked`` among those that are there."""
        self._aside.executemany(
            "INSERT INTO ranked VALUES (?, ?, ?)",
            ((one.score, one.contradiction_id, one.model_dump_json()) for one in ranked),
        )

    def __iter__(self) -> Iterator[Contradiction]:
        """Best first."""
        rows = self._aside.execute(
            "SELECT contradiction FROM ranked ORDER BY score DESC, contradiction_id"
        )
        return (Contradiction.model_validate_json(one) for (one,) in rows)

    def close(self) -> None:
        """Let go of all."""
        self._aside.close()
