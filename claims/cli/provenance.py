"""The command ``claims provenance``: who printed a claim, citing whom."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from claims.cli.options import ConfigOption, DatabaseOption, opened
from claims.errors import InputError
from claims.terminal import json_line, printable


class ProvenanceFormat(StrEnum):
    """How printings are printed."""

    TABLE = "table"
    JSONL = "jsonl"


def provenance(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Its identifier.")],
    form: Annotated[
        ProvenanceFormat, typer.Option("--format", help="How to print it.")
    ] = ProvenanceFormat.TABLE,
    config: ConfigOption = None,
    database: DatabaseOption = None,
) -> None:
    """Show who printed a claim, citing whom, who first, and who dropped the attribution."""
    from claims.cli.tables import print_table
    from claims.store.provenance import provenance as printings

    with opened(config, database).reading() as connection:
        found = printings(connection, [claim]).get(claim, [])
    if not found:
        raise InputError(
            f"no claim {claim!r} that stands now; "
            '`claims sql "SELECT claim_id, content_text FROM current_claims"` lists them'
        )
    if form is ProvenanceFormat.JSONL:
        for one in found:
            typer.echo(json_line(one.model_dump(mode="json")))
        return
    rows = []
    for one in found:
        told = [
            *(["first"] if one.first else []),
            *(["in its own voice"] if one.dropped_source else []),
            *(["credits no agency"] if one.dropped_agency else []),
        ]
        when = one.day.isoformat() if one.day else "undated"
        rows.append((when, one.chain, ", ".join(told), one.printed_claim_id))
    print_table(("day", "printed by ← citing", "", "claim"), rows, sys.stdout)
    outlets = len({one.outlet for one in found})
    typer.echo(printable(f"printed by {outlets} outlet{'' if outlets == 1 else 's'}"))
