"""Two articles that contradict each other, and what a database holds of them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

from building import Said, analysed, contradiction, speaker

from claims.model import (
    Analysed,
    Contradiction,
    Review,
    SpeakerKind,
    Stance,
    Verdict,
)
from claims.store.articles import save
from claims.store.contradictions import save_contradictions
from claims.store.database import Database

_MADE = tempfile.TemporaryDirectory(prefix="claims-databases-")

TEHRAN = speaker("Iran", SpeakerKind.STATE, ur=("تہران",))
MINISTER = speaker("The energy minister", en=("the minister",))
PAPER = speaker("Morning Paper", SpeakerKind.MEDIA)

DENIAL = analysed(
    "وزارتِ خارجہ نے جہاز بھیجنے کی تردید کی۔\nاس نے کہا کہ بندرگاہ بند ہے۔\n",
    [
        Said("جہاز بھیجنے", "وزارتِ خارجہ", "تردید کی", TEHRAN, stance=Stance.DENY, terms=("ship",)),
        Said("بندرگاہ بند ہے", "اس", "کہا", TEHRAN, terms=("port", "port")),
    ],
    outlet="روزنامہ مثال",
    language="ur",
    path="articles/denial.txt",
    published_at=datetime(2024, 3, 1, 9, 0, tzinfo=timezone(timedelta(hours=5))),
)
REPORT = analysed(
    "The dam, said the minister to Morning Paper, will open in May.\nShips were sent, he said.\n",
    [
        Said(("The dam", "will open in May"), "the minister", "said", MINISTER, PAPER),
        Said("Ships were sent", "he", "he said", TEHRAN, stance=Stance.ACCUSE, terms=("ship",)),
    ],
    path="articles/report.txt",
)
CONFLICT = contradiction(REPORT.claims[1], DENIAL.claims[0])


def holding(
    path: Path, articles: Sequence[Analysed], found: Sequence[Contradiction], wait: float = 5
) -> Database:
    """A new database with the articles and what contradicts in them.

    Made once and copied for whoever asks for the same: to make its tables takes a quarter second.
    """
    said = "\n".join(one.model_dump_json() for one in (*articles, *found))
    made = Path(_MADE.name, sha256(said.encode()).hexdigest())
    if not made.exists():
        save(Database(made), articles)
        save_contradictions(Database(made), found)
    for name in (made.name, f"{made.name}.lock"):  # all that writers leave
        shutil.copyfile(made.with_name(name), path.with_name(name.replace(made.name, path.name)))
    return Database(path, wait=wait)


def rows(database: Database, sql: str) -> list[tuple[object, ...]]:
    with database.reading() as connection:
        return connection.execute(sql).fetchall()


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the times of writing."""
    tables = {
        "articles": "*",
        "sentences": "*",
        "speakers": "*",
        "claims": "*",
        "claim_spans": "*",
        "claim_terms": "*",
        "contradictions": "* EXCLUDE (found_at)",
        "contradiction_spans": "*",
        "reviews": "*",
    }
    return {
        table: sorted(rows(database, f"SELECT {columns} FROM {table}"), key=repr)
        for table, columns in tables.items()
    }


def decision(found: Contradiction, verdict: Verdict, minute: int = 0) -> Review:
    return Review(
        contradiction_id=found.contradiction_id,
        verdict=verdict,
        note="دیکھا گیا",
        reviewer="reviewer",
        reviewed_at=datetime(2024, 5, 1, 12, minute, tzinfo=UTC),
    )
