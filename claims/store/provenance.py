"""How claims came to print: who printed each, citing whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

import duckdb

from claims.model import Frozen
from claims.store.questions import Questions

_PROVENANCE = Questions(__package__, "printings")


class Printing(Frozen):
    """An article that prints a claim, by column of the view ``claim_provenance``."""

    claim_id: str
    printing: int
    printed_claim_id: str
    article_id: str
    outlet: str
    language: str
    title: str | None
    url: str | None
    day: date | None
    published_at: datetime | None
    source: str | None
    via: str | None
    agency: str | None
    chain: str
    first: bool
    dropped_source: bool
    dropped_agency: bool


def provenance(
    connection: duckdb.DuckDBPyConnection, claims: Sequence[str]
) -> dict[str, list[Printing]]:
    """The printings of each of ``claims``, in order of time; none where an article was edited
    since or there is no such claim.

    The view compares whole stories. Here it has only the articles that can matter: names of
    temporary tables come first, also inside views.
    """
    found: defaultdict[str, list[Printing]] = defaultdict(list)
    if not claims:
        return found
    _PROVENANCE.ask(connection, "around", claims=list(claims))
    try:
        for row in _PROVENANCE.ask(connection, "printings", claims=list(claims)):
            found[row["claim_id"]].append(Printing.model_validate(row))
    finally:
        connection.execute("DROP TABLE temp.current_claims")
    return found
