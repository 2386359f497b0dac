"""Contradictions and disputes as JSON Lines, with the sentences that both sides stand in."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb

from claims.export.export_input import ExportInput
from claims.store.json_values import compact
from claims.store.stored_disputes import best_disputes
from claims.store.stored_pairs import pairs_by_id
from claims.terminal import escaped


def write_contradictions(given: ExportInput, out: Path) -> int:
    """The contradictions that stand with a side among the claims that are asked for, best first, a
    line each; how many there are."""
    with given.reading() as connection:
        chosen = _chosen(connection)
        found = pairs_by_id(connection, list(chosen))
    lines = ({"dispute_id": dispute, **found[pair].told()} for pair, dispute in chosen.items())
    return _write(lines, out)


def write_disputes(given: ExportInput, out: Path) -> int:
    """The disputes that stand with such a contradiction, best first, a line each; how many there
    are."""
    with given.reading() as connection:
        chosen = _chosen(connection)
        found = [
            one
            for one in best_disputes(connection)
            if any(member.pair.contradiction_id in chosen for member in one.members)
        ]
    return _write((one.told() for one in found), out)


def _chosen(connection: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """The contradictions that are asked for, each with its dispute."""
    sql = (resources.files(__package__) / "pairs.sql").read_text(encoding="utf-8")
    return dict(connection.execute(sql).fetchall())


def _write(lines: Iterable[dict[str, Any]], out: Path) -> int:
    written = 0
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(f"{escaped(compact(line))}\n")
            written += 1
    return written
