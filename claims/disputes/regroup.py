"""Bringing the stored disputes up to date with the stored contradictions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from claims.contradictions.near_duplicates.groups import united
from claims.disputes.contested_pair import POINTED, ContestedPair, ContestedSide
from claims.disputes.grouping import Grouped, grouped
from claims.disputes.identifiers import named
from claims.disputes.likeness import TermWeights
from claims.fingerprint import files_behind, fingerprint
from claims.model import ContradictionKind
from claims.store.database import Database
from claims.store.disputed_pairs import (
    Dispute,
    PlacedPair,
    areas_of_pairs,
    changed_pairs,
    contested_claims,
    has_gone_pairs,
    known_disputes,
    pairs_to_group,
    save_disputes,
    terms_of_claims,
    ungrouped,
)

_Value = TypeVar("_Value", bound=Hashable)

_CODE = ("disputes", *(f"store/disputes/{one}.sql" for one in ("areas", "pairs", "terms")))

_ROWS = 2_000
"""Pairs that are read at a time, and the claims of these."""

_AT_ONCE = 5_000
"""Pairs that are grouped at a time, at least: those of areas that share pairs are never parted."""


@cache
def grouper() -> str:
    """Fingerprint of what groups: pairs are grouped again when it changes."""
    package = Path(__file__).resolve().parents[1]
    return fingerprint(files_behind(package, _CODE))


def to_regroup(database: Database) -> bool:
    """Whether disputes are behind the contradictions. Raises DatabaseError."""
    return ungrouped(database, grouper())


def regroup(database: Database, memory: str | None = None) -> int:
    """Group the contradictions that are new or have changed, with all that stand near them, and
    store the disputes; how many were written. Where nothing has changed nothing is written.

    Disputes keep their identifiers (``identifiers.named``). Raises DatabaseError.
    """
    with database.reading(memory=memory) as connection:
        changed = changed_pairs(connection, grouper())
        if not changed and not has_gone_pairs(connection):
            return 0
        areas = areas_of_pairs(connection) if changed else {}
        known = known_disputes(connection)
    written: set[str] = set()
    for batch in _batches(areas, changed):
        found = _disputes(database, batch, known, written, memory)
        save_disputes(database, found, grouper())
        written.update(one.dispute_id for one in found)
    if not written:
        save_disputes(database, (), grouper())
    return len(written)


def _disputes(
    database: Database,
    batch: Mapping[str, frozenset[str]],
    known: Mapping[str, datetime],
    written: Collection[str],
    memory: str | None,
) -> list[Dispute]:
    """The disputes of a batch of pairs; their identifiers are none of ``written``."""
    with database.reading(memory=memory) as connection:
        pairs, weights = _read(connection, batch)
    groups = grouped(pairs, weights)
    free = {one: found for one, found in known.items() if one not in written}
    names = named([[one.pair for one in group] for group in groups], free, written)
    return [_dispute(*one, known) for one in zip(names, groups, strict=True)]


def _batches(
    areas: Mapping[str, frozenset[str]], changed: Collection[str]
) -> Iterator[dict[str, frozenset[str]]]:
    """The pairs of all areas that pairs in ``changed`` reach, each with its areas; areas that share
    a pair, directly or through others, come together."""
    component = united({}, ((min(found), area) for found in areas.values() for area in found))
    reached = {component[min(areas[pair])] for pair in changed if pair in areas}
    components: defaultdict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for pair, found in areas.items():
        if (name := component[min(found)]) in reached:
            components[name][pair] = found
    batch: dict[str, frozenset[str]] = {}
    for name in sorted(components):
        batch |= components[name]
        if len(batch) >= _AT_ONCE:
            yield batch
            batch = {}
    if batch:
        yield batch


class _Shared:
    """Values that very many pairs share, each kept once."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def value(self, value: _Value) -> _Value:
        """The first value that was equal to this one."""
        kept: _Value = self._known.setdefault(value, value)
        return kept

    def terms(self, terms: Iterable[str]) -> frozenset[str]:
        """The first set of the same terms."""
        return self.value(frozenset(map(self.value, terms)))


def _read(
    connection: duckdb.DuckDBPyConnection, batch: Mapping[str, frozenset[str]]
) -> tuple[list[ContestedPair], TermWeights]:
    pairs: list[ContestedPair] = []
    shared = _Shared()
    about: dict[str, frozenset[str]] = {}
    counts: dict[str, int] = {}

    def side(row: dict[str, Any], name: str, pointed: bool) -> ContestedSide:
        claim = shared.value(row[f"{name}_claim_id"])
        points = shared.terms(row[f"{name}_points"] if pointed else ())
        return ContestedSide(claim, shared.value(row[f"{name}_wording"]), about[claim], points)

    chosen = sorted(batch)
    for start in range(0, len(chosen), _ROWS):
        rows = pairs_to_group(connection, chosen[start : start + _ROWS])
        claims = {row[side] for row in rows for side in ("left_claim_id", "right_claim_id")}
        terms: defaultdict[str, set[str]] = defaultdict(set)
        for claim, term, count in terms_of_claims(connection, claims.difference(about)):
            terms[claim].add(shared.value(term))
            counts[shared.value(term)] = count
        about |= {
            shared.value(claim): shared.terms(terms[claim]) for claim in claims.difference(about)
        }
        for row in rows:
            kind = ContradictionKind(row["kind"])
            pointed = kind in POINTED
            pairs.append(
                ContestedPair(
                    contradiction_id=row["contradiction_id"],
                    kind=kind,
                    score=row["score"],
                    left=side(row, "left", pointed),
                    right=side(row, "right", pointed),
                    areas=batch[row["contradiction_id"]],
                    found_at=shared.value(row["found_at"]),
                    dispute_id=shared.value(row["dispute_id"]),
                    reviewed=row["reviewed"],
                )
            )
    return pairs, TermWeights(counts, contested_claims(connection))


def _dispute(name: str, group: Sequence[Grouped], known: Mapping[str, datetime]) -> Dispute:
    found_at = known.get(name) or min(one.pair.found_at for one in group)
    placed = (PlacedPair(one.pair.contradiction_id, one.turned) for one in group)
    return Dispute(name, found_at, tuple(placed))
