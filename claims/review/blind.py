"""Judging blind: several judge each pair, and none sees what another said before saying it too."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from claims.model import Review, Verdict
from claims.review.questions import ask, define


def hide(connection: duckdb.DuckDBPyConnection, reviewer: str, judges: int) -> None:
    """Let this connection show ``reviewer`` only what they may see, in every table and view, and
    skip the pairs that ``judges`` others have judged."""
    ask(connection, "blind_judged", me=reviewer)
    ask(connection, "blind_settled", judges=judges)
    ask(connection, "blind_seen", me=reviewer)
    define(connection, "blind_hidden")


def seen(decided: Sequence[Review], reviewer: str) -> list[Review]:
    """Of decisions that stand, in their order, those that ``reviewer`` may see."""
    own = {one.contradiction_id: one.verdict for one in decided if one.reviewer == reviewer}
    judged = {pair for pair, verdict in own.items() if verdict is not Verdict.UNSURE}
    return [
        one
        for one in decided
        if one.reviewer == reviewer
        or (one.contradiction_id in judged and one.verdict is not Verdict.UNSURE)
    ]
