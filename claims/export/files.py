"""Writing a file for other programs."""

from __future__ import annotations

from pathlib import Path

import duckdb

from claims.errors import FormatError, InputError
from claims.export.export_input import ExportInput
from claims.export.registry import export_formats
from claims.search.claim_query import ClaimQuery
from claims.store import targets
from claims.store.database import Database


def export(
    database: Database,
    name: str,
    out: Path,
    *,
    all_versions: bool = False,
    raw: bool = False,
    force: bool = False,
    query: ClaimQuery | None = None,
) -> int:
    """Write a file of the kind ``name``, and return how many records are in it.

    Tables and annotations hold all claims, each with its article, or those that ``query`` finds;
    ``contradictions`` and ``disputes`` what is contested, ``claimreview`` the pairs that a person
    decided, of these those with a side that it finds. Of an article that its outlet edited they
    hold the newest version alone, with ``all_versions`` every version, and what was decided about
    each.
    Cells of a CSV file that a spreadsheet would compute are guarded by an apostrophe, unless
    ``raw``. The file is there whole or not at all. Raises DatabaseError, FormatError for a name
    that nobody registered, OutputError as ``targets.refuse``, and InputError where ``out`` cannot
    be written.
    """
    known = export_formats()
    if name not in known:
        raise FormatError(f"no format {name!r}; there are {', '.join(known)}")
    try:
        with targets.written(out, database.path, force=force) as place:
            return known[name].write(ExportInput(database, all_versions, raw, query), place)
    except (OSError, duckdb.IOException) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        told = reason or " ".join(str(error).split())
        raise InputError(f"{out}: cannot be written: {told}") from None
